import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/store/connect.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

describe('a pool', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase();
    await db.sql`create table kept (at timestamptz, doc jsonb, ms bigint)`;
  });
  afterAll(() => db.drop());

  test('gives a timestamptz back as the Date it was, to the millisecond', async () => {
    const at = new Date('2026-03-29T01:30:00.123Z');
    const [row] = await db.sql`select ${at}::timestamptz as at`;
    expect(row).toEqual({ at });
  });

  test('takes JSON as a value and as text, and stores both as documents', async () => {
    const rows = await db.sql`
      insert into kept (doc) values (${db.sql.json({ a: [1] })}), (${JSON.stringify({ a: [1] })})
      returning doc, jsonb_typeof(doc) as type`;
    const document = { doc: { a: [1] }, type: 'object' };
    expect(rows).toEqual([document, document]);
  });

  test('takes arrays of JSON text for unnest', async () => {
    const docs = ['{"q":"\\"quoted\\", {braced}"}', '[1,2]'];
    const rows = await db.sql`select doc from unnest(${docs}::jsonb[]) as doc`;
    expect(rows).toEqual(docs.map((doc) => ({ doc: JSON.parse(doc) })));
  });

  test('reads a bigint as a number, and refuses one that a number cannot hold', async () => {
    const ms = 1_764_000_000_123;
    expect(await db.sql`select ${ms}::bigint as ms`).toEqual([{ ms }]);
    await expect(db.sql`select 9007199254740993 as n`.execute()).rejects.toThrow(
      'The bigint 9007199254740993 is beyond what a number holds',
    );
    expect(await db.sql`select 1 as one`).toEqual([{ one: 1 }]);
  });

  test('acts as the role it was given, with no more rights than that role has', async () => {
    const { sql, url } = db;
    await sql`create role test_reader`;
    const reader = connect({ url, max: 1, role: 'test_reader', applicationName: 'reader' });
    try {
      expect(await reader`select current_user::text as who`).toEqual([{ who: 'test_reader' }]);
      await expect(reader`insert into kept (ms) values (1)`.execute()).rejects.toThrow(
        'permission denied for table kept',
      );
    } finally {
      await reader.end();
      await sql`drop role test_reader`;
    }
  });
});
