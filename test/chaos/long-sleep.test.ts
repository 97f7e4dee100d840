/* Row 55 of the table of bad inputs: time that passes while nobody looks. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LogRow } from '../../src/behavior/row.ts';
import { createOrganizer, type Organizer } from '../contract/organizer.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { loggedRows, until } from '../support/engine.ts';
import { type TestServer, testServer } from '../support/server.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PHONES = ['+12062340001', '+12062340002'];

let database: TestDatabase;
let server: TestServer;
let maya: Organizer;
let aheadMs = 0;

const start = () => testServer(database, { deps: { now: () => Date.now() + aheadMs } });

beforeEach(async () => {
  aheadMs = 0;
  database = await testDatabase();
  server = await start();
  const device = { owner: randomUUID(), deviceId: randomUUID() };
  maya = await createOrganizer(server, { ...device, platform: 'web' });
  await maya.invites(PHONES);
  await maya.begins('crew-creation');
  await until(rows, (all) => all.filter(isA('sms_sent')).length === PHONES.length);
  // One of them has said something that nobody understands: another stage runs for her.
  await server.house.localCarrier?.carrier.inbound({ from: PHONES[1] ?? '', body: 'who is this?' });
  await until(
    () => database.sql`select from instances where state like 'open.hearing.asked%'`,
    (asked) => asked.length === 1,
  );
});
afterEach(async () => {
  await server.stop();
  await database.drop();
});

const rows = (): Promise<readonly LogRow[]> => loggedRows(database.sql);
const isA = (type: string) => (row: LogRow) => row.event_type === type;

/** What was logged because time passed, in order. */
async function passed(): Promise<readonly string[]> {
  const types = ['drop_off', 'session_end', 'invitee_timeout'];
  const all = (await rows()).filter(({ event_type }) => types.includes(event_type));
  return all.map(({ event_type, metadata: { reason, stage } }) =>
    [event_type, reason ?? stage].join(' '),
  );
}

const nothingIsDue = async (): Promise<boolean> => {
  const found = await database.sql`
    select from instances where wake_at <= ${new Date(Date.now() + aheadMs)}`;
  return found.length === 0;
};

const EVERYTHING = [
  'drop_off idle_timeout',
  'session_end expired_idle',
  'invitee_timeout first_reply',
  'invitee_timeout after_unknown',
].sort();

async function expectEachOnce(): Promise<void> {
  await until(nothingIsDue, Boolean);
  const all = await until(passed, (seen) => seen.length >= EVERYTHING.length);
  expect([...all].sort()).toEqual(EVERYTHING);
  expect(all.indexOf('drop_off idle_timeout')).toBeLessThan(
    all.indexOf('session_end expired_idle'),
  );
  const late = (await rows()).filter(isA('invitee_timeout'));
  expect(new Set(late.map(({ metadata }) => metadata.cycle_id)).size).toBe(PHONES.length);
  expect(late.every(({ metadata }) => metadata.timeout_index === 1)).toBe(true);
}

describe('B-55 each timer fires once, late rather than never', () => {
  test('where the clock jumps past all of them', async () => {
    aheadMs = 3 * DAY_MS;
    await expectEachOnce();
    // Back again, as a clock does that was set wrong: what has fired is not armed anew.
    aheadMs = 0;
    await until(nothingIsDue, Boolean);
    aheadMs = 4 * DAY_MS;
    await expectEachOnce();
  });

  test('where the process slept through all of them, also through the end of the event', async () => {
    await server.stop();
    aheadMs = 40 * DAY_MS;
    server = await start();
    await expectEachOnce();
    const states = await until(
      () => database.sql<{ state: string }[]>`
        select state from instances where machine = 'event-invitation'`,
      (found) => found.every(({ state }) => state.startsWith('closed')),
    );
    expect(states).toHaveLength(PHONES.length);
  });

  test('where two servers wake up to them at once', async () => {
    await server.stop();
    aheadMs = 3 * DAY_MS;
    const both = await Promise.all([start(), start()]);
    server = both[0];
    await expectEachOnce().finally(both[1].stop);
  });
});
