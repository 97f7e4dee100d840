/*
 * A vote that is over, or has become an event: what its invitations hear of that, and with what each of
 * them goes on as an invitation to the event. Shared by both kinds of invitations; it knows neither.
 */
import { z } from 'zod';
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import { REPLIES, TIMEOUT_STAGES } from '../src/behavior/vocabulary.ts';
import { NO_RULES } from './gathering.model.ts';
import { gatheringIdOf } from './gathering-news.ts';
import { derivedId, type Start } from './kit.ts';
import { localOf } from './when.ts';

/** A vote becomes one event, however often it is tried. */
export const eventIdOf = (syncupId: string): string => derivedId(syncupId, 'event');

/** The event that a vote has become. Instants are epoch ms. */
export const Decided = z.strictObject({
  eventId: z.uuid(),
  crewId: z.uuid().nullable(),
  title: z.string(),
  startsAt: z.int().nullable(),
  timeZone: z.string().nullable(),
  /** Ready to be read; null where there is no date. */
  whenText: z.string().nullable(),
});
export type Decided = z.output<typeof Decided>;

/** What it came to: how many are invited to the event, and how many of them told us to stop. */
export type MadeEvent = {
  readonly event: Decided;
  readonly invitees: number;
  readonly suppressedOptOut: number;
};

/** What invitations to vote hear of their gathering. */
export const voteEvents = {
  /** No vote counts any more. */
  'gathering.closed': z.strictObject({}),
  /** It has become an event; `tells` is false where no text says so. */
  'gathering.decided': z.strictObject({ newsId: z.uuid(), tells: z.boolean(), event: Decided }),
};

/** What an invitation to an event goes on with: how its invitee stood when the vote had become it. */
export const Voted = z.strictObject({
  /** The cycle that began with the invite to vote, which the rows go on to bear. */
  cycleId: z.uuid(),
  newsId: z.uuid(),
  tells: z.boolean(),
  invitedAt: z.int(),
  promptedAt: z.int().nullable(),
  reply: z.enum(REPLIES),
  replies: z.int(),
  unknowns: z.int(),
  reminders: z.int(),
  timedOut: z.array(z.enum(TIMEOUT_STAGES)),
  delivery: z.enum(['sent', 'undelivered', 'opted_out']),
  endedAt: z.int().nullable(),
});
export type Voted = z.output<typeof Voted>;

/** The gathering of the event, which settles by no rule of its own. */
export const gatheringOf = (
  { eventId, crewId, title, startsAt, whenText }: Decided,
  owner: string,
): Start => ({
  ...{ machine: 'gathering', id: gatheringIdOf(eventId), owner },
  input: { eventId, crewId, title, startsAt, whenText, place: null, rules: NO_RULES },
});

/** `event_created` of a vote that has become an event, by whoever's hand. */
export function describeMade(
  { event, invitees, suppressedOptOut }: MadeEvent,
  at: number,
): DescribedMetadata<'event_created'> {
  const { startsAt, timeZone } = event;
  const local = startsAt === null ? null : localOf(startsAt, timeZone ?? 'UTC');
  return {
    ...{ invitees, suppressed_opt_out: suppressedOptOut },
    ...{ has_time: startsAt !== null, has_place: false, has_details: false },
    lead_min: startsAt === null ? null : Math.round((startsAt - at) / 60_000),
    local_weekday: local?.weekday ?? null,
    local_hour: local?.hour ?? null,
    ...{ rsvp_deadline_min: null, from_syncup: true },
  };
}
