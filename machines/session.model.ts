/* A session: what comes in, and what is remembered. */
import { z } from 'zod';
import {
  ACTION_TARGETS,
  ACTION_VALUES,
  CHANGED_FIELDS,
  SESSION_END_REASONS,
  SESSION_ENTRIES,
  TOLD_ACTIONS,
} from '../src/behavior/vocabulary.ts';
import { type Begun, defineEvents, derivedId } from './kit.ts';

export const events = defineEvents({
  /** Something done outside of any flow, and outside of the server. */
  'organizer.acted': z.strictObject({
    action: z.enum(TOLD_ACTIONS),
    target: z.enum(ACTION_TARGETS),
    value: z.enum(ACTION_VALUES).optional(),
    count: z.int().min(0).max(100_000).optional(),
    changedFields: z.array(z.enum(CHANGED_FIELDS)).max(CHANGED_FIELDS.length).optional(),
    crewId: z.uuid().optional(),
    eventId: z.uuid().optional(),
    syncupId: z.uuid().optional(),
  }),
  'organizer.ended_session': z.strictObject({}),
  'organizer.logged_out': z.strictObject({}),
  /** The app or the page was closed. */
  'app.left': z.strictObject({}),
});
export type Event = typeof events.type;

const opening = {
  entry: z.enum(SESSION_ENTRIES).optional(),
  pushId: z.uuid().optional(),
  tzOffsetMin: z.int().min(-840).max(840).optional(),
};

export const input = z.strictObject({
  platform: z.enum(['web', 'ios_app']),
  appVersion: z.string(),
  /** Stands for organizer, platform and device; a device's own id is not kept. */
  device: z.uuid(),
  previousSessionId: z.uuid().nullable(),
  ...opening,
});
export type Input = Begun & z.output<typeof input>;

export const context = z.strictObject({
  ...input.shape,
  id: z.uuid(),
  begunAt: z.int(),
  /** The last activity that the session was told of. */
  seenAt: z.int(),
  /** When the wait for activity began, which is later than `seenAt` where activity was no step. */
  waitsSince: z.int(),
  /** Handled organizer events of its own, and those of its flows once they have been counted. */
  actions: z.int(),
  flowActions: z.int(),
  /** What the last action was about. */
  about: z.strictObject({
    crewId: z.uuid().nullable(),
    eventId: z.uuid().nullable(),
    syncupId: z.uuid().nullable(),
  }),
  reason: z.enum(SESSION_END_REASONS).nullable(),
  tries: z.int(),
  /** The session that went on in its place at the cap. */
  renewedAs: z.uuid().nullable(),
});
export type Context = z.output<typeof context>;

const NOTHING = { crewId: null, eventId: null, syncupId: null };

export const begin = ({ id, owner: _, at, ...given }: Input): Context => ({
  ...given,
  id,
  begunAt: at,
  seenAt: at,
  waitsSince: at,
  actions: 0,
  flowActions: 0,
  about: NOTHING,
  reason: null,
  tries: 0,
  renewedAs: null,
});

/** An action in the session: it is activity, and it is about something. */
export const acted = (
  { actions }: Context,
  event: Extract<Event, { type: 'organizer.acted' }>,
): Partial<Context> => ({
  seenAt: event.at,
  waitsSince: event.at,
  actions: actions + 1,
  about: {
    crewId: event.crewId ?? null,
    eventId: event.eventId ?? null,
    syncupId: event.syncupId ?? null,
  },
});

/** What a timer says beside its type. */
export type TimerEvent = {
  readonly at: number;
  readonly armedAt: number;
  readonly dueAt: number;
  readonly seenAt: number;
};

/** XState's types know timer events by their type alone. */
export const timerOf = (event: object): TimerEvent => event as TimerEvent;

/** A wait is over; what was active last, no step may have said. */
export const ranOut = (
  reason: 'expired_idle' | 'expired_max',
  { context, event }: { readonly context: Context; readonly event: object },
): Partial<Context> => ({ reason, seenAt: Math.max(context.seenAt, timerOf(event).seenAt) });

/** The session that goes on in the place of this one. */
export const successorOf = (id: string): string => derivedId(id, 'renewed');

/** What both of a session's actors give back: the organizer's events that its flows have handled. */
export type FlowActions = { readonly actions: number };
export type EndFlows = {
  readonly reason: 'session_ended' | 'idle_timeout';
  /** The device that its organizer has logged out of, which is told nothing any more. */
  readonly left: string | null;
};
export type RenewSession = Pick<Context, 'platform' | 'appVersion' | 'device'> & {
  readonly nextId: string;
};
