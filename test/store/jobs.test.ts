import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Sql } from '../../src/store/connect.ts';
import { claimJobs } from '../../src/store/jobs.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const JOBS = 3_000;
const LIMIT = 64;

describe('claiming jobs', () => {
  let db: TestDatabase;
  let sql: Sql;

  beforeAll(async () => {
    db = await testDatabase();
    // One connection: what a session has counted is told by itself.
    sql = connect({ url: db.url, max: 1, applicationName: 'jobs test' });
  });
  afterAll(async () => {
    await sql.end();
    await db.drop();
  });

  const fill = (organizerId: string, count: number) => sql`
    insert into jobs (organizer_id, id, kind, lane, payload, due_at, tries)
    select ${organizerId}, gen_random_uuid(), 'actor', gen_random_uuid(), '{}', now() - interval '1 s', 0
    from generate_series(1, ${count}::int)`;

  /** Entries of indexes and rows of the table that this session has read. */
  async function tuplesRead(): Promise<number> {
    await sql`select pg_stat_force_next_flush()`;
    const [row] = await sql<{ read: number }[]>`
      select (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'jobs')::int + seq_tup_read::int as read
      from pg_stat_user_tables where relname = 'jobs'`;
    return row?.read ?? 0;
  }

  async function readByClaim(): Promise<number> {
    const before = await tuplesRead();
    expect(await claim()).toHaveLength(LIMIT);
    return (await tuplesRead()) - before;
  }

  const claim = () => claimJobs(sql, { now: Date.now(), leaseMs: 30_000, limit: LIMIT });

  test('reads each of the due jobs a few times, though the table was empty when it was analyzed', async () => {
    const organizerId = randomUUID();
    await fill(organizerId, JOBS);
    await sql`delete from jobs`;
    // As after a rush: the table has kept its pages.
    await sql`vacuum (truncate false, analyze) jobs`;
    await fill(organizerId, JOBS);

    expect(await readByClaim()).toBeLessThan(10 * JOBS);
  });
});
