/* Instances of flows: begun, read, and given events. */
import { z } from 'zod';
import { ENTRIES } from '../behavior/vocabulary.ts';
import { profileOf } from '../domain/organizers.ts';
import { startedId } from '../engine/index.ts';
import type { ApiChart, Instance } from './charts.ts';
import { check, idOf } from './check.ts';
import type { ApiDeps } from './deps.ts';
import { AnyEventBody, eventOf, give, keyConflict } from './giving.ts';
import { bodyOf, InstanceBody } from './instance-body.ts';
import { noteTurn } from './latency.ts';
import { notFound, Refusal } from './problems.ts';
import { readJson } from './read-json.ts';
import { type Asked, callerOf, paramOf, type Route } from './route.ts';
import { doTurn, markReplayed, type Turn, takeTurn } from './turn.ts';

const headers = ['Idempotency-Key', 'X-Session-Id', 'X-App-Version'] as const;

const Begin = z.strictObject({
  input: z.record(z.string(), z.unknown()).optional(),
  entry: z.enum(ENTRIES).optional(),
  /** A run that was dropped and is taken up again. */
  resumedFrom: z.uuid().optional(),
  /** The run out of which this one is begun. */
  parentRunId: z.uuid().optional(),
});

export const instanceRoutes = (deps: ApiDeps): readonly Route[] => [
  {
    method: 'post',
    path: '/v1/machines/{machine}',
    access: 'organizer',
    summary: 'Begin a flow',
    body: Begin,
    example: { entry: 'chat' },
    headers,
    answers: { 201: { description: 'The flow has begun.', schema: InstanceBody } },
    problems: [
      'not_found',
      'invalid_json',
      'invalid_body',
      'unknown_field',
      'key_conflict',
      'unresumable',
    ],
    handle: (ctx) => begin(deps, ctx),
  },
  {
    method: 'get',
    path: '/v1/instances/{id}',
    access: 'organizer',
    summary: 'Read a flow as it stands',
    answers: { 200: { description: 'The flow as it stands.', schema: InstanceBody } },
    problems: ['not_found'],
    handle: async (ctx) => {
      const { chart, instance } = await loadFlow(deps, ctx);
      ctx.body = bodyOf(chart, instance);
    },
  },
  {
    method: 'post',
    path: '/v1/instances/{id}/events',
    access: 'organizer',
    summary: 'Give a flow an event',
    body: AnyEventBody,
    example: { type: 'organizer.named_crew', name: 'Night Owls', via: 'text' },
    headers,
    answers: { 200: { description: 'The flow after the event.', schema: InstanceBody } },
    problems: [
      'not_found',
      'invalid_json',
      'invalid_body',
      'unknown_event',
      'unknown_field',
      'invalid_input',
      'event_not_allowed',
      'finished',
      'key_conflict',
    ],
    handle: async (ctx) => {
      const { chart, id } = await flowOf(deps, ctx);
      const { event, via } = eventOf(chart, readJson(ctx));
      await give(deps, ctx, {
        chart,
        id,
        event,
        via,
        take: (certainty) => takeTurn(deps, ctx, certainty),
      });
    },
  },
];

async function begin(deps: ApiDeps, ctx: Asked): Promise<void> {
  const machine = paramOf(ctx, 'machine');
  const chart = deps.charts.live.find(({ id, flow }) => id === machine && flow !== null);
  if (chart === undefined) throw notFound();
  const { owner } = callerOf(ctx);
  const { input, entry, resumedFrom, parentRunId } = check(Begin, readJson(ctx));
  const given = check(chart.input, input ?? {});
  const begins = async ({ cause, key }: Turn) => {
    const profile = await profileOf(deps.domain, owner);
    ctx.state.stepping = true;
    return deps.engine.start({
      ...{ machine, owner, cause },
      id: key === undefined ? deps.id() : startedId(owner, key.value),
      input: chart.inputOf(given, profile),
      beginning: { entry, resumedFrom: resumedFrom ?? null, parentRunId: parentRunId ?? null },
      ...(key && { key }),
    });
  };
  const { turn, done: started } = await doTurn(
    (certainty) => takeTurn(deps, ctx, certainty),
    begins,
  );
  ctx.state.stepping = false;
  if (started.outcome === 'unresumable') {
    throw new Refusal(
      'unresumable',
      "'resumedFrom' names no dropped run of this flow: begin a new one.",
    );
  }
  if (started.outcome === 'key_conflict' || started.instance.machine !== machine) {
    throw keyConflict();
  }
  if (started.outcome === 'duplicate') markReplayed(ctx);
  ctx.status = 201;
  ctx.body = bodyOf(chart, started.instance);
  noteTurn(deps, ctx, { instance: started.instance, chart, origin: turn.cause.origin });
}

/** The flow of a request; what is no flow, or somebody else's, does not exist. */
async function flowOf(
  deps: ApiDeps,
  ctx: Asked,
): Promise<{ readonly chart: ApiChart; readonly id: string }> {
  const id = idOf(paramOf(ctx, 'id'));
  const name = await deps.engine.chartOf({ organizerId: callerOf(ctx).owner, id });
  const chart = name && deps.charts.find(name.machine, name.version);
  if (chart === undefined || chart.flow === null) throw notFound();
  return { chart, id };
}

async function loadFlow(
  deps: ApiDeps,
  ctx: Asked,
): Promise<{ readonly chart: ApiChart; readonly instance: Instance }> {
  const { chart, id } = await flowOf(deps, ctx);
  const instance = await deps.engine.load({ organizerId: callerOf(ctx).owner, id });
  if (instance === undefined) throw notFound();
  return { chart, instance };
}
