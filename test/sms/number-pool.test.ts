/* A whole server with two numbers that may send no more than four segments a second each. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createLocalCarrier,
  type LocalCarrier,
} from '../../src/sms/local-carrier/local-carrier.ts';
import { createOrganizer } from '../contract/organizer.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { until } from '../support/engine.ts';
import { type TestServer, testServer } from '../support/server.ts';

const NUMBERS = ['+14155550180', '+14155550181'] as const;
const PER_SECOND = 4;
const PHONES = Array.from({ length: 12 }, (_, n) => `+1206234${String(n).padStart(4, '0')}`);

let database: TestDatabase;
let carrier: LocalCarrier;
let server: TestServer;

beforeAll(async () => {
  database = await testDatabase();
  const account = { accountSid: `AC${'a'.repeat(32)}`, authToken: 'token-of-the-tests' };
  carrier = createLocalCarrier({ ...account, numbers: NUMBERS, now: Date.now, id: randomUUID });
  const publicUrl = 'https://funlet.test';
  server = await testServer(database, {
    env: {
      ...{ TWILIO_ACCOUNT_SID: account.accountSid, TWILIO_AUTH_TOKEN: account.authToken },
      ...{ TWILIO_FROM: NUMBERS.join(','), SMS_PER_SECOND: String(PER_SECOND) },
      ...{ TWILIO_API_URL: await carrier.listen(), PUBLIC_URL: publicUrl },
    },
  });
});
afterAll(async () => {
  await server.stop();
  await carrier.close();
  await database.drop();
});

const sent = async () => (await carrier.messages()).filter(({ to }) => PHONES.includes(to));

test('a crowd is invited at the pace of each number, and each phone keeps its number', async () => {
  const maya = await createOrganizer(server, {
    ...{ owner: randomUUID(), deviceId: randomUUID(), platform: 'web' },
  });
  await maya.invites(PHONES);
  await until(sent, (all) => all.length === PHONES.length);
  await maya.invites(PHONES);
  const all = await until(sent, (seen) => seen.length === 2 * PHONES.length, 20_000);

  const numbersOf = (phone: string) => all.filter(({ to }) => to === phone).map(({ from }) => from);
  for (const phone of PHONES) expect(new Set(numbersOf(phone)).size).toBe(1);
  for (const number of NUMBERS) {
    const times = all.filter(({ from }) => from === number).map(({ createdAt }) => createdAt);
    expect(times.length).toBeGreaterThan(4);
    // Within any second and a bit, no more than the pace: one may be on its way longer than the next.
    const inASecond = times.map(
      (at) => times.filter((other) => other >= at && other < at + 900).length,
    );
    expect(Math.max(...inASecond)).toBeLessThanOrEqual(PER_SECOND + 1);
  }
  const kept = await database.sql<{ numbers: number }[]>`
    select count(distinct our_number)::int as numbers from messages group by phone`;
  expect(kept.map(({ numbers }) => numbers)).toEqual(PHONES.map(() => 1));
}, 60_000);
