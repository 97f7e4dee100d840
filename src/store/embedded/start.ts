/**
 * A real PostgreSQL of our own, from npm, for those who bring none: the same server, driver and SQL as in production.
 * It outlives a kill of ours and is adopted by the next start; only `stop` ends it.
 */

import { mkdir, readFile, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findBinaries } from './binaries.ts';
import { clusterFolder, makeCluster, readPassword, reasonOf } from './cluster.ts';
import { findPostmaster, type Postmaster } from './postmaster.ts';
import { findServerUser, makeRun, type Run } from './server-user.ts';

export type EmbeddedOptions = {
  /** Made if missing; ours alone. */
  readonly dataDir: string;
  /** Absent: a free one. A living server keeps its own. */
  readonly port?: number;
  /** Server settings beside ours, for tests. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly log?: (line: string) => void;
};

export type Embedded = {
  /** With the superuser's name and password; not for logs. */
  readonly url: string;
  readonly port: number;
  /** The postmaster, so that a test may kill it. */
  readonly pid: number;
  /** It was running before: a command that only visits leaves it running. */
  readonly adopted: boolean;
  /** Ends the server and its connections; resolves when it is gone, also when it already was. */
  readonly stop: () => Promise<void>;
};

/** Starts the PostgreSQL of `dataDir`, or adopts the one that lives there. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { log = () => undefined } = options;
  const { initdb, pgCtl } = await findBinaries();
  await mkdir(options.dataDir, { recursive: true });
  const dataDir = await realpath(options.dataDir);
  const user = await findServerUser();
  const run = await makeRun(user, [dataDir, pgCtl]);
  const folder = clusterFolder(dataDir);

  if (await makeCluster({ initdb, run, user }, dataDir))
    log(`Made a PostgreSQL cluster in ${folder}.`);
  const found = await findPostmaster(folder);
  const server = found ?? (await launch({ pgCtl, run, folder }, options));
  log(`PostgreSQL ${found ? 'was running' : 'runs'} on port ${server.port}, pid ${server.pid}.`);

  const password = await readPassword(folder);
  return {
    ...server,
    url: `postgres://postgres:${password}@127.0.0.1:${server.port}/postgres`,
    adopted: found !== undefined,
    stop: () => stop({ pgCtl, run, folder }),
  };
}

type ControlDeps = { readonly pgCtl: string; readonly run: Run; readonly folder: string };

// After a kill -9 the old server's children hold its shared memory for some moments, another start may take the port
// that was free a moment ago, and two starts at once meet at the lock file: each goes away by waiting.
const passing = /shared memory block|lock file|Address already in use/;
const tries = 50;
const betweenTriesMs = 200;

async function launch(deps: ControlDeps, options: EmbeddedOptions): Promise<Postmaster> {
  const { folder } = deps;
  const logFile = join(folder, 'server.log');
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    await rm(logFile, { force: true });
    const failure = await deps
      .run(deps.pgCtl, [
        'start',
        '-w',
        `-D${folder}`,
        `-l${logFile}`,
        `-o${serverArgs(port, options)}`,
      ])
      .then(() => undefined)
      .catch((error: unknown) => error);
    const server = await findPostmaster(folder);
    if (server !== undefined) return server;

    const said = await readFile(logFile, 'utf8').catch(() => '');
    if (attempt === tries || !passing.test(said)) {
      const fatal = said.split('\n').find((line) => /FATAL|PANIC/.test(line));
      throw new Error(
        `PostgreSQL did not start on ${folder}: ${fatal ?? reasonOf(failure)}. Its log is server.log there.`,
        { cause: failure },
      );
    }
    await delay(betweenTriesMs);
  }
}

function serverArgs(port: number, { settings }: EmbeddedOptions): string {
  const all = {
    listen_addresses: '127.0.0.1',
    // No socket file: its path may not be longer than 107 bytes.
    unix_socket_directories: '',
    timezone: 'UTC',
    max_connections: '200',
    ...settings,
  };
  const flags = Object.entries(all).map(([name, value]) => `-c ${name}=${value}`);
  return [`-p ${port}`, ...flags].join(' ');
}

async function stop({ pgCtl, run, folder }: ControlDeps): Promise<void> {
  try {
    await run(pgCtl, ['stop', '-w', '-mfast', `-D${folder}`]);
  } catch (cause) {
    const living = await findPostmaster(folder);
    if (living === undefined) return;
    throw new Error(
      `PostgreSQL, pid ${living.pid}, does not stop: ${reasonOf(cause)}. Read ${folder}/server.log.`,
      { cause },
    );
  }
}

/** A port of 127.0.0.1 that nobody listens on now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string')
    throw new Error('No free port on 127.0.0.1.');
  return address.port;
}
