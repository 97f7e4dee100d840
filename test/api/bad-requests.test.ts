/* Rows 31 to 41 of the table of bad inputs: the right status, a sentence, and nothing changed. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import {
  type Answer,
  type Client,
  request,
  type TestServer,
  testServer,
} from '../support/server.ts';

let database: TestDatabase;
let server: TestServer;
let client: Client;
let flow: string;

beforeAll(async () => {
  database = await testDatabase();
  server = await testServer(database);
  client = await server.client();
  flow = (await client.post('/v1/machines/crew-creation')).body.id;
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

// What the server did not expect would be in the operational log.
afterEach(() => expect(server.troubles).toEqual([]));

const events = () => `/v1/instances/${flow}/events`;
const named = { type: 'organizer.named_crew', name: 'Night Owls' };

/** Commits of all instances: it grows with whatever changes. */
async function steps(): Promise<number> {
  const [row] = await database.sql<{ steps: number }[]>`
    select coalesce(sum(seq), 0)::int as steps from instances`;
  return row?.steps ?? 0;
}

function expectProblem(answer: Answer, status: number, code: string): void {
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.body).toMatchObject({ status, title: expect.any(String) });
  expect(answer.body.detail).toMatch(/^[A-Z'].{20,}\.$/);
  expect(answer.body.correlation_id).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.text).not.toMatch(/select |insert |node_modules|\.ts:|postgres/i);
}

/** Asks, expects this problem, and that nothing moved. */
async function refuses(ask: () => Promise<Answer>, status: number, code: string): Promise<Answer> {
  const before = await steps();
  const answer = await ask();
  expectProblem(answer, status, code);
  expect(await steps()).toBe(before);
  return answer;
}

describe('B-31 a token that is not valid gets 401', () => {
  const path = '/v1/crews';
  const withToken = (authorization: string) =>
    request(server.url + path, { headers: { authorization } });

  test('none at all', async () => {
    const answer = await refuses(() => request(server.url + path), 401, 'unauthorized');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });
  test('no bearer', async () => {
    await refuses(() => withToken('Basic YTpi'), 401, 'unauthorized');
  });
  test('no JWT', async () => {
    await refuses(() => withToken('Bearer nonsense'), 401, 'unauthorized');
  });
  test('expired', async () => {
    const token = await server.token({ expiresAt: Date.now() - 60_000 });
    await refuses(() => withToken(`Bearer ${token}`), 401, 'unauthorized');
  });
  test('forged', async () => {
    const token = await server.token({ secret: 'another secret, just as long as ours is' });
    await refuses(() => withToken(`Bearer ${token}`), 401, 'unauthorized');
  });
  test('unsigned', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const payload = { sub: randomUUID(), platform: 'web', exp: Date.now() };
    const token = `${part({ alg: 'none' })}.${part(payload)}.`;
    await refuses(() => withToken(`Bearer ${token}`), 401, 'unauthorized');
  });
  test.each([
    ['whose subject is no uuid', { owner: 'ana' }],
    ['whose subject is nobody', { owner: '00000000-0000-0000-0000-000000000000' }],
    ['of another platform', { platform: 'android' as never }],
  ])('one %s', async (_, options) => {
    const token = await server.token(options);
    await refuses(() => withToken(`Bearer ${token}`), 401, 'unauthorized');
  });
});

describe("B-32 another organizer's things do not exist", () => {
  const withoutIds = ({ body }: Answer) => ({ ...body, correlation_id: '' });

  test.each([
    ['GET', (id: string) => `/v1/instances/${id}`],
    ['POST', (id: string) => `/v1/instances/${id}/events`],
  ])('%s of a flow answers as for one that never was', async (method, path) => {
    const stranger = await server.client();
    const ask = { ...(method === 'POST' && { body: named }) };
    const theirs = await refuses(() => stranger.send(method, path(flow), ask), 404, 'not_found');
    const nobodys = await stranger.send(method, path(randomUUID()), ask);
    expect(withoutIds(theirs)).toEqual(withoutIds(nobodys));
  });

  test('crews, events and sessions answer so too', async () => {
    const stranger = await server.client();
    const session = (await client.post('/v1/sessions')).body.id;
    for (const path of [`/v1/crews/${flow}`, `/v1/events/${flow}`]) {
      await refuses(() => stranger.get(path), 404, 'not_found');
    }
    const left = { body: { type: 'app.left' } };
    await refuses(() => stranger.post(`/v1/sessions/${session}/events`, left), 404, 'not_found');
  });

  test("an instance that is no flow is nobody's to drive", async () => {
    const session = (await client.post('/v1/sessions')).body.id;
    await refuses(() => client.get(`/v1/instances/${session}`), 404, 'not_found');
  });
});

