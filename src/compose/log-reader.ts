/* The behavior log as the API and the command line read it. */
import type { LogReader } from '../api/log-reader.ts';
import type { LogRow } from '../behavior/row.ts';
import { oldestOutboxAt, readLog } from '../store/log-reads.ts';
import type { Sql } from '../store/orm.ts';

/** A commit is durable within this of its time, or not at all: transactions end after 5 s. */
const SETTLES_MS = 5_000;

export const logReaderOf = (
  of: { readonly app: Sql; readonly reader: Sql },
  now: () => number,
): LogReader => ({
  // Only rows that passed the catalogue are in the log.
  read: async (query) => (await readLog(of.reader, query)) as unknown as readonly LogRow[],
  settledBefore: async () => {
    const recent = now() - SETTLES_MS;
    return Math.min((await oldestOutboxAt(of.app)) ?? recent, recent);
  },
});
