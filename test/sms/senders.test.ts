/* From which number a text goes, and when: the rate of a number, and a phone that keeps its number. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSenders, type Paced } from '../../src/sms/senders.ts';
import { writeMessages } from '../../src/store/messages.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const NOW = Date.UTC(2026, 5, 1, 18);
const PHONE = '+14155550101';
const POOL = ['+14155550180', '+14155550181', '+14155550182'];
const [FIRST = '', SECOND = ''] = POOL;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.sql`truncate messages, senders`;
});

const open = (of: { perSecond?: number | null; numbers?: readonly string[]; at?: number } = {}) => {
  const { perSecond = null, numbers = POOL, at = NOW } = of;
  return createSenders({ sql: database.sql, numbers, perSecond, now: () => at });
};
const wanted = { phone: PHONE, ourNumber: null };
const wentFrom = (ourNumber: string | null, queuedAt = NOW) =>
  writeMessages(database.sql, [
    {
      ...{ organizerId: randomUUID(), id: randomUUID(), phone: PHONE, purpose: 'invite' },
      ...{ status: 'sent', ourNumber, sid: null, providerCode: null, queuedAt },
      updatedAt: queuedAt,
    },
  ]);

describe('a phone', () => {
  test('is always written from the same number of the pool', async () => {
    const number = await open().numberFor(wanted);
    expect(POOL).toContain(number);
    expect(await open().numberFor(wanted)).toBe(number);
  });

  test('keeps the number that it was first written from, also when the pool grows', async () => {
    await wentFrom(SECOND, NOW + 1);
    await wentFrom(FIRST);
    await wentFrom(null, NOW - 1);
    const more = [...POOL, '+14155550183', '+14155550184'];
    expect(await open({ numbers: more }).numberFor(wanted)).toBe(FIRST);
  });

  test('gets another when its number has left the pool', async () => {
    await wentFrom('+14155550199');
    expect(POOL).toContain(await open().numberFor(wanted));
  });

  test('is answered by the number that it wrote to, if that is still ours', async () => {
    await wentFrom(FIRST);
    expect(await open().numberFor({ ...wanted, ourNumber: SECOND })).toBe(SECOND);
    expect(await open().numberFor({ ...wanted, ourNumber: '+14155550199' })).toBe(FIRST);
  });

  test('of many is spread over the pool', async () => {
    const phones = Array.from({ length: 60 }, (_, n) => `+1206234${String(n).padStart(4, '0')}`);
    const all = await Promise.all(
      phones.map((phone) => open().numberFor({ phone, ourNumber: null })),
    );
    for (const number of POOL)
      expect(all.filter((one) => one === number).length).toBeGreaterThan(8);
  });

  test('is left to the carrier where a messaging service chooses', async () => {
    expect(await open({ numbers: [] }).numberFor(wanted)).toBeNull();
  });
});

describe('a number that sends two segments a second', () => {
  const paced = (changes: Partial<Paced> = {}): Paced => ({
    ...{ from: FIRST, segments: 1, isAnswer: false, slotAt: null },
    ...changes,
  });
  const at = (ms: number) => open({ perSecond: 2, at: NOW + ms });

  test('gives each text its turn, whichever server asks', async () => {
    const turns = [];
    for (const server of [at(0), at(0), at(0)]) turns.push(await server.turnOf(paced()));
    expect(turns).toEqual([null, NOW + 500, NOW + 1_000]);
  });

  test('counts segments, and no other number’s', async () => {
    await at(0).turnOf(paced({ segments: 3 }));
    expect(await at(0).turnOf(paced())).toBe(NOW + 1_500);
    expect(await at(0).turnOf(paced({ from: SECOND }))).toBeNull();
  });

  test('saves up nothing while it is silent', async () => {
    await at(0).turnOf(paced());
    const later = [await at(60_000).turnOf(paced()), await at(60_000).turnOf(paced())];
    expect(later).toEqual([null, NOW + 60_500]);
  });

  test('lets a text go whose turn has come, and no sooner', async () => {
    await at(0).turnOf(paced());
    const slotAt = await at(0).turnOf(paced());
    expect(slotAt).toBe(NOW + 500);
    expect(await at(500).turnOf(paced({ slotAt }))).toBeNull();
    // It takes no second turn.
    expect(await at(500).turnOf(paced())).toBe(NOW + 1_000);
  });

  test('answers before all that wait, and they wait so much longer', async () => {
    for (let n = 0; n < 4; n += 1) await at(0).turnOf(paced());
    expect(await at(0).turnOf(paced({ isAnswer: true }))).toBeNull();
    expect(await at(0).turnOf(paced())).toBe(NOW + 2_500);
  });

  test('keeps no worker waiting for a burst of answers: each has a turn, after other answers alone', async () => {
    const server = at(0);
    for (let n = 0; n < 9; n += 1) await server.turnOf(paced());
    const begunAt = performance.now();
    const turns = await Promise.all(
      Array.from({ length: 64 }, () => server.turnOf(paced({ isAnswer: true }))),
    );
    expect(performance.now() - begunAt).toBeLessThan(4_000);
    const later = turns.filter((turn) => turn !== null).toSorted((a, b) => a - b);
    expect(later.length).toBeGreaterThan(60);
    expect(new Set(later).size).toBe(later.length);
    expect(later.at(-1)).toBe(NOW + 63 * 500);
    // All others come after them.
    expect(await server.turnOf(paced())).toBe(NOW + (9 + 64) * 500);
  });

  test('lets an answer go whose turn has come, where another text gives way', async () => {
    for (let n = 0; n < 4; n += 1) await at(0).turnOf(paced());
    const server = at(0);
    const busy = [paced({ slotAt: NOW }), paced({ slotAt: NOW }), paced({ slotAt: NOW })];
    const gone = busy.map((one) => server.turnOf(one));
    expect(await server.turnOf(paced({ slotAt: NOW }))).not.toBeNull();
    expect(await server.turnOf(paced({ slotAt: NOW, isAnswer: true }))).toBeNull();
    expect(await Promise.all(gone)).toEqual([null, null, null]);
  });

  test('keeps texts apart whose turns have come while nobody looked', async () => {
    const perSecond = 20;
    const server = createSenders({
      ...{ sql: database.sql, numbers: POOL, perSecond, now: () => performance.now() },
    });
    const begunAt = performance.now();
    const wentAt = await Promise.all(
      Array.from({ length: 6 }, async () => {
        await server.turnOf(paced({ slotAt: 0 }));
        return performance.now() - begunAt;
      }),
    );
    // Timers of Node may fire a millisecond early.
    for (const [n, ms] of wentAt.entries()) expect(ms).toBeGreaterThanOrEqual(n * 50 - 2);
  });

  test('lets a crowd whose turns are long past take turns again, and no worker wait for it', async () => {
    const server = at(0);
    const late = Array.from({ length: 6 }, () => server.turnOf(paced({ slotAt: NOW - 60_000 })));
    const waits = (await Promise.all(late)).filter((until) => until !== null);
    expect(waits.length).toBeGreaterThan(1);
    expect(new Set(waits).size).toBe(waits.length);
  });

  test('is not held back where nothing is said of a pace', async () => {
    for (let n = 0; n < 5; n += 1) expect(await open().turnOf(paced())).toBeNull();
    expect(await database.sql`select from senders`).toEqual([]);
  });
});
