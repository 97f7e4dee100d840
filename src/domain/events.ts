/* Events: the transaction actor that saves one with its invitations, and what the API shows. */
import type { SavedEvent, SaveEvent } from '../../machines/event-creation.saving.ts';
import type { TransactionScope } from '../engine/index.ts';
import { listTallies } from '../store/changes.ts';
import { insertCrew } from '../store/crews.ts';
import { type EventRow, findEvent, insertEvent, listEvents } from '../store/events.ts';
import { listInvitations, type Tally, tallyOf, writeInvitations } from '../store/invitations.ts';
import type { Queryable } from '../store/orm.ts';
import { optedOutAmong } from '../store/phones.ts';
import { isWaitedFor } from '../store/waited-for.ts';
import { withLetters } from './letters.ts';

export type { EventRow } from '../store/events.ts';

/** More than an organizer can look through in a chat. */
const MAX_LISTED = 100;

/**
 * `saveEvent`: stores the event, the crew that is kept with it, and an invitation for everybody who may be
 * texted. Who has opted out stays in the crew and is not invited.
 */
export async function saveEvent(
  event: SaveEvent,
  { tx, at, self }: Pick<TransactionScope, 'tx' | 'at' | 'self'>,
): Promise<SavedEvent> {
  const { owner: organizerId } = self;
  const { eventId, newCrew, people, ...what } = event;
  if (newCrew !== null) {
    const members = people.map(({ name, phone }) => ({ name, phone }));
    await insertCrew(tx, { organizerId, ...newCrew, members, createdAt: at });
  }
  const crewId = event.crewId ?? newCrew?.id ?? null;
  const row = { ...what, organizerId, id: eventId, crewId, state: 'live' as const };
  await insertEvent(tx, { ...row, finalizedAt: null, createdAt: at });

  const optedOut = await optedOutAmong(
    tx,
    people.map(({ phone }) => phone),
  );
  const invitees = people.filter(({ phone }) => !optedOut.has(phone));
  await writeInvitations(
    tx,
    invitees.map(({ invitationId, phone, name }) => ({
      ...{ organizerId, id: invitationId, eventId, syncupId: null, phone, name },
      ...{ reply: 'none' as const, guests: 0, delivery: 'queued', updatedAt: at },
    })),
  );
  const suppressedOptOut = people.length - invitees.length;
  return { suppressedOptOut, invitees: await withLetters(tx, invitees) };
}

/** An event with how its invitees have answered. */
export type EventWithTally = EventRow & { readonly tally: Tally };

/** The same, with the invitees. */
export type EventWithInvitees = EventWithTally & {
  /** Who may be reached, and has not answered yes or no, or was not understood. */
  readonly waitingFor: readonly { readonly name: string; readonly phone: string }[];
  readonly invitees: readonly {
    readonly name: string;
    readonly phone: string;
    readonly reply: string;
    readonly guests: number;
    readonly delivery: string;
    /** When the organizer last sent them a reminder. */
    readonly remindedAt: number | null;
  }[];
};

type OfEvent = { readonly organizerId: string; readonly eventId: string };

/** Whether there is such an event of this organizer, over or not. */
export const hasEvent = async (sql: Queryable, of: OfEvent): Promise<boolean> =>
  (await findEvent(sql, of)) !== undefined;

/** What `GET /v1/events/{id}` shows; undefined for an unknown and for somebody else's. */
export async function eventOf(sql: Queryable, of: OfEvent): Promise<EventWithInvitees | undefined> {
  const event = await findEvent(sql, of);
  if (event === undefined) return undefined;
  const [tally, invited] = await Promise.all([tallyOf(sql, of), listInvitations(sql, of)]);
  const invitees = invited.map(({ name, phone, reply, guests, delivery, remindedAt }) => ({
    ...{ name, phone, reply, guests, delivery, remindedAt },
  }));
  const waitingFor = invited.filter(isWaitedFor).map(({ name, phone }) => ({ name, phone }));
  return { ...event, tally, waitingFor, invitees };
}

/** What `GET /v1/events` shows. */
export async function eventsOf(
  sql: Queryable,
  organizerId: string,
): Promise<readonly EventWithTally[]> {
  const [events, found] = await Promise.all([
    listEvents(sql, organizerId, MAX_LISTED),
    listTallies(sql, { organizerId, from: null, limit: MAX_LISTED }),
  ]);
  const tallies = new Map(found.map(({ id, state: _, ...tally }) => [id, tally]));
  return events.map((event) => ({ ...event, tally: tallies.get(event.id) ?? NO_TALLY }));
}

/** Of an event that was saved between the two reads. */
const NO_TALLY: Tally = { invited: 0, yes: 0, no: 0, unknown: 0, pending: 0, guests: 0 };
