import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startProjector } from '../../src/engine/projector.ts';
import type { Sql } from '../../src/store/orm.ts';
import { insertNotes } from '../../src/store/outbox.ts';
import { testDatabase } from '../support/database.ts';
import { OWNER, until } from '../support/engine.ts';

/** How many outbox rows each statement asked for, in order. */
function watched(sql: Sql): { readonly sql: Sql; readonly limits: number[] } {
  const limits: number[] = [];
  const spy = new Proxy(sql, {
    apply: (target, self, args) => {
      const [strings, limit] = args;
      if (/from log_outbox order by at limit/.test(String(strings))) limits.push(Number(limit));
      return Reflect.apply(target, self, args);
    },
  });
  return { sql: spy, limits };
}

test('a log that cannot be written is tried with one row, not with all that have gathered', async () => {
  const database = await testDatabase();
  const at = Date.now();
  const rows = Array.from({ length: 50 }, () => ({
    ...{ organizerId: OWNER, source: randomUUID(), at, entries: [] },
  }));
  await insertNotes(database.sql, rows);
  await database.sql`alter table behavior_logs rename column metadata to facts`;
  const { sql, limits } = watched(database.sql);
  const projector = startProjector({
    ...{ outbox: sql, log: sql, now: Date.now, onRefused: () => undefined },
    ...{ onOutage: () => undefined, onError: () => undefined },
  });
  const tries = async () => limits.length;
  await until(tries, (count) => count >= 3);
  await database.sql`alter table behavior_logs rename column facts to metadata`;
  await until(
    () => database.sql`select from log_outbox`,
    (left) => left.length === 0,
  );
  await projector.stop();
  const [first, ...later] = limits;
  const probes = later.slice(0, later.indexOf(Number(first)));
  expect(first).toBeGreaterThan(50);
  expect(probes.length).toBeGreaterThan(1);
  expect(new Set(probes)).toEqual(new Set([1]));
  await database.drop();
});
