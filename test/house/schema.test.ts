import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pgTable, text } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDrift } from '../../drizzle/drift.ts';
import * as schema from '../../drizzle/schema.ts';
import { dumpSchema } from '../../src/store/dump-schema.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { root } from './files.ts';

describe('the schema', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.drop());

  const committed = () => readFile(join(root, 'drizzle/schema.sql'), 'utf8');

  test('is in drizzle/schema.sql as the migrations make it', async () => {
    expect(await dumpSchema(db.sql)).toBe(await committed());
  });

  test('differs from its dump after any change', async () => {
    await db.sql`alter table instances alter column seq drop not null`;
    expect(await dumpSchema(db.sql)).not.toBe(await committed());
  });

  test('has a migration for all that drizzle/schema.ts says', async () => {
    expect(await readDrift()).toEqual([]);
    const planted = pgTable('planted', { word: text('word') });
    expect((await readDrift({ ...schema, planted })).join()).toContain('CREATE TABLE "planted"');
  });
});
