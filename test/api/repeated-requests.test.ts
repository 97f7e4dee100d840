/* Rows 42 to 44: the same request again, two at once, and one that comes too late. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { loggedRows } from '../support/engine.ts';
import { type Answer, type Client, type TestServer, testServer } from '../support/server.ts';

let database: TestDatabase;
let server: TestServer;
let client: Client;

beforeAll(async () => {
  database = await testDatabase();
  server = await testServer(database);
  client = await server.client();
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

const begun = async (): Promise<string> =>
  (await client.post('/v1/machines/crew-creation')).body.id;
const give = (id: string, body: object, key?: string): Promise<Answer> =>
  client.post(`/v1/instances/${id}/events`, {
    body,
    ...(key && { headers: { 'idempotency-key': key } }),
  });
const named = { type: 'organizer.named_crew', name: 'Night Owls' };
const typed = (phone: string) => ({
  type: 'organizer.typed_person',
  person: { name: 'Bo', phone },
});

const typesOf = async (run: string): Promise<readonly string[]> =>
  (await loggedRows(database.sql))
    .filter(({ metadata }) => metadata.flow_run_id === run)
    .map(({ event_type }) => event_type);

async function stepsOf(id: string): Promise<number> {
  const [row] = await database.sql<{ seq: number }[]>`select seq from instances where id = ${id}`;
  return row?.seq ?? 0;
}

describe('B-42 the same Idempotency-Key twice', () => {
  test('is one step, and the second answer is the first, marked as replayed', async () => {
    const id = await begun();
    const key = randomUUID();
    const first = await give(id, named, key);
    const second = await give(id, named, key);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body).toEqual(first.body);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(await typesOf(id)).toEqual(['flow_started', 'flow_step']);
  });

  test('in parallel is one step too', async () => {
    const id = await begun();
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => give(id, named, key)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(answers.filter(({ headers }) => headers.has('idempotency-replayed'))).toHaveLength(7);
    expect(await stepsOf(id)).toBe(2);
  });

  test('with another body gets 422, and nothing moves', async () => {
    const id = await begun();
    const key = randomUUID();
    await give(id, named, key);
    const other = await give(id, { ...named, name: 'Day Owls' }, key);
    expect(other.status).toBe(422);
    expect(other.body.code).toBe('key_conflict');
    expect(await stepsOf(id)).toBe(2);
  });

  test('begins one flow, also in parallel', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const begin = () => client.post('/v1/machines/crew-creation', { headers });
    const answers = await Promise.all(Array.from({ length: 6 }, begin));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201));
    expect(await typesOf(answers[0]?.body.id)).toEqual(['flow_started']);
    const other = await client.post('/v1/machines/event-creation', { headers });
    expect(other.body.code).toBe('key_conflict');
  });

  test('of two organizers are two keys', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const other = await server.client();
    const mine = await client.post('/v1/machines/crew-creation', { headers });
    const theirs = await other.post('/v1/machines/crew-creation', { headers });
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(mine.body.id).not.toBe(theirs.body.id);
  });

  test('that is no key gets 400', async () => {
    const answer = await give(await begun(), named, 'a key with spaces');
    expect(answer.body.code).toBe('invalid_body');
  });
});

test('B-43 two different events at once are both heard, or one is told that it is too late', async () => {
  const id = await begun();
  await give(id, named);
  const both = await Promise.all([
    give(id, typed('+14155552671')),
    give(id, typed('+14155552672')),
  ]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  const standing = await client.get(`/v1/instances/${id}`);
  expect(standing.body.view.members).toHaveLength(2);

  await give(id, { type: 'organizer.finished_adding' });
  const ends = await Promise.all([
    give(id, { type: 'organizer.saved_crew' }),
    give(id, { type: 'organizer.cancelled' }),
  ]);
  expect(ends.map(({ status }) => status).sort()).toEqual([200, 410]);
  const last = (await typesOf(id)).filter((type) => /flow_completed|drop_off/.test(type));
  expect(last).toHaveLength(1);
});

test('B-44 an event on a flow that has ended gets 410 with how it ended', async () => {
  const id = await begun();
  await give(id, { type: 'organizer.cancelled' });
  const before = await stepsOf(id);
  const answer = await give(id, named);
  expect(answer.status).toBe(410);
  expect(answer.body).toMatchObject({
    code: 'finished',
    current: { id, status: 'done', state: 'cancelled', events: [], prompt: null },
  });
  expect(await stepsOf(id)).toBe(before);
});

test('B-45 people that cannot be added get 422 with a code for each, and no number back', async () => {
  const id = await begun();
  await give(id, named);
  const answer = await give(id, typed('call me'));
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject({
    code: 'invalid_input',
    problems: [{ path: 'person.phone', code: 'invalid_phone' }],
    current: { id, step: 'add_contacts', prompt: { id: 'ask_people' } },
  });
  expect(answer.text).not.toContain('call me');
  expect(await typesOf(id)).toEqual(['flow_started', 'flow_step', 'flow_step']);
});
