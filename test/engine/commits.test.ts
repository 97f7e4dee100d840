import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseEntryId } from '../../src/behavior/row.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { cause, OWNER, type TestEngine, testEngine, until } from '../support/engine.ts';
import * as door from './door.machine.ts';

let database: TestDatabase;
let house: TestEngine;
const rung: { times: number; key: string; attempt: number }[] = [];

beforeAll(async () => {
  database = await testDatabase();
  house = testEngine(database, {
    charts: [door],
    now: Date.now,
    delays: { idle: 60_000 },
    actors: {
      transaction: { saveDoor: async () => ({ saved: 1 }) },
      jobs: {
        ringBell: async ({ times }: { times: number }, { key, attempt }) => {
          rung.push({ times, key, attempt });
          return { rang: true };
        },
      },
    },
  });
  house.run();
});
afterAll(async () => {
  await house.close();
  await database.drop();
});

const begin = async (session: string = randomUUID()) => {
  const id = randomUUID();
  const stimulus = cause(session);
  await house.engine.start({ machine: 'door', id, owner: OWNER, input: {}, cause: stimulus });
  const named = { type: 'organizer.named', name: 'Owls' };
  await house.engine.deliver({ organizerId: OWNER, id, event: named, cause: stimulus });
  return id;
};
const give = (id: string, event: { type: string; [field: string]: unknown }) =>
  house.engine.deliver({ organizerId: OWNER, id, event, cause: cause() });
const contextOf = async (id: string) =>
  ((await house.load(id)).snapshot as { context: { heard: string[]; rings: number } }).context;
const rowsOf = async (id: string) => (await house.rows()).filter(({ crew_id }) => crew_id === id);

describe('sends', () => {
  test('between two instances arrive in order, exactly once', async () => {
    const [from, to] = [await begin(), await begin()];
    const words = Array.from({ length: 12 }, (_, n) => `w${n}`);
    for (const word of words) await give(from, { type: 'organizer.told', to, word });
    const { heard } = await until(
      () => contextOf(to),
      ({ heard: h }) => h.length >= words.length,
    );
    expect(heard).toEqual(words);
    await until(
      () => database.sql`select from jobs`,
      (jobs) => jobs.length === 0,
    );
  });

  test('to an instance that does not exist yet wait for it', async () => {
    const [from, to] = [await begin(), randomUUID()];
    await give(from, { type: 'organizer.told', to, word: 'early' });
    await house.engine.start({ machine: 'door', id: to, owner: OWNER, input: {}, cause: cause() });
    await give(to, { type: 'organizer.named', name: 'Owls' });
    await until(
      () => database.sql`select from jobs`,
      (jobs) => jobs.length === 0,
    );
    // It came while the name was asked, where no transition takes it, or later; it never stays behind.
    expect((await contextOf(to)).heard.length).toBeLessThanOrEqual(1);
  });

  test('that the present state defers are heard after it', async () => {
    const [from, to] = [await begin(), await begin()];
    await give(to, { type: 'organizer.rang' });
    await give(from, { type: 'organizer.told', to, word: 'after the bell' });
    const { heard, rings } = await until(
      () => contextOf(to),
      (seen) => seen.heard.length === 1,
    );
    expect({ heard, rings }).toEqual({ heard: ['after the bell'], rings: 1 });
  });
});

describe('a job', () => {
  test('runs once after the commit under a key of its own, and its result moves the instance', async () => {
    const id = await begin();
    rung.length = 0;
    await give(id, { type: 'organizer.rang' });
    await until(
      () => contextOf(id),
      ({ rings }) => rings === 1,
    );
    await give(id, { type: 'organizer.rang' });
    await until(
      () => contextOf(id),
      ({ rings }) => rings === 2,
    );
    expect(rung.map(({ times, attempt }) => [times, attempt])).toEqual([
      [1, 1],
      [2, 1],
    ]);
    expect(new Set(rung.map(({ key }) => key)).size).toBe(2);
    expect(await database.sql`select from jobs`).toHaveLength(0);
  });
});

