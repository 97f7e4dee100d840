/* The sync-ups: what may be voted for, and how. Who is asked stands with the invitations. */
import { and, desc, eq, sql as expression } from 'drizzle-orm';
import { syncups } from '../../drizzle/schema.ts';
import { ormOf, type Queryable } from './orm.ts';

/** Something to vote for: words, an instant (epoch ms) in the zone it is read in, or both. */
export type SyncupOption = {
  readonly label: string | null;
  readonly startsAt: number | null;
  readonly timeZone: string | null;
};

/** Instants are epoch ms. */
export type SyncupRow = {
  readonly organizerId: string;
  readonly id: string;
  readonly crewId: string | null;
  readonly title: string | null;
  /** In the order of their numbers. */
  readonly options: readonly SyncupOption[];
  readonly voting: 'single' | 'multi';
  readonly deadlineAt: number | null;
  /** What the vote does by itself: ends once so many have voted or all have answered, becomes an event. */
  readonly rules: {
    readonly quorum: number | null;
    readonly whenAllAnswered: boolean;
    readonly finalizes: boolean;
  };
  readonly state: 'live' | 'finalized' | 'closed';
  readonly createdAt: number;
};

export async function insertSyncup(sql: Queryable, syncup: SyncupRow): Promise<void> {
  const { rules, ...what } = syncup;
  const deadlineAt = syncup.deadlineAt === null ? null : new Date(syncup.deadlineAt);
  await ormOf(sql)
    .insert(syncups)
    .values({ ...what, ...rules, deadlineAt, createdAt: new Date(syncup.createdAt) });
}

type OfSyncup = { readonly organizerId: string; readonly syncupId: string };

const isSyncup = ({ organizerId, syncupId }: OfSyncup) =>
  and(eq(syncups.organizerId, organizerId), eq(syncups.id, syncupId));

/** One sync-up of this organizer; undefined also for somebody else's. */
export async function findSyncup(sql: Queryable, of: OfSyncup): Promise<SyncupRow | undefined> {
  const [found] = await ormOf(sql).select().from(syncups).where(isSyncup(of));
  return found === undefined ? undefined : syncupOf(found);
}

/** The same, locked until the transaction ends, so that two changes of who is asked do not mix. */
export async function lockSyncup(sql: Queryable, of: OfSyncup): Promise<SyncupRow | undefined> {
  const [found] = await ormOf(sql).select().from(syncups).where(isSyncup(of)).for('update');
  return found === undefined ? undefined : syncupOf(found);
}

/** Counts one more reminder of a sync-up; how many there were with it. */
export async function countSyncupReminder(sql: Queryable, of: OfSyncup): Promise<number> {
  const [counted] = await ormOf(sql)
    .update(syncups)
    .set({ reminders: expression`${syncups.reminders} + 1` })
    .where(isSyncup(of))
    .returning({ reminders: syncups.reminders });
  return counted?.reminders ?? 0;
}

/** Keeps that a sync-up takes no more votes, or has become an event. */
export async function setSyncupState(
  sql: Queryable,
  { state, ...of }: OfSyncup & { readonly state: SyncupRow['state'] },
): Promise<void> {
  await ormOf(sql).update(syncups).set({ state }).where(isSyncup(of));
}

/** The organizer's sync-ups, latest first. */
export async function listSyncups(
  sql: Queryable,
  organizerId: string,
  limit: number,
): Promise<readonly SyncupRow[]> {
  const found = await ormOf(sql)
    .select()
    .from(syncups)
    .where(eq(syncups.organizerId, organizerId))
    .orderBy(desc(syncups.createdAt), syncups.id)
    .limit(limit);
  return found.map(syncupOf);
}

const syncupOf = ({
  reminders: _,
  quorum,
  whenAllAnswered,
  finalizes,
  ...found
}: typeof syncups.$inferSelect): SyncupRow => ({
  ...found,
  rules: { quorum, whenAllAnswered, finalizes },
  // Written by insertSyncup alone; the table's checks allow no other words.
  options: found.options as readonly SyncupOption[],
  voting: found.voting as SyncupRow['voting'],
  state: found.state as SyncupRow['state'],
  deadlineAt: found.deadlineAt?.getTime() ?? null,
  createdAt: found.createdAt.getTime(),
});
