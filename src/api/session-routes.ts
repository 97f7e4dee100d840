/* Sessions: opened by name, and told what the organizer does outside of any flow. */
import { z } from 'zod';
import {
  ACTION_TARGETS,
  ACTION_VALUES,
  CHANGED_FIELDS,
  SESSION_ENTRIES,
  TOLD_ACTIONS,
  USER_ACTIONS,
} from '../behavior/vocabulary.ts';
import { openSession } from '../domain/sessions.ts';
import { startedId } from '../engine/index.ts';
import type { ApiChart, Instance } from './charts.ts';
import { check, idOf } from './check.ts';
import type { ApiDeps } from './deps.ts';
import { AnyEventBody, eventOf, give } from './giving.ts';
import { bodyOf, InstanceBody } from './instance-body.ts';
import { notFound, Refusal } from './problems.ts';
import { readJson } from './read-json.ts';
import { type Asked, callerOf, paramOf, type Route } from './route.ts';
import { type Certainty, keyOf, markReplayed, takeTurn, visitorOf } from './turn.ts';

const SESSION = 'session';

export const Open = z.strictObject({
  entry: z.enum(SESSION_ENTRIES).optional(),
  pushId: z.uuid().optional(),
  tzOffsetMin: z.int().min(-840).max(840).optional(),
});

export const sessionRoutes = (deps: ApiDeps): readonly Route[] => [
  {
    method: 'post',
    path: '/v1/sessions',
    access: 'organizer',
    summary: 'Open a session, or join the live one',
    body: Open,
    example: { entry: 'direct', tzOffsetMin: -240 },
    headers: ['Idempotency-Key', 'X-Session-Id', 'X-App-Version'],
    answers: {
      200: { description: 'The live session.', schema: InstanceBody },
      201: { description: 'A new session.', schema: InstanceBody },
    },
    problems: ['invalid_json', 'invalid_body', 'unknown_field', 'key_conflict'],
    handle: (ctx) => open(deps, ctx),
  },
  {
    method: 'post',
    path: '/v1/sessions/{id}/events',
    access: 'organizer',
    summary: 'Tell a session what happened outside of any flow, or end it',
    body: AnyEventBody,
    example: { type: 'organizer.acted', action: 'help_opened', target: 'none' },
    headers: ['Idempotency-Key', 'X-App-Version'],
    answers: { 200: { description: 'The session after the event.', schema: InstanceBody } },
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
    handle: (ctx) => tell(deps, ctx),
  },
  {
    method: 'post',
    path: '/v1/actions',
    access: 'organizer',
    summary: 'Tell what was done outside of any flow; begins a session where none lives',
    body: Action,
    example: { action: 'help_opened', target: 'none' },
    headers: ['Idempotency-Key', 'X-Session-Id', 'X-App-Version'],
    answers: { 200: { description: 'The session after it.', schema: InstanceBody } },
    problems: [
      'invalid_json',
      'invalid_body',
      'unknown_field',
      'invalid_input',
      'event_not_allowed',
      'key_conflict',
    ],
    handle: (ctx) => act(deps, ctx),
  },
];

/** What was done, in the words of the behavior log's `user_action`. */
const Action = z.strictObject({
  action: z.enum(TOLD_ACTIONS),
  target: z.enum(ACTION_TARGETS),
  value: z.enum(ACTION_VALUES).optional(),
  count: z.int().min(0).max(100_000).optional(),
  changedFields: z.array(z.enum(CHANGED_FIELDS)).max(CHANGED_FIELDS.length).optional(),
  crewId: z.uuid().optional(),
  eventId: z.uuid().optional(),
  syncupId: z.uuid().optional(),
});

/** What changes something here is logged when it is done: a client cannot say that it was. */
function refuseClaim({ action }: Readonly<Record<string, unknown>>): void {
  const known: readonly unknown[] = USER_ACTIONS;
  const told: readonly unknown[] = TOLD_ACTIONS;
  if (!known.includes(action) || told.includes(action)) return;
  throw new Refusal(
    'invalid_input',
    'This action is logged by the server when it is done, and is nothing to be told: do it by its own route, for an event POST /v1/events/{id}/edit or /cancel.',
    { problems: [{ path: 'action', code: 'not_told' }] },
  );
}

async function act(deps: ApiDeps, ctx: Asked): Promise<void> {
  const body = readJson(ctx);
  refuseClaim(body);
  const action = check(Action, body);
  const live = deps.charts.live.find((chart) => chart.id === SESSION);
  if (live === undefined) throw new Error('There is no chart of sessions: list it in machines.');
  const event = { type: 'organizer.acted', ...action };
  const take = (certainty: Certainty) => takeTurn(deps, ctx, certainty);
  await give(deps, ctx, { chart: live, id: null, event, via: undefined, take });
}

async function open(deps: ApiDeps, ctx: Asked): Promise<void> {
  const opening = check(Open, readJson(ctx));
  const visitor = visitorOf(ctx);
  const { organizerId } = visitor;
  const key = keyOf(ctx);
  ctx.state.stepping = true;
  const { outcome, instance } = await openSession(deps.domain, visitor, {
    ...opening,
    ...(key && { key: { ...key, id: startedId(organizerId, key.value) } }),
  });
  ctx.state.stepping = false;
  if (outcome === 'key_conflict' || instance.machine !== SESSION) {
    throw new Refusal(
      'key_conflict',
      'This Idempotency-Key was used for another request: give each request its own.',
    );
  }
  deps.engine.markSeen({ organizerId, id: instance.id });
  if (outcome === 'duplicate' && key !== undefined) markReplayed(ctx);
  ctx.set('X-Session-Id', instance.id);
  ctx.status = outcome === 'live' ? 200 : 201;
  ctx.body = bodyOf(chartOf(deps, instance), instance);
}

/** The session that is addressed is the one that acts: no other is begun for it. */
async function tell(deps: ApiDeps, ctx: Asked): Promise<void> {
  const { owner } = callerOf(ctx);
  const id = idOf(paramOf(ctx, 'id'));
  const instance = await deps.engine.load({ organizerId: owner, id });
  if (instance === undefined || instance.machine !== SESSION) throw notFound();
  const chart = chartOf(deps, instance);
  const body = readJson(ctx);
  refuseClaim(body);
  const { event, via } = eventOf(chart, body);
  const { platform, appVersion: version, correlationId } = visitorOf(ctx);
  const key = keyOf(ctx);
  deps.engine.markSeen({ organizerId: owner, id });
  ctx.set('X-Session-Id', id);
  const cause = { correlationId, origin: { sessionId: id, platform, version } };
  const take = async () => ({ owner, cause, ...(key && { key }), presumed: false });
  await give(deps, ctx, { chart, id, event, via, take });
}

function chartOf(deps: ApiDeps, { machine, version }: Instance): ApiChart {
  const chart = deps.charts.find(machine, version);
  if (chart === undefined) {
    throw new Error(
      `There is no chart ${machine}@${version}: keep that version in machines/archive.`,
    );
  }
  return chart;
}
