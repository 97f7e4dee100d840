/* The events: what, when and where. Who is invited stands with the invitations. */
import { and, desc, eq } from 'drizzle-orm';
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

/** One event of this organizer; undefined also for somebody else's. */
export async function findEvent(
  sql: Queryable,
  { organizerId, eventId }: { readonly organizerId: string; readonly eventId: string },
): Promise<EventRow | undefined> {
  const [found] = await ormOf(sql)
    .select()
    .from(events)
    .where(and(eq(events.organizerId, organizerId), eq(events.id, eventId)));
  return found === undefined ? undefined : eventOf(found);
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

const eventOf = (found: typeof events.$inferSelect): EventRow => ({
  ...found,
  // The table's check allows no other.
  state: found.state as EventRow['state'],
  startsAt: found.startsAt?.getTime() ?? null,
  createdAt: found.createdAt.getTime(),
});
