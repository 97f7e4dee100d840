/* `logs`: the behavior log in a terminal, a line a row; with `--follow` as it grows. */
import { setTimeout as delay } from 'node:timers/promises';
import { followLog } from '../../api/follow-log.ts';
import { firstIdAt, type LogFilters } from '../../api/log-reader.ts';
import type { LogRow } from '../../behavior/row.ts';
import { readLastRows } from '../../store/log-reads.ts';
import { logReaderOf } from '../log-reader.ts';
import type { CommandDeps } from './deps.ts';

export type LogsOptions = LogFilters & {
  readonly follow?: boolean;
  readonly json?: boolean;
  readonly limit: string;
  readonly since?: string;
};

export async function printLog(deps: CommandDeps, options: LogsOptions): Promise<number> {
  const { pools, now, print, signal } = deps;
  const { follow = false, json = false, limit, since, ...filters } = options;
  const sinceAt = since === undefined ? null : Date.parse(since);
  if (Number.isNaN(sinceAt) || !/^[1-9]\d{0,4}$/.test(limit)) {
    print('--since is a time like 2026-06-05T19:00:00Z, and --limit a number from 1 to 99999.');
    return 1;
  }
  const show = (row: LogRow) => print(json ? JSON.stringify(row) : lineOf(row));
  const query = { ...filters, organizerId: null, since: sinceAt };
  const log = logReaderOf(pools, now);
  const settled = await log.settledBefore();
  const rows = await readLastRows(pools.reader, {
    ...query,
    ...{ after: null, before: follow ? settled : null, limit: Number(limit) },
  });
  for (const row of rows) show(row as unknown as LogRow);
  if (!follow) return 0;
  const after = rows.at(-1)?.id ?? firstIdAt(settled);
  const wait = (ms: number) => delay(ms, undefined, { signal }).catch(() => undefined);
  for await (const next of followLog({ log, signal, wait }, { ...query, after })) {
    if (next !== 'quiet') show(next.row);
  }
  return 0;
}

const short = (id: string | null): string => (id === null ? '-' : id.slice(0, 8));

/** Time, type, whose, and what it says of itself without what every row has. */
function lineOf({ timestamp, event_type, organizer_id, invitee_phone, metadata }: LogRow): string {
  const { v: _, backend_version: __, correlation_id, ...said } = metadata;
  const who = invitee_phone ?? short(organizer_id);
  const cause = short(typeof correlation_id === 'string' ? correlation_id : null);
  return `${new Date(timestamp).toISOString()} ${event_type.padEnd(24)} ${who.padEnd(12)} ${cause} ${JSON.stringify(said)}`;
}
