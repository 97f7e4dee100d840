/*
 * Two servers over one database, of which each remembers sessions as it last knew them: nobody can tell
 * which one a request comes to.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { loggedRows } from '../support/engine.ts';
import { type Answer, type Client, type TestServer, testServer } from '../support/server.ts';

let database: TestDatabase;
let here: TestServer;
let there: TestServer;
/** The same phone of one organizer, at each server. */
let phone: { readonly here: Client; readonly there: Client };
let session: string;
let flow: string;

beforeAll(async () => {
  database = await testDatabase();
  here = await testServer(database);
  there = await testServer(database);
});
afterAll(async () => {
  await here?.stop();
  await there?.stop();
  await database?.drop();
});

/** The session begins here and is used here, so that this server remembers it. */
beforeEach(async () => {
  const own = { deviceId: 'phone-1' };
  const client = await here.client(own);
  phone = { here: client, there: await there.client({ ...own, owner: client.owner }) };
  const begun = await client.post('/v1/machines/crew-creation');
  session = sessionOf(begun);
  flow = begun.body.id;
  await give(client, flow, named);
});

const named = { type: 'organizer.named_crew', name: 'Night Owls' };
const unknown = { type: 'organizer.removed_person', phone: '+15555550100' };
const sessionOf = ({ headers }: Answer): string => headers.get('x-session-id') ?? '';
const inIt = () => ({ 'x-session-id': session });
const give = (client: Client, id: string, body: object): Promise<Answer> =>
  client.post(`/v1/instances/${id}/events`, { body, headers: inIt() });
const leaveThere = () =>
  phone.there.post(`/v1/sessions/${session}/events`, { body: { type: 'app.left' } });
const rowsOf = async () => {
  const rows = await loggedRows(database.sql);
  return rows.filter(({ organizer_id }) => organizer_id === phone.here.owner);
};

describe('a session that has ended at the other server', () => {
  beforeEach(async () => {
    expect((await leaveThere()).status).toBe(200);
  });

  test('takes no event of a flow: that has ended with it, and the answer names the next session', async () => {
    const late = await give(phone.here, flow, named);
    expect([late.status, late.body.current.status]).toEqual([410, 'done']);
    expect(sessionOf(late)).not.toBe(session);
  });

  test('begins nothing any more: a flow begins in the next', async () => {
    const headers = inIt();
    const begun = await phone.here.post('/v1/machines/crew-creation', { headers });
    expect(begun.status).toBe(201);
    expect(sessionOf(begun)).not.toBe(session);
    const [, next] = (await rowsOf()).filter(({ event_type }) => event_type === 'flow_started');
    expect(next?.session_id).toBe(sessionOf(begun));
  });

  test('has nothing done in it any more: that is done in the next', async () => {
    const body = { action: 'help_opened', target: 'none' };
    const told = await phone.here.post('/v1/actions', { body, headers: inIt() });
    expect(told.status).toBe(200);
    const actions = (await rowsOf()).filter(({ event_type }) => event_type === 'user_action');
    expect(actions.map(({ session_id }) => session_id)).toEqual([sessionOf(told)]);
    expect(sessionOf(told)).not.toBe(session);
  });

  test('is followed by one other, though an event is refused', async () => {
    const { status } = await give(phone.here, flow, unknown);
    expect(status).toBe(410);
    const types = (await rowsOf()).map(({ event_type }) => event_type);
    expect(types.filter((type) => type === 'session_start')).toHaveLength(2);
    expect(types.filter((type) => type === 'session_end')).toHaveLength(1);
  });
});

test('an event that is refused in a session that lives begins no other', async () => {
  const refused = await give(phone.here, flow, named);
  expect([refused.status, sessionOf(refused)]).toEqual([409, session]);
});

test('a flow goes on here after it went on there', async () => {
  expect((await give(phone.there, flow, { type: 'organizer.went_back' })).status).toBe(200);
  const again = await give(phone.here, flow, { ...named, name: 'Owls' });
  expect([again.status, again.body.view.name]).toEqual([200, 'Owls']);
});
