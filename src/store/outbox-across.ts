/*
 * Moving the outbox into a log on another server: written there first, deleted here after, so that a
 * crash between the two writes the same rows again, which changes nothing.
 */
import type { Queryable } from './orm.ts';
import { type OutboxKey, oldestOutbox, outboxOf } from './outbox.ts';

/** As `moveOutbox`, across two databases. */
export async function moveOutboxAcross(
  from: Queryable,
  to: Queryable,
  of: { readonly limit: number; readonly keys?: readonly OutboxKey[] },
): Promise<number> {
  const rows =
    of.keys === undefined ? await oldestOutbox(from, of.limit) : await outboxOf(from, of.keys);
  const entries = rows.flatMap((row) => row.entries);
  await insertEntries(to, entries);
  await deleteOutbox(from, rows);
  return rows.length;
}

/** Sets one outbox row's entries aside in the log's own database. */
export async function quarantineAcross(
  from: Queryable,
  to: Queryable,
  of: { readonly key: OutboxKey; readonly reason: string },
): Promise<void> {
  const rows = await outboxOf(from, [of.key]);
  const entries = rows
    .flatMap((row) => row.entries)
    .map((entry) => ({ ...entry, problems: [of.reason] }));
  await insertEntries(to, entries);
  await deleteOutbox(from, rows);
}

async function insertEntries(to: Queryable, entries: readonly unknown[]): Promise<void> {
  if (entries.length === 0) return;
  await to`
    with entries as (
      select * from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as e(
        id uuid, event_type text, "timestamp" float8, organizer_id uuid, invitee_phone text,
        event_id uuid, crew_id uuid, syncup_id uuid, session_id uuid, platform text,
        version text, metadata jsonb, problems jsonb)
    ), logged as (
      insert into behavior_logs (id, event_type, "timestamp", organizer_id, invitee_phone, event_id,
        crew_id, syncup_id, session_id, platform, version, metadata)
      select id, event_type, to_timestamp("timestamp" / 1000), organizer_id, invitee_phone, event_id,
        crew_id, syncup_id, session_id, platform, version, metadata
      from entries where problems is null
      on conflict do nothing
    )
    insert into log_quarantine (id, at, reason, "row")
    select id, to_timestamp("timestamp" / 1000), problems ->> 0, to_jsonb(entries) - 'problems'
    from entries where problems is not null
    on conflict do nothing`;
}

async function deleteOutbox(from: Queryable, keys: readonly OutboxKey[]): Promise<void> {
  const input = keys.map(({ organizerId, source, seq }) => ({
    organizer_id: organizerId,
    source,
    seq,
  }));
  await from`
    delete from log_outbox o using json_to_recordset(${JSON.stringify(input)})
      as k(organizer_id uuid, source uuid, seq int)
    where o.organizer_id = k.organizer_id and o.source = k.source and o.seq = k.seq`;
}
