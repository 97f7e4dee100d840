/** A database of its own for a test file: a clone of the run's migrated template. */

import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { connect, type Sql } from '../../src/store/connect.ts';

export type TestDatabase = {
  readonly url: string;
  readonly sql: Sql;
  /** Closes `sql` and drops the database. Rejects, naming them, when other connections are still open. */
  readonly drop: () => Promise<void>;
};

/** For `beforeAll`; give `drop` to `afterAll`. */
export async function testDatabase(): Promise<TestDatabase> {
  const serverUrl = inject('serverUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(
    serverUrl,
    (admin) => admin`create database ${admin(name)} template template_funlet`,
  );
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const sql = connect({ url: url.href, max: 10, applicationName: 'test' });
  const drop = async () => {
    await sql.end({ timeout: 5 });
    await asAdmin(serverUrl, (admin) => dropUnlessInUse(admin, name));
  };
  return { url: url.href, sql, drop };
}

async function asAdmin(url: string, fn: (admin: Sql) => Promise<unknown>): Promise<void> {
  const admin = connect({ url, max: 1, applicationName: 'test admin' });
  try {
    await fn(admin);
  } finally {
    await admin.end();
  }
}

async function dropUnlessInUse(admin: Sql, name: string): Promise<void> {
  try {
    // It waits up to 5 s for connections that are just ending.
    await admin`drop database ${admin(name)}`;
  } catch (cause) {
    const open = await admin<{ who: string }[]>`
      select application_name || ' (' || state || '): ' || query as who
      from pg_stat_activity where datname = ${name} and backend_type = 'client backend'`;
    await admin`drop database ${admin(name)} with (force)`;
    throw new Error(
      `This test leaves ${open.length} connections open; end them before drop():\n${open.map(({ who }) => who).join('\n')}`,
      { cause },
    );
  }
}
