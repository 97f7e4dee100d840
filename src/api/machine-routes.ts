/* The charts themselves: what there is, what each takes, and a picture of it. */
import { z } from 'zod';
import type { ApiChart } from './charts.ts';
import type { ApiDeps } from './deps.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { notFound } from './problems.ts';
import { paramOf, type Route } from './route.ts';

const Listed = z.strictObject({
  id: z.string(),
  version: z.string().meta({ examples: ['1.0.0'] }),
  /** The flow in the words of the behavior log; null for a machine that clients do not begin. */
  flow: z.string().nullable(),
  events: z.array(z.string()),
});

const JsonSchema = z.record(z.string(), z.unknown());

const Machine = Listed.extend({
  input: JsonSchema,
  /** The client's events by name, each with the JSON Schema of its payload. */
  events: z.record(z.string(), JsonSchema),
  /** The chart as XState writes it. */
  definition: z.record(z.string(), z.unknown()),
  /** The chart as a mermaid state diagram. */
  diagram: z.string(),
});

export const machineRoutes = ({ charts }: ApiDeps): readonly Route[] => [
  {
    method: 'get',
    path: '/v1/machines',
    access: 'organizer',
    summary: 'List the machines',
    answers: {
      200: { description: 'Machines.', schema: z.strictObject({ machines: z.array(Listed) }) },
    },
    handle: (ctx) => {
      ctx.body = { machines: charts.live.map(listed) };
    },
  },
  {
    method: 'get',
    path: '/v1/machines/{machine}',
    access: 'organizer',
    summary: 'Read a machine: its chart, its events, its diagram',
    answers: { 200: { description: 'The machine.', schema: Machine } },
    problems: ['not_found'],
    handle: (ctx) => {
      const chart = charts.live.find(({ id }) => id === paramOf(ctx, 'machine'));
      if (chart === undefined) throw notFound();
      ctx.body = described(chart);
    },
  },
];

const listed = ({ id, version, flow, payloads }: ApiChart) => ({
  ...{ id, version, flow },
  events: [...payloads.keys()],
});

function described(chart: ApiChart) {
  const { input, payloads, definition, diagram } = chart;
  return {
    ...listed(chart),
    input: jsonSchemaOf(input),
    events: Object.fromEntries(
      [...payloads].map(([name, payload]) => [name, jsonSchemaOf(payload)]),
    ),
    ...{ definition, diagram },
  };
}
