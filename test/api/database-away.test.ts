/* The database goes away under a running server, in the two ways in which it can, and comes back. */
import { createHmac, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cutWire, type Wire } from '../support/cut-wire.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { until } from '../support/engine.ts';
import { type Client, request, type TestServer, testServer } from '../support/server.ts';

let database: TestDatabase;
let wire: Wire;
let server: TestServer;
let client: Client;
let flow: string;

const ACCOUNT = `AC${'a'.repeat(32)}`;
const TOKEN = 'token-of-the-tests';
const PUBLIC_URL = 'https://funlet.test';

beforeEach(async () => {
  database = await testDatabase();
  wire = await cutWire(database.url);
  server = await testServer(wire, {
    env: {
      ...{ TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_AUTH_TOKEN: TOKEN, TWILIO_FROM: '+14155550100' },
      ...{ TWILIO_API_URL: 'http://127.0.0.1:9', PUBLIC_URL },
    },
  });
  client = await server.client();
  flow = (await client.post('/v1/machines/crew-creation')).body.id;
});
afterEach(async () => {
  await wire?.mend();
  await server?.stop();
  await wire?.close();
  await database?.drop();
});

const named = { type: 'organizer.named_crew', name: 'Night Owls' };

function webhook() {
  const path = '/webhooks/twilio/sms';
  const form = {
    ...{ AccountSid: ACCOUNT, Body: 'yes', From: '+14155550123', To: '+14155550100' },
    MessageSid: `SM${randomUUID().replaceAll('-', '')}`,
  };
  const signed = Object.entries(form)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flat()
    .join('');
  const signature = createHmac('sha1', TOKEN)
    .update(PUBLIC_URL + path + signed)
    .digest('base64');
  return request(server.url + path, {
    method: 'POST',
    raw: new URLSearchParams(form).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signature,
    },
  });
}

describe.each(['refuse', 'hang'] as const)('B-28 with a database that can only %s', (how) => {
  test('everybody is told within 5 s to come again, and the server recovers by itself', async () => {
    expect((await request(`${server.url}/readyz`)).body).toMatchObject({ ready: true });
    await wire.cut(how);

    const key = { 'idempotency-key': randomUUID() };
    const event = () => client.post(`/v1/instances/${flow}/events`, { body: named, headers: key });
    const begunAt = Date.now();
    const answers = await Promise.all([
      event(),
      client.post('/v1/machines/crew-creation'),
      client.get('/v1/crews'),
      client.get(`/v1/instances/${flow}`),
      webhook(),
      request(`${server.url}/readyz`),
    ]);
    expect(Date.now() - begunAt).toBeLessThan(5_000);
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(503));
    for (const { headers } of answers) expect(headers.get('retry-after')).toMatch(/^\d+$/);
    expect(answers[0]?.body).toMatchObject({ code: 'unavailable', status: 503 });
    expect(answers[5]?.body).toMatchObject({ ready: false, database: 'away' });

    const alive = await request(`${server.url}/healthz`);
    const metrics = await request(`${server.url}/metrics`);
    expect([alive.status, metrics.status]).toEqual([200, 200]);
    expect(metrics.text).toContain('funlet_database_up 0');

    await wire.mend();
    const ready = () => request(`${server.url}/readyz`);
    await until(ready, ({ status }) => status === 200);
    // The same key: whatever became of the first try, the crew is named once.
    const again = await until(event, ({ status }) => status !== 503);
    expect(again.body).toMatchObject({ state: 'asking.people', view: { name: 'Night Owls' } });
    expect((await webhook()).status).toBe(200);
  });
});
