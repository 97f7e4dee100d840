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

  async function entriesRead(): Promise<number> {
    await sql`select pg_stat_force_next_flush()`;
    const [row] = await sql<{ read: number }[]>`
      select sum(idx_tup_read)::int as read from pg_stat_user_indexes where relname = 'jobs'`;
    return row?.read ?? 0;
  }

  test('reads each of the due jobs a few times, though the table was empty when it was analyzed', async () => {
    const organizerId = randomUUID();
    await fill(organizerId, JOBS);
    await sql`delete from jobs`;
    await fill(organizerId, 1);
    await sql`vacuum analyze jobs`;
    await sql`delete from jobs`;
    await sql`vacuum analyze jobs`;
    await fill(organizerId, JOBS);

    const before = await entriesRead();
    const now = Date.now();
    const claimed = await claimJobs(sql, { now, leasedUntil: now + 30_000, limit: LIMIT });

    expect(claimed).toHaveLength(LIMIT);
    expect((await entriesRead()) - before).toBeLessThan(10 * JOBS);
  });
});
