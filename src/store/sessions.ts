/* What is asked of stored instances about sessions: which was the last on a device, and what was done in one. */
import type { Queryable } from './orm.ts';

export type StoredSession = {
  readonly id: string;
  readonly status: 'active' | 'done';
  /** Epoch ms. */
  readonly steppedAt: number;
};

/**
 * The session that began last on this device (`device` stands for organizer, platform and device).
 * Reads backward along the organizer's sessions, so that it looks at one or two of them.
 */
export async function newestSession(
  sql: Queryable,
  { organizerId, device }: { readonly organizerId: string; readonly device: string },
): Promise<StoredSession | undefined> {
  const [newest] = await sql<StoredSession[]>`
    select id, status, (extract(epoch from stepped_at) * 1000)::float8 as "steppedAt"
    from instances
    where organizer_id = ${organizerId} and machine = 'session'
      and snapshot -> 'context' ->> 'device' = ${device}
    order by begun_at desc, id desc
    limit 1`;
  return newest;
}

/**
 * Whether the session has ended; until this transaction is over it does not. An end that is under way is
 * waited for. A lock of its own, taken before any row's, so that it cannot stand across those of rows.
 */
export async function holdSession(tx: Queryable, of: OfSession): Promise<'live' | 'over'> {
  await tx`select pg_advisory_xact_lock_shared(hashtextextended(${lockOf(of)}, 0))`;
  const over = await tx`
    select from instances
    where organizer_id = ${of.organizerId} and id = ${of.sessionId} and status = 'done'`;
  return over.length === 0 ? 'live' : 'over';
}

/** Waits for all that begins in the session; nothing more does until this transaction is over. */
export async function closeSession(tx: Queryable, of: OfSession): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${lockOf(of)}, 0))`;
}

const lockOf = ({ sessionId }: OfSession): string => `session ${sessionId}`;

export type OfSession = { readonly organizerId: string; readonly sessionId: string };

/**
 * How many of the organizer's events flows have handled in this session: open ones and ended ones, also
 * those that went on in another; and when a flow of it stepped last, epoch ms. Reads along all of the
 * organizer's flows.
 */
export async function lookBack(
  sql: Queryable,
  of: OfSession,
): Promise<{ readonly actions: number; readonly lastStepAt: number }> {
  const [found] = await sql<{ actions: number; lastStepAt: number }[]>`
    select coalesce(sum(case when session_id = ${of.sessionId} then (trace ->> 'actions')::int
      else (trace -> 'elsewhere' ->> ${of.sessionId})::int end), 0)::int as actions,
      coalesce(extract(epoch from max(stepped_at) filter (where session_id = ${of.sessionId})) * 1000,
        0)::float8 as "lastStepAt"
    from instances
    where organizer_id = ${of.organizerId} and session_id is not null`;
  return found ?? { actions: 0, lastStepAt: 0 };
}

/** The session's flows that are still open, oldest first. */
export async function listOpenFlows(sql: Queryable, of: OfSession): Promise<readonly string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from instances
    where organizer_id = ${of.organizerId} and session_id = ${of.sessionId} and status = 'active'
    order by begun_at, id`;
  return rows.map(({ id }) => id);
}
