/*
 * The OpenAPI document, made from the table of routes and the zod schemas they use, with an example of
 * each body. The events of the charts are listed one by one, each with its own payload.
 */
import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import type { ApiChart } from './charts.ts';
import { AnyEventBody, Via } from './giving.ts';
import { exampleOf, type JsonSchema, jsonSchemaOf } from './json-schema.ts';
import { statusOf } from './problems.ts';
import type { Answer, Route } from './route.ts';

const ProblemBody = z.strictObject({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  correlation_id: z.uuid(),
  problems: z
    .array(
      z.strictObject({
        path: z.string(),
        code: z.string(),
        limit: z.number().optional(),
        expected: z.string().optional(),
      }),
    )
    .optional(),
  current: z.record(z.string(), z.unknown()).optional(),
});

/** Answers that every route that is not open may give. */
const COMMON = ['unauthorized', 'unavailable', 'internal'] as const;

export type OpenApiOptions = {
  readonly routes: readonly Route[];
  readonly charts: readonly ApiChart[];
  readonly version: string;
};

export function openApiOf({ routes, charts, version }: OpenApiOptions): JsonSchema {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route, charts) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Funlet',
      version,
      description: 'Conversational flows as statecharts, and the behavior log they leave.',
    },
    paths,
    components: {
      schemas: { Problem: jsonSchemaOf(ProblemBody) },
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}

function operationOf(route: Route, charts: readonly ApiChart[]): JsonSchema {
  const body = bodyOf(route, charts);
  const parameters = [
    ...[...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => pathParameter(name)),
    ...queryParameters(route),
    ...(route.headers ?? []).map((name) => ({ name, in: 'header', schema: { type: 'string' } })),
  ];
  return {
    operationId: `${route.method}_${route.path.replace(/\W+/g, '_').replace(/^_|_$/g, '')}`,
    summary: route.summary,
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: body, example: route.example ?? exampleOf(body) },
        },
      },
    }),
    responses: responsesOf(route),
    security: route.access === 'open' ? [] : [{ token: [] }],
  };
}

const SESSION = 'session';

/** A route that takes any event is described by all events that flows, or sessions, take. */
function bodyOf({ body, path }: Route, charts: readonly ApiChart[]): JsonSchema | undefined {
  if (body === undefined) return undefined;
  if (body !== AnyEventBody) return jsonSchemaOf(body);
  // Of flows where flows take them, of sessions where those do: else an example could be of the other.
  const isOfSession = path.startsWith('/v1/sessions');
  const taking = charts.filter(({ flow, id }) => (isOfSession ? id === SESSION : flow !== null));
  const events = new Map(taking.flatMap(({ payloads }) => [...payloads]));
  return {
    anyOf: [...events].map(([name, payload]) =>
      jsonSchemaOf(payload.extend({ type: z.literal(name), via: Via.optional() })),
    ),
  };
}

const pathParameter = (name: string): JsonSchema => ({
  ...{ name, in: 'path', required: true },
  schema: name === 'id' ? { type: 'string', format: 'uuid' } : { type: 'string' },
});

function queryParameters({ query }: Route): readonly JsonSchema[] {
  if (query === undefined) return [];
  const { properties = {} } = jsonSchemaOf(query);
  return Object.entries(properties as Record<string, JsonSchema>).map(([name, schema]) => ({
    ...{ name, in: 'query', required: false, schema },
  }));
}

function responsesOf({ answers, problems = [], access }: Route): JsonSchema {
  const codes = [...problems, ...(access === 'open' ? [] : COMMON)];
  const byStatus = new Map<number, string[]>();
  for (const code of codes) {
    byStatus.set(statusOf(code), [...(byStatus.get(statusOf(code)) ?? []), code]);
  }
  const refused = [...byStatus].map(([status, named]) => [status, problemAnswer(status, named)]);
  const given = Object.entries(answers).map(([status, answer]) => [status, answerOf(answer)]);
  return Object.fromEntries([...given, ...refused]) as JsonSchema;
}

function answerOf({ description, schema, contentType }: Answer): JsonSchema {
  const shape = schema === undefined ? { type: 'string' } : jsonSchemaOf(schema);
  const example = schema === undefined ? {} : { example: exampleOf(shape) };
  return {
    description,
    content: { [contentType ?? 'application/json']: { schema: shape, ...example } },
  };
}

const problemAnswer = (status: number, codes: readonly string[]): JsonSchema => ({
  description: `${STATUS_CODES[status]}: ${codes.join(', ')}.`,
  content: {
    'application/problem+json': {
      schema: { $ref: '#/components/schemas/Problem' },
      example: {
        ...{ type: 'about:blank', title: STATUS_CODES[status], status, code: codes[0] },
        detail: 'What is so, where, and what to do.',
        correlation_id: '0197a3c2-5b1e-7c4d-9f3a-2b6d8e1f4a5c',
      },
    },
  },
});
