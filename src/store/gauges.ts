/* Counts for operators that no other file of the store has. */
import type { Queryable, Sql } from './orm.ts';
import { withDeadline } from './transact.ts';

/** How many texts there are in each state, of those that changed since then (epoch ms). */
export async function countTexts(
  sql: Queryable,
  since: number,
): Promise<readonly { readonly status: string; readonly texts: number }[]> {
  return await sql<{ status: string; texts: number }[]>`
    select status, count(*)::int as texts from messages
    where updated_at >= to_timestamp(${since}::float8 / 1000) group by status order by status`;
}

/** How many instances are parked. */
export async function countParked(sql: Queryable): Promise<number> {
  const [row] = await sql<{ parked: number }[]>`
    select count(*)::int as parked from instances where parked_at is not null`;
  return row?.parked ?? 0;
}

/** Resolves if the database answers in time. */
export async function ping(sql: Sql, withinMs: number): Promise<void> {
  await withDeadline(withinMs, sql`select 1`);
}
