/* What a chat shows beside the flow that is open in it: flows to go on with, tallies, and what moves. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TallyBody } from '../../src/api/tallies.ts';
import { messagesOf } from '../../src/client/index.ts';
import { openTown } from '../contract/town.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { until } from '../support/engine.ts';
import { type Client, type TestServer, testServer } from '../support/server.ts';

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

const begin = async (client: Client, machine: string, body: object = {}) => {
  const begun = await client.post(`/v1/machines/${machine}`, { body });
  expect(begun.status, begun.text).toBe(201);
  return String(begun.body.id);
};

const give = (client: Client, id: string, body: object) =>
  client.post(`/v1/instances/${id}/events`, { body });

type Flow = { readonly id: string; readonly status: string; readonly state: string };
const flowsOf = async (client: Client): Promise<readonly Flow[]> =>
  (await client.get('/v1/flows')).body.flows;
const idsOf = async (client: Client) => (await flowsOf(client)).map(({ id }) => id);

describe('flows to go on with', () => {
  test('are the open ones as they stand, on every device, the last moved first', async () => {
    const owner = randomUUID();
    const phone = await server.client({ owner, platform: 'ios_app', deviceId: 'phone' });
    const laptop = await server.client({ owner, deviceId: 'laptop' });
    const crew = await begin(phone, 'crew-creation');
    const event = await begin(laptop, 'event-creation');
    await give(phone, crew, { type: 'organizer.named_crew', name: 'Night Owls' });
    expect(await idsOf(laptop)).toEqual([crew, event]);
    const [first] = (await laptop.get('/v1/flows')).body.flows;
    expect(first).toMatchObject({
      ...{ id: crew, machine: 'crew-creation', status: 'active', step: 'add_contacts' },
      ...{ view: { name: 'Night Owls' }, prompt: { id: 'ask_people' } },
    });
    expect(Date.parse(first.movedAt)).toBeGreaterThanOrEqual(Date.parse(first.begunAt));
  });

  test('are nobody else’s, and no longer those that have ended on purpose', async () => {
    const [ana, bo] = [await server.client(), await server.client()];
    const cancelled = await begin(ana, 'crew-creation');
    await give(ana, cancelled, { type: 'organizer.cancelled' });
    await begin(bo, 'crew-creation');
    expect(await idsOf(ana)).toEqual([]);
  });

  test('are dropped ones too, until they are taken up again', async () => {
    const ana = await server.client();
    const { id: session } = (await ana.post('/v1/sessions')).body;
    const dropped = await begin(ana, 'crew-creation');
    await give(ana, dropped, { type: 'organizer.named_crew', name: 'Night Owls' });
    await ana.post(`/v1/sessions/${session}/events`, { body: { type: 'app.left' } });
    expect(await flowsOf(ana)).toMatchObject([{ id: dropped, status: 'done', prompt: null }]);
    const again = await begin(ana, 'crew-creation', { resumedFrom: dropped, entry: 'resume' });
    expect(await flowsOf(ana)).toMatchObject([{ id: again, status: 'active' }]);
  });

  test('are no longer dropped ones when they were left a fortnight ago', async () => {
    const ana = await server.client();
    const { id: session } = (await ana.post('/v1/sessions')).body;
    const dropped = await begin(ana, 'crew-creation');
    await ana.post(`/v1/sessions/${session}/events`, { body: { type: 'app.left' } });
    expect(await idsOf(ana)).toEqual([dropped]);
    await database.sql`
      update instances set stepped_at = stepped_at - interval '15 days' where id = ${dropped}`;
    expect(await idsOf(ana)).toEqual([]);
  });

  test('ask for a token', async () => {
    for (const path of ['/v1/flows', '/v1/stream']) {
      expect((await fetch(`${server.url}${path}`)).status).toBe(401);
    }
  });
});

type Told = { readonly kind: string; readonly data: Record<string, unknown> };

/** Follows a client's stream; `end` gives all that was told. */
async function follow(client: Pick<Client, 'token'>, url: string) {
  const ending = new AbortController();
  const response = await fetch(`${url}/v1/stream`, {
    headers: { authorization: `Bearer ${client.token}` },
    signal: ending.signal,
  });
  const told: Told[] = [];
  const reading = (async () => {
    if (response.body === null) return;
    for await (const { event, data } of messagesOf(response.body)) {
      if (event !== undefined) told.push({ kind: event, data: JSON.parse(data ?? '{}') });
    }
  })().catch(() => undefined);
  const seen = (has: (all: readonly Told[]) => boolean) => until(async () => told, has);
  const end = async () => {
    ending.abort();
    await reading;
  };
  return { told, seen, end, reading, type: response.headers.get('content-type') };
}

