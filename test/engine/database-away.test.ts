import { randomUUID } from 'node:crypto';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Sql } from '../../src/store/connect.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { cause, OWNER, type TestEngine, testEngine } from '../support/engine.ts';
import * as door from './door.machine.ts';

/** A TCP proxy between the engine and PostgreSQL, which can cut lines after an answer or before it. */
type Proxy = {
  readonly url: string;
  /** Cuts all lines when the next bytes pass that contain `word`: from us, or from the server. */
  cutOn: { readonly from: 'us' | 'server'; readonly word: string } | undefined;
  cuts: number;
  readonly close: () => Promise<void>;
};

async function openProxy(url: string): Promise<Proxy> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  const proxy = { cutOn: undefined as Proxy['cutOn'], cuts: 0 };
  const cut = () => {
    proxy.cutOn = undefined;
    proxy.cuts += 1;
    for (const socket of sockets) socket.destroy();
  };
  const server: Server = createServer((us) => {
    const them = dial(Number(target.port), '127.0.0.1');
    for (const socket of [us, them]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    const pass = (from: Socket, to: Socket, side: 'us' | 'server') =>
      from.on('data', (bytes) => {
        const hit = proxy.cutOn?.from === side && bytes.includes(proxy.cutOn.word);
        // Bytes of ours reach the server before the cut; an answer does not reach us.
        if (!hit || side === 'us') to.write(bytes);
        if (hit) setImmediate(cut);
      });
    pass(us, them, 'us');
    pass(them, us, 'server');
    us.on('close', () => them.destroy());
    them.on('close', () => us.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const through = new URL(url);
  through.port = String((server.address() as { port: number }).port);
  return Object.assign(proxy, {
    url: through.href,
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

let database: TestDatabase;
let proxy: Proxy;
let sql: Sql;
let house: TestEngine;
/** Another node, whose instances `house` has to read. */
let other: TestEngine;

beforeAll(async () => {
  database = await testDatabase();
  proxy = await openProxy(database.url);
  sql = connect({ url: proxy.url, max: 4, applicationName: 'through the proxy' });
  const options = {
    charts: [door],
    actors: { transaction: { saveDoor: async () => ({}) }, jobs: { ringBell: async () => ({}) } },
  };
  house = testEngine(database, { sql, ...options });
  other = testEngine(database, options);
});
afterEach(() => {
  proxy.cutOn = undefined;
});
afterAll(async () => {
  await house.close();
  await other.close();
  await sql.end({ timeout: 1 });
  await proxy.close();
  await database.drop();
});

const begin = async (on = house) => {
  const id = randomUUID();
  await on.engine.start({ machine: 'door', id, owner: OWNER, input: {}, cause: cause() });
  return id;
};
const name = (id: string) =>
  house.engine.deliver({
    organizerId: OWNER,
    id,
    event: { type: 'organizer.named', name: 'Owls' },
    cause: cause(),
  });
const typesOf = async (id: string) =>
  (await house.rows()).filter(({ crew_id }) => crew_id === id).map(({ event_type }) => event_type);

describe('a connection that is lost', () => {
  test('before a step is committed costs the caller nothing: it is done again', async () => {
    const id = await begin(other);
    proxy.cutOn = { from: 'server', word: 'asking.name' };
    const cuts = proxy.cuts;
    expect(await name(id)).toMatchObject({ instance: { state: 'asking.review' } });
    expect(proxy.cuts).toBe(cuts + 1);
    expect(await typesOf(id)).toEqual(['flow_started', 'flow_step']);
  });

  test('after a step was committed is found out by its key: the step is not taken twice', async () => {
    const id = await begin();
    // The statement that writes reaches PostgreSQL, its answer never comes back.
    proxy.cutOn = { from: 'us', word: 'asking.review' };
    const cuts = proxy.cuts;
    expect(await name(id)).toMatchObject({ instance: { state: 'asking.review' } });
    expect(proxy.cuts).toBe(cuts + 1);
    expect(await house.load(id)).toMatchObject({ seq: 2, entries: 2 });
    expect(await typesOf(id)).toEqual(['flow_started', 'flow_step']);
  });

  test('under a commit with a transaction actor leaves the whole of it or nothing', async () => {
    const id = await begin();
    await name(id);
    proxy.cutOn = { from: 'us', word: 'crew_created' };
    await house.engine.deliver({
      organizerId: OWNER,
      id,
      event: { type: 'organizer.saved' },
      cause: cause(),
    });
    expect(await house.load(id)).toMatchObject({ status: 'done', entries: 5 });
    expect(await typesOf(id)).toEqual([
      'flow_started',
      'flow_step',
      'flow_step',
      'crew_created',
      'flow_completed',
    ]);
  });

  test('while an instance begins begins it once', async () => {
    const id = randomUUID();
    proxy.cutOn = { from: 'us', word: id };
    const started = await house.engine.start({
      machine: 'door',
      id,
      owner: OWNER,
      input: {},
      cause: cause(),
    });
    expect(started).toMatchObject({ instance: { id, seq: 1 } });
    expect(await typesOf(id)).toEqual(['flow_started']);
  });
});
