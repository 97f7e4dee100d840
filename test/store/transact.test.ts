import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { connect, type Sql } from '../../src/store/connect.ts';
import { type Embedded, startEmbedded } from '../../src/store/embedded/start.ts';
import { OutcomeUnknown, transact, withDeadline, withDeadlines } from '../../src/store/transact.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const longMs = 10_000;
const shortMs = 150;

describe('a transaction with a deadline', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase();
    await db.sql`create table notes (note text)`;
  });
  afterEach(() => db.sql`truncate notes`);
  afterAll(() => db.drop());

  const notes = async () => (await db.sql`select note from notes`).map(({ note }) => note);

  test('commits what it did and gives its result', async () => {
    const result = await transact(db.sql, longMs, async (tx) => {
      await tx`insert into notes values ('one')`;
      await tx.savepoint((inner) => inner`insert into notes values ('two')`);
      return ['a', 'b'];
    });
    expect(result).toEqual(['a', 'b']);
    expect(await notes()).toEqual(['one', 'two']);
  });

  test('gives the error of its work, and leaves nothing', async () => {
    const failing = transact(db.sql, longMs, async (tx) => {
      await tx`insert into notes values ('one')`;
      await tx`select 1 / 0`;
    });
    await expect(failing).rejects.toMatchObject({ code: '22012' });
    expect(await notes()).toEqual([]);
  });

  test('ends at its deadline while it waits for a lock, and so does its wait on the server', async () => {
    await db.sql.begin(async (holder) => {
      await holder`lock table notes`;
      const waiting = transact(db.sql, shortMs, (tx) => tx`insert into notes values ('late')`);
      await expect(waiting).rejects.toThrow(OutcomeUnknown);
      await vi.waitUntil(async () => (await lockWaits(holder)) === 0, { timeout: 5_000 });
    });
    expect(await notes()).toEqual([]);
  });

  test.each(['of its own', 'of a transaction'])(
    'leaves nothing behind on the server where the line goes dead in the middle of a statement %s',
    async (kind) => {
      const line = await deadLine(db.url, 'into notes');
      const name = `dead line ${kind}`;
      const sql = connect({ url: line.url, max: 1, applicationName: name, transactionMs: 1_000 });
      const write = (on: Sql) => on`insert into notes values (${'half'})`;
      const written =
        kind === 'of its own'
          ? withDeadline(shortMs, write(sql))
          : transact(sql, shortMs, (tx) => write(tx as unknown as Sql));
      await expect(written).rejects.toThrow(OutcomeUnknown);
      const open = () => db.sql`
        select from pg_stat_activity where application_name = ${name} and xact_start is not null`;
      expect(await open()).toHaveLength(1);
      await vi.waitUntil(async () => (await open()).length === 0, { timeout: 10_000 });
      expect(await notes()).toEqual([]);
      await sql.end({ timeout: 1 });
      line.close();
    },
  );

  test('refuses a statement that its work makes after the deadline', async () => {
    let outcome: Promise<string> | undefined;
    const late = transact(db.sql, shortMs, async (tx) => {
      await tx`insert into notes values ('in time')`;
      await vi.waitFor(() => expect(lateSaid).toBe(true), { timeout: 5_000 });
      outcome = tx`insert into notes values ('late')`.then(
        () => 'done',
        () => 'refused',
      );
      await outcome;
    });
    let lateSaid = false;
    await expect(late).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    lateSaid = true;
    await vi.waitFor(async () => expect(await outcome).toBe('refused'));
    expect(await notes()).toEqual([]);
  });

  test('counts the wait for a free connection, and does nothing once it is over', async () => {
    const narrow = connect({ url: db.url, max: 1, applicationName: 'narrow' });
    let began = false;
    await narrow.begin(async () => {
      const waiting = transact(narrow, shortMs, async (tx) => {
        began = true;
        await tx`insert into notes values ('late')`;
      });
      await expect(waiting).rejects.toThrow(OutcomeUnknown);
    });
    await narrow`select 1`;
    await narrow.end();
    expect(began).toBe(false);
    expect(await notes()).toEqual([]);
  });

  test('does not know its outcome when the connection is lost under the commit', async () => {
    // A deferred constraint is checked by the commit, which therefore waits for the other transaction.
    await db.sql`create table slots (n int unique deferrable initially deferred)`;
    await db.sql.begin(async (holder) => {
      await holder`insert into slots values (1)`;
      const committing = transact(db.sql, longMs, (tx) => tx`insert into slots values (1)`);
      const outcome = expect(committing).rejects.toThrow(
        /lost while a transaction was being committed/,
      );
      await vi.waitUntil(async () => (await lockWaits(holder)) === 1, { timeout: 5_000 });
      await holder`select pg_terminate_backend(pid) from pg_locks where not granted`;
      await outcome;
    });
  });
});

