import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { cause, OWNER, type TestEngine, testEngine, until } from '../support/engine.ts';
import * as door from './door.machine.ts';

let database: TestDatabase;
let house: TestEngine;

beforeAll(async () => {
  database = await testDatabase();
  house = testEngine(database, {
    charts: [door],
    actors: { transaction: { saveDoor: async () => ({}) }, jobs: { ringBell: async () => ({}) } },
  });
});
afterAll(async () => {
  await house.close();
  await database.drop();
});

const HALF_HOUR = 30 * 60_000;
const begin = async () => {
  const id = randomUUID();
  await house.engine.start({ machine: 'door', id, owner: OWNER, input: {}, cause: cause() });
  return id;
};
const give = (id: string, event: { type: string; [field: string]: unknown }) =>
  house.engine.deliver({ organizerId: OWNER, id, event, cause: cause() });
const logOf = async (id: string) =>
  (await house.rows()).filter(({ crew_id }) => crew_id === id).map(({ event_type }) => event_type);

describe('a timer', () => {
  test('CC-10 that fell due while every server was down fires once, late, when one runs again', async () => {
    const id = await begin();
    house.clock.now += 10 * HALF_HOUR;
    const running = house.run();
    await until(
      () => house.load(id),
      ({ status }) => status === 'done',
    );
    await running.stop();
    expect(await logOf(id)).toEqual(['flow_started', 'drop_off']);
    const [dropped] = (await house.rows()).filter(
      ({ crew_id, event_type }) => crew_id === id && event_type === 'drop_off',
    );
    expect(dropped).toMatchObject({ platform: 'web', metadata: { reason: 'idle_timeout' } });
  });

  test('that is due goes before an event that arrives after it', async () => {
    const id = await begin();
    house.clock.now += HALF_HOUR + 1;
    expect(await give(id, { type: 'organizer.named', name: 'late' })).toMatchObject({
      outcome: 'finished',
    });
    expect(await logOf(id)).toEqual(['flow_started', 'drop_off']);
  });

  test('begins anew with each step of the one who is asked', async () => {
    const id = await begin();
    for (let n = 0; n < 3; n += 1) {
      house.clock.now += HALF_HOUR - 1;
      expect(await give(id, { type: 'organizer.named', name: '' })).toMatchObject({
        outcome: 'moved',
      });
    }
    expect(await house.load(id)).toMatchObject({ status: 'active' });
  });

  test('under an id that is raised again has moved, and fires at its new time', async () => {
    const id = await begin();
    await give(id, { type: 'organizer.named', name: 'Owls' });
    await give(id, { type: 'organizer.postponed', delayMs: 1_000 });
    await give(id, { type: 'organizer.postponed', delayMs: 60_000 });
    const { timers } = await house.load(id);
    expect(timers.deadline).toMatchObject({ dueAt: expect.any(Number) });
    house.clock.now += 30_000;
    expect(await give(id, { type: 'door.heard', word: 'still here' })).toMatchObject({
      outcome: 'moved',
    });
    house.clock.now += 31_000;
    expect(await give(id, { type: 'door.heard', word: 'too late' })).toMatchObject({
      outcome: 'finished',
    });
  });

  test('put off by a step touches no index: its old wake finds nothing due and is put right', async () => {
    const wakeOf = async (id: string) => {
      const [row] = await database.sql<{ wake: Date; due: number }[]>`
        select wake_at as wake, (select min((value ->> 'dueAt')::float8) from jsonb_each(timers)) as due
        from instances where id = ${id}`;
      return { wakeAt: row?.wake.getTime() ?? 0, dueAt: row?.due ?? 0 };
    };
    const id = await begin();
    const begun = await wakeOf(id);
    expect(begun.wakeAt).toBe(begun.dueAt);
    house.clock.now += HALF_HOUR / 2;
    await give(id, { type: 'organizer.named', name: 'Owls' });
    const stepped = await wakeOf(id);
    expect(stepped).toEqual({ wakeAt: begun.wakeAt, dueAt: begun.dueAt + HALF_HOUR / 2 });
    const { seq } = await house.load(id);

    house.clock.now = begun.wakeAt;
    const running = house.run();
    expect(
      await until(
        () => wakeOf(id),
        ({ wakeAt, dueAt }) => wakeAt === dueAt,
      ),
    ).toEqual({ wakeAt: stepped.dueAt, dueAt: stepped.dueAt });
    expect(await house.load(id)).toMatchObject({ status: 'active', seq });
    house.clock.now = stepped.dueAt;
    await until(
      () => house.load(id),
      ({ status }) => status === 'done',
    );
    await running.stop();
    expect((await house.load(id)).timers).toEqual({});
  });

  test('with a delay that is no number is refused by the kernel and nothing is stored', async () => {
    const id = await begin();
    await give(id, { type: 'organizer.named', name: 'Owls' });
    await expect(give(id, { type: 'organizer.postponed', delayMs: Number.NaN })).rejects.toThrow(
      "Timer 'deadline' has the delay NaN",
    );
    expect(await house.load(id)).toMatchObject({ seq: 2 });
  });
});

describe('a clock that steps back', () => {
  test('X-7 keeps the order of the rows and gives no negative duration', async () => {
    const id = await begin();
    house.clock.now -= 3_600_000;
    await give(id, { type: 'organizer.named', name: 'Owls' });
    await give(id, { type: 'organizer.cancelled' });
    house.clock.now += 3_600_000;
    const rows = (await house.rows()).filter(({ crew_id }) => crew_id === id);
    expect(rows.map(({ event_type }) => event_type)).toEqual([
      'flow_started',
      'flow_step',
      'flow_step',
      'drop_off',
    ]);
    const times = rows.map(({ timestamp }) => timestamp);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    for (const { metadata } of rows) {
      expect(Number(metadata.dwell_ms ?? 0)).toBeGreaterThanOrEqual(0);
      expect(Number(metadata.duration_ms ?? 0)).toBeGreaterThanOrEqual(0);
    }
  });
});