const kindsOf = (told: readonly Told[]) => told.map(({ kind }) => kind);

describe('the stream', () => {
  test('begins with what is open, says ready, and then tells each change once', async () => {
    const owner = randomUUID();
    const phone = await server.client({ owner, deviceId: 'phone' });
    const laptop = await server.client({ owner, deviceId: 'laptop' });
    const id = await begin(phone, 'crew-creation');
    const stream = await follow(laptop, server.url);
    expect(stream.type).toContain('text/event-stream');
    await stream.seen((told) => kindsOf(told).includes('ready'));
    expect(kindsOf(stream.told)).toEqual(['flow', 'ready']);
    expect(stream.told[0]?.data).toMatchObject({ id, step: 'name_crew' });

    await give(phone, id, { type: 'organizer.named_crew', name: 'Night Owls' });
    await stream.seen((told) => told.length === 3);
    expect(stream.told[2]?.data).toMatchObject({ id, step: 'add_contacts' });
    await give(phone, id, { type: 'organizer.cancelled' });
    await stream.seen((told) => told.length === 4);
    expect(stream.told[3]?.data).toMatchObject({ id, status: 'done', state: 'cancelled' });
    await stream.end();
  });

  test('tells nothing of anybody else', async () => {
    const [ana, bo] = [await server.client(), await server.client()];
    const stream = await follow(ana, server.url);
    await stream.seen((told) => told.length === 1);
    await begin(bo, 'crew-creation');
    const own = await begin(ana, 'crew-creation');
    await stream.seen((told) => told.length === 2);
    expect(stream.told[1]?.data.id).toBe(own);
    await stream.end();
  });

  test('lasts no longer than its token', async () => {
    const owner = randomUUID();
    const ana = await server.client({ owner, expiresAt: Date.now() + 3_000 });
    const stream = await follow(ana, server.url);
    await stream.seen((told) => told.length === 1);
    await stream.reading;
    expect(kindsOf(stream.told)).toEqual(['ready']);
  });

  test('is one of sixteen at most of one organizer, until one of them is closed', async () => {
    const ana = await server.client();
    const streams = await Promise.all(Array.from({ length: 16 }, () => follow(ana, server.url)));
    const refused = await ana.get('/v1/stream');
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_streams' } });
    const bo = await follow(await server.client(), server.url);
    expect(bo.type).toContain('text/event-stream');
    await Promise.all([bo.end(), streams[0]?.end()]);
    const again = await until(
      () => follow(ana, server.url),
      ({ type }) => type?.includes('text/event-stream') ?? false,
    );
    await Promise.all([again, ...streams].map((stream) => stream.end()));
  });

  test('is no activity, and ends when the server does', async () => {
    const other = await testServer(database);
    const ana = await other.client();
    const stream = await follow(ana, other.url);
    await stream.seen((told) => told.length === 1);
    await other.stop();
    await stream.reading;
    const sessions = await database.sql`select from instances where organizer_id = ${ana.owner}`;
    expect(sessions).toHaveLength(0);
  });
});

