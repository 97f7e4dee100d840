/*
 * The table of the carrier's codes, row by row: what becomes of the text, the phone, the invitation and what
 * its organizer sees, when the carrier says so.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LogRow } from '../../src/behavior/row.ts';
import type { FaultDraft } from '../../src/sms/local-carrier/schemas.ts';
import { createOrganizer } from '../contract/organizer.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { loggedRows, until } from '../support/engine.ts';
import { type TestServer, testServer } from '../support/server.ts';

const DELAYS = JSON.stringify({ retry: 20, reconcile: 20, resend: 100 });

let database: TestDatabase;
let server: TestServer;

const start = async () => {
  database = await testDatabase();
  server = await testServer(database, { env: { DELAYS } });
};
const stop = async () => {
  await server.stop();
  await database.drop();
};
const carrier = () => {
  if (server.house.localCarrier === null) throw new Error('This server has no local carrier.');
  return server.house.localCarrier.carrier;
};
const organizer = () =>
  createOrganizer(server, { owner: randomUUID(), deviceId: randomUUID(), platform: 'web' });

type Fate = {
  readonly code: number;
  /** What the carrier does; absent: it takes the text, and says the code in a callback. */
  readonly fault?: Omit<FaultDraft, 'to'>;
  readonly status?: string;
  /** The texts as we keep them, oldest first: state and code. */
  readonly texts: readonly string[];
  readonly logged: readonly string[];
  readonly delivery: string;
  readonly optedOut?: true;
};

const rejected = (code: number, logged: string, more: Partial<Fate> = {}): Fate => ({
  ...{ code, fault: { kind: 'reject', code }, texts: [`failed ${code}`] },
  ...{ logged: [`error ${logged}`], delivery: 'failed' },
  ...more,
});
const INVITED = ['invite_sent', 'sms_sent invite'];
const lost = (code: number, more: Partial<Fate> = {}): Fate => ({
  ...{ code, texts: [`undelivered ${code}`], delivery: 'undelivered' },
  logged: [...INVITED, 'error sms.undelivered'],
  ...more,
});
const passing = (code: number): Fate =>
  lost(code, {
    ...{ texts: [`undelivered ${code}`, 'delivered'], delivery: 'sent' },
    logged: [...INVITED, 'error sms.undelivered', 'sms_sent auto_reminder'],
  });

const FATES: readonly Fate[] = [
  ...[21211, 21614, 21635].map((code) => rejected(code, 'sms.rejected')),
  ...[21612, 21408, 21608].map((code) => rejected(code, 'sms.misconfigured')),
  ...[21606, 21603, 21602, 21617].map((code) => rejected(code, 'sms.rejected')),
  rejected(21610, 'sms.rejected', { delivery: 'opted_out', optedOut: true }),
  ...[20429, 21611].map((code) =>
    rejected(code, 'sms.transient', {
      ...{ texts: ['delivered'], delivery: 'sent', logged: ['error sms.transient', ...INVITED] },
    }),
  ),
  {
    ...{ code: 500, fault: { kind: 'server_error', status: 500 }, texts: ['delivered'] },
    ...{ logged: ['error sms.unknown_outcome', ...INVITED], delivery: 'sent' },
  },
  ...[30001, 30003, 30008, 30024, 30047].map(passing),
  lost(30004, { delivery: 'opted_out', optedOut: true }),
  lost(21610, { status: 'failed', texts: ['failed 21610'], delivery: 'opted_out', optedOut: true }),
  ...[30005, 30006, 30007, 30032].map((code) => lost(code)),
];
const cases = FATES.map((fate, n) => ({
  ...fate,
  phone: `+1206234${String(n + 1).padStart(4, '0')}`,
  how: fate.fault === undefined ? 'after the text was taken' : 'at once',
}));

const textsTo = async (phone: string): Promise<readonly string[]> => {
  const rows = await database.sql<{ status: string; code: number | null }[]>`
    select status, provider_code as code from messages where phone = ${phone} order by queued_at`;
  return rows.map(({ status, code }) => [status, code ?? ''].join(' ').trim());
};

const toldOf = async (phone: string): Promise<readonly string[]> =>
  (await loggedRows(database.sql))
    .filter((row) => row.invitee_phone === phone)
    .map(({ event_type, metadata }: LogRow) =>
      [event_type, metadata.code ?? metadata.purpose ?? ''].join(' ').trim(),
    );

