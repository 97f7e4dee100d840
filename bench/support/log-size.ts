/*
 * Counts that are the same on every machine: the bytes of log rows, from whole flows with ids that are
 * always the same. What one row more adds is counted, not what an empty table takes.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Engine } from '../../src/engine/index.ts';
import type { Sql } from '../../src/store/orm.ts';
import { beginFlow, give, idsOf, OPENING } from './crowd.ts';

const LANES = 16;

/** Crew creations from their beginning to the saved crew, numbered `from` to `to` (exclusive). */
export async function wholeFlows(engine: Engine, from: number, to: number): Promise<void> {
  const go = async (lane: number) => {
    for (let n = from + lane; n < to; n += LANES) {
      const key = idsOf('whole', n);
      await beginFlow(engine, key);
      for (const event of [...OPENING, { type: 'organizer.saved_crew' }]) {
        await give(engine, key, event);
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, lane) => go(lane)));
}

/** Rows that a whole flow leaves: flow_started, three flow_steps, crew_created, flow_completed. */
const ROWS = 6;

/**
 * Heap, indexes and TOAST that each row adds to the log, in bytes, once the log has some rows. The
 * projector must be running.
 */
export async function bytesPerLogRow(engine: Engine, sql: Sql): Promise<number> {
  const { rows: none } = await logSize(sql);
  const sizeAfter = async (from: number, to: number) => {
    await wholeFlows(engine, from, to);
    for (;;) {
      const size = await logSize(sql);
      if (size.rows >= none + to * ROWS) return size;
      await delay(10);
    }
  };
  const before = await sizeAfter(0, 50);
  const after = await sizeAfter(50, 350);
  return (after.bytes - before.bytes) / (after.rows - before.rows);
}

async function logSize(sql: Sql): Promise<{ readonly rows: number; readonly bytes: number }> {
  const [size] = await sql<{ rows: number; bytes: number }[]>`
    select (select count(*)::int from behavior_logs) as rows,
      coalesce(sum(pg_total_relation_size(inhrelid)), 0)::float8 as bytes
    from pg_inherits where inhparent = 'behavior_logs'::regclass`;
  return size ?? { rows: 0, bytes: 0 };
}
