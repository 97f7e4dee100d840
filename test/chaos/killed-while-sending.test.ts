/*
 * Row 54 of the table of bad inputs: the server dies between its own commit and the carrier's answer, as a
 * process of its own, while the carrier lives on.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createLocalCarrier,
  type LocalCarrier,
} from '../../src/sms/local-carrier/local-carrier.ts';
import { createOrganizer, type Organizer } from '../contract/organizer.ts';
import { type RunningServer, startServer } from '../support/child.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { loggedRows, until } from '../support/engine.ts';
import { clientOf, SECRET } from '../support/server.ts';

/** A lease must lapse before somebody else looks for the text, and processes start on a busy machine. */
const WHOLE_MS = 180_000;
const LAPSES_WITHIN_MS = 60_000;
const FROM = '+14155550100';

let database: TestDatabase;
let carrier: LocalCarrier;
let env: Readonly<Record<string, string>>;
let server: RunningServer;
let maya: Organizer;

beforeEach(async () => {
  database = await testDatabase();
  const account = { accountSid: `AC${'a'.repeat(32)}`, authToken: 'token-of-the-tests' };
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  carrier = createLocalCarrier(
    { ...account, numbers: [FROM], now: Date.now, id: randomUUID },
    { url: `${url}/webhooks/twilio/sms` },
  );
  env = {
    ...{ PORT: String(port), DATABASE_URL: database.url, AUTH_SECRET: SECRET, PUBLIC_URL: url },
    ...{ TWILIO_ACCOUNT_SID: account.accountSid, TWILIO_AUTH_TOKEN: account.authToken },
    ...{ TWILIO_FROM: FROM, TWILIO_API_URL: await carrier.listen() },
  };
  await start();
  const client = (of: Parameters<typeof clientOf>[1]) => clientOf(url, of);
  const device = { owner: randomUUID(), deviceId: randomUUID(), platform: 'web' } as const;
  maya = await createOrganizer({ client }, device);
}, WHOLE_MS);
afterEach(async () => {
  server.child.kill('SIGTERM');
  await server.ran;
  await carrier.close();
  await database.drop();
}, WHOLE_MS);

async function start(): Promise<void> {
  server = startServer(env);
  await server.saying(/Funlet listens on/);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

const sentTo = async (phone: string) =>
  (await carrier.messages()).filter(({ to, direction }) => to === phone && direction !== 'inbound');

/** Rows of the phone's text, in order; `attempt` where there is one. */
const toldOf = async (phone: string) =>
  (await loggedRows(database.sql))
    .filter(({ invitee_phone }) => invitee_phone === phone)
    .map(({ event_type, metadata: { attempt } }) => [event_type, attempt ?? null]);

const claimed = () => database.sql`select from jobs where kind = 'actor' and tries > 0`;

test(
  'B-54 a server that is killed while it sends has sent each text once after its restart',
  async () => {
    const [untaken, taken] = ['+12062340001', '+12062340002'] as const;
    // The carrier never answers: one request is lost on the way, the other has become an SMS.
    await carrier.faults({ kind: 'hang', to: untaken });
    await carrier.faults({ kind: 'hang', to: taken, recorded: true });
    await maya.invites([untaken, taken]);
    await carrier.waitForMessage(({ to }) => to === taken);
    await until(claimed, (jobs) => jobs.length === 2);
    server.child.kill('SIGKILL');
    await server.ran;
    expect(await sentTo(untaken)).toEqual([]);

    await start();
    for (const phone of [untaken, taken]) {
      const told = () => toldOf(phone);
      await until(told, (rows) => rows.length === 2, LAPSES_WITHIN_MS);
      expect(await told()).toEqual([
        ['invite_sent', null],
        ['sms_sent', 2],
      ]);
      expect(await sentTo(phone)).toHaveLength(1);
    }
  },
  WHOLE_MS,
);

test(
  'B-54 a server that is asked to end while it sends waits for the answer, and sends no more',
  async () => {
    const phone = '+12062340003';
    await carrier.faults({ kind: 'late', to: phone, delayMs: 1_000 });
    await maya.invites([phone]);
    await carrier.waitForMessage(({ to }) => to === phone);
    server.child.kill('SIGTERM');
    expect((await server.ran).code).toBe(0);
    await start();
    await until(
      () => toldOf(phone),
      (rows) => rows.length === 2,
      LAPSES_WITHIN_MS,
    );
    expect(await toldOf(phone)).toEqual([
      ['invite_sent', null],
      ['sms_sent', 1],
    ]);
    expect(await sentTo(phone)).toHaveLength(1);
  },
  WHOLE_MS,
);
