/* Counts for operators that no other file of the store has. */
import type { Queryable, Sql } from './orm.ts';
import { withDeadline } from './transact.ts';

export type TextCount = {
  readonly status: string;
  readonly code: number | null;
  readonly texts: number;
};

/** How many texts there are in each state, by the carrier's code, of those that changed since then (epoch ms). */
export async function countTexts(sql: Queryable, since: number): Promise<readonly TextCount[]> {
  return await sql<TextCount[]>`
    select status, provider_code as code, count(*)::int as texts from messages
    where updated_at >= to_timestamp(${since}::float8 / 1000)
    group by status, provider_code order by status, provider_code`;
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
