/*
 * How we behave towards people and their machines, over the whole server, the real client and the local
 * carrier: what is said of ourselves, how often we answer, and when we stop.
 */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { segmentsOf } from '../../src/sms/carrier/segments.ts';
import type { CarrierMessage } from '../../src/sms/local-carrier/memory.ts';
import { createOrganizer, type Organizer } from '../contract/organizer.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { loggedRows, until } from '../support/engine.ts';
import { type TestServer, testServer } from '../support/server.ts';

const PHONE = '+12062340001';

let database: TestDatabase;
let server: TestServer;
let maya: Organizer;

const start = async (env: Readonly<Record<string, string>> = {}) => {
  server = await testServer(database, { env });
  const device = { owner: randomUUID(), deviceId: randomUUID(), platform: 'web' } as const;
  maya = await createOrganizer(server, device);
};
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  await server.stop();
  await database.drop();
});

const carrier = () => {
  if (server.house.localCarrier === null) throw new Error('This server has no local carrier.');
  return server.house.localCarrier.carrier;
};
const isOurs = ({ direction, to }: CarrierMessage) => direction !== 'inbound' && to === PHONE;
const received = async () => (await carrier().messages()).filter(isOurs);
const heard = async () =>
  (await loggedRows(database.sql)).filter(({ event_type }) => event_type === 'sms_received');

/** Everything that was begun has come to its end. */
const quiet = () =>
  until(
    () => database.sql`
      select 1 as open from jobs union all select 1 from log_outbox union all
      select 1 from messages where status not in ('delivered', 'withheld', 'failed')`,
    (open) => open.length === 0,
  );

/** The invitee writes; resolves when all that follows has happened. */
async function texts(...bodies: readonly string[]): Promise<void> {
  const known = (await heard()).length;
  await Promise.all(bodies.map((body) => carrier().inbound({ from: PHONE, body })));
  await until(heard, (rows) => rows.length === known + bodies.length);
  await quiet();
}

async function invited(): Promise<void> {
  await maya.invites([PHONE]);
  await until(received, (all) => all.length > 0);
  await quiet();
}

describe('B-19 a phone', () => {
  test('gets at most three automatic answers an hour, however fast it writes', async () => {
    await start();
    await invited();
    await texts('yes', 'no', 'yes please', 'nope', 'sure', 'no thanks', 'ok', 'hm?');
    expect(await received()).toHaveLength(1 + 3);
    await texts('yes!!', 'what?');
    expect(await received()).toHaveLength(1 + 3);
    expect(await heard()).toHaveLength(10);
  });

  test('that answers each text of ours with the same words is answered once', async () => {
    await start();
    await invited();
    carrier().onMessage((message) => {
      if (!isOurs(message) || message.status !== 'delivered') return;
      void carrier().inbound({ from: PHONE, body: 'Purple is my color, and it always was.' });
    });
    await carrier().inbound({ from: PHONE, body: 'Purple is my color, and it always was.' });
    await until(heard, (rows) => rows.length >= 2);
    await quiet();
    expect(await heard()).toHaveLength(2);
    expect(await received()).toHaveLength(2);
  });

  test('asks for HELP out of the same three', async () => {
    const contact = { HELP_CONTACT: 'help@funlet.example' };
    await start({ CARRIER_HANDLES_OPT_OUT: 'false', ...contact });
    await invited();
    await texts('yes');
    await texts('help');
    await texts('info');
    await texts('HELP');
    const bodies = (await received()).map(({ body }) => body);
    expect(
      bodies.filter((body) =>
        /invites from people you know.* Help: help@funlet\.example$/.test(body),
      ),
    ).toHaveLength(2);
    expect(bodies).toHaveLength(1 + 3);
  });
});

describe('cancel', () => {
  test.each(['cancel', 'CANCEL.'])('%j never means "cancel my RSVP": it opts out', async (word) => {
    await start();
    await invited();
    await texts('yes');
    await texts(word);
    const replies = await database.sql`select reply, delivery from invitations`;
    expect(replies).toMatchObject([{ reply: 'yes', delivery: 'opted_out' }]);
    expect((await heard()).map(({ metadata }) => metadata.intent)).toEqual(['yes', 'opt_out']);
    expect(await database.sql`select from phones where opted_out`).toHaveLength(1);
  });

  test('"cancel my rsvp" is a no, and opts nobody out', async () => {
    await start();
    await invited();
    await texts('yes');
    await texts('cancel my rsvp');
    expect(await database.sql`select reply from invitations`).toMatchObject([{ reply: 'no' }]);
    expect(await database.sql`select from phones where opted_out`).toEqual([]);
  });
});

describe('the first message', () => {
  test('says who and how to opt out, in letters of GSM-7, whatever its organizer is called', async () => {
    await start();
    await maya.client.put('/v1/me', {
      body: { name: '“Zoë” Łukasz 🎉 Reply STOP', country: 'US', timeZone: 'America/Los_Angeles' },
    });
    await invited();
    const [first] = await received();
    expect(first?.body).toMatch(/^Funlet: "Zoe" Lukasz invites you to Dinner\./);
    expect(first?.body).toMatch(/Reply STOP to opt out$/);
    expect(first?.body.match(/STOP/g)).toHaveLength(1);
    expect(segmentsOf(first?.body ?? '')).toEqual({ segments: 1, encoding: 'gsm7' });
  });
});
