/*
 * What is written is counted, not timed, so that it can be held in CI: bytes of a log row, and bytes of
 * WAL of an ordinary event. The baselines are committed; whoever writes less lowers them.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginFlow, CIRCLE, give, idsOf, OPENING } from '../../bench/support/crowd.ts';
import { bytesPerLogRow } from '../../bench/support/log-size.ts';
import * as crewCreation from '../../machines/crew-creation.machine.ts';
import { saveCrew } from '../../src/domain/crews.ts';
import { connect, type Sql } from '../../src/store/connect.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type TestEngine, testEngine } from '../support/engine.ts';

/** Bytes, of PostgreSQL 18. */
const BASELINE = { logRow: 640, walOfEvent: 4_340 };
/** Where a page splits depends a little on what came together. */
const SLACK = 1.02;

let database: TestDatabase;
let bench: TestEngine;
/** One connection, whose statistics can be asked for. */
let sql: Sql;

beforeAll(async () => {
  database = await testDatabase();
  sql = connect({ url: database.url, max: 1, role: 'funlet_app', applicationName: 'test bytes' });
  const actors = { transaction: { saveCrew }, jobs: {} };
  bench = testEngine(database, { charts: [crewCreation], actors, sql });
});

afterAll(async () => {
  await bench.close();
  await sql.end();
  await database.drop();
});

describe('what is written', () => {
  test('an ordinary event writes no more WAL than before', async () => {
    const key = idsOf('wal', 1);
    await beginFlow(bench.engine, key);
    const round = Array.from({ length: 12 }, () => CIRCLE).flat();
    // Until the instance keeps as many keys as it ever will.
    for (const event of [...OPENING, ...round]) await give(bench.engine, key, event);
    const before = await walBytes();
    for (const event of [...round, ...round, ...round]) await give(bench.engine, key, event);
    const perEvent = ((await walBytes()) - before) / (3 * round.length);
    expect(perEvent).toBeGreaterThan(1_000);
    expect(perEvent).toBeLessThanOrEqual(BASELINE.walOfEvent * SLACK);
  });

  // It counts bytes, not time: a loaded machine may take its while to write the rows.
  const patient = { timeout: 180_000 };
  test(
    'a log row with its indexes takes no more than before, and at most 700 bytes',
    patient,
    async () => {
      bench.run();
      const bytes = await bytesPerLogRow(bench.engine, database.sql);
      expect(bytes).toBeGreaterThan(300);
      expect(bytes).toBeLessThanOrEqual(Math.min(700, BASELINE.logRow * SLACK));
    },
  );
});

/** WAL that our connection has written so far; other tests write into the same WAL. */
async function walBytes(): Promise<number> {
  await sql`select pg_stat_force_next_flush()`;
  const [{ pid } = { pid: 0 }] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const [wal] = await database.sql<{ bytes: number }[]>`
    select wal_bytes::float8 as bytes from pg_stat_get_backend_wal(${pid})`;
  return wal?.bytes ?? 0;
}
