import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as crewCreation from '../../machines/crew-creation.machine.ts';
import { errorFact } from '../../src/behavior/registries.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type TestEngine, testEngine, until } from '../support/engine.ts';

let database: TestDatabase;
let house: TestEngine;

beforeAll(async () => {
  database = await testDatabase();
  await database.sql.unsafe(`
    alter table behavior_logs add constraint planted check (event_type <> 'error') not valid`);
  const actors = { transaction: { saveCrew: async () => ({ members: 1 }) }, jobs: {} };
  house = testEngine(database, { charts: [crewCreation], actors, now: Date.now });
});
afterAll(async () => {
  await house.close();
  await database.drop();
});

const latency = { operation: 'job', duration_ms: 1, slo_ms: 1, ok: true };

test('an error row that the log refuses leaves no error about itself', async () => {
  house.run();
  const correlationId = randomUUID();
  const metadata = errorFact('http.exception', false);
  house.engine.notes.take({ type: 'error', correlationId, metadata });
  for (let round = 1; round <= 4; round += 1) {
    const more = { ...latency, breached: false, sample_rate: 1 };
    house.engine.notes.take({ type: 'latency', correlationId, metadata: more });
    await until(house.types, (types) => types.length === round);
    await until(
      () => database.sql`select 1 from log_outbox`,
      (waiting) => waiting.length === 0,
    );
  }
  const refused = await database.sql`select reason from log_quarantine`;
  expect(refused).toEqual([{ reason: 'insert refused: 23514' }]);
});
