import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, connect as dial } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/store/connect.ts';
import { type Embedded, startEmbedded } from '../../src/store/embedded/start.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const unpatched =
  'patches/postgres+3.4.9.patch is not applied: run npx patch-package (npm ci does, unless install scripts are off).';

describe('the patched driver', () => {
  let dataDir: string;
  let server: Embedded;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'funlet-driver-'));
    server = await startEmbedded({ dataDir });
  });

  afterAll(async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  test('lives on when PostgreSQL is killed under its transactions, rejects them, and recovers', async () => {
    const script = new URL('./fixtures/hold-transactions.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, ['--import', 'tsx', script, server.url]);
    let trouble = '';
    child.stderr.on('data', (chunk) => {
      trouble += chunk;
    });
    const exit = once(child, 'exit');
    const said: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      said.push(line);
      if (line === 'open') process.kill(server.pid, 'SIGKILL');
      if (line === 'alive') server = await startEmbedded({ dataDir, port: server.port });
    }

    expect(await exit, `${unpatched}\n${trouble}`).toEqual([0, null]);
    const [, codes = '', ...rest] = said;
    expect(rest, unpatched).toEqual(['alive', 'recovered']);
    expect(codes.split(',')).toHaveLength(8);
    // CONNECTION_CLOSED, ECONNRESET, or PostgreSQL's own 57P01, 57P02: whichever word came last.
    expect(codes).toMatch(/^(CONNECTION_CLOSED|ECONNRESET|EPIPE|57P0\d)(,(?!fulfilled)\w+){7}$/);
  });
});

describe('a connection that is lost', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase();
    await db.sql`create table notes (note text)`;
  });
  afterAll(() => db.drop());

  test('does not let its transaction commit a late statement on its next use', async () => {
    const { sql } = db;
    const late = new AbortController();
    const [other] = await sql`select 1 as one`;
    let lateOutcome: Promise<string> | undefined;
    const lost = sql.begin(async (tx) => {
      const [{ pid } = { pid: 0 }] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
      await sql`select pg_terminate_backend(${pid})`;
      lateOutcome = once(late.signal, 'abort')
        .then(() => tx`insert into notes values ('late')`)
        .then(
          () => 'committed',
          () => 'refused',
        );
      await lateOutcome;
    });
    await expect(lost).rejects.toThrow();
    // Every connection of the pool is in use again before the late statement comes.
    await Promise.all(Array.from({ length: 10 }, () => sql`select pg_sleep(0.02)`));
    late.abort();

    expect(await lateOutcome, unpatched).toBe('refused');
    expect(await sql`select * from notes`).toEqual([]);
    expect(other).toEqual({ one: 1 });
  });

  test('is given back only once when it was reserved', async () => {
    const { sql } = db;
    const reserved = await sql.reserve();
    const [{ pid } = { pid: 0 }] = await reserved<
      { pid: number }[]
    >`select pg_backend_pid() as pid`;
    await sql`select pg_terminate_backend(${pid})`;
    await expect(reserved`select 1`).rejects.toThrow();
    await expect(reserved`select 1`, unpatched).rejects.toThrow();
    reserved.release();

    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => sql`select ${n}::int as n`),
    );
    expect(answers.flat().map(({ n }) => n)).toEqual(Array.from({ length: 40 }, (_, n) => n));
  });

  test('does not end the process when it is lost before it knows the types of arrays', async () => {
    const target = new URL(db.url);
    let cuts = 0;
    // The driver asks for them on its own at the beginning of each connection.
    const relay = createServer((near) => {
      const far = dial(Number(target.port), target.hostname);
      near.on('error', () => undefined).on('close', () => far.destroy());
      far.on('error', () => undefined).on('close', () => near.destroy());
      far.on('data', (bytes) => near.write(bytes));
      near.on('data', (bytes) => {
        if (!bytes.includes('typarray') || cuts === 3) return void far.write(bytes);
        cuts += 1;
        near.resetAndDestroy();
      });
    });
    relay.listen(0, '127.0.0.1');
    await once(relay, 'listening');
    const unheard: unknown[] = [];
    const hear = (error: unknown) => void unheard.push(error);
    process.on('unhandledRejection', hear);
    const through = Object.assign(new URL(db.url), {
      port: String((relay.address() as AddressInfo).port),
    });
    const pool = connect({ url: through.href, max: 1, applicationName: 'cut early' });
    try {
      for (let n = 0; n < 3; n += 1) await expect(pool`select 1`).rejects.toThrow('ECONNRESET');
      expect(await pool`select array['a', 'b'] as words`).toEqual([{ words: ['a', 'b'] }]);
      expect([cuts, unheard], unpatched).toEqual([3, []]);
    } finally {
      process.off('unhandledRejection', hear);
      await pool.end();
      relay.close();
    }
  });

  test('does not keep its pool from ending', async () => {
    const pool = connect({ url: db.url, max: 1, applicationName: 'ending' });
    const [{ pid } = { pid: 0 }] = await pool<{ pid: number }[]>`select pg_backend_pid() as pid`;
    const asleep = expect(pool`select pg_sleep(60)`.execute()).rejects.toThrow();
    const ended = pool.end();
    await db.sql`select pg_terminate_backend(${pid})`;
    await asleep;
    await expect(ended, unpatched).resolves.not.toThrow();
  });

  test('is reserved for a transaction also when its pipeline is full', async () => {
    const { sql } = db;
    const busy = Array.from({ length: 1_500 }, (_, n) => sql`select ${n}::int as n`);
    const begun = Array.from({ length: 20 }, (_, n) =>
      sql.begin(async (tx) => (await tx`select ${n}::int as n`)[0]?.n),
    );
    const after = Array.from({ length: 500 }, (_, n) => sql`select ${n}::int as n`);
    expect(await Promise.all(begun), unpatched).toEqual(Array.from({ length: 20 }, (_, n) => n));
    await Promise.all([...busy, ...after]);
    expect(
      await sql`select 1 from pg_stat_activity where datname = current_database() and state like '%transaction%'`,
    ).toEqual([]);
  });
});
