/*
 * One embedded PostgreSQL for the whole run, with fsync on as in production, and a database in it for
 * each scenario. It can be made to die, as by an immediate stop or a kill, and comes back on its port.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../../src/store/connect.ts';
import { type Embedded, startEmbedded } from '../../../src/store/embedded/start.ts';
import { childrenOf } from '../../support/cpu.ts';
import { until } from './processes.ts';

export type Cluster = {
  /** Removed with it. */
  readonly folder: string;
  /** Makes an empty database; its url, with the superuser's name and password. */
  readonly database: (name: string) => Promise<string>;
  readonly port: number;
  /**
   * `immediate` is pg_ctl's: every backend quits without a word. `kill` takes the postmaster alone. Resolves once all of
   * them are gone: backends outlive a killed postmaster by some ms, and answer whoever is connected as if nothing were.
   */
  readonly crash: (how: 'immediate' | 'kill') => Promise<void>;
  readonly restart: () => Promise<void>;
  /** Ends it and removes its folder; safe more than once. */
  readonly close: () => Promise<void>;
};

const GONE_WITHIN_MS = 20_000;

export async function openCluster(): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'funlet-chaos-'));
  const dataDir = join(folder, 'data');
  let embedded: Embedded = await startEmbedded({ dataDir }).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  const { port } = embedded;
  let closing: Promise<void> | undefined;
  const close = async () => {
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return {
    ...{ port, folder },
    database: async (name) => {
      const sql = connect({ url: embedded.url, max: 1, applicationName: 'chaos' });
      await sql.unsafe(`create database ${name}`);
      await sql.end({ timeout: 2 });
      return Object.assign(new URL(embedded.url), { pathname: `/${name}` }).href;
    },
    crash: async (how) => {
      const pids = [embedded.pid, ...childrenOf(embedded.pid)];
      process.kill(embedded.pid, how === 'immediate' ? 'SIGQUIT' : 'SIGKILL');
      await until('PostgreSQL is gone', GONE_WITHIN_MS, async () =>
        (await Promise.all(pids.map(isAlive))).every((alive) => !alive),
      );
    },
    restart: async () => {
      embedded = await startEmbedded({ dataDir, port });
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** A zombie, whose command line is empty, is as dead as one that is gone. */
const isAlive = (pid: number): Promise<boolean> =>
  readFile(`/proc/${pid}/cmdline`, 'utf8').then(
    (command) => command !== '',
    () => false,
  );
