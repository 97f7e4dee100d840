/* The client against a real server: typed calls, refusals as values, and a network that loses answers. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { charts } from '../../machines/index.ts';
import { type Answer, type Change, createClient, MACHINES } from '../../src/client/index.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { loggedRows, until } from '../support/engine.ts';
import { type TestServer, testServer, tokenOf } from '../support/server.ts';

let database: TestDatabase;
let server: TestServer;
let network: Network;
beforeAll(async () => {
  database = await testDatabase();
  server = await testServer(database);
  network = await openNetwork(server.url);
});
afterAll(async () => {
  await network?.close();
  await server?.stop();
  await database?.drop();
});

type Network = {
  readonly url: string;
  /** How many answers are lost on the way back, from now on. */
  lose: number;
  /** How many requests came to it. */
  requests: number;
  readonly close: () => Promise<void>;
};

/** Passes requests on, and loses answers: the server has heard, the client does not learn it. */
async function openNetwork(target: string): Promise<Network> {
  const proxy = createServer(async (request, response) => {
    network.requests += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
    const answer = await fetch(`${target}${request.url}`, {
      method: String(request.method),
      headers: headers as Record<string, string>,
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    const text = await answer.text();
    if (network.lose > 0) {
      network.lose -= 1;
      response.destroy();
      return;
    }
    const told = ['content-type', 'x-session-id', 'idempotency-replayed'];
    for (const name of told) response.setHeader(name, answer.headers.get(name) ?? '');
    response.writeHead(answer.status).end(text);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port } = proxy.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${port}`, lose: 0, requests: 0 },
    close: async () => {
      proxy.close();
      proxy.closeAllConnections();
    },
  };
}

async function clientOf(more: Partial<Parameters<typeof createClient>[0]> = {}) {
  const owner = randomUUID();
  const token = await tokenOf({ owner, deviceId: 'phone' });
  return Object.assign(
    createClient({ url: server.url, token: () => token, id: randomUUID, ...more }),
    { owner },
  );
}

function got<T, C>(answer: Answer<T, C>): T {
  if (!answer.ok) throw new Error(`${answer.code}: ${answer.detail}`);
  return answer.value;
}

const typesOf = async (id: string) =>
  (await loggedRows(database.sql))
    .filter(({ metadata }) => metadata.flow_run_id === id)
    .map(({ event_type }) => event_type);

const sessionsOf = async (owner: string) =>
  (await database.sql`select from instances where organizer_id = ${owner} and machine = 'session'`)
    .length;

test('knows every flow that a client can begin, and no other', () => {
  const flows = charts.flatMap(({ machine }) => {
    const meta = machine.root.meta as Readonly<Record<string, unknown>>;
    return 'flow' in meta ? [machine.id] : [];
  });
  expect(Object.keys(MACHINES).sort()).toEqual(flows.sort());
});

test('begins a flow, answers its prompts to the end, and reads what was saved', async () => {
  const client = await clientOf();
  got(await client.setProfile({ name: 'Ana', country: 'US', timeZone: 'America/New_York' }));
  const flow = got(await client.begin('crew-creation', { entry: 'chat' }));
  expect(flow.prompt?.text).toBeTruthy();
  expect(flow.events).toContain('organizer.named_crew');
  const named = await client.send(flow, { type: 'organizer.named_crew', name: 'Night Owls' });
  expect(got(named)).toMatchObject({ step: 'add_contacts', view: { name: 'Night Owls' } });
  const person = { name: 'Bo', phone: '(415) 555-2671' };
  got(await client.send(flow, { type: 'organizer.typed_person', person, via: 'text' }));
  got(await client.send(flow, { type: 'organizer.finished_adding' }));
  const saved = got(await client.send(flow, { type: 'organizer.saved_crew' }));
  const id = String(saved.view.crewId);
  expect(got(await client.crew(id)).members).toEqual([{ name: 'Bo', phone: '+14155552671' }]);
  expect(got(await client.crews())).toEqual([{ id, name: 'Night Owls', members: 1 }]);
  expect(got(await client.events())).toEqual([]);
  expect(got(await client.profile()).name).toBe('Ana');
});

test('edits an event that it made, and calls it off', async () => {
  const client = await clientOf();
  const flow = got(await client.begin('event-creation'));
  got(await client.send(flow, { type: 'organizer.chose_people' }));
  const person = { name: 'Bo', phone: '(415) 555-2673' };
  got(await client.send(flow, { type: 'organizer.typed_person', person }));
  got(await client.send(flow, { type: 'organizer.finished_adding' }));
  got(await client.send(flow, { type: 'organizer.titled_event', title: 'Dinner' }));
  for (const _ of ['when', 'where', 'details']) {
    got(await client.send(flow, { type: 'organizer.skipped' }));
  }
  const saved = got(await client.send(flow, { type: 'organizer.saved_event' }));
  const id = String(saved.view.eventId);
  expect(got(await client.editEvent(id, { place: 'Home' }))).toMatchObject({
    ...{ title: 'Dinner', place: 'Home', state: 'live' },
    waitingFor: [{ name: 'Bo', phone: '+14155552673' }],
  });
  // @ts-expect-error: not a thing that is edited.
  expect(await client.editEvent(id, { guests: 3 })).toMatchObject({ code: 'unknown_field' });
  const wrong = await client.editEvent(id, { startsAt: 'soon' });
  expect(wrong).toMatchObject({ code: 'invalid_input', problems: [{ path: 'startsAt' }] });
  const key = randomUUID();
  expect(got(await client.cancelEvent(id, { key })).state).toBe('cancelled');
  expect(await client.cancelEvent(id, { key })).toMatchObject({ ok: true, replayed: true });
  expect(await client.editEvent(id, { place: 'Park' })).toMatchObject({ code: 'finished' });
});

test('follows the votes of a sync-up and the tallies of an event, told apart by their targets', async () => {
  const client = await clientOf();
  const vote = got(await client.begin('syncup-creation', { input: { title: 'Dinner' } }));
  got(await client.send(vote, { type: 'organizer.chose_people' }));
  const person = { name: 'Bo', phone: '(415) 555-2672' };
  got(await client.send(vote, { type: 'organizer.typed_person', person }));
  got(await client.send(vote, { type: 'organizer.finished_adding' }));
  for (const label of ['Beach', 'Park']) {
    got(await client.send(vote, { type: 'organizer.added_option', label }));
  }
  got(await client.send(vote, { type: 'organizer.finished_options' }));
  const rules = { voting: 'multi', whenAllAnswered: true, finalizes: true } as const;
  got(await client.send(vote, { type: 'organizer.set_voting', ...rules }));
  got(await client.send(vote, { type: 'organizer.saved_syncup' }));
  const [listed] = got(await client.syncups());
  expect(listed).toMatchObject({ title: 'Dinner', voting: 'multi', eventId: null });
  expect(listed?.rules).toMatchObject({ whenAllAnswered: true, finalizes: true });
  const syncup = got(await client.syncup(String(listed?.id)));
  expect(syncup.options.map(({ label, votes }) => ({ label, votes }))).toEqual([
    { label: 'Beach', votes: 0 },
    { label: 'Park', votes: 0 },
  ]);
  expect(syncup.waitingFor).toEqual([{ name: 'Bo', phone: '+14155552672' }]);

  const ending = new AbortController();
  for await (const change of client.follow(ending.signal)) {
    if (change.kind === 'ready') throw new Error('The vote was to be told before.');
    if (change.kind !== 'tally') continue;
    // @ts-expect-error: an event has no votes.
    expect(change.tally.votes).toEqual([0, 0]);
    if (change.tally.target === 'syncup') expect(change.tally.tally.voted).toBe(0);
    else expect(change.tally.tally.yes).toBe(0);
    expect(change.tally).toMatchObject({ target: 'syncup', id: syncup.id });
    break;
  }
  ending.abort();
});

test('does not compile where no chart takes what is sent', async () => {
  const client = await clientOf();
  const flow = got(await client.begin('crew-creation'));
  // @ts-expect-error: no such flow.
  expect((await client.begin('crew-making')).ok).toBe(false);
  // @ts-expect-error: an event of another flow.
  expect((await client.send(flow, { type: 'organizer.saved_event' })).ok).toBe(false);
  // @ts-expect-error: a field of no event.
  const named = await client.send(flow, { type: 'organizer.named_crew', title: 'Night Owls' });
  expect(named).toMatchObject({ ok: false, code: 'invalid_body' });
  // @ts-expect-error: what only the server sends.
  const ended = await client.send(flow, { type: 'flow.superseded' });
  expect(ended).toMatchObject({ ok: false, code: 'unknown_event' });
  // @ts-expect-error: the view of another flow.
  expect(flow.view.title).toBe(undefined);
});

describe('a refusal is a value', () => {
  test('that says what is wrong and how the flow stands', async () => {
    const client = await clientOf();
    const flow = got(await client.begin('crew-creation'));
    const empty = await client.send(flow, { type: 'organizer.named_crew', name: ' ' });
    expect(empty).toMatchObject({ ok: false, code: 'invalid_input', current: { id: flow.id } });
    expect(empty.ok || empty.problems[0]?.path).toBe('name');
    expect(await client.send(flow, { type: 'organizer.saved_crew' })).toMatchObject({
      ...{ ok: false, code: 'event_not_allowed', current: { step: 'name_crew' } },
    });
    got(await client.send(flow, { type: 'organizer.cancelled' }));
    expect(await client.send(flow, { type: 'organizer.saved_crew' })).toMatchObject({
      ...{ ok: false, code: 'finished', current: { status: 'done' } },
    });
    expect(await client.read(randomUUID())).toMatchObject({ ok: false, code: 'not_found' });
  });

  test('also where the token is no good, after it was asked for anew', async () => {
    const tokens = ['expired', await tokenOf(), 'expired', 'expired'];
    const client = await clientOf({ token: () => tokens.shift() ?? '' });
    expect(got(await client.crews())).toEqual([]);
    expect(await client.crews()).toMatchObject({ ok: false, code: 'unauthorized' });
    expect(tokens).toEqual([]);
  });
});

test('a token that is refused is asked for anew once, however new each one is', async () => {
  let asked = 0;
  const token = () => {
    asked += 1;
    return `none ${asked}`;
  };
  const client = await clientOf({ token });
  expect(await client.crews()).toMatchObject({ ok: false, code: 'unauthorized' });
  expect(asked).toBe(2);
  const changes: Change[] = [];
  for await (const change of client.follow()) changes.push(change);
  expect(changes).toEqual([{ kind: 'refused', code: 'unauthorized' }]);
  expect(asked).toBe(4);
});

describe('on a network that loses answers', () => {
  test('a call is sent again with its key, and counts once', async () => {
    const client = await clientOf({ url: network.url });
    network.lose = 2;
    const begun = await client.begin('crew-creation');
    expect(begun).toMatchObject({ ok: true, replayed: true });
    const flow = got(begun);
    network.lose = 1;
    const named = await client.send(flow, { type: 'organizer.named_crew', name: 'Night Owls' });
    expect(named).toMatchObject({ ok: true, replayed: true, value: { step: 'add_contacts' } });
    await until(
      () => typesOf(flow.id),
      (types) => types.includes('flow_step'),
    );
    expect(await typesOf(flow.id)).toEqual(['flow_started', 'flow_step']);
  });

  test('a call that had no answer in time says so, and counts once when it is made again', async () => {
    const client = await clientOf({ url: network.url, patienceMs: 1 });
    network.lose = 99;
    const lost = await client.begin('crew-creation');
    if (lost.ok || lost.code !== 'unreachable') throw new Error('It was to be unreachable.');
    network.lose = 0;
    const again = await client.begin('crew-creation', { key: String(lost.key) });
    expect(again).toMatchObject({ ok: true, replayed: true });
    expect(got(await client.unfinished())).toHaveLength(1);
  });

  test('a call ends with the signal', async () => {
    const ending = new AbortController();
    const client = await clientOf({ url: 'http://127.0.0.1:9', signal: ending.signal });
    const calling = client.crews();
    ending.abort(new Error('The page was closed.'));
    await expect(calling).rejects.toThrow('The page was closed.');
  });
});

describe('a session', () => {
  test('is joined by every call, and given back after a reload', async () => {
    const token = await tokenOf();
    const options = { url: server.url, token: () => token, id: randomUUID };
    const client = createClient(options);
    got(await client.begin('crew-creation'));
    const sessionId = client.sessionId();
    expect(sessionId).toBeDefined();
    const reloaded = createClient({ ...options, ...(sessionId && { sessionId }) });
    got(await reloaded.begin('event-creation'));
    expect(reloaded.sessionId()).toBe(sessionId);
  });

  test('is the live one of the device when the app was started anew', async () => {
    const token = await tokenOf({ deviceId: 'phone' });
    const options = { url: server.url, token: () => token, id: randomUUID };
    const opened = got(await createClient(options).open({ entry: 'direct' }));
    expect(got(await createClient(options).open({ entry: 'push' })).id).toBe(opened.id);
  });

  test('is told what is done outside of flows, and that the app was left; a new one hears the next', async () => {
    const client = await clientOf();
    const acted = { type: 'organizer.acted', action: 'help_opened', target: 'none' } as const;
    const { id } = got(await client.tell(acted));
    got(await client.tell({ type: 'app.left' }));
    expect(await client.tell({ type: 'app.left' })).toMatchObject({ code: 'finished' });
    const next = got(await client.tell(acted));
    expect(next.id).not.toBe(id);
  });
});

describe('the end of a session', () => {
  test('opens none: neither where there was none, nor where it is over', async () => {
    for (const type of ['app.left', 'organizer.ended_session'] as const) {
      const client = await clientOf();
      expect(await client.tell({ type })).toMatchObject({ ok: false, code: 'finished' });
      got(await client.open());
      got(await client.tell({ type: 'app.left' }));
      expect(await client.tell({ type })).toMatchObject({ ok: false, code: 'finished' });
      expect(await sessionsOf(client.owner)).toBe(1);
    }
  });

  test('by logging out stops the pushes to the device, also when it was over before', async () => {
    const owner = randomUUID();
    const token = await tokenOf({ owner, deviceId: 'phone', platform: 'ios_app' });
    const client = createClient({ url: server.url, token: () => token, id: randomUUID });
    got(await client.open());
    got(await client.tell({ type: 'app.left' }));
    await fetch(`${server.url}/v1/device`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ token: `local-${owner}` }),
    });
    const devices = () => database.sql`select from devices where organizer_id = ${owner}`;
    expect(await devices()).toHaveLength(1);
    got(await client.tell({ type: 'organizer.logged_out' }));
    expect(await devices()).toHaveLength(0);
  });
});

describe('after it was left', () => {
  test('an open flow is gone on with as it stands, a dropped one in a new run', async () => {
    const client = await clientOf();
    const flow = got(await client.begin('crew-creation'));
    got(await client.send(flow, { type: 'organizer.named_crew', name: 'Night Owls' }));
    const [open] = got(await client.unfinished());
    if (open?.machine !== 'crew-creation') throw new Error('It was to be a crew.');
    expect(got(await client.resume(open)).id).toBe(flow.id);

    got(await client.tell({ type: 'app.left' }));
    const [dropped] = got(await client.unfinished());
    if (dropped?.machine !== 'crew-creation') throw new Error('It was to be a crew.');
    const resumed = got(await client.resume(dropped));
    expect(resumed.id).not.toBe(flow.id);
    expect(resumed).toMatchObject({ step: 'add_contacts', view: { name: 'Night Owls' } });
  });
});

test('follows what moves, connects anew when the server was away, and ends with the signal', async () => {
  const other = await testServer(database);
  const ending = new AbortController();
  const client = await clientOf({ url: other.url });
  const changes: Change[] = [];
  const following = (async () => {
    for await (const change of client.follow(ending.signal)) changes.push(change);
  })();
  const told = (kind: Change['kind'], times = 1) =>
    until(
      async () => changes,
      (all) => all.filter((one) => one.kind === kind).length === times,
    );
  await told('ready');
  const flow = got(await client.begin('crew-creation'));
  await told('flow');
  expect(changes.at(-1)).toMatchObject({ kind: 'flow', flow: { id: flow.id } });
  const { port } = new URL(other.url);
  await other.stop();
  await told('away');
  const back = await testServer(database, { env: { PORT: port } });
  await told('ready', 2);
  expect(changes.at(-2)).toMatchObject({ kind: 'flow', flow: { id: flow.id } });
  ending.abort();
  await following;
  await back.stop();
});

test('is told that it may not follow, once', async () => {
  const client = await clientOf({ token: () => 'none' });
  const changes: Change[] = [];
  for await (const change of client.follow()) changes.push(change);
  expect(changes).toEqual([{ kind: 'refused', code: 'unauthorized' }]);
});