describe('how invitees have answered', () => {
  const town = openTown();

  test('is told as it happens, and stands with every event', async () => {
    const maya = await town.organizer();
    const [ana, ben] = [town.phone(), town.phone()];
    const run = await maya.invites([ana, ben]);
    const id = await run.eventId();
    const stream = await follow(maya.client, town.server().url);
    const tallies = () => stream.told.filter(({ kind }) => kind === 'tally');
    await stream.seen(() => tallies().length === 1);
    const tally = { invited: 2, yes: 0, no: 0, unknown: 0, pending: 2, guests: 0 };
    expect(tallies()[0]?.data).toEqual({ target: 'event', id, state: 'live', tally });

    await town.row((row) => row.event_type === 'sms_sent' && row.invitee_phone === ana);
    await town.texts(ana, 'yes');
    await stream.seen(() => tallies().length >= 2);
    const answered = { ...tally, yes: 1, pending: 1 };
    expect(tallies().at(-1)?.data).toMatchObject({ id, tally: answered });
    await stream.end();

    expect((await maya.client.get('/v1/events')).body.events).toMatchObject([
      { id, tally: answered },
    ]);
    expect((await maya.client.get(`/v1/events/${id}`)).body).toMatchObject({
      tally: answered,
      waitingFor: [{ name: 'Guest 2', phone: ben }],
    });
  });

  test('is told of a sync-up too: votes per option, and the event that it becomes', async () => {
    const maya = await town.organizer();
    const phones = [town.phone(), town.phone()];
    const { syncupId: id, shown } = await maya.asks(phones, ['Friday', 'Saturday', 'Sunday']);
    const isAsked = ({ delivery }: { delivery: string }) => delivery === 'sent';
    await town.when(async () => (await shown()).invitees.every(isAsked));
    const stream = await follow(maya.client, town.server().url);
    const last = () => stream.told.findLast(({ data }) => data.id === id)?.data;
    await stream.seen((told) => kindsOf(told).includes('ready'));
    const tally = { invited: 2, voted: 0, no: 0, unknown: 0, pending: 2 };
    const open = { target: 'syncup', id, state: 'live', eventId: null };
    expect(last()).toEqual({ ...open, votes: [0, 0, 0], tally });

    await town.texts(String(phones[0]), '2');
    await stream.seen(() => TallyBody.parse(last()).tally.pending === 1);
    expect(last()).toEqual({
      ...open,
      votes: [0, 1, 0],
      tally: { ...tally, voted: 1, pending: 1 },
    });
    await town.texts(String(phones[0]), '3');
    await stream.seen(() => String(last()?.votes) === '0,0,1');
    await town.texts(String(phones[1]), 'none of these');
    await stream.seen(() => TallyBody.parse(last()).tally.no === 1);
    const expected = { ...tally, voted: 1, no: 1, pending: 0 };
    expect(last()).toEqual({ ...open, votes: [0, 0, 1], tally: expected });

    const finalize = await maya.begins('finalize', { input: { syncupId: id } });
    const { body } = await finalize.does('organizer.chose_option', { option: 3 });
    await stream.seen(() => last()?.state === 'finalized');
    const { eventId } = body.view;
    expect(last()).toMatchObject({ eventId, votes: [0, 0, 1], tally: expected });
    await stream.seen((told) => told.some(({ data }) => data.id === eventId));
    const event = stream.told.find(({ data }) => data.id === eventId)?.data;
    expect(TallyBody.parse(event)).toMatchObject({ target: 'event', state: 'live' });
    await stream.end();
    expect((await maya.client.get('/v1/syncups')).body.syncups).toMatchObject([
      { id, eventId, options: [{ votes: 0 }, { votes: 0 }, { votes: 1 }], tally: expected },
    ]);
  });

  test('is told of own sync-ups alone, and says who has not voted', async () => {
    const [maya, stranger] = [await town.organizer(), await town.organizer()];
    const { syncupId: id, shown } = await maya.asks([town.phone()], ['Beach', 'Park']);
    const stream = await follow(stranger.client, town.server().url);
    const own = await stranger.asks([town.phone()], ['Beach', 'Park']);
    await stream.seen((told) => told.some(({ data }) => data.id === own.syncupId));
    expect(stream.told.filter(({ data }) => data.id === id)).toEqual([]);
    await stream.end();
    expect(await shown()).toMatchObject({ waitingFor: [{ name: 'Guest 1' }] });
  });
});
