import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLeases, LEASE_MS } from '../../src/engine/leases.ts';
import { type ClaimedJob, claimJobs, insertJobs } from '../../src/store/jobs.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type TestEngine, testEngine, until } from '../support/engine.ts';

import * as door from './door.machine.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const HOUR_MS = 3_600_000;

const insert = (owner: string, dueAt: number) =>
  insertJobs(database.sql, owner, [
    { id: randomUUID(), kind: 'actor', lane: randomUUID(), payload: {}, dueAt },
  ]);
const open = (sql = database.sql): TestEngine =>
  testEngine(database, {
    charts: [door],
    sql,
    actors: { transaction: { saveDoor: async () => ({}) }, jobs: { ringBell: async () => ({}) } },
  });

/** A node whose clocks the test moves; `at` is set, `elapsedMs` runs. */
function node({ at }: { readonly at: number }) {
  const clock = { at, elapsedMs: 0 };
  const leases = createLeases({
    ...{ sql: database.sql, now: () => clock.at, elapsedMs: () => clock.elapsedMs },
  });
  const claim = async (owner: string): Promise<readonly ClaimedJob[]> => {
    const end = leases.askNow();
    const of = { now: clock.at, leaseMs: LEASE_MS, limit: 9 };
    const jobs = (await claimJobs(database.sql, of)).filter((job) => job.organizerId === owner);
    for (const job of jobs) leases.hold(job, end);
    return jobs;
  };
  const pass = (ms: number) => {
    clock.at += ms;
    clock.elapsedMs += ms;
  };
  return { clock, leases, claim, pass };
}

/** How long a job is still leased by the server's clock, and as if so much of it were over. */
const leftMs = async (owner: string): Promise<number> => {
  const [found] = await database.sql<{ left: number }[]>`
    select (extract(epoch from leased_until - statement_timestamp()) * 1000)::float8 as left
    from jobs where organizer_id = ${owner}`;
  return found?.left ?? Number.NaN;
};
const lapse = (owner: string, ms: number) => database.sql`
  update jobs set leased_until = leased_until - ${ms}::float8 * interval '1 ms' where organizer_id = ${owner}`;

async function heldBy(one: ReturnType<typeof node>) {
  const owner = randomUUID();
  await insert(owner, one.clock.at);
  const [job] = await one.claim(owner);
  if (job === undefined) throw new Error('Nothing was claimed.');
  return { owner, job };
}

describe('a job that is held', () => {
  test('is renewed while it runs, so that nobody else claims it', async () => {
    const one = node({ at: 1_000_000 });
    const { owner, job } = await heldBy(one);
    await lapse(owner, LEASE_MS / 2);
    one.pass(LEASE_MS - 1);
    await one.leases.renew();
    one.pass(LEASE_MS - 1);
    expect(one.leases.mayStillAct(job.id)).toBe(true);
    expect(await leftMs(owner)).toBeGreaterThan(LEASE_MS / 2);
    expect(await one.claim(owner)).toEqual([]);
  });

  test('may not be acted on, nor taken back, once its node stood still for longer than the lease', async () => {
    const one = node({ at: 2_000_000 });
    const { owner, job } = await heldBy(one);
    one.pass(LEASE_MS);
    await lapse(owner, LEASE_MS);
    expect(one.leases.mayStillAct(job.id)).toBe(false);
    await one.leases.renew();
    expect(await one.claim(owner)).toMatchObject([{ id: job.id, tries: 2 }]);
  });

  test('is not claimed by a node whose clock stands an hour ahead', async () => {
    const one = node({ at: Date.now() });
    const { owner } = await heldBy(one);
    expect(await node({ at: one.clock.at + HOUR_MS }).claim(owner)).toEqual([]);
  });

  test('is held no longer by a node whose clock steps back an hour', async () => {
    const one = node({ at: Date.now() });
    const { job } = await heldBy(one);
    one.clock.at -= HOUR_MS;
    one.pass(LEASE_MS);
    expect(one.leases.mayStillAct(job.id)).toBe(false);
  });

  test('is held no longer by a machine that slept, whose time since its start stood still', async () => {
    const one = node({ at: Date.now() });
    const { job } = await heldBy(one);
    one.clock.at += LEASE_MS;
    expect(one.leases.mayStillAct(job.id)).toBe(false);
  });

  test('is renewed while a commit deletes others that are held, and neither waits for the other for ever', async () => {
    const one = node({ at: 3_000_000 });
    const owner = randomUUID();
    for (let n = 0; n < 2; n += 1) await insert(owner, one.clock.at);
    const [first, second] = await one.claim(owner);
    if (first === undefined || second === undefined) throw new Error('Two were not claimed.');
    one.pass(LEASE_MS / 2);
    const renewing = await database.sql.begin(async (tx) => {
      await tx`delete from jobs where organizer_id = ${owner} and id = ${second.id}`;
      const renewed = one.leases.renew().then(
        () => 'renewed',
        (error: unknown) => error,
      );
      await until(isBlocked, Boolean);
      await tx`delete from jobs where organizer_id = ${owner} and id = ${first.id}`;
      return { renewed };
    });
    expect(await renewing.renewed).toBe('renewed');
  });
});

async function isBlocked(): Promise<boolean> {
  const [found] = await database.sql<{ blocked: boolean }[]>`
    select exists (select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock') as blocked`;
  return found?.blocked === true;
}

describe('a note', () => {
  test('whose flush lost its answer is written once', async () => {
    const house = open();
    let lost = 1;
    // The statement goes through, and its answer does not come back.
    const flaky = new Proxy(database.sql, {
      apply: (target, self, args) => {
        const query = Reflect.apply(target, self, args) as Promise<unknown>;
        if (!String(args[0]).includes('log_outbox') || lost === 0) return query;
        lost -= 1;
        const answer = query.then(() =>
          Promise.reject(Object.assign(new Error('lost'), { code: 'CONNECTION_CLOSED' })),
        );
        return Object.assign(answer, { execute: () => undefined, options: {} });
      },
    });
    const broken = open(flaky);
    const { engine } = broken;
    engine.notes.take({
      type: 'error',
      correlationId: randomUUID(),
      metadata: { code: 'http.exception', severity: 'error', component: 'http', handled: true },
    });
    await expect(engine.notes.flush()).rejects.toThrow('lost');
    await engine.notes.flush();
    expect(await house.types()).toEqual(['error']);
    await Promise.all([house.close(), broken.close()]);
  });
});
