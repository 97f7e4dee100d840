/*
 * The outbox between the steps and the log. Steps put their entries in (store/instances); the
 * projector takes them out, as its own database role. Here are the notes' way in and the way out.
 */
import type { Queryable } from './orm.ts';
import { storableJson } from './storable-json.ts';
import { LOOP_DEADLINE_MS, withDeadline } from './transact.ts';

export type OutboxRow = {
  readonly organizerId: string;
  readonly source: string;
  readonly at: number;
  readonly entries: readonly unknown[];
};

/** Puts entries that no step made into the outbox. */
export async function insertNotes(sql: Queryable, rows: readonly OutboxRow[]): Promise<void> {
  const input = rows.map(({ organizerId, source, at, entries }) => ({
    organizer_id: organizerId,
    source,
    at,
    entries,
  }));
  await withDeadline(
    LOOP_DEADLINE_MS,
    sql`
    insert into log_outbox (organizer_id, source, seq, at, entries)
    select organizer_id, source, 1, to_timestamp(at / 1000), entries
    from json_to_recordset(${storableJson(input)})
      as n(organizer_id uuid, source uuid, at float8, entries json)
    on conflict do nothing`,
  );
}

/** Identifies outbox rows. */
export type OutboxKey = {
  readonly organizerId: string;
  readonly source: string;
  readonly seq: number;
};

/** An outbox row with its entries as they were put in. */
export type OutboxEntries = OutboxKey & { readonly entries: readonly Record<string, unknown>[] };

/** The oldest outbox rows. */
export async function oldestOutbox(
  sql: Queryable,
  limit: number,
): Promise<readonly OutboxEntries[]> {
  return await sql<OutboxEntries[]>`
    select organizer_id as "organizerId", source, seq, entries
    from log_outbox order by at limit ${limit}`;
}

/** These outbox rows, as far as they are still there. */
export async function outboxOf(
  sql: Queryable,
  keys: readonly OutboxKey[],
): Promise<readonly OutboxEntries[]> {
  return await sql<OutboxEntries[]>`
    select o.organizer_id as "organizerId", o.source, o.seq, o.entries
    from log_outbox o join json_to_recordset(${JSON.stringify(keys.map(keyInput))})
      as k(organizer_id uuid, source uuid, seq int)
    on o.organizer_id = k.organizer_id and o.source = k.source and o.seq = k.seq`;
}

/**
 * Moves up to `limit` outbox rows into the log of the same database, in one statement; entries with
 * problems go to quarantine. Returns how many rows it took. A row that the log has already is an error:
 * since a move is whole or nothing that is next to never, and `on conflict`, which PostgreSQL writes in two
 * goes, would cost a third of each move. Taken apart, such a row is passed over (`separateEntries`).
 */
export async function moveOutbox(
  sql: Queryable,
  of: { readonly limit: number; readonly keys?: readonly OutboxKey[] },
): Promise<number> {
  const chosen =
    of.keys === undefined
      ? sql`select organizer_id, source, seq from log_outbox order by at limit ${of.limit}`
      : sql`select organizer_id, source, seq from json_to_recordset(${JSON.stringify(of.keys.map(keyInput))})
          as k(organizer_id uuid, source uuid, seq int)`;
  const [moved] = await withDeadline(
    LOOP_DEADLINE_MS,
    sql<{ count: number }[]>`
    with chosen as materialized (${chosen}), taken as (
      delete from log_outbox where (organizer_id, source, seq) in (table chosen) returning entries
    ), entries as (
      select e.* from taken cross join lateral json_to_recordset(taken.entries) as e(
        id uuid, event_type text, "timestamp" float8, organizer_id uuid, invitee_phone text,
        event_id uuid, crew_id uuid, syncup_id uuid, session_id uuid, platform text,
        version text, metadata jsonb, problems jsonb)
    ), logged as (
      insert into behavior_logs (id, event_type, "timestamp", organizer_id, invitee_phone, event_id,
        crew_id, syncup_id, session_id, platform, version, metadata)
      select id, event_type, to_timestamp("timestamp" / 1000), organizer_id, invitee_phone, event_id,
        crew_id, syncup_id, session_id, platform, version, metadata
      from entries where problems is null
    ), quarantined as (
      insert into log_quarantine (id, at, reason, "row")
      select id, to_timestamp("timestamp" / 1000), problems ->> 0, to_jsonb(entries) - 'problems'
      from entries where problems is not null
      on conflict do nothing
    )
    select count(*)::int as count from taken`,
  );
  return moved?.count ?? 0;
}

/** How many outbox rows wait, and when the oldest was made (epoch ms). */
export async function countOutbox(
  sql: Queryable,
): Promise<{ readonly rows: number; readonly oldestAt: number | null }> {
  const [counts] = await sql<{ rows: number; oldestAt: number | null }[]>`
    select count(*)::int as rows, (extract(epoch from min(at)) * 1000)::float8 as "oldestAt" from log_outbox`;
  return counts ?? { rows: 0, oldestAt: null };
}

const keyInput = ({ organizerId, source, seq }: OutboxKey) => ({
  organizer_id: organizerId,
  source,
  seq,
});
