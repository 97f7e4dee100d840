/* Waiting for the projector, and holding what it wrote against what was said: outputs are verified. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Sql } from '../../src/store/orm.ts';

export async function outboxRows(sql: Sql): Promise<number> {
  const [found] = await sql<{ rows: number }[]>`select count(*)::int as rows from log_outbox`;
  return found?.rows ?? 0;
}

/** Waits until the projector has moved everything; how long that took, in ms. */
export async function drained(sql: Sql): Promise<number> {
  const begun = performance.now();
  while ((await outboxRows(sql)) > 0) await delay(20);
  return performance.now() - begun;
}

/** Entries that the instances say they have made, and rows in the log, since the last look. */
export async function entriesAndRows(
  sql: Sql,
): Promise<{ readonly entries: number; readonly rows: number }> {
  const [found] = await sql<{ entries: number; rows: number }[]>`
    select (select coalesce(sum(entries), 0)::int from instances) as entries,
      (select count(*)::int from behavior_logs where event_type <> 'latency') as rows`;
  return found ?? { entries: 0, rows: 0 };
}
