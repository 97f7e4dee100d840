import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dumpSchema } from '../../src/store/dump-schema.ts';
import { migrate } from '../../src/store/migrate.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

describe('migrating', () => {
  let db: TestDatabase;
  let migrationsFolder: string;

  beforeAll(async () => {
    db = await testDatabase();
  });
  beforeEach(async () => {
    await db.sql`drop schema if exists drizzle, public cascade`;
    await db.sql`create schema public`;
    migrationsFolder = await mkdtemp(join(tmpdir(), 'funlet-migrations-'));
  });
  afterEach(() => rm(migrationsFolder, { recursive: true, force: true }));
  afterAll(() => db.drop());

  test('applies what is missing, in order, once', async () => {
    await write({ a: 'create table crews (name text)' });
    await migrate({ url: db.url, migrationsFolder });
    await write({ a: 'create table crews (name text)', b: `insert into crews values ('Owls')` });
    await migrate({ url: db.url, migrationsFolder });
    await migrate({ url: db.url, migrationsFolder });
    expect(await db.sql`select name from crews`).toEqual([{ name: 'Owls' }]);
  });

  test('waits while another server migrates, so that servers starting at once all succeed', async () => {
    await write({
      a: 'create table crews (name text)',
      b: `insert into crews select 'Owls' from pg_sleep(0.1)`,
    });
    const servers = Array.from({ length: 4 }, () => migrate({ url: db.url, migrationsFolder }));
    await Promise.all(servers);
    expect(await db.sql`select name from crews`).toEqual([{ name: 'Owls' }]);
  });

  test('says which statement failed and why, and leaves nothing of the run', async () => {
    await write({ a: 'create table crews (name text)', b: 'alter table crewz add column n int' });
    await expect(migrate({ url: db.url, migrationsFolder })).rejects.toThrow(
      /were not applied: relation "crewz" does not exist \(.*alter table crewz/s,
    );
    expect(await db.sql`select to_regclass('crews') as crews`).toEqual([{ crews: null }]);
  });

  test('gives a schema whose dump holds all that a review must see', async () => {
    const role = 'test_dump_writer';
    await db.sql.unsafe(`create role ${role}`);
    await write({
      a: `create table logs (
            id uuid not null, at timestamptz(3) not null, kind text not null default 'x', n int,
            primary key (id, at), constraint kinds check (kind in ('x', 'y'))
          ) partition by range (at);
          create table logs_2026 partition of logs for values from ('2026-01-01') to ('2027-01-01');
          create index logs_kind on logs (kind) where n is not null;
          comment on table logs is 'One row is a row''s row.';
          grant insert, select on logs to ${role};
          grant update (n) on logs to ${role}`,
    });
    await migrate({ url: db.url, migrationsFolder });
    expect(await dumpSchema(db.sql)).toBe(
      `-- Written by npm run schema:dump from a freshly migrated database; do not edit.

create table logs (
  id uuid not null,
  at timestamp(3) with time zone not null,
  kind text not null default 'x'::text,
  n integer,
  constraint logs_pkey PRIMARY KEY (id, at),
  constraint kinds CHECK ((kind = ANY (ARRAY['x'::text, 'y'::text])))
) partition by RANGE (at);
comment on table logs is 'One row is a row''s row.';
CREATE INDEX logs_kind ON ONLY public.logs USING btree (kind) WHERE (n IS NOT NULL);

grant insert, select on logs to ${role};
grant update (n) on logs to ${role};
`,
    );
    await db.sql`drop table logs`;
    await db.sql.unsafe(`drop role ${role}`);
  });

  /** A migrations folder as drizzle-kit writes it: tag → SQL. */
  async function write(migrations: Readonly<Record<string, string>>): Promise<void> {
    await mkdir(join(migrationsFolder, 'meta'), { recursive: true });
    const entries = Object.keys(migrations).map((tag, idx) => {
      return { idx, version: '7', when: 1_764_000_000_000 + idx, tag, breakpoints: true };
    });
    for (const [tag, sql] of Object.entries(migrations)) {
      await writeFile(join(migrationsFolder, `${tag}.sql`), sql);
    }
    const journal = { version: '7', dialect: 'postgresql', entries };
    await writeFile(join(migrationsFolder, 'meta', '_journal.json'), JSON.stringify(journal));
  }
});