describe('starts', () => {
  test('of many instances begin each of them once', async () => {
    const id = await begin();
    const ids = Array.from({ length: 12 }, () => randomUUID());
    await give(id, { type: 'organizer.split', ids });
    await until(
      () => database.sql`select from jobs`,
      (jobs) => jobs.length === 0,
    );
    // They are flows of one session, so each supersedes the one before; each began once all the same.
    for (const child of ids) {
      const types = (await rowsOf(child)).map(({ event_type }) => event_type);
      expect(types.filter((type) => type === 'flow_started')).toHaveLength(1);
    }
  });

  test('of the same id twice, at once, begin one', async () => {
    const id = randomUUID();
    const starting = { machine: 'door', id, owner: OWNER, input: {}, cause: cause() };
    const both = await Promise.all([house.engine.start(starting), house.engine.start(starting)]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['begun', 'duplicate']);
    expect((await rowsOf(id)).map(({ event_type }) => event_type)).toEqual(['flow_started']);
  });

  test('CC-11 of a flow of the same kind in the same session supersede the open one in one commit', async () => {
    const session = randomUUID();
    const [first, second] = [await begin(session), await begin(session)];
    const dropped = (await rowsOf(first)).at(-1);
    const started = (await rowsOf(second))[0];
    expect(dropped).toMatchObject({ event_type: 'drop_off', metadata: { reason: 'superseded' } });
    expect(dropped?.metadata.correlation_id).toBe(started?.metadata.correlation_id);
    expect(parseEntryId(dropped?.id ?? '')).toMatchObject({ position: 0, at: started?.timestamp });
    expect(parseEntryId(started?.id ?? '')).toMatchObject({ position: 1 });
  });

  test('CC-12 resume a dropped run with what it knew; an unknown one is unresumable', async () => {
    const first = await begin();
    await give(first, { type: 'door.deadline' });
    const id = randomUUID();
    const starting = { machine: 'door', id, owner: OWNER, input: {}, cause: cause() };
    const beginning = { entry: 'resume' as const, resumedFrom: first };
    await house.engine.start({ ...starting, beginning });
    expect(await contextOf(id)).toMatchObject({ name: 'Owls' });
    expect((await rowsOf(id))[0]?.metadata).toMatchObject({ entry: 'resume', resumed_from: first });
    const unknown = { ...starting, id: randomUUID(), beginning: { resumedFrom: randomUUID() } };
    expect(await house.engine.start(unknown)).toEqual({ outcome: 'unresumable' });
  });

  test.each([
    ['cancelled', 'organizer.cancelled'],
    ['completed', 'organizer.saved'],
  ])('of a %s run are unresumable: it was ended, not left', async (_, type) => {
    const ended = await begin();
    await give(ended, { type });
    const starting = { machine: 'door', id: randomUUID(), owner: OWNER, input: {}, cause: cause() };
    const beginning = { resumedFrom: ended };
    expect(await house.engine.start({ ...starting, beginning })).toEqual({
      outcome: 'unresumable',
    });
  });

  test('of one kind in one session at once leave one open flow: each supersedes the one before', async () => {
    const session = randomUUID();
    const ids = await Promise.all([begin(session), begin(session), begin(session)]);
    const states = await Promise.all(ids.map(async (id) => (await house.load(id)).state));
    expect(states.filter((state) => state === 'superseded')).toHaveLength(2);
  });
});

describe('the log', () => {
  test('holds every entry once after the projector has run, and the outbox is empty', async () => {
    const id = await begin();
    await give(id, { type: 'organizer.saved' });
    await until(
      () => database.sql`select from log_outbox`,
      (rows) => rows.length === 0,
    );
    const rows = await rowsOf(id);
    expect(rows.map(({ event_type }) => event_type)).toEqual([
      'flow_started',
      'flow_step',
      'flow_step',
      'crew_created',
      'flow_completed',
    ]);
    const ordinals = rows.map((row) => parseEntryId(row.id).ordinal);
    expect(ordinals).toEqual([0, 1, 2, 3, 4]);
    expect((await house.load(id)).entries).toBe(5);
    expect(house.errors).toEqual([]);
  });
});
