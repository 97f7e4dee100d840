/*
 * The run's own PostgreSQL, started as a server of ours starts it: no setting is changed for the
 * benchmarks, so fsync, full_page_writes and synchronous_commit are on. Databases are clones of one
 * that is migrated once.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect } from '../../src/store/connect.ts';
import { startEmbedded } from '../../src/store/embedded/start.ts';
import { migrate } from '../../src/store/migrate.ts';
import { readCpu } from './cpu.ts';
import type { Bench } from './measure.ts';

export type Cluster = Pick<Bench, 'database' | 'folder' | 'cpu' | 'postmaster'> & {
  /** The settings that decide what a commit costs. */
  readonly settings: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
};

const SHOWN = [
  'server_version',
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'wal_sync_method',
  'shared_buffers',
  'max_wal_size',
  'max_connections',
  'autovacuum',
];

export async function startCluster(): Promise<Cluster> {
  const root = fileURLToPath(new URL(`../.data/${process.pid}`, import.meta.url));
  await mkdir(root, { recursive: true });
  const server = await startEmbedded({ dataDir: join(root, 'postgres') });
  const admin = connect({ url: server.url, max: 1, applicationName: 'bench admin' });
  const urlOf = (name: string) => Object.assign(new URL(server.url), { pathname: `/${name}` }).href;
  await admin`create database bench_template`;
  await migrate({ url: urlOf('bench_template') });
  const shown = await admin<{ name: string; setting: string }[]>`
    select name, current_setting(name) as setting from pg_settings where name in ${admin(SHOWN)}`;
  let made = 0;
  return {
    postmaster: server.pid,
    cpu: () => readCpu(server.pid),
    settings: Object.fromEntries(shown.map(({ name, setting }) => [name, setting])),
    database: async () => {
      made += 1;
      const name = `bench_${made}`;
      await admin`create database ${admin(name)} template bench_template`;
      return {
        url: urlOf(name),
        drop: async () => void (await admin`drop database ${admin(name)} with (force)`),
      };
    },
    folder: async (name) => {
      const folder = join(root, name);
      await mkdir(folder, { recursive: true });
      return folder;
    },
    stop: async () => {
      await admin.end();
      await server.stop();
      await rm(root, { recursive: true, force: true });
    },
  };
}
