/*
 * Moving the outbox in two steps: written to the log first, deleted here after, so that a crash
 * between the two writes the same rows again, which changes nothing. For a log on another server, and
 * for rows that must be taken apart.
 */
import type { Queryable } from './orm.ts';
import { type OutboxKey, oldestOutbox, outboxOf } from './outbox.ts';

/** An entry that the log did not take: why, and of which type it is. */
export type Refused = { readonly reason: string; readonly type: unknown };

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

/**
 * Moves one outbox row entry by entry: those that the log refuses go to quarantine with the reason
 * that `refusalOf` gives; an error that it gives none for is thrown. Returns what was refused.
 */
export async function separateEntries(
  from: Queryable,
  to: Queryable,
  of: {
    readonly key: OutboxKey;
    readonly refusalOf: (error: unknown) => string | undefined;
  },
): Promise<readonly Refused[]> {
  const rows = await outboxOf(from, [of.key]);
  const refused: Refused[] = [];
  for (const entry of rows.flatMap((row) => row.entries)) {
    try {
      await insertEntries(to, [entry]);
    } catch (error) {
      const reason = of.refusalOf(error);
      if (reason === undefined) throw error;
      await insertEntries(to, [{ ...entry, problems: [reason] }]);
      refused.push({ reason, type: entry.event_type });
    }
  }
  await deleteOutbox(from, rows);
  return refused;
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
