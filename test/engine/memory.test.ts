/* What one engine remembers while another steps the same instances: nobody can tell that it does. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMemory } from '../../src/engine/memory.ts';
import type { InstanceRow } from '../../src/store/instances.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { cause, OWNER, type TestEngine, testEngine } from '../support/engine.ts';
import * as door from './door.machine.ts';

let database: TestDatabase;
let here: TestEngine;
let there: TestEngine;
let id: string;

const open = () =>
  testEngine(database, {
    charts: [door],
    actors: { transaction: { saveDoor: async () => ({}) }, jobs: { ringBell: async () => ({}) } },
  });

beforeAll(async () => {
  database = await testDatabase();
  here = open();
  there = open();
});
afterAll(async () => {
  await here.close();
  await there.close();
  await database.drop();
});
beforeEach(async () => {
  id = randomUUID();
  await here.engine.start({ machine: 'door', id, owner: OWNER, input: {}, cause: cause() });
});

const give = (to: TestEngine, event: { type: string; [field: string]: unknown }, key?: string) =>
  to.engine.deliver({
    organizerId: OWNER,
    id,
    event,
    cause: cause(),
    ...(key === undefined ? {} : { key: { value: key, hash: '' } }),
  });
const named = { type: 'organizer.named', name: 'Owls' };
const saved = { type: 'organizer.saved' };
const heard = (word: string) => ({ type: 'door.heard', word });

describe('an instance that another node has stepped since', () => {
  test('takes an event that it would have refused before', async () => {
    await give(there, named);
    expect(await give(here, saved)).toMatchObject({ outcome: 'moved', instance: { seq: 3 } });
  });

  test('refuses what it would have taken before', async () => {
    await give(there, named);
    await give(there, { type: 'organizer.cancelled' });
    expect(await give(here, named)).toMatchObject({ outcome: 'finished' });
  });

  test('loses nothing of either, and steps once for each', async () => {
    await give(here, named);
    for (const word of ['a', 'b', 'c', 'd']) {
      await give(here, heard(`here ${word}`));
      await give(there, heard(`there ${word}`));
    }
    const { snapshot, seq } = await here.load(id);
    expect((snapshot as { context: { heard: string[] } }).context.heard).toEqual(
      ['a', 'b', 'c', 'd'].flatMap((word) => [`here ${word}`, `there ${word}`]),
    );
    expect(seq).toBe(10);
  });

  test('knows a key that was used there', async () => {
    await give(here, named);
    await give(there, heard('once'), 'k');
    expect(await give(here, heard('once'), 'k')).toMatchObject({ outcome: 'duplicate' });
    expect(await here.load(id)).toMatchObject({ seq: 3 });
  });
});

test('a row that was changed behind the engine is not what the next step is decided on', async () => {
  await give(here, named);
  await database.sql`
    update instances set seq = seq + 1, state = 'asking.name',
      snapshot = jsonb_set(snapshot::jsonb, '{value}', '{"asking": "name"}') where id = ${id}`;
  expect(await give(here, saved)).toMatchObject({ outcome: 'refused' });
});

describe('the memory', () => {
  const rowOf = (more: Partial<InstanceRow>) =>
    ({
      organizerId: OWNER,
      id,
      seq: 1,
      status: 'active',
      snapshot: { n: 1 },
      ...more,
    }) as InstanceRow;

  test('knows a row by its owner and id, as it was kept last', () => {
    const memory = createMemory();
    memory.keep(rowOf({}));
    memory.keep(rowOf({ seq: 2 }));
    expect(memory.recall({ organizerId: OWNER, id })).toEqual(rowOf({ seq: 2 }));
    expect(memory.recall({ organizerId: id, id })).toBeUndefined();
  });

  test('keeps no older row in place of a newer one', () => {
    const memory = createMemory();
    memory.keep(rowOf({ seq: 2 }));
    memory.keep(rowOf({ seq: 1 }));
    expect(memory.recall({ organizerId: OWNER, id })).toEqual(rowOf({ seq: 2 }));
  });

  test('keeps what was asked for rather than what was not', () => {
    const memory = createMemory(2);
    const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ organizerId: OWNER, id: name }));
    for (const key of [a, b]) memory.keep(rowOf(key ?? {}));
    memory.recall(a as never);
    memory.keep(rowOf(c ?? {}));
    expect([a, b, c].map((key) => memory.recall(key as never) !== undefined)).toEqual([
      true,
      false,
      true,
    ]);
  });

  test('lets go of what has ended, of what it is told to, and of the oldest beyond its size', () => {
    const memory = createMemory(2);
    const keys = ['a', 'b', 'c'].map((name) => ({ organizerId: OWNER, id: name }));
    const known = () => keys.filter((key) => memory.recall(key) !== undefined).map(({ id }) => id);
    for (const key of keys) memory.keep(rowOf(key));
    expect(known()).toEqual(['b', 'c']);
    memory.keep(rowOf({ id: 'b', status: 'done' }));
    expect(known()).toEqual(['c']);
    memory.forget({ organizerId: OWNER, id: 'c' });
    expect(known()).toEqual([]);
  });
});
