/*
 * Events that are still to come, for the flows that are about one: which there are, who is invited, and
 * inviting more people. Other organizers' events are not found, nor are those that are called off or over.
 */
import type { FoundInvited, InvitedMore, InviteMore } from '../../machines/add-people.model.ts';
import type { OfferedEvents, TargetEvent } from '../../machines/event-target.ts';
import type { TransactionScope } from '../engine/index.ts';
import { type EventRow, findEvent, listLiveEvents, lockEvent } from '../store/events.ts';
import { listInvitations, writeInvitations } from '../store/invitations.ts';
import { optedOutAmong } from '../store/phones.ts';

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

/** `loadInvited`: one of them, with everybody who is invited to it. */
export async function loadInvited(
  { eventId }: { readonly eventId: string },
  { tx, at, self }: Scope,
): Promise<FoundInvited> {
  const of = { organizerId: self.owner, eventId };
  const event = await findEvent(tx, of);
  if (!isToCome(event, at)) return { found: false };
  const invited = await listInvitations(tx, of);
  return {
    found: true,
    event: targetOf(event),
    invited: invited.map(({ name, phone }) => ({ name, phone })),
  };
}

/**
 * `inviteMore`: an invitation for everybody who has none to this event and may be texted. Two devices that
 * add the same person invite once: the event is locked while it is looked at.
 */
export async function inviteMore(
  { eventId, people }: InviteMore,
  { tx, at, self }: Scope,
): Promise<InvitedMore> {
  const of = { organizerId: self.owner, eventId };
  if (!isToCome(await lockEvent(tx, of), at)) return { invitees: [], suppressedOptOut: 0 };
  const invited = new Set((await listInvitations(tx, of)).map(({ phone }) => phone));
  const missing = people.filter(({ phone }) => !invited.has(phone));
  const optedOut = await optedOutAmong(
    tx,
    missing.map(({ phone }) => phone),
  );
  const invitees = missing.filter(({ phone }) => !optedOut.has(phone));
  await writeInvitations(
    tx,
    invitees.map(({ invitationId, phone, name }) => ({
      ...{ organizerId: self.owner, id: invitationId, eventId, syncupId: null, phone, name },
      ...{ reply: 'none' as const, guests: 0, delivery: 'queued', updatedAt: at },
    })),
  );
  return { invitees, suppressedOptOut: missing.length - invitees.length };
}

/** Neither called off nor over; an event without a date is to come until it is called off. */
const isToCome = (event: EventRow | undefined, at: number): event is EventRow =>
  event?.state === 'live' && (event.startsAt === null || event.startsAt > at);

const targetOf = ({
  id,
  crewId,
  title,
  startsAt,
  timeZone,
  place,
  createdAt,
}: EventRow): TargetEvent => ({ id, crewId, title, startsAt, timeZone, place, createdAt });