describe('B-33 what is no id never reaches SQL', () => {
  test.each([
    ['a word', 'abc'],
    ['SQL', encodeURIComponent("1' or '1'='1")],
    ['a path', '..%2f..%2fetc'],
    ['NUL', '%00'],
    ['a uuid with a tail', '11111111-1111-4111-8111-111111111111x'],
    ['5 kB', 'a'.repeat(5_000)],
    ['a broken escape', '%zz'],
  ])('%s gets 404', async (_, id) => {
    await refuses(() => client.get(`/v1/instances/${id}`), 404, 'not_found');
    await refuses(() => client.get(`/v1/crews/${id}`), 404, 'not_found');
    await refuses(
      () => client.post(`/v1/instances/${id}/events`, { body: named }),
      404,
      'not_found',
    );
    await refuses(
      () => client.post(`/v1/sessions/${id}/events`, { body: named }),
      404,
      'not_found',
    );
  });

  test('a uuid in capitals is the same id', async () => {
    expect((await client.get(`/v1/instances/${flow.toUpperCase()}`)).status).toBe(200);
  });
});

describe('B-34 a body that is no JSON object gets 400', () => {
  test.each([
    ['malformed', '{"type":'],
    ['a scalar', '3'],
    ['null', 'null'],
    ['an array', '[]'],
    ['empty', ''],
    ['with a byte order mark', `\uFEFF${JSON.stringify(named)}`],
    ['two values', '{}{}'],
  ])('%s', async (_, raw) => {
    await refuses(() => client.post(events(), { raw }), 400, 'invalid_json');
  });

  test('in another charset', async () => {
    const headers = { 'content-type': 'application/json; charset=utf-16' };
    await refuses(() => client.post(events(), { raw: '{}', headers }), 400, 'invalid_json');
    const latin1 = new Uint8Array(Buffer.from('{"type":"\u00e9"}', 'latin1'));
    await refuses(() => client.post(events(), { raw: latin1 }), 400, 'invalid_json');
  });

  test('a body that says it is something else gets 415', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const ask = { raw: 'type=x', headers };
    await refuses(() => client.post(events(), ask), 415, 'unsupported_media_type');
  });
});

test('B-35 a body of more than 100 kB gets 413', async () => {
  const body = { ...named, name: 'x'.repeat(110_000) };
  await refuses(() => client.post(events(), { body }), 413, 'body_too_large');
  const raw = `{"name":"${'x'.repeat(3_000_000)}"}`;
  const answer = await client.post(events(), { raw }).catch(() => undefined);
  // A server may end the connection under a body that is still being sent.
  if (answer !== undefined) expect(answer.status).toBe(413);
});