describe('the carrier says', () => {
  let seen: ReadonlyMap<string, string>;

  beforeAll(async () => {
    await start();
    for (const { phone: to, fault, status = 'undelivered', code: errorCode } of cases) {
      if (fault !== undefined) await carrier().faults({ ...fault, to });
      else await carrier().script({ to, steps: [{ status: 'sent' }, { status, errorCode }] });
    }
    const maya = await organizer();
    const run = await maya.invites(cases.map(({ phone }) => phone));
    const eventId = await run.eventId();
    for (const { phone, texts } of cases) {
      await until(
        () => textsTo(phone),
        (all) => all.join() === texts.join(),
      ).catch(() => undefined);
    }
    const event = await maya.client.get(`/v1/events/${eventId}`);
    const invitees: { phone: string; delivery: string }[] = event.body.invitees;
    seen = new Map(invitees.map(({ phone, delivery }) => [phone, delivery]));
  }, 60_000);
  afterAll(stop);

  test('so that whoever watches sees how many texts each code took', async () => {
    const { text } = await (await server.client()).get('/metrics');
    expect(text).toContain('funlet_texts{state="undelivered",code="30007"} 1');
  });

  test('so that somebody is told, once, of what only we can mend', async () => {
    const { text } = await (await server.client()).get('/metrics');
    for (const alarm of ['texts_filtered', 'sender_not_provisioned', 'sender_not_verified'])
      expect(text).toContain(`funlet_events_total{event="${alarm}"} 1`);
    expect(server.warnings.filter((line) => /30007/.test(line))).toHaveLength(1);
  });

  test.each(cases)('$code $how', async (fate) => {
    const { phone, fault, texts, logged, delivery, optedOut } = fate;
    expect(await textsTo(phone)).toEqual(texts);
    expect(await toldOf(phone)).toEqual(logged);
    expect(seen.get(phone)).toBe(delivery);
    const silent = await database.sql`select from phones where phone = ${phone} and opted_out`;
    expect(silent).toHaveLength(optedOut ? 1 : 0);
    const carried = (await carrier().messages()).filter(({ to }) => to === phone);
    const isRefused = fault !== undefined && delivery !== 'sent';
    expect(carried).toHaveLength(isRefused ? 0 : texts.length);
  });
});

describe('an opt-out that only the carrier knows of', () => {
  beforeAll(start);
  afterAll(stop);

  test.each([
    [
      '21610 at once',
      '+12062340001',
      (to: string) => carrier().faults({ to, kind: 'reject', code: 21610 }),
    ],
    [
      '30004 after the text was taken',
      '+12062340002',
      (to: string) =>
        carrier().script({ to, steps: [{ status: 'undelivered', errorCode: 30004 }] }),
    ],
  ])('is seen by every organizer who has asked that phone: %s', async (_how, phone, spoil) => {
    const [maya, ben] = [await organizer(), await organizer()];
    const eventId = await (await maya.invites([phone])).eventId();
    const seen = async () => {
      const event = await maya.client.get(`/v1/events/${eventId}`);
      return event.body.invitees[0].delivery;
    };
    await until(seen, (delivery) => delivery === 'sent');
    await spoil(phone);
    await ben.invites([phone]);
    expect(await until(seen, (delivery) => delivery !== 'sent')).toBe('opted_out');
  });
});

describe('the carrier takes nothing from us', () => {
  beforeEach(start);
  afterEach(stop);

  const counted = async () =>
    /event="sending_stopped"\} (\d+)/.exec(
      (await (await server.client()).get('/metrics')).text,
    )?.[1];

  test.each([
    ['20003 at once', (to: string) => carrier().faults({ to, kind: 'reject', code: 20003 })],
    [
      '30034 after the text was taken',
      (to: string) =>
        carrier().script({ to, steps: [{ status: 'undelivered', errorCode: 30034 }] }),
    ],
  ])('by %s: that text is lost, the others wait, and somebody is told', async (_how, spoil) => {
    const [first, second] = ['+12062340001', '+12062340002'] as const;
    await spoil(first);
    const maya = await organizer();
    await maya.invites([first]);
    await until(counted, (count) => count === '1');
    await maya.invites([second]);
    await until(
      () => textsTo(second),
      ([status]) => status === 'held',
    );
    expect((await carrier().messages()).filter(({ to }) => to === second)).toEqual([]);
    const [code] = (await toldOf(first)).filter((row) => row.startsWith('error'));
    expect(code).toMatch(/bad_credentials|undelivered/);
  });
});
