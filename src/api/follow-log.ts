/*
 * The log as it grows. Rows are given as soon as they are there, which is not always in order of id: a
 * row may be projected after a later one. What lies before the settled time is complete; behind it every
 * look reads again, and what was given already is remembered. So nothing is passed over or given twice.
 */
import type { LogRow } from '../behavior/row.ts';
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
const PAGE = 500;

/** Follows the log after `query.after` until the signal; a database that is away is waited for. */
export async function* followLog(
  { log, signal, wait }: FollowDeps,
  query: Omit<LogQuery, 'after' | 'before' | 'limit'> & { readonly after: string },
): AsyncGenerator<Followed | 'quiet'> {
  let settledId = query.after;
  let given = new Set<string>();
  while (!signal.aborted) {
    const settledAt = await log.settledBefore();
    let after = settledId;
    let page: readonly LogRow[];
    do {
      page = await log.read({ ...query, after, before: null, limit: PAGE });
      for (const row of page) {
        if (!given.has(row.id)) yield { row, cursor: settledId };
        given.add(row.id);
        if (row.timestamp < settledAt) settledId = row.id;
      }
      after = page.at(-1)?.id ?? after;
    } while (page.length === PAGE && !signal.aborted);
    given = new Set([...given].filter((id) => id > settledId));
    yield 'quiet';
    await wait(EVERY_MS);
  }
}
