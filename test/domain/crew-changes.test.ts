import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { UpdateCrew } from '../../machines/crew-update.model.ts';
import { crewOf, saveCrew, updateCrew } from '../../src/domain/crews.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { until } from '../support/engine.ts';

const ana = { name: 'Ana', phone: '+14155550100' };
const bo = { name: 'Bo', phone: '+14155550101' };
const cy = { name: 'Cy', phone: '+14155550102' };

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

/** Runs a transaction actor as the engine does: in a transaction, for one owner. */
const inCommit = <T>(
  owner: string,
  work: (scope: Parameters<typeof updateCrew>[1]) => Promise<T>,
) => db.sql.begin((tx) => work({ tx, at: 0, self: { id: randomUUID(), owner, sessionId: null } }));

async function crewOfTwo() {
  const [owner, crewId] = [randomUUID(), randomUUID()];
  const crew = { crewId, name: 'Owls', members: [ana, bo] };
  await inCommit(owner, (scope) => saveCrew(crew, scope));
  const membersNow = async () => (await crewOf(db.sql, { organizerId: owner, crewId }))?.members;
  const update = (change: Partial<Omit<UpdateCrew, 'crewId'>>, by = owner) =>
    inCommit(by, (scope) => updateCrew({ crewId, added: [], removed: [], ...change }, scope));
  return { owner, crewId, membersNow, update };
}

describe('a crew that is updated', () => {
  test('CU-1, CU-2 is joined by some and left by others', async () => {
    const { update, membersNow } = await crewOfTwo();
    const counted = await update({ added: [cy], removed: [ana.phone] });
    expect(counted).toEqual({ found: true, before: 2, added: 1, removed: 1 });
    expect(await membersNow()).toEqual([bo, cy]);
  });

  test('takes the new name of somebody who leaves and joins at once', async () => {
    const { update, membersNow } = await crewOfTwo();
    const anna = { ...ana, name: 'Anna' };
    await update({ added: [anna], removed: [ana.phone] });
    expect(await membersNow()).toEqual([anna, bo]);
  });

  test('CU-3 counts nobody who has joined or left meanwhile', async () => {
    const { update, membersNow } = await crewOfTwo();
    const again = { added: [{ ...bo, name: 'Bob' }], removed: [cy.phone] };
    expect(await update(again)).toEqual({ found: true, before: 2, added: 0, removed: 0 });
    expect(await membersNow()).toEqual([ana, bo]);
  });

  test('is not found by another organizer, and stays as it is', async () => {
    const { update, membersNow } = await crewOfTwo();
    expect(await update({ removed: [ana.phone] }, randomUUID())).toEqual({ found: false });
    expect(await membersNow()).toEqual([ana, bo]);
  });

  test('by two devices at once is changed by one after the other', async () => {
    const { owner, crewId, update, membersNow } = await crewOfTwo();
    const isHeldUp = () =>
      db.sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    const both = await inCommit(owner, async (scope) => {
      const first = await updateCrew({ crewId, added: [cy], removed: [] }, scope);
      const second = update({ added: [cy] });
      await until(isHeldUp, (waiting) => waiting.length > 0);
      return [first, () => second] as const;
    });
    expect(both[0]).toMatchObject({ before: 2, added: 1 });
    expect(await both[1]()).toMatchObject({ before: 3, added: 0 });
    expect(await membersNow()).toEqual([ana, bo, cy]);
  });
});
