/*
 * Events that are still to come, for the flows that are about one. Other organizers' events are not found,
 * nor are those that are called off, finalized or over.
 */
import type { OfferedEvents, TargetEvent } from '../../machines/event-target.ts';
import type { TransactionScope } from '../engine/index.ts';
import { type EventRow, findEvent, listLiveEvents, lockEvent } from '../store/events.ts';

/** More than an organizer can look through in a chat. */
const MAX_LISTED = 100;

type Scope = Pick<TransactionScope, 'tx' | 'at' | 'self'>;

/** `loadEvents`: the organizer's events that are still to come, latest first. */
export async function loadEvents(_: object, { tx, at, self }: Scope): Promise<OfferedEvents> {
  const events = await listLiveEvents(tx, { organizerId: self.owner, at, limit: MAX_LISTED });
  return {
    events: events.map(({ id, title, startsAt, timeZone }) => ({ id, title, startsAt, timeZone })),
  };
}

/** One of them, if it is still to come. */
export const findTarget = async (
  { tx, at, self }: Scope,
  eventId: string,
): Promise<TargetEvent | undefined> =>
  targetOf(await findEvent(tx, { organizerId: self.owner, eventId }), at);

/** The same, locked, so that two changes of who is invited or reminded do not mix. */
export const lockTarget = async (
  { tx, at, self }: Scope,
  eventId: string,
): Promise<TargetEvent | undefined> =>
  targetOf(await lockEvent(tx, { organizerId: self.owner, eventId }), at);

/** An event that is to come and final already. */
export const findSettled = async (
  { tx, at, self }: Scope,
  eventId: string,
): Promise<TargetEvent | undefined> =>
  targetOf(await findEvent(tx, { organizerId: self.owner, eventId }), at, 'finalized');

/** An event without a date is to come until it is called off, or its gathering closes. */
function targetOf(
  event: EventRow | undefined,
  at: number,
  state: EventRow['state'] = 'live',
): TargetEvent | undefined {
  if (event?.state !== state || (event.startsAt !== null && event.startsAt <= at)) {
    return undefined;
  }
  const { id, crewId, title, startsAt, timeZone, place, createdAt } = event;
  const { answerBy } = event.rules;
  return { id, crewId, title, startsAt, timeZone, place, createdAt, answerBy };
}