test('B-36 a body that is nested 100,000 deep, or 21, gets 400', async () => {
  for (const depth of [21, 40_000]) {
    const raw = `{"type":"x","a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    await refuses(() => client.post(events(), { raw }), 400, 'invalid_json');
  }
  const raw = `{"a":${'['.repeat(100_000)}`;
  await refuses(() => client.post(events(), { raw }), 400, 'invalid_json');
});

describe('B-37 keys that could poison a prototype', () => {
  test('__proto__ gets 400, also in disguise', async () => {
    const raws = [
      '{"__proto__":{"admin":true}}',
      '{"type":"organizer.named_crew","name":{"__proto__":1}}',
      '{"\\u005f_proto__":{"admin":true}}',
    ];
    for (const raw of raws) {
      await refuses(() => client.post(events(), { raw }), 400, 'invalid_json');
    }
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
  });

  test('constructor is an unknown field', async () => {
    const body = { ...named, constructor: { prototype: { admin: true } } };
    await refuses(() => client.post(events(), { body }), 422, 'unknown_field');
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
  });
});

describe('B-38 numbers that are none', () => {
  const opened = (preselected: string) =>
    `{"type":"organizer.opened_picker","pickerId":"${randomUUID()}","picker":"ios_native","preselected":${preselected}}`;

  test.each(['1e400', '1e200000', '9007199254740993', '"3"', '"NaN"', '-1', '1.5'])(
    '%s for a count gets 400',
    async (number) => {
      const raw = opened(number);
      const answer = await refuses(() => client.post(events(), { raw }), 400, 'invalid_body');
      expect(answer.body.problems[0].path).toBe('preselected');
    },
  );
});

describe('B-39 an event that no client may send gets 422', () => {
  test.each([
    'organizer.flew_away',
    'Organizer.named_crew',
    'ORGANIZER.NAMED_CREW',
    'xstate.init',
    'xstate.done.actor.saveCrew',
    'xstate.error.actor.saveCrew',
    'xstate.after.idle.crew-creation.asking.name',
    'xstate.stop',
    'flow.superseded',
    'session.ended',
    'toString',
    '__proto__',
    '*',
    '',
  ])('%s', async (type) => {
    await refuses(() => client.post(events(), { body: { type } }), 422, 'unknown_event');
  });

  test('no type at all gets 400', async () => {
    await refuses(() => client.post(events(), { body: {} }), 400, 'invalid_body');
  });
});

test('B-40 a known event that the state does not take gets 409 with the state', async () => {
  const body = { type: 'organizer.saved_crew' };
  const answer = await refuses(() => client.post(events(), { body }), 409, 'event_not_allowed');
  expect(answer.body.current).toMatchObject({ id: flow, state: 'asking.name', step: 'name_crew' });
  expect(answer.body.current.events).toContain('organizer.named_crew');
});

describe('B-41 identity and time come from the server only', () => {
  test.each(['organizerId', 'timestamp', 'event_type', 'output', 'at', 'id'])(
    '%s in an event gets 422',
    async (field) => {
      const body = { ...named, [field]: 'mine' };
      const answer = await refuses(() => client.post(events(), { body }), 422, 'unknown_field');
      expect(answer.body.problems).toEqual([{ path: field, code: 'unknown_field' }]);
    },
  );

  test.each(['id', 'owner', 'at', 'organizer', 'resume'])(
    '%s in the input of a new flow gets 422',
    async (field) => {
      const body = { input: { [field]: 'mine' } };
      const ask = () => client.post('/v1/machines/crew-creation', { body });
      await refuses(ask, 422, 'unknown_field');
    },
  );

  test('the field that a client makes up is not echoed', async () => {
    const body = { ...named, '+14155550123 is Bo': 1 };
    const answer = await refuses(() => client.post(events(), { body }), 422, 'unknown_field');
    expect(answer.text).not.toContain('Bo');
  });
});

test('what no SQL would take is cleaned out of texts before anything is stored', async () => {
  const one = (await client.post('/v1/machines/crew-creation')).body.id;
  const raw = '{"type":"organizer.named_crew","name":"Ni\\u0000ght\\ud800 Owls"}';
  const answer = await client.post(`/v1/instances/${one}/events`, { raw });
  expect(answer.status).toBe(200);
  expect(answer.body.view.name).toBe('Night\uFFFD Owls');
});

describe('machines', () => {
  test('one that is no flow cannot be begun, nor one that does not exist', async () => {
    for (const machine of ['session', 'text', 'phone-line', 'nothing', '__proto__']) {
      await refuses(() => client.post(`/v1/machines/${machine}`), 404, 'not_found');
    }
  });

  test('resuming what was not dropped gets 422', async () => {
    const body = { resumedFrom: flow };
    await refuses(() => client.post('/v1/machines/crew-creation', { body }), 422, 'unresumable');
  });
});

test('a method that an address does not take gets 405 with Allow', async () => {
  const answer = await refuses(() => client.send('DELETE', '/v1/me'), 405, 'method_not_allowed');
  expect(answer.headers.get('allow')).toMatch(/GET.*PUT|PUT.*GET/);
});

test('an address that does not exist gets 404', async () => {
  await refuses(() => client.get('/v2/everything'), 404, 'not_found');
});
