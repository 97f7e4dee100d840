/* Log rows that were set aside because they break the contract: counted, listed, put back. */
import type { Queryable, Sql } from './orm.ts';

export type QuarantinedRow = {
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  readonly reason: string;
  /** The row as it would stand in the log; its timestamp is epoch ms. */
  readonly row: Readonly<Record<string, unknown>>;
};

/** Rows that were not put back yet, oldest first. */
export async function listQuarantined(
  sql: Queryable,
  of: { readonly limit: number; readonly afterId?: string },
): Promise<readonly QuarantinedRow[]> {
  const after = of.afterId ?? '00000000-0000-0000-0000-000000000000';
  return await sql<QuarantinedRow[]>`
    select id, (extract(epoch from at) * 1000)::float8 as at, reason, "row"
    from log_quarantine where replayed_at is null and id > ${after} order by id limit ${of.limit}`;
}

export async function countQuarantined(sql: Queryable): Promise<number> {
  const [row] = await sql<{ rows: number }[]>`
    select count(*)::int as rows from log_quarantine where replayed_at is null`;
  return row?.rows ?? 0;
}

/**
 * Puts one row into the log and marks it as put back, as the projector's role. False where the log has
 * it already; then it is only marked.
 */
export async function replayQuarantined(
  sql: Sql,
  of: { readonly id: string; readonly at: number },
): Promise<boolean> {
  const [done] = await sql<{ logged: number }[]>`
    with marked as (
      update log_quarantine set replayed_at = to_timestamp(${of.at}::float8 / 1000)
      where id = ${of.id} and replayed_at is null returning "row"
    ), entry as (
      select e.* from marked cross join lateral jsonb_to_record("row") as e(
        id uuid, event_type text, "timestamp" float8, organizer_id uuid, invitee_phone text,
        event_id uuid, crew_id uuid, syncup_id uuid, session_id uuid, platform text, version text,
        metadata jsonb)
    ), logged as (
      insert into behavior_logs (id, event_type, "timestamp", organizer_id, invitee_phone, event_id,
        crew_id, syncup_id, session_id, platform, version, metadata)
      select id, event_type, to_timestamp("timestamp" / 1000), organizer_id, invitee_phone, event_id,
        crew_id, syncup_id, session_id, platform, version, metadata
      from entry on conflict do nothing returning id
    )
    select count(*)::int as logged from logged`;
  return done?.logged === 1;
}
