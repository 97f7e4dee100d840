import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { cause, OWNER, type TestEngine, testEngine } from '../support/engine.ts';
import * as door from './door.machine.ts';

let database: TestDatabase;
let house: TestEngine;
let failing: { times: number; retryable: boolean } | undefined;

beforeAll(async () => {
  database = await testDatabase();
  await database.sql`create table doors (name text primary key)`;
  house = testEngine(database, {
    charts: [door],
    actors: {
      transaction: {
        saveDoor: async ({ name }: { name: string }, { tx }) => {
          await tx`insert into doors values (${name})`;
          if (failing !== undefined && failing.times > 0) {
            failing.times -= 1;
            throw Object.assign(new Error('no'), {
              code: 'db.save_failed',
              retryable: failing.retryable,
            });
          }
          return { saved: 1 };
        },
      },
      jobs: { ringBell: async () => ({ rang: true }) },
    },
  });
});
afterAll(async () => {
  await house.close();
  await database.drop();
});

const begin = async (id = randomUUID()) => {
  await house.engine.start({ machine: 'door', id, owner: OWNER, input: {}, cause: cause() });
  return id;
};
const give = (id: string, event: { type: string; [field: string]: unknown }, key?: string) =>
  house.engine.deliver({
    organizerId: OWNER,
    id,
    event,
    cause: cause(),
    ...(key === undefined ? {} : { key: { value: key, hash: JSON.stringify(event) } }),
  });
const logOf = async (id: string) =>
  (await house.rows())
    .filter(({ crew_id }) => crew_id === id)
    .map(({ event_type, metadata }) => [event_type, metadata.outcome].filter(Boolean).join(' '));

