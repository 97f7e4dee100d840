/*
 * An operator's hand on one instance: look at it, let it try again, or end it. Ending by hand takes no
 * step of the chart, so that it works where a step throws; it leaves no row in the log.
 */
import { type InstanceRow, loadInstances } from './instances.ts';
import type { Queryable } from './orm.ts';

export type ParkedView = {
  readonly organizerId: string;
  readonly id: string;
  readonly machine: string;
  readonly version: string;
  readonly status: string;
  readonly state: string;
  readonly seq: number;
  readonly entries: number;
  readonly tries: number;
  /** Epoch ms. */
  readonly parkedAt: number | null;
  readonly steppedAt: number;
  readonly wakeAt: number | null;
  /** Timers by id, and the calls under way; nothing of what the instance remembers. */
  readonly timers: Readonly<Record<string, { readonly dueAt: number }>>;
  readonly calls: Readonly<Record<string, string>>;
  readonly jobs: number;
};

/** An instance by its id alone, whoever owns it. */
export async function viewInstance(sql: Queryable, id: string): Promise<ParkedView | undefined> {
  const [row] = await sql<ParkedView[]>`
    select organizer_id as "organizerId", id, machine, version, status, state, seq, entries, tries,
      (extract(epoch from parked_at) * 1000)::float8 as "parkedAt",
      (extract(epoch from stepped_at) * 1000)::float8 as "steppedAt",
      (extract(epoch from wake_at) * 1000)::float8 as "wakeAt", timers, calls,
      (select count(*)::int from jobs j where ${targets(sql, id)}) as jobs
    from instances i where id = ${id}`;
  return row;
}

/** The whole instance by its id alone, whoever owns it. */
export async function loadInstanceById(
  sql: Queryable,
  id: string,
): Promise<InstanceRow | undefined> {
  const owners = await sql<{ organizerId: string }[]>`
    select organizer_id as "organizerId" from instances where id = ${id}`;
  const [row] = await loadInstances(
    sql,
    owners.map(({ organizerId }) => ({ organizerId, id })),
  );
  return row;
}

/** Its timers and jobs are tried again at once. False where there is no such open instance. */
export async function retryInstance(
  sql: Queryable,
  of: { readonly id: string; readonly now: number },
): Promise<boolean> {
  const now = sql`to_timestamp(${of.now}::float8 / 1000)`;
  const [row] = await sql`
    with retried as (
      update instances set tries = 0, parked_at = null,
        wake_at = case when timers = '{}'::jsonb then null else ${now} end
      where id = ${of.id} and status = 'active' returning id
    ), hurried as (
      update jobs j set due_at = ${now} where ${targets(sql, of.id)}
    )
    select id from retried`;
  return row !== undefined;
}

/** Ends an open instance where it stands; its timers and jobs go with it. */
export async function endInstance(sql: Queryable, id: string): Promise<boolean> {
  const [row] = await sql`
    with ended as (
      update instances set status = 'done', seq = seq + 1, timers = '{}'::jsonb, calls = '{}'::jsonb,
        wake_at = null, parked_at = null
      where id = ${id} and status = 'active' returning id
    ), dropped as (
      delete from jobs j where ${targets(sql, id)}
    )
    select id from ended`;
  return row !== undefined;
}

/** Jobs that would step this instance. */
const targets = (sql: Queryable, id: string) => sql`
  ${id} in (j.payload ->> 'instanceId', j.payload -> 'send' ->> 'to', j.payload -> 'start' ->> 'id')`;
