import { describe, expect, test } from 'vitest';
import { connect } from '../../src/store/connect.ts';
import { testDatabase } from '../support/database.ts';

describe('a test database', () => {
  test('is migrated, and a test file has it for itself', async () => {
    const [one, other] = await Promise.all([testDatabase(), testDatabase()]);
    await one.sql`insert into phones values ('+15550001111', false, ${new Date(0)})`;
    expect(await other.sql`select phone from phones`).toEqual([]);
    await Promise.all([one.drop(), other.drop()]);
    await expect(other.sql`select 1`.execute()).rejects.toThrow('CONNECTION_ENDED');
  });

  test('is not dropped quietly under a connection that a test left open', async () => {
    const db = await testDatabase();
    const left = connect({ url: db.url, max: 1, applicationName: 'left open' });
    await left`select 1 as forgotten`;
    await expect(db.drop()).rejects.toThrow(
      /leaves 1 connections open.*\n.*left open \(idle\): select 1 as forgotten/,
    );
    await left.end();
  });
});
