/* what nobody expected. The caller learns a correlation id, operators learn where, the log gets one row. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { loggedRows, until } from '../support/engine.ts';
import { type TestServer, testServer } from '../support/server.ts';

let database: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  database = await testDatabase();
  server = await testServer(database);
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

test('X-1 an exception in a step gets 500 with nothing internal, and one error row', async () => {
  const client = await server.client();
  const { id } = (await client.post('/v1/machines/crew-creation')).body;
  // A snapshot that does not resolve: as a bad deploy could leave it.
  await database.sql`
    update instances set seq = seq + 1, snapshot = jsonb_set(snapshot::jsonb, '{value}', '{"asking": "nowhere"}') where id = ${id}`;
  const body = { type: 'organizer.named_crew', name: 'Secret Owls' };
  const answer = await client.post(`/v1/instances/${id}/events`, { body });
  expect(answer.status).toBe(500);
  expect(answer.body).toMatchObject({ code: 'internal', title: 'Internal Server Error' });
  expect(answer.text).not.toMatch(/nowhere|Secret|\.ts|XState/i);

  const errors = async () =>
    (await loggedRows(database.sql)).filter(
      ({ metadata }) =>
        metadata.correlation_id === answer.body.correlation_id && metadata.code !== undefined,
    );
  const rows = await until(errors, (found) => found.length > 0);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    event_type: 'error',
    organizer_id: client.owner,
    metadata: { code: 'flow.exception', component: 'flow', handled: false, http_status: 500 },
  });
  expect(server.troubles).toHaveLength(1);
});

test('an error of the database that is no absence gets 500 and says nothing of it', async () => {
  const client = await server.client();
  await database.sql`alter table crews rename to crews_away`;
  try {
    const answer = await client.get('/v1/crews');
    expect(answer.status).toBe(500);
    expect(answer.text).not.toMatch(/crews|\brelation\b|42P01/);
  } finally {
    await database.sql`alter table crews_away rename to crews`;
  }
});
