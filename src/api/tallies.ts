/* How invitees have answered, as lists show it and as the stream tells it: of an event, and of a vote. */
import { z } from 'zod';
import type { CurrentTally } from '../domain/flows.ts';

/** `pending` have said nothing; `guests` are those that a yes brings. */
export const Tally = z.strictObject({
  ...{ invited: z.int(), yes: z.int(), no: z.int(), unknown: z.int(), pending: z.int() },
  guests: z.int(),
});

/** `no` is none of the options, `pending` have said nothing. */
export const VoteTally = z.strictObject({
  ...{ invited: z.int(), voted: z.int(), no: z.int(), unknown: z.int(), pending: z.int() },
});

/** How the invitees of an event have answered. */
const EventTallyBody = z.strictObject({
  target: z.literal('event'),
  id: z.uuid(),
  state: z.string().meta({ examples: ['live'] }),
  tally: Tally,
});

/** How a vote stands. */
const SyncupTallyBody = z.strictObject({
  target: z.literal('syncup'),
  id: z.uuid(),
  state: z.string().meta({ examples: ['live'] }),
  /** The event that it has become. */
  eventId: z.uuid().nullable(),
  /** Per option, in the order of their numbers. */
  votes: z.array(z.int()),
  tally: VoteTally,
});

/** What the stream tells as `tally`. */
export const TallyBody = z.discriminatedUnion('target', [EventTallyBody, SyncupTallyBody]);

export function shownTally(current: CurrentTally): z.output<typeof TallyBody> {
  if (current.target === 'event') {
    const { target, id, state, ...tally } = current;
    return { target, id, state, tally };
  }
  const { target, id, state, eventId, votes, ...tally } = current;
  return { target, id, state, eventId, votes: [...votes], tally };
}
