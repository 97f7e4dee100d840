/*
 * The log as it grows. Rows are given as soon as they are there, which is not always in order of id: a
 * row may be projected after a later one. What lies before the settled time is complete; behind it every
 * look reads again, and what was given already is remembered. So nothing is passed over or given twice.
 */
import type { LogRow } from '../behavior/row.ts';
import { isDatabaseAway } from '../engine/index.ts';
import type { LogQuery, LogReader } from './log-reader.ts';

export type Followed = {
  readonly row: LogRow;
  /** Where another reader goes on without a gap; it may be given rows of the last seconds again. */
  readonly cursor: string;
};

export type FollowDeps = {
  readonly log: LogReader;
  readonly signal: AbortSignal;
  /** Resolves after so many ms, or when the signal says so. */
  readonly wait: (ms: number) => Promise<void>;
};

const EVERY_MS = 250;
/** After a database was away. */
const AGAIN_MS = 1_000;
const PAGE = 500;

type FollowQuery = Omit<LogQuery, 'after' | 'before' | 'limit'>;

/** Follows the log after `query.after` until the signal; a database that is away is waited for. */
export async function* followLog(
  { log, signal, wait }: FollowDeps,
  query: FollowQuery & { readonly after: string },
): AsyncGenerator<Followed | 'quiet'> {
  let settledId = query.after;
  let given = new Set<string>();
  while (!signal.aborted) {
    let after = settledId;
    let look: Look | undefined;
    do {
      look = await lookAfter(log, { ...query, after });
      for (const row of look?.rows ?? []) {
        if (!given.has(row.id)) yield { row, cursor: settledId };
        given.add(row.id);
        if (row.timestamp < (look?.settledAt ?? 0)) settledId = row.id;
        after = row.id;
      }
    } while (look?.rows.length === PAGE && !signal.aborted);
    given = new Set([...given].filter((id) => id > settledId));
    yield 'quiet';
    await wait(look === undefined ? AGAIN_MS : EVERY_MS);
  }
}

type Look = { readonly rows: readonly LogRow[]; readonly settledAt: number };

/** One page; undefined while the database is away. */
async function lookAfter(
  log: LogReader,
  query: FollowQuery & { readonly after: string },
): Promise<Look | undefined> {
  try {
    // Asked first: what is settled now is in the page that is read afterwards.
    const settledAt = await log.settledBefore();
    return { settledAt, rows: await log.read({ ...query, before: null, limit: PAGE }) };
  } catch (error) {
    if (isDatabaseAway(error)) return undefined;
    throw error;
  }
}
