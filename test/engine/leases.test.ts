import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLeases, LEASE_MS } from '../../src/engine/leases.ts';
import { claimJobs, insertJobs } from '../../src/store/jobs.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type TestEngine, testEngine, until } from '../support/engine.ts';

import * as door from './door.machine.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

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

describe('a job that is held', () => {
  test('is renewed while it runs, so that nobody else claims it', async () => {
    const clock = { now: 1_000_000 };
    await insert(randomUUID(), clock.now);
    const claim = () =>
      claimJobs(database.sql, { now: clock.now, leasedUntil: clock.now + LEASE_MS, limit: 9 });
    const leases = createLeases({ sql: database.sql, now: () => clock.now });
    const [job] = await claim();
    if (job === undefined) throw new Error('Nothing was claimed.');
    leases.hold(job);
    clock.now += LEASE_MS - 1;
    await leases.renew();
    clock.now += LEASE_MS - 1;
    expect(await claim()).toEqual([]);
    expect(leases.mayStillAct(job.id)).toBe(true);
  });

  test('may not be acted on, nor taken back, once its node stood still for longer than the lease', async () => {
    const clock = { now: 2_000_000 };
    await insert(randomUUID(), clock.now);
    const claim = () =>
      claimJobs(database.sql, { now: clock.now, leasedUntil: clock.now + LEASE_MS, limit: 9 });
    const leases = createLeases({ sql: database.sql, now: () => clock.now });
    const job = (await claim()).at(-1);
    if (job === undefined) throw new Error('Nothing was claimed.');
    leases.hold(job);
    clock.now += LEASE_MS;
    expect(leases.mayStillAct(job.id)).toBe(false);
    await leases.renew();
    expect((await claim()).map(({ id, tries }) => ({ id, tries }))).toContainEqual({
      id: job.id,
      tries: 2,
    });
  });

  test('is renewed while a commit deletes others that are held, and neither waits for the other for ever', async () => {
    const clock = { now: 3_000_000 };
    const owner = randomUUID();
    for (let n = 0; n < 2; n += 1) await insert(owner, clock.now);
    const of = { now: clock.now, leasedUntil: clock.now + LEASE_MS, limit: 9 };
    const jobs = (await claimJobs(database.sql, of)).filter((job) => job.organizerId === owner);
    const [first, second] = jobs;
    if (first === undefined || second === undefined) throw new Error('Two were not claimed.');
    const leases = createLeases({ sql: database.sql, now: () => clock.now });
    for (const job of jobs) leases.hold(job);
    clock.now += LEASE_MS / 2;
    const renewing = await database.sql.begin(async (tx) => {
      await tx`delete from jobs where organizer_id = ${owner} and id = ${second.id}`;
      const renewed = leases.renew().then(
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
