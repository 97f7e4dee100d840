/*
 * The behavior log, to read. Pages go by a cursor and end before what is settled; the stream does not
 * wait for that and goes back for late rows itself. No route takes a row.
 */
import { z } from 'zod';
import type { LogRow } from '../behavior/row.ts';
import { EVENT_TYPES, PLATFORMS } from '../behavior/vocabulary.ts';
import { check } from './check.ts';
import type { ApiDeps } from './deps.ts';
import { followLog } from './follow-log.ts';
import { firstIdAt } from './log-reader.ts';
import { Refusal } from './problems.ts';
import { type Asked, callerOf, type Route } from './route.ts';
import { answerStream, type ServerEvent, waitUntil } from './sse.ts';

const MAX_ROWS = 500;
const DEFAULT_ROWS = 100;

const Filters = z.strictObject({
  session: z.uuid().optional(),
  phone: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/)
    .optional(),
  event: z.uuid().optional(),
  /** A flow's instance. */
  run: z.uuid().optional(),
  correlation: z.uuid().optional(),
  type: z.enum(EVENT_TYPES).optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  cursor: z.string().optional(),
});

const Query = Filters.extend({
  /** At most 500; more is taken as 500. */
  limit: z
    .string()
    .regex(/^[1-9]\d{0,9}$/)
    .optional()
    .meta({ examples: ['100'] }),
});

const id = z.uuid().nullable();
export const Row = z.strictObject({
  id: z.uuid(),
  event_type: z.enum(EVENT_TYPES),
  timestamp: z.iso.datetime(),
  organizer_id: id,
  invitee_phone: z.string().nullable(),
  ...{ event_id: id, crew_id: id, syncup_id: id, session_id: id },
  platform: z.enum(PLATFORMS),
  version: z.string(),
  metadata: z.record(z.string(), z.unknown()),
});

const Page = z.strictObject({
  rows: z.array(Row),
  /** Where the next page goes on; the same as the one given where there are no more rows yet. */
  cursor: z.string().nullable(),
});

export const logRoutes = (deps: ApiDeps): readonly Route[] => [
  {
    method: 'get',
    path: '/v1/behavior/logs',
    access: 'log_reader',
    summary: 'Read the behavior log, page by page',
    query: Query,
    answers: { 200: { description: 'Rows in order of occurrence.', schema: Page } },
    problems: ['invalid_query', 'invalid_cursor', 'forbidden'],
    handle: (ctx) => readPage(deps, ctx),
  },
  {
    method: 'get',
    path: '/v1/behavior/logs/stream',
    access: 'log_reader',
    summary:
      'Follow the behavior log. A stream never passes over a row or gives one twice; one that goes on from Last-Event-ID may give rows of the last seconds again.',
    query: Filters,
    answers: {
      200: { description: 'Server-sent events, each a row.', contentType: 'text/event-stream' },
    },
    problems: ['invalid_query', 'invalid_cursor', 'forbidden', 'too_many_streams'],
    handle: (ctx) => stream(deps, ctx),
  },
];

async function readPage(deps: ApiDeps, ctx: Asked): Promise<void> {
  const { log } = deps;
  const { limit, cursor, since, ...filters } = check(Query, { ...ctx.query }, 'invalid_query');
  const rows = await log.read({
    ...filters,
    organizerId: readerOf(ctx),
    after: cursorOf(cursor),
    since: since === undefined ? null : Date.parse(since),
    before: await log.settledBefore(),
    limit: Math.min(MAX_ROWS, Number(limit ?? DEFAULT_ROWS)),
  });
  ctx.body = { rows: rows.map(shown), cursor: rows.at(-1)?.id ?? cursor ?? null };
  if (rows.some(({ event_type: type }) => type !== 'latency')) noteExport(deps, ctx);
}

/** Of a page that has more to tell than this: a reader that polls would else find its own reading for ever. */
function noteExport({ engine, now }: ApiDeps, ctx: Asked): void {
  const { correlationId, begunAt } = ctx.state;
  const durationMs = now() - begunAt;
  engine.measure({ operation: 'export', durationMs, ok: true, correlationId });
}

function stream(deps: ApiDeps, ctx: Asked): void {
  const { cursor, since, ...filters } = check(Filters, { ...ctx.query }, 'invalid_query');
  const from = ctx.get('Last-Event-ID') || cursor;
  const begunAt = since === undefined ? deps.now() : Date.parse(since);
  const after = cursorOf(from) ?? firstIdAt(begunAt);
  const rows = eventsOf(deps, { ...filters, organizerId: readerOf(ctx), after, since: null });
  answerStream(deps, ctx, { comment: 'the behavior log', events: rows });
}

async function* eventsOf(
  { log, closing }: ApiDeps,
  query: Parameters<typeof followLog>[1],
): AsyncGenerator<ServerEvent | 'quiet'> {
  const following = followLog({ log, signal: closing, wait: waitUntil(closing) }, query);
  for await (const next of following) {
    yield next === 'quiet'
      ? next
      : { id: next.cursor, event: next.row.event_type, data: shown(next.row) };
  }
}

const shown = (row: LogRow) => ({ ...row, timestamp: new Date(row.timestamp).toISOString() });

/** Whose rows the caller may read: null for everybody's. */
function readerOf(ctx: Asked): string | null {
  const { owner, scopes } = callerOf(ctx);
  return scopes.has('behavior:read_all') ? null : owner;
}

function cursorOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (z.uuid().safeParse(text).success) return text.toLowerCase();
  throw new Refusal(
    'invalid_cursor',
    'That is no cursor of ours: begin without one, or use the last one you got.',
  );
}
