/* What the API says of itself, who may call it from a browser, and how it fails. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readReadme } from '../docs/readme.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { loggedRows, until } from '../support/engine.ts';
import { type Client, request, type TestServer, testServer } from '../support/server.ts';

const ORIGIN = 'https://chat.example';

let database: TestDatabase;
let server: TestServer;
let client: Client;

beforeAll(async () => {
  database = await testDatabase();
  server = await testServer(database, { env: { CORS_ORIGINS: ORIGIN } });
  client = await server.client();
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

describe('CORS', () => {
  test('lets a configured origin read the answer and its two headers', async () => {
    const answer = await client.get('/v1/me', { headers: { origin: ORIGIN } });
    expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(answer.headers.get('access-control-expose-headers')).toBe(
      'X-Session-Id, Idempotency-Replayed',
    );
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  test('answers its preflight without a token', async () => {
    const asked = { origin: ORIGIN, 'access-control-request-method': 'POST' };
    const answer = await request(`${server.url}/v1/machines/crew-creation`, {
      ...{ method: 'OPTIONS', headers: asked },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-methods')).toContain('POST');
    expect(answer.headers.get('access-control-allow-headers')).toMatch(/Idempotency-Key/);
  });

  test('lets a refusal be read too', async () => {
    const answer = await request(`${server.url}/v1/me`, { headers: { origin: ORIGIN } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  });

  test.each(['https://evil.example', 'null', `${ORIGIN}.evil.example`])(
    'says nothing to %s',
    async (origin) => {
      const answer = await client.get('/v1/me', { headers: { origin } });
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    },
  );
});

describe('OpenAPI', () => {
  type Operation = {
    readonly requestBody?: {
      readonly content: Record<string, { readonly example: unknown; schema: object }>;
    };
    readonly responses: Record<
      string,
      { readonly content?: Record<string, { example?: unknown; schema: object }> }
    >;
    readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  };
  const document = async () =>
    (await request(`${server.url}/openapi.json`)).body as {
      openapi: string;
      paths: Record<string, Record<string, Operation>>;
      components: { schemas: Record<string, object> };
    };

  test('has every route that answers, and every route of it answers', async () => {
    const { openapi, paths } = await document();
    expect(openapi).toBe('3.1.0');
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.sort()).toEqual([
      'GET /healthz',
      'GET /metrics',
      'GET /openapi.json',
      'GET /readyz',
      'GET /v1/behavior/logs',
      'GET /v1/behavior/logs/stream',
      'GET /v1/crews',
      'GET /v1/crews/{id}',
      'GET /v1/development/pushes',
      'GET /v1/events',
      'GET /v1/events/{id}',
      'GET /v1/flows',
      'GET /v1/instances/{id}',
      'GET /v1/machines',
      'GET /v1/machines/{machine}',
      'GET /v1/me',
      'GET /v1/stream',
      'GET /v1/syncups',
      'GET /v1/syncups/{id}',
      'POST /v1/actions',
      'POST /v1/events/{id}/cancel',
      'POST /v1/events/{id}/edit',
      'POST /v1/instances/{id}/events',
      'POST /v1/machines/{machine}',
      'POST /v1/pushes/{id}/opens',
      'POST /v1/pushes/{id}/receipts',
      'POST /v1/sessions',
      'POST /v1/sessions/{id}/events',
      'PUT /v1/device',
      'PUT /v1/me',
    ]);
    for (const route of routes) {
      const [method = '', path = ''] = route.split(' ');
      if (path.endsWith('stream')) continue;
      const answer = await client.send(method, path.replace(/\{\w+\}/, 'none'));
      expect(answer.body?.detail ?? '').not.toContain('method');
      expect(answer.status).not.toBe(405);
    }
  });

  test("is what the README's table names, each route once", async () => {
    const { paths } = await document();
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const [, table = ''] = /\| route \| what for \|\n((?:\|.*\n)+)/.exec(await readReadme()) ?? [];
    const named = table.split('\n').flatMap((row) => {
      const [, cell = ''] = row.split(' | ', 1)[0]?.split('| ') ?? [];
      return [...cell.matchAll(/`(.*?)`/g)].map(([, route]) => route);
    });
    expect(named.sort()).toEqual(routes.sort());
  });

  test('is sound: ids are unique, parameters are declared, schemas are JSON Schemas with examples that fit', async () => {
    const { paths } = await document();
    const ids = new Set<string>();
    for (const [path, methods] of Object.entries(paths)) {
      for (const operation of Object.values(methods)) {
        const { operationId } = operation as { operationId?: string };
        expect(ids.has(operationId ?? '')).toBe(false);
        ids.add(operationId ?? '');
        const declared = (operation.parameters ?? []).filter((one) => one.in === 'path');
        const used = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
        expect(declared.map(({ name }) => name)).toEqual(used);
        expect(Object.keys(operation.responses).length).toBeGreaterThan(0);
        const contents = [operation.requestBody, ...Object.values(operation.responses)];
        for (const content of contents.flatMap((one) => Object.values(one?.content ?? {}))) {
          if (!('example' in content) || '$ref' in content.schema) continue;
          const schema = z.fromJSONSchema(content.schema as never);
          expect(schema.safeParse(content.example).error).toBeUndefined();
        }
      }
    }
  });

  test('has examples that work as they stand', async () => {
    const { paths } = await document();
    const eve = await server.client({ platform: 'ios_app', deviceId: 'a phone' });
    const exampleOf = (path: string, method = 'post') =>
      paths[path]?.[method]?.requestBody?.content['application/json']?.example;
    const post = (path: string, id: string) =>
      eve.post(path.replace('{id}', id).replace('{machine}', 'crew-creation'), {
        body: exampleOf(path),
      });
    const begun = await post('/v1/machines/{machine}', '');
    const named = await post('/v1/instances/{id}/events', begun.body.id);
    const opened = await post('/v1/sessions', '');
    const told = await post('/v1/sessions/{id}/events', opened.body.id);
    const acted = await post('/v1/actions', '');
    const device = await eve.put('/v1/device', { body: exampleOf('/v1/device', 'put') });
    const me = await eve.put('/v1/me', { body: exampleOf('/v1/me', 'put') });
    const answers = [begun, named, opened, told, acted, device, me];
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 200, 200, 200, 200]);
    expect(exampleOf('/v1/events/{id}/edit')).not.toEqual({});
  });

  test('lists the events of every chart, and only those of clients', async () => {
    const { paths } = await document();
    const body = JSON.stringify(paths['/v1/instances/{id}/events']?.post?.requestBody);
    expect(body).toContain('organizer.named_crew');
    expect(body).not.toMatch(/flow\.superseded|session\.ended|xstate|carrier\./);
  });
});

describe('machines', () => {
  test('are listed, and each is told with its chart, its events and a diagram', async () => {
    const { machines } = (await client.get('/v1/machines')).body;
    expect(machines).toContainEqual(
      expect.objectContaining({ id: 'crew-creation', flow: 'crew_creation' }),
    );
    for (const { id } of machines) {
      const { status, body } = await client.get(`/v1/machines/${id}`);
      expect(status).toBe(200);
      expect(body.definition.id).toBe(id);
      expect(body.diagram).toMatch(/^stateDiagram-v2\n {2}\[\*\] --> /);
    }
    const { body } = await client.get('/v1/machines/crew-creation');
    expect(body.events['organizer.named_crew'].properties.name).toMatchObject({ type: 'string' });
    expect(body.input.properties).toEqual({});
    expect(body.diagram).toContain('asking__name --> asking__people: organizer.named_crew');
  });
});

describe('the profile', () => {
  test('is the default until it is set, and is then what texts are written with', async () => {
    const dee = await server.client();
    expect((await dee.get('/v1/me')).body).toMatchObject({ country: 'US' });
    const profile = { name: ' Dee\n Dee ', country: 'DE', timeZone: 'Europe/Berlin' };
    const set = await dee.put('/v1/me', { body: profile });
    expect(set.status).toBe(200);
    expect((await dee.get('/v1/me')).body).toEqual({ ...profile, name: 'Dee Dee' });
  });

  const country = { code: 'unknown_country', expected: expect.stringContaining('as US') };
  const zone = { code: 'unknown_time_zone', expected: expect.stringContaining('America/New_York') };
  test.each([
    ['name', { name: ' ' }, { code: 'too_small', limit: 1 }],
    ['name', { name: 'x'.repeat(41) }, { code: 'too_big', limit: 40 }],
    ['name', { name: 7 }, { code: 'invalid_type', expected: 'string' }],
    ['country', { country: 'XX' }, country],
    ['timeZone', { timeZone: 'Mars/Olympus' }, zone],
  ])('with a bad %s gets 400, and is told what is taken', async (path, wrong, told) => {
    const profile = { name: 'Dee', country: 'DE', timeZone: 'Europe/Berlin', ...wrong };
    const { status, body } = await client.put('/v1/me', { body: profile });
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'invalid_body' });
    expect(body.problems).toEqual([{ path, ...told }]);
  });
});

test('the address of a device that is too long is told how long it may be', async () => {
  const app = await server.client({ platform: 'ios_app', deviceId: 'a phone' });
  const { status, body } = await app.put('/v1/device', { body: { token: 'x'.repeat(401) } });
  expect(status).toBe(400);
  expect(body.problems).toEqual([{ path: 'token', code: 'too_big', limit: 400 }]);
});

describe('sessions', () => {
  const acted = { type: 'organizer.acted', action: 'help_opened', target: 'none' };

  test('begin with the first turn, are told in a header, and go on in the next turn', async () => {
    const eve = await server.client();
    const first = await eve.post('/v1/machines/crew-creation');
    const id = first.headers.get('x-session-id') ?? '';
    const headers = { 'x-session-id': id };
    const second = await eve.post('/v1/machines/event-creation', { headers });
    expect(second.headers.get('x-session-id')).toBe(id);
    const reading = await eve.get(`/v1/instances/${first.body.id}`, { headers });
    expect(reading.headers.get('x-session-id')).toBeNull();
  });

  test('of somebody else, or that are none, count as absent', async () => {
    const theirs = (await client.post('/v1/sessions')).body.id;
    const eve = await server.client();
    for (const claim of [theirs, 'nonsense', '1; drop table']) {
      const headers = { 'x-session-id': claim };
      const answer = await eve.post('/v1/machines/crew-creation', { headers });
      expect(answer.status).toBe(201);
      expect(answer.headers.get('x-session-id')).not.toBe(claim);
    }
  });

  test('are opened by name once, take what happens outside of flows, and end', async () => {
    const eve = await server.client({ deviceId: 'a phone' });
    const opened = await eve.post('/v1/sessions', { body: { entry: 'push' } });
    expect(opened.status).toBe(201);
    const again = await eve.post('/v1/sessions');
    expect([again.status, again.body.id]).toEqual([200, opened.body.id]);
    const events = `/v1/sessions/${opened.body.id}/events`;
    expect((await eve.post(events, { body: acted })).status).toBe(200);
    const ended = await eve.post(events, { body: { type: 'organizer.ended_session' } });
    expect(ended.body).toMatchObject({ status: 'done', view: { reason: 'explicit' } });
    expect((await eve.post(events, { body: acted })).status).toBe(410);
    const rows = (await loggedRows(database.sql)).filter(
      (row) => row.session_id === opened.body.id && row.event_type !== 'latency',
    );
    expect(rows.map(({ event_type }) => event_type)).toEqual([
      'session_start',
      'user_action',
      'session_end',
    ]);
  });

  test('that are opened with a key are opened once', async () => {
    const eve = await server.client();
    const ask = { headers: { 'idempotency-key': 'one' } };
    const [one, two] = [await eve.post('/v1/sessions', ask), await eve.post('/v1/sessions', ask)];
    expect([one.status, two.status]).toEqual([201, 201]);
    expect(two.body.id).toBe(one.body.id);
    expect(two.headers.get('idempotency-replayed')).toBe('true');
  });
});

describe('how it goes', () => {
  test('/metrics tells the gauges, and requests by route and status without ids', async () => {
    await client.get('/v1/instances/11111111-1111-4111-8111-111111111111');
    const { text, headers } = await request(`${server.url}/metrics`);
    expect(headers.get('content-type')).toContain('text/plain');
    for (const name of [
      ...['funlet_outbox_rows', 'funlet_outbox_age_ms', 'funlet_quarantined_rows'],
      ...['funlet_late_timers', 'funlet_jobs_due', 'funlet_jobs_lapsed', 'funlet_database_up 1'],
      ...['funlet_texts', 'funlet_batch_size_count'],
      'funlet_requests_total{route="GET /v1/instances/{id}",status="404"}',
    ]) {
      expect(text).toContain(name);
    }
    expect(text).not.toContain('11111111');
  });

  test('/healthz and /readyz need no token', async () => {
    expect((await request(`${server.url}/healthz`)).body).toEqual({ alive: true });
    const ready = await request(`${server.url}/readyz`);
    expect(ready.body).toEqual({ ready: true, database: 'up', sms_paused: false });
  });

  test('a turn that ends a flow leaves its latency in the log', async () => {
    const { id } = (await client.post('/v1/machines/crew-creation')).body;
    await client.post(`/v1/instances/${id}/events`, { body: { type: 'organizer.cancelled' } });
    const latencies = async () =>
      (await loggedRows(database.sql)).filter(
        ({ event_type, organizer_id, metadata }) =>
          event_type === 'latency' && organizer_id === client.owner && metadata.sample_rate === 1,
      );
    const [row] = await until(latencies, (rows) => rows.length > 0);
    expect(row?.metadata).toMatchObject({ operation: 'organizer_turn', slo_ms: 500, ok: true });
  });
});
