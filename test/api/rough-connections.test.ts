/* Rows 52 and 53 of the table of bad inputs: what only a socket of one's own can do to a server. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { loggedRows, until } from '../support/engine.ts';
import { type Client, request, type TestServer, testServer } from '../support/server.ts';

let database: TestDatabase;
let server: TestServer;
let client: Client;

beforeAll(async () => {
  database = await testDatabase();
  server = await testServer(database);
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});
beforeEach(async () => {
  client = await server.client();
});
afterEach(async () => {
  expect(server.troubles).toEqual([]);
  expect((await request(`${server.url}/healthz`)).status).toBe(200);
});

async function dial(): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(server.url).port) });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Sends bytes as they are; what comes back until the server hangs up. */
async function says(...lines: readonly string[]): Promise<string> {
  const socket = await dial();
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    heard += text;
  });
  const ended = once(socket, 'close');
  socket.write(lines.join('\r\n'));
  await ended;
  return heard;
}

const statusOf = (heard: string): number => Number(heard.split(' ', 2)[1]);

const head = (path: string, ...headers: readonly string[]): readonly string[] => [
  `POST ${path} HTTP/1.1`,
  `Host: ${new URL(server.url).host}`,
  'Connection: close',
  `Authorization: Bearer ${client.token}`,
  'Content-Type: application/json',
  ...headers,
];

const flows = async (): Promise<number> => {
  const rows = await loggedRows(database.sql);
  return rows.filter(
    (row) => row.event_type === 'flow_started' && row.organizer_id === client.owner,
  ).length;
};

describe('B-52 a request with spoilt headers', () => {
  test('of 100 kB is refused with 431, and nothing is begun', async () => {
    const heard = await says(
      ...head('/v1/machines/crew-creation', `X-App-Version: ${'9'.repeat(100_000)}`),
      ...['Content-Length: 2', '', '{}'],
    );
    expect(statusOf(heard)).toBe(431);
    expect(await flows()).toBe(0);
  });

  test('with two lengths is refused with 400: none of them is believed', async () => {
    const heard = await says(
      ...head('/v1/machines/crew-creation', 'Content-Length: 2', 'Content-Length: 40'),
      ...['', '{}'],
    );
    expect(statusOf(heard)).toBe(400);
    expect(await flows()).toBe(0);
  });

  test('with a length and chunks is refused with 400: nothing is smuggled behind it', async () => {
    const heard = await says(
      ...head('/v1/machines/crew-creation', 'Content-Length: 2', 'Transfer-Encoding: chunked'),
      ...['', '0', '', 'GET /healthz HTTP/1.1', '', ''],
    );
    expect(statusOf(heard)).toBe(400);
    expect(heard.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  });

  test.each(['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'])(
    'that wishes for another method by %s is what its own method says',
    async (name) => {
      const headers = { [name]: 'POST' };
      const listed = await client.get('/v1/crews', { headers });
      expect(listed.status).toBe(200);
      const begun = await client.post('/v1/machines/crew-creation', { headers: { [name]: 'GET' } });
      expect(begun.status).toBe(201);
    },
  );

  test('of HTTP/1.0 is answered, and the connection ends', async () => {
    const heard = await says('GET /healthz HTTP/1.0', '', '');
    expect(statusOf(heard)).toBe(200);
    expect(await says('GET /v1/crews HTTP/1.0', '', '').then(statusOf)).toBe(401);
  });

  test.each([
    ['no host', ['GET /healthz HTTP/1.1', '', '']],
    ['a name that is none', ['GET /healthz HTTP/1.1', 'Host: x', 'Bad Name: 1', '', '']],
    ['no HTTP at all', ['EHLO funlet.example', '', '']],
  ])('with %s is refused with 400', async (_what, lines) => {
    expect(statusOf(await says(...lines))).toBe(400);
  });
});

describe('B-53 a connection that breaks', () => {
  const named = JSON.stringify({ type: 'organizer.named_crew', name: 'Night Owls' });
  const begun = async (): Promise<string> =>
    (await client.post('/v1/machines/crew-creation')).body.id;

  const seqOf = async (id: string): Promise<number> => {
    const [row] = await database.sql<{ seq: number }[]>`
      select seq from instances where id = ${id}`;
    return row?.seq ?? 0;
  };

  const again = (id: string, key: string) =>
    client.post(`/v1/instances/${id}/events`, {
      raw: named,
      headers: { 'idempotency-key': key },
    });

  test('in the middle of a request changes nothing, and the same key then counts once', async () => {
    const id = await begun();
    const key = randomUUID();
    const before = await seqOf(id);
    const socket = await dial();
    const path = `/v1/instances/${id}/events`;
    const lines = head(path, `Idempotency-Key: ${key}`, `Content-Length: ${named.length}`, '', '');
    socket.write(lines.join('\r\n') + named.slice(0, 20));
    socket.destroy();
    const answer = await again(id, key);
    expect(answer).toMatchObject({ status: 200, body: { view: { name: 'Night Owls' } } });
    expect(answer.headers.get('idempotency-replayed')).toBeNull();
    expect(await seqOf(id)).toBe(before + 1);
  });

  test('before the answer has counted, and the same key gives what it gave', async () => {
    const id = await begun();
    const key = randomUUID();
    const before = await seqOf(id);
    const socket = await dial();
    const path = `/v1/instances/${id}/events`;
    const lines = head(path, `Idempotency-Key: ${key}`, `Content-Length: ${named.length}`, '');
    socket.end([...lines, named].join('\r\n'), () => socket.destroy());
    await until(
      () => seqOf(id),
      (seq) => seq === before + 1,
    );
    const answer = await again(id, key);
    expect(answer).toMatchObject({ status: 200, body: { view: { name: 'Night Owls' } } });
    expect(answer.headers.get('idempotency-replayed')).toBe('true');
    expect(await seqOf(id)).toBe(before + 1);
  });

  test('before the answer to a beginning has begun one flow, and the same key finds it', async () => {
    const key = randomUUID();
    const socket = await dial();
    const lines = head('/v1/machines/crew-creation', `Idempotency-Key: ${key}`);
    socket.end([...lines, 'Content-Length: 2', '', '{}'].join('\r\n'), () => socket.destroy());
    await until(flows, (count) => count === 1);
    const answer = await client.post('/v1/machines/crew-creation', {
      raw: '{}',
      headers: { 'idempotency-key': key },
    });
    expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
    expect(await flows()).toBe(1);
  });
});
