/* Reading the behavior log over HTTP: whose rows, which rows, page by page and as they come. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { until } from '../support/engine.ts';
import { type Client, type TestServer, testServer } from '../support/server.ts';

let database: TestDatabase;
let server: TestServer;
let ana: Client;
let reader: Client;
let run: string;

/** The server's clock: the log settles 5 s behind it. */
const clock = { ahead: 0 };

beforeAll(async () => {
  database = await testDatabase();
  server = await testServer(database, { deps: { now: () => Date.now() + clock.ahead } });
  ana = await server.client({ scope: 'behavior:read' });
  reader = await server.client({ scope: 'behavior:read_all' });
  run = (await ana.post('/v1/machines/crew-creation')).body.id;
  await name(ana, run, 'Night Owls');
  await tellsOfBo();
  await settle();
  await until(rowsOf(reader), (rows) => rows.length === 5);
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

/**
 * Lets everything so far settle. A latency that was noted and not written yet would come after the jump, and hold
 * back all rows that are later than it.
 */
async function settle(): Promise<void> {
  await server.house.engine.notes.flush();
  await until(
    () => database.sql`select from log_outbox`,
    (waiting) => waiting.length === 0,
  );
  clock.ahead += 6_000;
}

const name = (client: Client, id: string, crew: string) =>
  client.post(`/v1/instances/${id}/events`, {
    body: { type: 'organizer.named_crew', name: crew },
  });

/** Somebody else's rows. */
async function tellsOfBo(): Promise<void> {
  const bo = await server.client();
  await bo.post('/v1/machines/crew-creation');
}

type Row = { readonly id: string; readonly event_type: string; readonly organizer_id: string };

/** On a slow machine any turn may leave its latency: of no interest here. */
const isFact = ({ event_type }: Pick<Row, 'event_type'>): boolean => event_type !== 'latency';

const rowsOf =
  (client: Client, query = '') =>
  async (): Promise<readonly Row[]> =>
    (await client.get(`/v1/behavior/logs?${query}`)).body.rows.filter(isFact);

const typesOf = async (client: Client, query = '') =>
  (await rowsOf(client, query)()).map(({ event_type }) => event_type);

test('an organizer reads the rows that are theirs, in order', async () => {
  expect(await typesOf(ana)).toEqual(['session_start', 'flow_started', 'flow_step']);
});

test('whoever may read all reads all, and nobody reads without the scope', async () => {
  const owners = new Set((await rowsOf(reader)()).map(({ organizer_id }) => organizer_id));
  expect(owners.size).toBe(2);
  const nobody = await server.client();
  const answer = await nobody.get('/v1/behavior/logs');
  expect(answer.status).toBe(403);
  expect((await nobody.get('/v1/behavior/logs/stream')).body.code).toBe('forbidden');
});

test('the scope of one organizer never widens by a filter', async () => {
  const theirs = (await rowsOf(reader)()).find(({ organizer_id }) => organizer_id !== ana.owner);
  expect(theirs).toBeDefined();
  const session = (theirs as unknown as { session_id: string }).session_id;
  expect(await typesOf(ana, `session=${session}`)).toEqual([]);
  expect(await typesOf(reader, `session=${session}`)).toEqual(['session_start', 'flow_started']);
});

test('filters by run, type, session, correlation and time', async () => {
  expect(await typesOf(reader, `run=${run}`)).toEqual(['flow_started', 'flow_step']);
  expect(await typesOf(ana, 'type=flow_step')).toEqual(['flow_step']);
  const [first] = await rowsOf(ana)();
  const { session_id, metadata } = first as unknown as {
    session_id: string;
    metadata: { correlation_id: string };
  };
  expect(await typesOf(reader, `session=${session_id}`)).toHaveLength(3);
  expect(await typesOf(reader, `correlation=${metadata.correlation_id}`)).toEqual([
    'session_start',
    'flow_started',
  ]);
  expect(await typesOf(ana, 'since=2200-01-01T00:00:00Z')).toEqual([]);
  expect(await typesOf(ana, 'since=2020-01-01T00:00:00%2B02:00')).toHaveLength(3);
  expect(await typesOf(ana, 'phone=%2B14155550123')).toEqual([]);
});

test('pages go on where the last one ended, and stay there until there is more', async () => {
  const seen: string[] = [];
  let cursor = '';
  for (let page = 0; page < 9; page += 1) {
    const query = `limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`;
    const { body } = await ana.get(`/v1/behavior/logs?${query}`);
    seen.push(...body.rows.filter(isFact).map((row: Row) => row.event_type));
    cursor = body.cursor;
  }
  expect(seen).toEqual(['session_start', 'flow_started', 'flow_step']);
});

test('rows of the last 5 s are not in a page yet, since earlier ones may still come', async () => {
  const cy = await server.client({ scope: 'behavior:read' });
  await cy.post('/v1/machines/crew-creation');
  const isLogged = async () => {
    const rows = await database.sql`
      select from behavior_logs where organizer_id = ${cy.owner} and event_type <> 'latency'`;
    return rows.length;
  };
  await until(isLogged, (rows) => rows === 2);
  expect(await typesOf(cy)).toEqual([]);
  await settle();
  expect(await typesOf(cy)).toEqual(['session_start', 'flow_started']);
});

describe('B-51 what is asked wrongly', () => {
  test('a limit of a billion is 500', async () => {
    expect((await ana.get('/v1/behavior/logs?limit=1000000000')).status).toBe(200);
  });

  test.each([
    ['limit=0', 'invalid_query'],
    ['limit=many', 'invalid_query'],
    ["type=';--", 'invalid_query'],
    ['session=mine', 'invalid_query'],
    ['phone=0171', 'invalid_query'],
    ['since=yesterday', 'invalid_query'],
    ['organizer=all', 'invalid_query'],
    ['type=flow_step&type=error', 'invalid_query'],
    ['cursor=1', 'invalid_cursor'],
  ])('%s gets 400 %s', async (query, code) => {
    for (const path of ['/v1/behavior/logs', '/v1/behavior/logs/stream']) {
      if (path.endsWith('stream') && query.startsWith('limit')) continue;
      const answer = await ana.get(`${path}?${query}`);
      expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 400, code });
    }
  });

  test("another organizer's phone brings nothing, and is there for whoever may read all", async () => {
    const [theirs] = await rowsOf(reader)();
    const phone = '+12065550142';
    await database.sql`
      insert into behavior_logs (id, event_type, "timestamp", organizer_id, invitee_phone, platform, version, metadata)
      select '00000000-0000-7000-8000-000000000001', 'sms_sent', "timestamp", ${randomUUID()}, ${phone},
        'sms', version, '{}'
      from behavior_logs where id = ${theirs?.id ?? ''}`;
    const query = `phone=${encodeURIComponent(phone)}`;
    expect(await typesOf(ana, query)).toEqual([]);
    expect(await typesOf(reader, query)).toEqual(['sms_sent']);
    await database.sql`delete from behavior_logs where invitee_phone = ${phone}`;
  });

  test('no route takes a row', async () => {
    const body = { event_type: 'flow_step' };
    expect((await reader.post('/v1/behavior/logs', { body })).status).toBe(405);
    expect((await reader.put('/v1/behavior/logs', { body })).status).toBe(405);
  });
});