describe('on a server that is frozen', () => {
  let dataDir: string;
  let server: Embedded;
  let sql: Sql;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'funlet-frozen-'));
    server = await startEmbedded({ dataDir });
    sql = connect({ url: server.url, max: 2, applicationName: 'test' });
  });

  afterAll(async () => {
    await sql.end();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  test.each([
    ['a transaction', () => transact(sql, shortMs, (tx) => tx`select 1`)],
    ['a statement of its own', () => withDeadline(shortMs, sql`select 1`)],
  ])('%s ends at its deadline and frees its connection', async (_name, ask) => {
    const backends = await Promise.all(
      [1, 2].map(() => sql`select pg_backend_pid() as pid, pg_sleep(0.05)`),
    );
    for (const { pid } of backends.flat()) process.kill(pid, 'SIGSTOP');
    try {
      for (const round of [ask(), ask()]) await expect(round).rejects.toThrow(OutcomeUnknown);
      // Both connections were frozen; only fresh ones can answer.
      await expect(Promise.all([sql`select 1 as one`, sql`select 1 as one`])).resolves.toEqual([
        [{ one: 1 }],
        [{ one: 1 }],
      ]);
    } finally {
      for (const { pid } of backends.flat()) process.kill(pid, 'SIGCONT');
    }
  });
});

async function lockWaits(sql: Pick<Sql, 'unsafe'>): Promise<number> {
  const [row] = await sql.unsafe('select count(*) as waits from pg_locks where not granted');
  return row?.waits;
}

/** A line to PostgreSQL that brings the first message with `word` there, and then nothing more, nor a goodbye. */
async function deadLine(databaseUrl: string, word: string) {
  const url = new URL(databaseUrl);
  const { hostname, port } = url;
  const lines: Socket[] = [];
  const relay = createServer((near) => {
    const far = dial(Number(port), hostname);
    lines.push(near, far);
    let isDead = false;
    for (const socket of [near, far]) socket.on('error', () => undefined);
    far.on('data', (bytes) => void (isDead || near.write(bytes)));
    near.on('data', (bytes) => {
      if (isDead) return;
      far.write(bytes);
      isDead = bytes.includes(word);
    });
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  url.port = String((relay.address() as AddressInfo).port);
  return {
    url: url.href,
    close: () => {
      for (const line of lines) line.destroy();
      relay.close();
    },
  };
}

describe('a pool whose statements each have a deadline', () => {
  let db: TestDatabase;
  let limited: Sql;

  beforeAll(async () => {
    db = await testDatabase();
    limited = withDeadlines(db.sql, shortMs);
  });
  afterAll(() => db.drop());

  test('answers like any other, fragments and values and all', async () => {
    const condition = limited`n > ${1}`;
    const many = Array.from(
      { length: 20 },
      () => limited<{ n: number }[]>`select n from generate_series(1, 3) n where ${condition}`,
    );
    for (const rows of await Promise.all(many)) expect(rows.map(({ n }) => n)).toEqual([2, 3]);
    expect(await limited.unsafe('select 1 as n').values()).toEqual([[1]]);
    await expect(limited`select 1 / 0`).rejects.toMatchObject({ code: '22012' });
    expect(await limited`select 1 / 0`.catch(() => 'caught')).toBe('caught');
  });

  test('gives up what does not answer in time, and goes on', async () => {
    await expect(limited`select pg_sleep(1)`).rejects.toThrow(OutcomeUnknown);
    await expect(limited.unsafe('select pg_sleep(1)')).rejects.toThrow(OutcomeUnknown);
    expect(await limited`select 1 as n`).toEqual([{ n: 1 }]);
    // The server finds out that nobody listens when it has slept.
    const asleep = () => db.sql`select from pg_stat_activity where query like 'select pg_sleep%'`;
    await vi.waitUntil(async () => (await asleep()).length === 0, { timeout: 10_000 });
  });
});