describe('an event', () => {
  test('moves the instance and leaves its rows in the same commit', async () => {
    const id = await begin();
    const delivered = await give(id, { type: 'organizer.named', name: 'Owls' });
    expect(delivered).toMatchObject({ outcome: 'moved', invalid: false, instance: { seq: 2 } });
    expect(await logOf(id)).toEqual(['flow_started', 'flow_step completed']);
    expect(await house.load(id)).toMatchObject({ state: 'asking.review', seq: 2, entries: 2 });
  });

  test('that no transition takes is refused and leaves nothing', async () => {
    const id = await begin();
    expect(await give(id, { type: 'organizer.saved' })).toMatchObject({ outcome: 'refused' });
    expect(await house.load(id)).toMatchObject({ seq: 1, entries: 1 });
  });

  test('that a guard turns down leaves one invalid_input row and asks again', async () => {
    const id = await begin();
    expect(await give(id, { type: 'organizer.named', name: ' ' })).toMatchObject({
      outcome: 'moved',
      invalid: true,
    });
    expect(await logOf(id)).toEqual(['flow_started', 'flow_step invalid_input']);
  });

  test('for an unknown or a finished instance has an outcome of that name', async () => {
    expect(await give(randomUUID(), { type: 'organizer.saved' })).toEqual({ outcome: 'unknown' });
    const id = await begin();
    await give(id, { type: 'organizer.cancelled' });
    expect(await give(id, { type: 'organizer.named', name: 'late' })).toMatchObject({
      outcome: 'finished',
    });
    expect(await logOf(id)).toEqual(['flow_started', 'flow_step cancelled', 'drop_off']);
  });

  test('delivered twice under one key moves the flow once; another body is a conflict', async () => {
    const id = await begin();
    const event = { type: 'organizer.named', name: 'Owls' };
    const both = await Promise.all([give(id, event, 'k'), give(id, event, 'k')]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['duplicate', 'moved']);
    expect(await give(id, { ...event, name: 'Else' }, 'k')).toMatchObject({
      outcome: 'key_conflict',
    });
    expect(await logOf(id)).toEqual(['flow_started', 'flow_step completed']);
  });

  test('whose guard throws rolls the step back and reaches the caller', async () => {
    const id = await begin();
    await expect(give(id, { type: 'organizer.failed' })).rejects.toThrow('This guard throws.');
    expect(await house.load(id)).toMatchObject({ seq: 1, state: 'asking.name' });
  });

  test('among many at once is heard exactly once each, in two engines on one database', async () => {
    const other = testEngine(database, {
      charts: [door],
      actors: { transaction: { saveDoor: async () => ({}) }, jobs: { ringBell: async () => ({}) } },
    });
    const id = await begin();
    await give(id, { type: 'organizer.named', name: 'Owls' });
    const words = Array.from({ length: 40 }, (_, n) => `w${n}`);
    await Promise.all(
      words.map((word, n) =>
        (n % 2 === 0 ? house : other).engine.deliver({
          organizerId: OWNER,
          id,
          event: { type: 'door.heard', word },
          cause: cause(),
        }),
      ),
    );
    const { snapshot, seq } = await house.load(id);
    const { heard } = (snapshot as { context: { heard: string[] } }).context;
    expect([...heard].sort()).toEqual([...words].sort());
    expect(seq).toBe(42);
    await other.close();
  });

  test('with a NUL in it fails alone, not those that share its batch', async () => {
    const [good, bad] = [await begin(), await begin()];
    const results = await Promise.allSettled([
      give(good, { type: 'organizer.named', name: 'Owls' }),
      give(bad, { type: 'organizer.named', name: 'a\u0000b' }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await house.load(good)).toMatchObject({ state: 'asking.review' });
    expect(await house.load(bad)).toMatchObject({ state: 'asking.name' });
  });
});

describe('a transaction actor', () => {
  const reviewed = async (name: string) => {
    const id = await begin();
    await give(id, { type: 'organizer.named', name });
    return id;
  };

  test('writes in the commit of its step, and its result is part of it', async () => {
    failing = undefined;
    const id = await reviewed('Saved');
    expect(await give(id, { type: 'organizer.saved' })).toMatchObject({
      outcome: 'moved',
      instance: { status: 'done', state: 'saved' },
    });
    const rows = (await house.rows()).filter(({ crew_id }) => crew_id === id);
    expect(rows.map(({ event_type }) => event_type).slice(-3)).toEqual([
      'flow_step',
      'crew_created',
      'flow_completed',
    ]);
    expect(new Set(rows.slice(-3).map(({ timestamp }) => timestamp)).size).toBe(1);
    expect(await database.sql`select from doors where name = 'Saved'`).toHaveLength(1);
  });

  test('that fails rolls its own writes back; the step and its error row are committed', async () => {
    failing = { times: 1, retryable: true };
    const id = await reviewed('Twice');
    await give(id, { type: 'organizer.saved' });
    expect(await house.load(id)).toMatchObject({ state: 'asking.unsaved' });
    expect(await database.sql`select from doors where name = 'Twice'`).toHaveLength(0);
    await give(id, { type: 'organizer.saved' });
    expect(await logOf(id)).toEqual([
      'flow_started',
      'flow_step completed',
      'flow_step completed',
      'error',
      'crew_created',
      'flow_completed created',
    ]);
  });

  test('whose statement PostgreSQL refuses ends the flow with its error, not with a crash', async () => {
    failing = undefined;
    await database.sql`insert into doors values ('Taken')`;
    const id = await reviewed('Taken');
    await give(id, { type: 'organizer.saved' });
    expect(await house.load(id)).toMatchObject({ status: 'done', state: 'failed' });
    expect((await logOf(id)).slice(-2)).toEqual(['error', 'drop_off']);
  });

  test('of a double tap runs once', async () => {
    const id = await reviewed('Tapped');
    const both = await Promise.all([
      give(id, { type: 'organizer.saved' }),
      give(id, { type: 'organizer.saved' }),
    ]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['finished', 'moved']);
    expect((await logOf(id)).filter((row) => row === 'crew_created')).toHaveLength(1);
  });
});
