/*
 * An event changed outside of any flow: edited, or called off. What is wanted is read here, so that the
 * commit that does it finds nothing wrong with its words.
 */
import { z } from 'zod';
import { derivedId } from '../behavior/derived-id.ts';
import {
  type EditBody,
  LocalTimeField,
  readEdit,
  type WantedChange,
  ZoneField,
} from '../domain/event-edits.ts';
import { eventOf, hasEvent } from '../domain/events.ts';
import { profileOf } from '../domain/organizers.ts';
import { type Started, startedId, useOf } from '../engine/index.ts';
import type { Instance } from './charts.ts';
import { check, idOf } from './check.ts';
import type { ApiDeps } from './deps.ts';
import { notFound, Refusal } from './problems.ts';
import { readJson } from './read-json.ts';
import { Event, shownEvent } from './read-routes.ts';
import { type Asked, callerOf, paramOf, type Route } from './route.ts';
import { doTurn, markReplayed, type Turn, takeTurn } from './turn.ts';

const headers = ['Idempotency-Key', 'X-Session-Id', 'X-App-Version'] as const;

/** What is absent stays; null takes it away. */
export const Edit = z.strictObject({
  title: z.string().max(400).optional(),
  /** Local time at the place: 2026-06-05T19:00; the organizer's zone where none is given. */
  startsAt: LocalTimeField.nullable().optional(),
  timeZone: ZoneField.optional(),
  /** null, with `startsAt`: answers are wanted by no time any more, so that it may begin before. */
  answerBy: z.null().optional(),
  place: z.string().max(400).nullable().optional(),
  details: z.string().max(4_000).nullable().optional(),
}) satisfies z.ZodType<EditBody>;

const answers = { 200: { description: 'The event as it is now.', schema: Event } };
const problems = [
  'not_found',
  'invalid_json',
  'invalid_body',
  'unknown_field',
  'finished',
  'key_conflict',
  'unavailable',
] as const;

export const eventRoutes = (deps: ApiDeps): readonly Route[] => [
  {
    method: 'post',
    path: '/v1/events/{id}/edit',
    access: 'organizer',
    summary: 'Edit an event; invitees are told what concerns them',
    body: Edit,
    example: { startsAt: '2027-06-05T19:00', place: 'The Boulder Barn' },
    headers,
    answers,
    problems: [...problems, 'invalid_input'],
    handle: async (ctx) => {
      const body = check(Edit, readJson(ctx));
      const { timeZone } = await profileOf(deps.domain, callerOf(ctx).owner);
      const wanted = readEdit(body, { homeZone: timeZone, at: deps.now() });
      if ('problems' in wanted) {
        throw new Refusal('invalid_input', 'What was given cannot be taken: see the codes.', {
          problems: wanted.problems,
        });
      }
      await change(deps, ctx, wanted.change);
    },
  },
  {
    method: 'post',
    path: '/v1/events/{id}/cancel',
    access: 'organizer',
    summary: 'Call an event off; invitees are told',
    body: z.strictObject({}),
    headers,
    answers,
    problems,
    handle: async (ctx) => {
      check(z.strictObject({}), readJson(ctx));
      await change(deps, ctx, { kind: 'cancel' });
    },
  },
];

async function change(deps: ApiDeps, ctx: Asked, wanted: WantedChange): Promise<void> {
  const { owner: organizerId } = callerOf(ctx);
  const of = { organizerId, eventId: idOf(paramOf(ctx, 'id')) };
  if (!(await hasEvent(deps.domain.sql, of))) throw notFound();
  const { done: started } = await doTurn(
    (certainty) => takeTurn(deps, ctx, certainty),
    (turn) => {
      ctx.state.stepping = true;
      return startChange(deps, turn, { eventId: of.eventId, change: wanted });
    },
  );
  ctx.state.stepping = false;
  if (
    started.outcome === 'unresumable' ||
    started.outcome === 'key_conflict' ||
    started.instance.machine !== 'event-change'
  ) {
    throw new Refusal(
      'key_conflict',
      'This Idempotency-Key was used for another request: give each request its own.',
    );
  }
  if (started.outcome === 'duplicate') markReplayed(ctx);
  refuse(outcomeOf(started.instance.snapshot));
  const event = await eventOf(deps.domain.sql, of);
  if (event === undefined) throw notFound();
  ctx.body = shownEvent(event);
}

/** More than a client has patience for. */
const MAX_TRIES = 10;

/** Begins the change. One that failed was never made: the same request begins another in its place. */
async function startChange(
  deps: ApiDeps,
  { owner, cause, key }: Turn,
  input: { readonly eventId: string; readonly change: WantedChange },
): Promise<Started> {
  const starting = { machine: 'event-change', owner, cause, input };
  if (key === undefined) return deps.engine.start({ ...starting, id: deps.id() });
  let id = startedId(owner, key.value);
  for (let tries = 1; tries < MAX_TRIES; tries += 1) {
    const before = await deps.engine.load({ organizerId: owner, id });
    // Anything else is for the engine to judge.
    if (before === undefined || !hasFailed(before) || useOf(before.keys, key) !== 'same') break;
    id = derivedId(id, 'again');
  }
  return deps.engine.start({ ...starting, id, key });
}

const hasFailed = ({ machine, snapshot }: Instance): boolean =>
  machine === 'event-change' && outcomeOf(snapshot) === 'failed';

const outcomeOf = (snapshot: unknown): string =>
  (snapshot as { readonly context: { readonly outcome: string } }).context.outcome;

function refuse(outcome: string): void {
  if (outcome === 'not_found') throw notFound();
  if (outcome === 'over') {
    throw new Refusal('finished', 'This event is over or called off, and can be changed no more.');
  }
  if (outcome === 'answers_too_late') {
    throw new Refusal(
      'invalid_input',
      'It would begin before answers are wanted: send answerBy null along, or another date.',
      { problems: [{ path: 'answerBy', code: 'after_the_event' }] },
    );
  }
  if (outcome === 'failed') {
    throw new Refusal('unavailable', 'The event could not be changed just now: try again.', {
      headers: { 'Retry-After': '1' },
    });
  }
}
