/* The events: what, when and where. Who is invited stands with the invitations. */
import { and, desc, eq, sql as expression, gt, isNull, or } from 'drizzle-orm';
import { events } from '../../drizzle/schema.ts';
import { ormOf, type Queryable } from './orm.ts';

/** Instants are epoch ms. */
export type EventRow = {
  readonly organizerId: string;
  readonly id: string;
  readonly crewId: string | null;
  readonly title: string;
  readonly startsAt: number | null;
  readonly timeZone: string | null;
  readonly place: string | null;
  readonly details: string | null;
  readonly state: 'live' | 'finalized' | 'cancelled' | 'closed';
  readonly createdAt: number;
};

export async function insertEvent(sql: Queryable, event: EventRow): Promise<void> {
  const startsAt = event.startsAt === null ? null : new Date(event.startsAt);
  await ormOf(sql)
    .insert(events)
    .values({ ...event, startsAt, createdAt: new Date(event.createdAt) });
}

type OfEvent = { readonly organizerId: string; readonly eventId: string };

const selectEvent = (sql: Queryable, { organizerId, eventId }: OfEvent) =>
  ormOf(sql)
    .select()
    .from(events)
    .where(and(eq(events.organizerId, organizerId), eq(events.id, eventId)));

/** One event of this organizer; undefined also for somebody else's. */
export async function findEvent(sql: Queryable, of: OfEvent): Promise<EventRow | undefined> {
  const [found] = await selectEvent(sql, of);
  return found === undefined ? undefined : eventOf(found);
}

/** The same, locked until the transaction ends, so that two changes of who is invited do not mix. */
export async function lockEvent(sql: Queryable, of: OfEvent): Promise<EventRow | undefined> {
  const [found] = await selectEvent(sql, of).for('update');
  return found === undefined ? undefined : eventOf(found);
}

/** The organizer's live events without a date or with one after `at` (epoch ms), latest made first. */
export async function listLiveEvents(
  sql: Queryable,
  of: { readonly organizerId: string; readonly at: number; readonly limit: number },
): Promise<readonly EventRow[]> {
  const isAhead = or(isNull(events.startsAt), gt(events.startsAt, new Date(of.at)));
  const found = await ormOf(sql)
    .select()
    .from(events)
    .where(and(eq(events.organizerId, of.organizerId), eq(events.state, 'live'), isAhead))
    .orderBy(desc(events.createdAt), events.id)
    .limit(of.limit);
  return found.map(eventOf);
}

/** The organizer's events, latest first. */
export async function listEvents(
  sql: Queryable,
  organizerId: string,
  limit: number,
): Promise<readonly EventRow[]> {
  const found = await ormOf(sql)
    .select()
    .from(events)
    .where(eq(events.organizerId, organizerId))
    .orderBy(desc(events.createdAt), events.id)
    .limit(limit);
  return found.map(eventOf);
}

/** Counts one more reminder of an event; how many there were with it. */
export async function countReminder(
  sql: Queryable,
  { organizerId, eventId }: OfEvent,
): Promise<number> {
  const [counted] = await ormOf(sql)
    .update(events)
    .set({ reminders: expression`${events.reminders} + 1` })
    .where(and(eq(events.organizerId, organizerId), eq(events.id, eventId)))
    .returning({ reminders: events.reminders });
  return counted?.reminders ?? 0;
}

const eventOf = ({ reminders: _, ...found }: typeof events.$inferSelect): EventRow => ({
  ...found,
  // The table's check allows no other.
  state: found.state as EventRow['state'],
  startsAt: found.startsAt?.getTime() ?? null,
  createdAt: found.createdAt.getTime(),
});