describe('the stream', () => {
  /** Collects a stream's rows until `enough` of them came. */
  async function follow(client: Client, headers: Record<string, string> = {}, query = '') {
    const ending = new AbortController();
    const response = await fetch(`${server.url}/v1/behavior/logs/stream?${query}`, {
      headers: { authorization: `Bearer ${client.token}`, ...headers },
      signal: ending.signal,
    });
    const rows: { id: string; event_type: string; cursor: string }[] = [];
    const reading = (async () => {
      let text = '';
      for await (const chunk of response.body ?? []) {
        text += Buffer.from(chunk as Uint8Array).toString();
        const events = text.split('\n\n');
        text = events.pop() ?? '';
        for (const event of events) {
          const [, cursor, , data] = /^id: (.*)\nevent: (.*)\ndata: (.*)$/.exec(event) ?? [];
          if (cursor === undefined || data === undefined) continue;
          const row = JSON.parse(data);
          if (isFact(row)) rows.push({ ...row, cursor });
        }
      }
    })().catch(() => undefined);
    const end = async () => {
      ending.abort();
      await reading;
    };
    return { rows, end, type: response.headers.get('content-type'), reading };
  }

  test('brings each row once, soon, and only what is asked for', async () => {
    const cy = await server.client({ scope: 'behavior:read' });
    const mine = await follow(cy);
    const all = await follow(reader, {}, 'type=flow_step');
    expect(mine.type).toContain('text/event-stream');
    const id = (await cy.post('/v1/machines/crew-creation')).body.id;
    await until(
      async () => mine.rows,
      (rows) => rows.length === 2,
    );
    await name(cy, id, 'Day Owls');
    await until(
      async () => mine.rows,
      (rows) => rows.length === 3,
    );
    // Long enough that every row was looked at again, once settled and once not.
    await settle();
    await name(cy, id, 'x').catch(() => undefined);
    const last = (await cy.post('/v1/machines/event-creation')).body.id;
    expect(last).toBeDefined();
    await until(
      async () => mine.rows,
      (rows) => rows.some(({ event_type }) => event_type === 'flow_started' && rows.length > 3),
    );
    const ids = mine.rows.map((row) => row.id);
    expect(new Set(ids).size).toBe(ids.length);
    await until(
      async () => all.rows,
      (rows) => rows.length >= 1,
    );
    expect(new Set(all.rows.map(({ event_type }) => event_type))).toEqual(new Set(['flow_step']));
    await Promise.all([mine.end(), all.end()]);
  });

  test('goes on from Last-Event-ID without a gap', async () => {
    const rows = await rowsOf(ana)();
    const [first, ...others] = rows;
    const resumed = await follow(ana, { 'last-event-id': first?.id ?? '' });
    await until(
      async () => resumed.rows,
      (seen) => seen.length >= others.length,
    );
    expect(resumed.rows.map(({ id }) => id)).toEqual(others.map(({ id }) => id));
    await resumed.end();
  });

  test('gives a row that is projected late, after ones that are later', async () => {
    const cy = await server.client({ scope: 'behavior:read' });
    const stream = await follow(cy);
    await cy.post('/v1/machines/crew-creation');
    await until(
      async () => stream.rows,
      (rows) => rows.length === 2,
    );
    const [early] = stream.rows;
    const lateId = `${early?.id.slice(0, 15)}fff-8aaa-${randomUUID().slice(-12)}`;
    await database.sql`
      insert into behavior_logs (id, event_type, "timestamp", organizer_id, platform, version, metadata)
      select ${lateId.replace(/^(.{8}-.{4}-)./, '$17')}, 'error', "timestamp", organizer_id, platform, version, '{}'
      from behavior_logs where id = ${early?.id ?? ''}`;
    await until(
      async () => stream.rows,
      (rows) => rows.length === 3,
    );
    expect(stream.rows.at(-1)?.event_type).toBe('error');
    await stream.end();
  });

  test('ends when the server does', async () => {
    const other = await testServer(database);
    const client = await other.client({ scope: 'behavior:read' });
    const response = await fetch(`${other.url}/v1/behavior/logs/stream`, {
      headers: { authorization: `Bearer ${client.token}` },
    });
    const text = response.text();
    await other.stop();
    expect(await text).toContain(': the behavior log');
  });
});
