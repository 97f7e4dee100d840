import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as gathering from '../../machines/gathering.machine.ts';
import { NO_RULES } from '../../machines/gathering.model.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { cause, OWNER, type TestEngine, testEngine } from '../support/engine.ts';
import * as door from './door.machine.ts';

let database: TestDatabase;
let house: TestEngine;
beforeAll(async () => {
  database = await testDatabase();
  const nothing = async () => ({});
  house = testEngine(database, {
    charts: [door, gathering],
    actors: {
      transaction: {
        saveDoor: nothing,
        settleEvent: nothing,
        listInvited: nothing,
        closeEvent: nothing,
      },
      jobs: { ringBell: nothing },
    },
  });
});
afterAll(async () => {
  await house.close();
  await database.drop();
});

const SESSION = randomUUID();
const WHAT = { title: 'Picnic', startsAt: null, whenText: null, place: null, rules: NO_RULES };

/** Starts three at once; how many of them were under way together. */
async function startThree(machine: string, input: object): Promise<number> {
  const starting = [1, 2, 3].map(() =>
    house.engine.start({
      ...{ machine, id: randomUUID(), owner: OWNER, input: { ...input }, cause: cause(SESSION) },
    }),
  );
  const busy = house.engine.busy();
  for (const { outcome } of await Promise.all(starting)) expect(outcome).toBe('begun');
  return busy;
}

test('what one session causes begins at once, be it a thousand texts', async () => {
  const input = { eventId: randomUUID(), crewId: null, ...WHAT };
  expect(await startThree('gathering', input)).toBe(3);
});

test('flows of one kind in one session begin one after the other', async () => {
  expect(await startThree('door', {})).toBe(1);
});
