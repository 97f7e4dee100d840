/*
 * Instances whose earliest timer is due. A claim pushes `wake_at` a little, without a new `seq`, so
 * that nodes do not wake the same instance at once; the step that fires the timer sets it right again,
 * and where the claimer died it is due again soon.
 */
import type { InstanceKey } from './instances.ts';
import type { Queryable } from './orm.ts';
import { LOOP_DEADLINE_MS, withDeadline } from './transact.ts';

/**
 * Claims up to `limit` instances whose wake has come; those with a timer due are due again at `againAt`
 * (epoch ms). The others were to be woken for a timer that has been put off since: their wake is put
 * right, and there is nothing to do.
 */
export async function claimDueInstances(
  sql: Queryable,
  of: { readonly now: number; readonly againAt: number; readonly limit: number },
): Promise<readonly (InstanceKey & { readonly isDue: boolean })[]> {
  const now = sql`to_timestamp(${of.now}::float8 / 1000)`;
  return await withDeadline(
    LOOP_DEADLINE_MS,
    sql<(InstanceKey & { readonly isDue: boolean })[]>`
    with due as materialized (
      select d.organizer_id, d.id, d.seq, (
        select to_timestamp(min((value ->> 'dueAt')::float8) / 1000) from jsonb_each(d.timers)) as at
      from instances d where d.wake_at <= ${now} order by d.wake_at limit ${of.limit}
    )
    update instances i set wake_at = case when due.at <= ${now}
      then to_timestamp(${of.againAt}::float8 / 1000) else due.at end
    from due where i.organizer_id = due.organizer_id and i.id = due.id and i.seq = due.seq
      and i.wake_at <= ${now}
    returning i.organizer_id as "organizerId", i.id, coalesce(due.at <= ${now}, false) as "isDue"`,
  );
}

/** How many instances are overdue by more than `graceMs`. */
export async function countLateTimers(
  sql: Queryable,
  of: { readonly now: number; readonly graceMs: number },
): Promise<number> {
  const [count] = await sql<{ late: number }[]>`
    select count(*)::int as late from instances
    where wake_at < to_timestamp(${of.now - of.graceMs}::float8 / 1000)`;
  return count?.late ?? 0;
}

/** Moves `seen_at` forward; activity is not a step, so `seq` stays. */
export async function markSeen(
  sql: Queryable,
  seen: readonly (InstanceKey & { readonly seenAt: number })[],
): Promise<void> {
  const input = seen.map(({ organizerId, id, seenAt }) => ({
    organizer_id: organizerId,
    id,
    seen_at: seenAt,
  }));
  await withDeadline(
    LOOP_DEADLINE_MS,
    sql`
    update instances i set seen_at = greatest(i.seen_at, to_timestamp(n.seen_at / 1000))
    from json_to_recordset(${JSON.stringify(input)}) as n(organizer_id uuid, id uuid, seen_at float8)
    where i.organizer_id = n.organizer_id and i.id = n.id`,
  );
}

/**
 * Counts a step that threw: puts the instance off, or parks it where `parkedAt` is given (epoch ms).
 * Only at the `seq` that was read: an instance that has moved since has other timers.
 */
export async function recordFailure(
  sql: Queryable,
  of: InstanceKey & {
    readonly seq: number;
    readonly tries: number;
    readonly wakeAt: number | null;
    readonly parkedAt: number | null;
  },
): Promise<void> {
  await sql`
    update instances set tries = ${of.tries},
      wake_at = to_timestamp(${of.wakeAt}::float8 / 1000),
      parked_at = to_timestamp(${of.parkedAt}::float8 / 1000)
    where organizer_id = ${of.organizerId} and id = ${of.id} and seq = ${of.seq}`;
}
