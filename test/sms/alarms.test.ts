/* Who is told of what, and how often, when the carrier loses texts of ours by a fault of our own. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAlarms } from '../../src/sms/alarms.ts';
import { countLost, writeMessages } from '../../src/store/messages.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const NOW = Date.UTC(2026, 5, 1, 12);
const HOUR = 3_600_000;
const OWNER = '12121212-1212-4212-8212-121212121212';
const idOf = (n: number) => `55555555-5555-4555-8555-${String(n).padStart(12, '0')}`;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.sql`truncate messages`;
});

/** So many texts that were delivered, by their number. */
const delivered = (count: number, changes: { code?: number; hoursAgo?: number } = {}, from = 1) =>
  writeMessages(
    database.sql,
    Array.from({ length: count }, (_, n) => ({
      ...{ organizerId: OWNER, id: idOf(from + n), phone: '+14155550101', purpose: 'invite' },
      ...{ status: 'delivered', sid: `SM${from + n}`, providerCode: changes.code ?? null },
      ...{ queuedAt: NOW - HOUR, updatedAt: NOW - (changes.hoursAgo ?? 1) * HOUR },
    })),
  );

function house() {
  const told: string[] = [];
  const failed: unknown[] = [];
  const clock = { at: NOW };
  const hear = createAlarms({
    now: () => clock.at,
    countFiltered: async (id, since) => {
      const { taken, lost } = await countLost(database.sql, { id, code: 30007, since });
      return { taken, filtered: lost };
    },
    onAlarm: (alarm) => void told.push(alarm),
    onFailure: (error) => void failed.push(error),
  });
  return { hear, told, failed, clock };
}

describe('30007, a text that was filtered', () => {
  test('is told of where it is more than one in fifty of a day', async () => {
    const { hear, told } = house();
    await delivered(50);
    await hear(idOf(1), 30007);
    expect(told).toEqual([]);
    await delivered(1, { code: 30007 }, 2);
    await hear(idOf(1), 30007);
    expect(told).toEqual(['texts_filtered']);
  });

  test('counts with those of the last day alone', async () => {
    const { hear, told } = house();
    await delivered(40);
    await delivered(100, { hoursAgo: 25 }, 100);
    await hear(idOf(1), 30007);
    expect(told).toEqual(['texts_filtered']);
  });

  test('is told of once an hour, however many there are', async () => {
    const { hear, told, clock } = house();
    await delivered(3);
    await Promise.all([1, 2, 3].map((n) => hear(idOf(n), 30007)));
    expect(told).toHaveLength(1);
    clock.at += HOUR;
    await hear(idOf(1), 30007);
    expect(told).toHaveLength(2);
  });

  test('is looked at again where the count could not be had', async () => {
    const told: string[] = [];
    const failures: unknown[] = [];
    let isAway = true;
    const hear = createAlarms({
      now: () => NOW,
      countFiltered: async () => {
        if (isAway) throw new Error('away');
        return { taken: 1, filtered: 1 };
      },
      onAlarm: (alarm) => void told.push(alarm),
      onFailure: (error) => void failures.push(error),
    });
    await hear(idOf(1), 30007);
    isAway = false;
    await hear(idOf(1), 30007);
    expect([failures.length, told.length]).toEqual([1, 1]);
  });
});

test('30024 and 30032 are told of at once; other codes are no fault of ours', async () => {
  const { hear, told } = house();
  for (const code of [30024, 30032, 30024, 30003, 30005, 21610, 30034]) await hear(idOf(1), code);
  expect(told).toEqual(['sender_not_provisioned', 'sender_not_verified']);
});
