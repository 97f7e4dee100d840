/*
 * The instances: read many at once, written many at once. A write names the `seq` that it saw and
 * carries all that must become durable with it: log entries, jobs made, jobs settled. Decides nothing.
 */
import type { PendingQuery, Queryable } from './orm.ts';

/** One stored instance. Times are epoch ms. */
export type InstanceRow = {
  readonly organizerId: string;
  readonly id: string;
  readonly machine: string;
  readonly version: string;
  readonly status: 'active' | 'done';
  /** The innermost active state. */
  readonly state: string;
  readonly snapshot: unknown;
  readonly seq: number;
  readonly entries: number;
  readonly timers: Timers;
  /** The last idempotency keys, as the engine shortens them. */
  readonly keys: readonly string[];
  /** invoke id → job id. */
  readonly calls: Readonly<Record<string, string>>;
  readonly trace: unknown;
  readonly sessionId: string | null;
  readonly crewId: string | null;
  readonly eventId: string | null;
  readonly syncupId: string | null;
  readonly phone: string | null;
  readonly begunAt: number;
  readonly steppedAt: number;
  readonly seenAt: number | null;
  readonly tries: number;
  readonly parkedAt: number | null;
};

export type Timers = Readonly<
  Record<
    string,
    {
      readonly event: { readonly type: string };
      readonly armedAt: number;
      readonly dueAt: number;
    }
  >
>;

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

export type InstanceKey = { readonly organizerId: string; readonly id: string };

/** The stored instances of these keys, in no order; those that do not exist are left out. */
export function loadInstances(
  sql: Queryable,
  keys: readonly InstanceKey[],
): PendingQuery<InstanceRow[]> {
  const wanted = keys.map(({ organizerId, id }) => ({ organizer_id: organizerId, id }));
  return sql<InstanceRow[]>`
    select ${columns(sql)}
    from json_to_recordset(${JSON.stringify(wanted)}) as k(organizer_id uuid, id uuid)
    join instances i on i.organizer_id = k.organizer_id and i.id = k.id`;
}

/** As loadInstances, for the open instances of one session; `machine` narrows it. */
export async function loadOpenOfSession(
  sql: Queryable,
  of: { readonly organizerId: string; readonly sessionId: string; readonly machine?: string },
): Promise<readonly InstanceRow[]> {
  return await sql<InstanceRow[]>`
    select ${columns(sql)} from instances i
    where i.organizer_id = ${of.organizerId} and i.session_id = ${of.sessionId}
      and i.status = 'active' and ${of.machine === undefined ? sql`true` : sql`i.machine = ${of.machine}`}
    order by i.begun_at, i.id`;
}

/**
 * The organizer's open instances of these charts, and those that ended since (epoch ms) in one of these
 * states, unless another goes on where they stopped. The last moved come first.
 */
export async function loadUnfinished(
  sql: Queryable,
  of: {
    readonly organizerId: string;
    readonly machines: readonly string[];
    /** `machine state` of ends after which another instance may go on. */
    readonly droppedIn: readonly string[];
    readonly since: number;
    readonly limit: number;
  },
): Promise<readonly InstanceRow[]> {
  return await sql<InstanceRow[]>`
    select ${columns(sql)} from instances i
    where i.organizer_id = ${of.organizerId} and i.machine = any(${[...of.machines]})
      and (i.status = 'active' or (i.machine || ' ' || i.state = any(${[...of.droppedIn]})
        and i.stepped_at > to_timestamp(${of.since}::float8 / 1000)
        and not exists (select from instances r
          where r.organizer_id = i.organizer_id and r.machine = i.machine
            and r.trace -> 'beginning' ->> 'resumedFrom' = i.id::text)))
    order by i.stepped_at desc, i.id limit ${of.limit}`;
}

const columns = (sql: Queryable) => sql`
  i.organizer_id as "organizerId", i.id, i.machine, i.version, i.status, i.state, i.snapshot, i.seq,
  i.entries, i.timers, i.keys, i.calls, i.trace, i.session_id as "sessionId",
  i.crew_id as "crewId", i.event_id as "eventId", i.syncup_id as "syncupId", i.phone,
  (extract(epoch from i.begun_at) * 1000)::float8 as "begunAt",
  (extract(epoch from i.stepped_at) * 1000)::float8 as "steppedAt",
  (extract(epoch from i.seen_at) * 1000)::float8 as "seenAt", i.tries,
  (extract(epoch from i.parked_at) * 1000)::float8 as "parkedAt"`;

/**
 * Writes instances with their entries and jobs in one statement, all of them or (on an error) none.
 * Returns the ids that were written; one that is missing was stepped by someone else since it was
 * read, or has begun before. Sorted by (organizer, id), because two unsorted batches deadlock.
 */
export function writeInstances(
  sql: Queryable,
  writes: readonly InstanceWrite[],
): PendingQuery<{ id: string }[]> {
  const sorted = writes.map(inputOf).sort((a, b) => (a.order < b.order ? -1 : 1));
  return sql<{ id: string }[]>`
    with input as materialized (
      select * from json_to_recordset(${JSON.stringify(sorted)}) as t(
        organizer_id uuid, id uuid, seen int, machine text, version text, status text, state text,
        snapshot jsonb, entries int, timers jsonb, wake_at float8, keys jsonb, calls jsonb,
        trace jsonb, session_id uuid, crew_id uuid, event_id uuid, syncup_id uuid, phone text,
        begun_at float8, stepped_at float8, seen_at float8, tries int, parked_at float8,
        log jsonb, jobs jsonb, drops jsonb)
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
    ), begun as (
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
    ), written as (
      select * from moved union all select * from begun
    ), logged as (
      insert into log_outbox (organizer_id, source, seq, at, entries)
      select organizer_id, id, n.seen + 1, to_timestamp(n.stepped_at / 1000), n.log
      from input n join written using (organizer_id, id) where n.log is not null
    ), promised as (
      insert into jobs (organizer_id, id, kind, lane, payload, due_at, tries)
      select organizer_id, j.id, j.kind, j.lane, j.payload, to_timestamp(j.due_at / 1000), 0
      from input n join written using (organizer_id, id)
      cross join lateral jsonb_to_recordset(n.jobs)
        as j(id uuid, kind text, lane uuid, payload jsonb, due_at float8)
      where n.jobs is not null
    ), dropped as materialized (
      select d.owner, d.id from input n join written using (organizer_id, id)
      cross join lateral jsonb_to_recordset(n.drops) as d(owner uuid, id uuid)
      where n.drops is not null
    ), settled as (
      delete from jobs k using dropped d where k.organizer_id = d.owner and k.id = d.id
    )
    select id from written`;
}

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
