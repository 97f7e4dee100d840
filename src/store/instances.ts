/* The instances: what one row is, and how they are read. */
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
