/* The events: what, when and where. Who is invited stands with the invitations. */
import { and, desc, eq, sql as expression, gt, inArray, isNull, or } from 'drizzle-orm';
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
  /** By what it becomes final by itself, and when its people are reminded. */
  readonly rules: {
    readonly quorum: number | null;
    readonly answerBy: number | null;
    readonly whenAllAnswered: boolean;
    readonly remindMin: number | null;
  };
  readonly finalizedAt: number | null;
  readonly createdAt: number;
};

export async function insertEvent(sql: Queryable, event: EventRow): Promise<void> {
  const { rules, startsAt, finalizedAt, createdAt, ...what } = event;
  await ormOf(sql)
    .insert(events)
    .values({
      ...what,
      ...rules,
      startsAt: dateOf(startsAt),
      answerBy: dateOf(rules.answerBy),
      finalizedAt: dateOf(finalizedAt),
      createdAt: new Date(createdAt),
    });
}

const dateOf = (at: number | null): Date | null => (at === null ? null : new Date(at));

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

/** Keeps that an event is final, called off or over; `finalizedAt` (epoch ms) where it became final now. */
export async function setEventState(
  sql: Queryable,
  of: OfEvent & { readonly state: EventRow['state']; readonly finalizedAt?: number },
): Promise<void> {
  const { organizerId, eventId, state, finalizedAt } = of;
  await ormOf(sql)
    .update(events)
    .set({ state, ...(finalizedAt === undefined ? {} : { finalizedAt: new Date(finalizedAt) }) })
    .where(and(eq(events.organizerId, organizerId), eq(events.id, eventId)));
}

/**
 * Makes a live event final that is still to come at `at` (epoch ms); whether it was one. In one statement,
 * which whoever else would change the event waits for, as it keeps an organizer waiting.
 */
export async function finalizeLiveEvent(
  sql: Queryable,
  { organizerId, eventId, at }: OfEvent & { readonly at: number },
): Promise<boolean> {
  const final = await sql`
    update events set state = 'finalized', finalized_at = to_timestamp(${at}::float8 / 1000)
    where organizer_id = ${organizerId} and id = ${eventId} and state = 'live'
      and (starts_at is null or starts_at > to_timestamp(${at}::float8 / 1000))
    returning id`;
  return final.length > 0;
}

/** Closes an event that has come, unless it was called off. */
export async function closeEvent(sql: Queryable, { organizerId, eventId }: OfEvent): Promise<void> {
  await ormOf(sql)
    .update(events)
    .set({ state: 'closed' })
    .where(
      and(
        eq(events.organizerId, organizerId),
        eq(events.id, eventId),
        inArray(events.state, ['live', 'finalized']),
      ),
    );
}

/** What may be changed of an event. */
export type EventChanges = Partial<
  Pick<EventRow, 'title' | 'startsAt' | 'timeZone' | 'place' | 'details'> &
    Pick<EventRow['rules'], 'answerBy'>
>;

export async function changeEvent(
  sql: Queryable,
  { organizerId, eventId, ...changes }: OfEvent & EventChanges,
): Promise<void> {
  const { startsAt, answerBy, ...others } = changes;
  await ormOf(sql)
    .update(events)
    .set({
      ...others,
      ...(startsAt === undefined ? {} : { startsAt: dateOf(startsAt) }),
      ...(answerBy === undefined ? {} : { answerBy: dateOf(answerBy) }),
    })
    .where(and(eq(events.organizerId, organizerId), eq(events.id, eventId)));
}

function eventOf(found: typeof events.$inferSelect): EventRow {
  const { reminders: _, quorum, answerBy, whenAllAnswered, remindMin, ...what } = found;
  return {
    ...what,
    // The table's check allows no other.
    state: found.state as EventRow['state'],
    rules: { quorum, answerBy: answerBy?.getTime() ?? null, whenAllAnswered, remindMin },
    startsAt: found.startsAt?.getTime() ?? null,
    finalizedAt: found.finalizedAt?.getTime() ?? null,
    createdAt: found.createdAt.getTime(),
  };
}
