/*
 * The instances, written many at once. A write names the `seq` that it saw and carries all that must
 * become durable with it: log entries, jobs made, jobs settled. Decides nothing.
 */
import type { InstanceRow } from './instances.ts';
import type { PendingQuery, Queryable } from './orm.ts';
import { storableJson } from './storable-json.ts';

/** A job to insert. `lane`: jobs of one lane are done in order of id. */
export type NewJob = {
  readonly id: string;
  readonly kind: 'send' | 'start' | 'actor';
  readonly lane: string;
  readonly payload: unknown;
  readonly dueAt: number;
};

/** What one commit writes of one instance. `seen` is the seq it was read at, 0 where it begins. */
export type InstanceWrite = {
  readonly row: InstanceRow;
  readonly seen: number;
  /**
   * Epoch ms of the first timer; null where none is armed. A wake that is stored already, comes before
   * it and is no less than a minute away is left as it is: it will find nothing due and be put right then,
   * once, while each step in between touches no index.
   */
  readonly wakeAt: number | null;
  /** Entries for the outbox, or null for none. */
  readonly log: readonly unknown[] | null;
  readonly jobs: readonly NewJob[];
  /** Jobs that are settled or no longer wanted, by owner and id. */
  readonly drops: readonly { readonly owner: string; readonly id: string }[];
};

/**
 * Writes instances with their entries and jobs in one statement, all of them or (on an error) none.
 * Returns the ids that were written; one that is missing was stepped by someone else since it was
 * read, or has begun before. Sorted by (organizer, id), because two unsorted batches deadlock.
 *
 * The statement has only the parts that these writes need: each table that it names is opened, with its
 * indexes, whether or not there is a row for it. Throws `Unstorable`.
 */
export function writeInstances(
  sql: Queryable,
  writes: readonly InstanceWrite[],
): PendingQuery<{ id: string }[]> {
  const sorted = writes.map(inputOf).sort((a, b) => (a.order < b.order ? -1 : 1));
  const begins = writes.some(({ seen }) => seen === 0);
  return sql<{ id: string }[]>`
    with input as materialized (
      select * from json_to_recordset(${storableJson(sorted)}) as t(
        organizer_id uuid, id uuid, seen int, machine text, version text, status text, state text,
        snapshot json, entries int, timers jsonb, wake_at float8, keys json, calls jsonb,
        trace json, session_id uuid, crew_id uuid, event_id uuid, syncup_id uuid, phone text,
        begun_at float8, stepped_at float8, seen_at float8, tries int, parked_at float8,
        log json, jobs json, drops json)
    ), moved as (
      update instances i set
        status = n.status, state = n.state, snapshot = n.snapshot, seq = n.seen + 1,
        entries = n.entries, timers = n.timers, wake_at = case
          when i.wake_at between to_timestamp(n.stepped_at / 1000) + interval '1 minute'
            and to_timestamp(n.wake_at / 1000) then i.wake_at
          else to_timestamp(n.wake_at / 1000) end,
        keys = n.keys, calls = n.calls, trace = n.trace, session_id = n.session_id,
        crew_id = n.crew_id, event_id = n.event_id, syncup_id = n.syncup_id, phone = n.phone,
        stepped_at = to_timestamp(n.stepped_at / 1000), tries = n.tries,
        parked_at = to_timestamp(n.parked_at / 1000)
      from input n
      where n.seen > 0 and i.organizer_id = n.organizer_id and i.id = n.id and i.seq = n.seen
      returning i.organizer_id, i.id
    )${begins ? begunPart(sql) : sql``}, written as (
      select * from moved ${begins ? sql`union all select * from begun` : sql``}
    )${writes.some(({ log }) => log !== null) ? loggedPart(sql) : sql``}
    ${writes.some(({ jobs }) => jobs.length > 0) ? promisedPart(sql) : sql``}
    ${writes.some(({ drops }) => drops.length > 0) ? settledPart(sql) : sql``}
    select id from written`;
}

const begunPart = (sql: Queryable) => sql`
  , begun as (
    insert into instances (
      organizer_id, id, machine, version, status, state, snapshot, seq, entries, timers, wake_at,
      keys, calls, trace, session_id, crew_id, event_id, syncup_id, phone, begun_at, stepped_at,
      seen_at, tries, parked_at)
    select organizer_id, id, machine, version, status, state, snapshot, 1, entries, timers,
      to_timestamp(wake_at / 1000), keys, calls, trace, session_id, crew_id, event_id, syncup_id,
      phone, to_timestamp(begun_at / 1000), to_timestamp(stepped_at / 1000),
      to_timestamp(seen_at / 1000), tries, to_timestamp(parked_at / 1000)
    from input where seen = 0
    on conflict do nothing
    returning organizer_id, id
  )`;

const loggedPart = (sql: Queryable) => sql`
  , logged as (
    insert into log_outbox (organizer_id, source, seq, at, entries)
    select organizer_id, id, n.seen + 1, to_timestamp(n.stepped_at / 1000), n.log
    from input n join written using (organizer_id, id) where n.log is not null
  )`;

const promisedPart = (sql: Queryable) => sql`
  , promised as (
    insert into jobs (organizer_id, id, kind, lane, payload, due_at, tries)
    select organizer_id, j.id, j.kind, j.lane, j.payload, to_timestamp(j.due_at / 1000), 0
    from input n join written using (organizer_id, id)
    cross join lateral json_to_recordset(n.jobs)
      as j(id uuid, kind text, lane uuid, payload jsonb, due_at float8)
    where n.jobs is not null
  )`;

const settledPart = (sql: Queryable) => sql`
  , dropped as materialized (
    select d.owner, d.id from input n join written using (organizer_id, id)
    cross join lateral json_to_recordset(n.drops) as d(owner uuid, id uuid)
    where n.drops is not null
  ), settled as (
    delete from jobs k using dropped d where k.organizer_id = d.owner and k.id = d.id
  )`;

const some = <T>(list: readonly T[]): readonly T[] | null => (list.length === 0 ? null : list);

function inputOf({ row, seen, wakeAt, log, jobs, drops }: InstanceWrite) {
  return {
    order: `${row.organizerId}${row.id}`,
    organizer_id: row.organizerId,
    id: row.id,
    seen,
    machine: row.machine,
    version: row.version,
    status: row.status,
    state: row.state,
    snapshot: row.snapshot,
    entries: row.entries,
    timers: row.timers,
    wake_at: wakeAt,
    keys: row.keys,
    calls: row.calls,
    trace: row.trace,
    session_id: row.sessionId,
    crew_id: row.crewId,
    event_id: row.eventId,
    syncup_id: row.syncupId,
    phone: row.phone,
    begun_at: row.begunAt,
    stepped_at: row.steppedAt,
    seen_at: row.seenAt,
    tries: row.tries,
    parked_at: row.parkedAt,
    log,
    jobs: some(jobs.map(({ dueAt, ...job }) => ({ ...job, due_at: dueAt }))),
    drops: some(drops),
  };
}
