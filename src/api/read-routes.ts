/* What an organizer may look at: profile, crews and events. Looking is no activity and logs nothing. */
import { isSupportedCountry } from 'libphonenumber-js';
import { z } from 'zod';
import { crewOf, crewsOf } from '../domain/crews.ts';
import { type EventRow, type EventWithInvitees, eventOf, eventsOf } from '../domain/events.ts';
import { profileOf, setProfile } from '../domain/organizers.ts';
import { check, idOf } from './check.ts';
import type { ApiDeps } from './deps.ts';
import { notFound } from './problems.ts';
import { readJson } from './read-json.ts';
import { callerOf, paramOf, type Route } from './route.ts';
import { Tally } from './tallies.ts';

const MAX_NAME = 40;

/** One clean line: a line end in a name could make a text say something else. */
const NameLine = z
  .string()
  .max(200)
  .overwrite((text) => text.replace(/[\s\p{Cf}]+/gu, ' ').trim())
  .min(1)
  .max(MAX_NAME);

export const Profile = z.strictObject({
  /** Shown in texts to invitees. */
  name: NameLine.meta({ examples: ['Ana'] }),
  country: z
    .string()
    .refine((code) => isSupportedCountry(code), { params: { code: 'unknown_country' } })
    .meta({ examples: ['US'] }),
  timeZone: z
    .string()
    .max(60)
    .refine(isTimeZone, { params: { code: 'unknown_time_zone' } })
    .meta({ examples: ['America/New_York'] }),
});

const ProfileShown = z.strictObject({
  name: z.string(),
  country: z.string().meta({ examples: ['US'] }),
  timeZone: z.string().meta({ examples: ['America/New_York'] }),
});

export const Person = z.strictObject({
  name: z.string(),
  phone: z.string().meta({ examples: ['+14155550123'] }),
});
/** `vote` is that of a sync-up: it named an option. */
export const Reply = z.enum(['none', 'yes', 'no', 'vote', 'unknown']);
/** Of the text that asks: `failed` was never taken, `undelivered` was and did not arrive. */
export const Delivery = z.enum(['queued', 'sent', 'undelivered', 'failed', 'opted_out']);
export const ListedCrew = z.strictObject({ id: z.uuid(), name: z.string(), members: z.int() });
export const Crew = z.strictObject({ id: z.uuid(), name: z.string(), members: z.array(Person) });

export const ListedEvent = z.strictObject({
  id: z.uuid(),
  crewId: z.uuid().nullable(),
  title: z.string(),
  startsAt: z.iso.datetime().nullable(),
  timeZone: z.string().nullable(),
  place: z.string().nullable(),
  details: z.string().nullable(),
  state: z.enum(['live', 'finalized', 'cancelled', 'closed']),
  /** By what it becomes final by itself, and when its people are reminded. */
  rules: z.strictObject({
    quorum: z.int().nullable(),
    answerBy: z.iso.datetime().nullable(),
    whenAllAnswered: z.boolean(),
    remindMin: z.int().nullable(),
  }),
  finalizedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  tally: Tally,
});
export const Event = ListedEvent.extend({
  /** Who has not answered, or was not understood. */
  waitingFor: z.array(Person),
  invitees: z.array(
    Person.extend({
      ...{ reply: Reply, guests: z.int(), delivery: Delivery },
      remindedAt: z.iso.datetime().nullable(),
    }),
  ),
});

export const readRoutes = (deps: ApiDeps): readonly Route[] => [
  ...profileRoutes(deps),
  {
    method: 'get',
    path: '/v1/crews',
    access: 'organizer',
    summary: 'List crews, latest first',
    answers: {
      200: { description: 'Crews.', schema: z.strictObject({ crews: z.array(ListedCrew) }) },
    },
    handle: async (ctx) => {
      ctx.body = { crews: await crewsOf(deps.domain.sql, callerOf(ctx).owner) };
    },
  },
  {
    method: 'get',
    path: '/v1/crews/{id}',
    access: 'organizer',
    summary: 'Read a crew',
    answers: { 200: { description: 'The crew.', schema: Crew } },
    problems: ['not_found'],
    handle: async (ctx) => {
      const of = { organizerId: callerOf(ctx).owner, crewId: idOf(paramOf(ctx, 'id')) };
      const crew = await crewOf(deps.domain.sql, of);
      if (crew === undefined) throw notFound();
      ctx.body = crew;
    },
  },
  {
    method: 'get',
    path: '/v1/events',
    access: 'organizer',
    summary: 'List events, latest first',
    answers: {
      200: { description: 'Events.', schema: z.strictObject({ events: z.array(ListedEvent) }) },
    },
    handle: async (ctx) => {
      const events = await eventsOf(deps.domain.sql, callerOf(ctx).owner);
      ctx.body = { events: events.map(shown) };
    },
  },
  {
    method: 'get',
    path: '/v1/events/{id}',
    access: 'organizer',
    summary: 'Read an event and how its invitees have answered',
    answers: { 200: { description: 'The event.', schema: Event } },
    problems: ['not_found'],
    handle: async (ctx) => {
      const of = { organizerId: callerOf(ctx).owner, eventId: idOf(paramOf(ctx, 'id')) };
      const event = await eventOf(deps.domain.sql, of);
      if (event === undefined) throw notFound();
      ctx.body = shownEvent(event);
    },
  },
];

const profileRoutes = (deps: ApiDeps): readonly Route[] => [
  {
    method: 'get',
    path: '/v1/me',
    access: 'organizer',
    summary: 'Read the profile',
    answers: { 200: { description: 'The profile.', schema: ProfileShown } },
    handle: async (ctx) => {
      ctx.body = await profileOf(deps.domain, callerOf(ctx).owner);
    },
  },
  {
    method: 'put',
    path: '/v1/me',
    access: 'organizer',
    summary: 'Set the profile',
    body: Profile,
    answers: { 200: { description: 'The profile.', schema: ProfileShown } },
    problems: ['invalid_json', 'invalid_body', 'unknown_field'],
    handle: async (ctx) => {
      const profile = check(Profile, readJson(ctx));
      await setProfile(deps.domain, callerOf(ctx).owner, profile);
      ctx.body = profile;
    },
  },
];

/** An event with its people, as it is shown. */
export function shownEvent(event: EventWithInvitees) {
  const invitees = event.invitees.map(({ remindedAt, ...invitee }) => ({
    ...invitee,
    remindedAt: isoOf(remindedAt),
  }));
  return { ...shown(event), invitees };
}

/** Instants as text, and without the owner, who is the reader. */
function shown<T extends EventRow>({ organizerId: _, ...event }: T) {
  const { startsAt, rules, finalizedAt, createdAt } = event;
  return {
    ...event,
    rules: { ...rules, answerBy: isoOf(rules.answerBy) },
    ...{ startsAt: isoOf(startsAt), finalizedAt: isoOf(finalizedAt), createdAt: isoOf(createdAt) },
  };
}

const isoOf = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString();

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}
