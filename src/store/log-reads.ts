/* Reading the behavior log, by people and programs: filtered, and in the order of occurrence. */
import type { Queryable } from './orm.ts';

export type LogReadRow = {
  readonly id: string;
  readonly event_type: string;
  /** Epoch ms. */
  readonly timestamp: number;
  readonly organizer_id: string | null;
  readonly invitee_phone: string | null;
  readonly event_id: string | null;
  readonly crew_id: string | null;
  readonly syncup_id: string | null;
  readonly session_id: string | null;
  readonly platform: string;
  readonly version: string;
  readonly metadata: Readonly<Record<string, unknown>>;
};

export type LogReadQuery = {
  /** Null: everybody's. */
  readonly organizerId: string | null;
  readonly after: string | null;
  /** Epoch ms, inclusive. */
  readonly since: number | null;
  /** Epoch ms, exclusive. */
  readonly before: number | null;
  readonly limit: number;
  /** From the end of the log backwards. */
  readonly latest?: boolean;
  readonly session?: string | undefined;
  readonly phone?: string | undefined;
  readonly event?: string | undefined;
  readonly run?: string | undefined;
  readonly correlation?: string | undefined;
  readonly type?: string | undefined;
};

/** Rows in order of id, which begins with their time; backwards where the latest are asked for. */
export async function readLog(sql: Queryable, query: LogReadQuery): Promise<readonly LogReadRow[]> {
  const { organizerId, after, since, before } = query;
  const all = sql`true`;
  const where = (given: unknown, condition: () => typeof all) =>
    given === null || given === undefined ? all : condition();
  // An id begins with its row's time: said as well of the time, it spares the partitions before it.
  const from = Math.max(since ?? 0, after === null ? 0 : timeOfId(after));
  const order = query.latest === true ? sql`id desc` : sql`id`;
  return await sql<LogReadRow[]>`
    select id, event_type, (extract(epoch from "timestamp") * 1000)::float8 as "timestamp",
      organizer_id, invitee_phone, event_id, crew_id, syncup_id, session_id, platform, version, metadata
    from behavior_logs
    where "timestamp" >= to_timestamp(${from}::float8 / 1000)
      and ${where(organizerId, () => sql`organizer_id = ${organizerId}`)}
      and ${where(after, () => sql`id > ${after}`)}
      and ${where(before, () => sql`"timestamp" < to_timestamp(${before}::float8 / 1000)`)}
      and ${where(query.session, () => sql`session_id = ${query.session ?? null}`)}
      and ${where(query.phone, () => sql`invitee_phone = ${query.phone ?? null}`)}
      and ${where(query.event, () => sql`event_id = ${query.event ?? null}`)}
      and ${where(query.run, () => sql`metadata ->> 'flow_run_id' = ${query.run ?? null}`)}
      and ${where(query.correlation, () => sql`metadata ->> 'correlation_id' = ${query.correlation ?? null}`)}
      and ${where(query.type, () => sql`event_type = ${query.type ?? null}`)}
    order by ${order} limit ${query.limit}`;
}

/** The last rows that fit, in order of id. */
export const readLastRows = async (
  sql: Queryable,
  query: LogReadQuery,
): Promise<readonly LogReadRow[]> =>
  [...(await readLog(sql, { ...query, latest: true }))].reverse();

const timeOfId = (id: string): number => Number.parseInt(id.replace('-', '').slice(0, 12), 16);

/** When the oldest entry was made that is not in the log yet (epoch ms), or null. */
export async function oldestOutboxAt(sql: Queryable): Promise<number | null> {
  const [oldest] = await sql<{ at: number | null }[]>`
    select (extract(epoch from min(at)) * 1000)::float8 as at from log_outbox`;
  return oldest?.at ?? null;
}
