import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { loggedRows } from '../support/engine.ts';
import { type TestServer, testServer } from '../support/server.ts';

const HOUR_MS = 3_600_000;

let database: TestDatabase;
let ahead: TestServer;
let sound: TestServer;

beforeAll(async () => {
  database = await testDatabase();
  // Longer than the clocks differ: nobody's flow is to end here because an hour seems to have passed.
  const env = { DELAYS: JSON.stringify({ idle: 6 * HOUR_MS }) };
  ahead = await testServer(database, { env, deps: { now: () => Date.now() + HOUR_MS } });
  sound = await testServer(database, { env });
});
afterAll(async () => {
  await ahead.stop();
  await sound.stop();
  await database.drop();
});

describe('where two servers have different clocks', () => {
  test('a flow is logged after the session in which it began', async () => {
    const owner = '11111111-1111-4111-8111-111111111111';
    const there = await ahead.client({ owner });
    const here = await sound.client({ owner });
    const session = await there.post('/v1/sessions', { body: { entry: 'direct' } });
    expect(session.status).toBe(201);
    const headers = { 'x-session-id': session.body.id };
    const flow = await here.post('/v1/machines/crew-creation', { body: {}, headers });
    expect(flow.status).toBe(201);
    const rows = await loggedRows(database.sql);
    const types = rows.map(({ event_type }) => event_type).filter((type) => type !== 'latency');
    expect(types).toEqual(['session_start', 'flow_started']);
  });
});
