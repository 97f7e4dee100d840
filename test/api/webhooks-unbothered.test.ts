/* Rows 29 and 30 of the table of bad inputs: what is stuck behind a webhook, its caller never feels. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOrganizer, type Organizer } from '../contract/organizer.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { loggedRows, until } from '../support/engine.ts';
import { type TestServer, testServer } from '../support/server.ts';

/** Twilio waits 15 s; we are to have answered long before. */
const BUDGET_MS = 2_000;
const PHONE = '+12062340001';

let database: TestDatabase;
let server: TestServer;
let maya: Organizer;

beforeEach(async () => {
  database = await testDatabase();
  server = await testServer(database);
  const device = { owner: '11111111-1111-4111-8111-111111111111', deviceId: 'one' } as const;
  maya = await createOrganizer(server, { ...device, platform: 'web' });
  await maya.invites([PHONE]);
  await until(deliveries, ([status]) => status === 'delivered');
});
afterEach(async () => {
  await server.stop();
  await database.drop();
});

const carrier = () => {
  if (server.house.localCarrier === null) throw new Error('This server has no local carrier.');
  return server.house.localCarrier.carrier;
};
const deliveries = async () =>
  (await database.sql<{ status: string }[]>`select status from messages order by queued_at`).map(
    ({ status }) => status,
  );
const repliesOf = async () =>
  (await database.sql<{ reply: string }[]>`select reply from invitations`).map(
    ({ reply }) => reply,
  );

/** The invitee writes; how the webhook answered, and after how long. */
async function texts(body: string): Promise<{ readonly status: number; readonly tookMs: number }> {
  const begunAt = performance.now();
  const { answers } = await carrier().inbound({ from: PHONE, body });
  return { status: answers[0]?.status ?? 0, tookMs: performance.now() - begunAt };
}

const types = async () => (await loggedRows(database.sql)).map(({ event_type }) => event_type);

describe('B-29 a worker that is stuck', () => {
  test('costs a message no time: it is answered once it is safe, and heard later', async () => {
    const locker = await database.sql.reserve();
    await locker`begin`;
    await locker`lock table instances in access exclusive mode`;
    const answered = await texts('yes');
    expect(answered.status).toBe(200);
    expect(answered.tookMs).toBeLessThan(BUDGET_MS);
    expect(await locker`select reply from invitations`).toMatchObject([{ reply: 'none' }]);
    await locker`commit`;
    locker.release();
    await until(repliesOf, ([reply]) => reply === 'yes');
    await until(deliveries, (all) => all.length === 2 && all.every((one) => one === 'delivered'));
    const heard = (await types()).filter((type) => /^(sms_received|invitee_)/.test(type));
    expect(heard).toEqual(['sms_received', 'invitee_reply_yes']);
  });

  test('costs a status callback no time either', async () => {
    await carrier().script({ steps: [{ status: 'sent' }, { status: 'undelivered' }] });
    const locker = await database.sql.reserve();
    await maya.invites(['+12062340002']);
    await until(deliveries, ([, status]) => status === 'queued' || status === 'sent');
    await locker`begin`;
    await locker`lock table instances in access exclusive mode`;
    const promised = async () =>
      (await locker<{ jobs: number }[]>`select count(*)::int as jobs from jobs`)[0]?.jobs ?? 0;
    const begunAt = performance.now();
    await carrier().waitForMessage(({ status }) => status === 'undelivered');
    await until(promised, (jobs) => jobs > 0);
    expect(performance.now() - begunAt).toBeLessThan(BUDGET_MS);
    await locker`commit`;
    locker.release();
    await until(deliveries, ([, status]) => status === 'undelivered');
  });
});

describe('B-30 a log that cannot be written', () => {
  test('bothers neither webhook nor flow; afterwards all is there, and one error says so', async () => {
    await database.sql`alter table behavior_logs rename to elsewhere`;
    const answered = await texts('yes');
    expect(answered.status).toBe(200);
    expect(answered.tookMs).toBeLessThan(BUDGET_MS);
    await until(repliesOf, ([reply]) => reply === 'yes');
    await until(deliveries, (all) => all.length === 2 && all.every((one) => one === 'delivered'));
    await maya.hasCrew([{ name: 'Bo', phone: PHONE }]);
    await until(
      async () => server.troubles.length,
      (troubles) => troubles > 0,
    );

    await database.sql`alter table elsewhere rename to behavior_logs`;
    const logged = await until(types, (seen) => seen.includes('error'));
    expect(logged.filter((type) => type === 'error')).toHaveLength(1);
    await until(
      () => database.sql`select from log_outbox`,
      (rows) => rows.length === 0,
    );
    const kept = (await loggedRows(database.sql)).filter(({ event_type }) =>
      ['sms_received', 'invitee_reply_yes', 'crew_created', 'error'].includes(event_type),
    );
    const told = kept.map(({ event_type, metadata }) => metadata.code ?? event_type);
    expect(told.sort()).toEqual([
      'crew_created',
      'invitee_reply_yes',
      'logging.unavailable',
      'sms_received',
    ]);
  });
});
