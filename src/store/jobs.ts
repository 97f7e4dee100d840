/*
 * The jobs: claimed for the time of a lease, so that a node that dies leaves them to another. When a job
 * is due says the node that promised it; when a lease ends says the server's clock alone, since a node whose
 * clock stands ahead would take what others are just doing. A claim repeats its condition in the outer WHERE, otherwise two nodes that claim
 * at once both get most of the jobs. A job waits until the earlier ones of its lane are gone.
 */
import type { Queryable } from './orm.ts';
import { LOOP_DEADLINE_MS, withDeadline } from './transact.ts';
import type { NewJob } from './write-instances.ts';

export type ClaimedJob = {
  readonly organizerId: string;
  readonly id: string;
  readonly kind: NewJob['kind'];
  readonly payload: unknown;
  /** How often it has been claimed, this time included. */
  readonly tries: number;
};

/** Free to be claimed. `statement_timestamp()` is stable, so it is allowed wherever a parameter is. */
const unleased = (sql: Queryable, alias: string) => sql`
  (${sql(alias)}.leased_until is null or ${sql(alias)}.leased_until <= statement_timestamp())`;

const leaseEnd = (sql: Queryable, leaseMs: number) =>
  sql`statement_timestamp() + ${leaseMs}::float8 * interval '1 millisecond'`;

/**
 * Claims up to `limit` jobs that are due at `now` (epoch ms) and nobody's, for `leaseMs`.
 *
 * The queue is nearly always empty when the server analyzes it, and planned for one row where it has a thousand. So the
 * statement leaves no plan that is bad then: the due jobs are looked for once (`materialized`), and the first of a lane
 * in a subquery that cannot become a join, by the index of lanes (`is not distinct from` rules the primary key out).
 */
export async function claimJobs(
  sql: Queryable,
  of: { readonly now: number; readonly leaseMs: number; readonly limit: number },
): Promise<readonly ClaimedJob[]> {
  const now = sql`to_timestamp(${of.now}::float8 / 1000)`;
  return await withDeadline(
    LOOP_DEADLINE_MS,
    sql<ClaimedJob[]>`
    with due as materialized (
      select d.organizer_id, d.id from jobs d
      where d.due_at <= ${now} and ${unleased(sql, 'd')} and d.id = (
        select e.id from jobs e
        where e.lane = d.lane and e.organizer_id is not distinct from d.organizer_id
        order by e.id limit 1)
      order by d.due_at, d.id limit ${of.limit}
    )
    update jobs j set leased_until = ${leaseEnd(sql, of.leaseMs)}, tries = j.tries + 1
    from due where j.organizer_id = due.organizer_id and j.id = due.id
      and j.due_at <= ${now} and ${unleased(sql, 'j')}
    returning j.organizer_id as "organizerId", j.id, j.kind, j.payload, j.tries`,
  );
}

/**
 * Lets a job's lease end `leaseMs` from now. One each: a statement that locks several would
 * deadlock with the commits that delete them.
 */
export async function renewJob(
  sql: Queryable,
  { organizerId, id }: JobKey,
  leaseMs: number,
): Promise<void> {
  await withDeadline(
    LOOP_DEADLINE_MS,
    sql`update jobs set leased_until = ${leaseEnd(sql, leaseMs)}
    where organizer_id = ${organizerId} and id = ${id}`,
  );
}

export type JobKey = { readonly organizerId: string; readonly id: string };

/** Gives a claimed job back until `dueAt` (epoch ms). */
export async function postponeJob(
  sql: Queryable,
  { organizerId, id, dueAt }: JobKey & { readonly dueAt: number },
): Promise<void> {
  await withDeadline(
    LOOP_DEADLINE_MS,
    sql`update jobs set due_at = to_timestamp(${dueAt}::float8 / 1000), leased_until = null
    where organizer_id = ${organizerId} and id = ${id}`,
  );
}

/** Removes a job whose work is done, or has nothing left to do. */
export async function dropJob(sql: Queryable, { organizerId, id }: JobKey): Promise<void> {
  await withDeadline(
    LOOP_DEADLINE_MS,
    sql`delete from jobs where organizer_id = ${organizerId} and id = ${id}`,
  );
}

/** Inserts jobs that no step made, such as an inbound SMS; one that exists already stays as it is. */
export async function insertJobs(
  sql: Queryable,
  owner: string,
  jobs: readonly NewJob[],
): Promise<void> {
  for (const job of jobs) {
    await sql`insert into jobs (organizer_id, id, kind, lane, payload, due_at, tries)
      values (${owner}, ${job.id}, ${job.kind}, ${job.lane}, ${JSON.stringify(job.payload)}::jsonb,
        to_timestamp(${job.dueAt}::float8 / 1000), 0)
      on conflict do nothing`;
  }
}

/** How many jobs are due and nobody's, and how many of them were claimed before and have lapsed. */
export async function countJobs(
  sql: Queryable,
  now: number,
): Promise<{ readonly due: number; readonly lapsed: number }> {
  const [counts] = await sql<{ due: number; lapsed: number }[]>`
    select count(*)::int as due, (count(*) filter (where tries > 0))::int as lapsed
    from jobs j where due_at <= to_timestamp(${now}::float8 / 1000) and ${unleased(sql, 'j')}`;
  return counts ?? { due: 0, lapsed: 0 };
}
