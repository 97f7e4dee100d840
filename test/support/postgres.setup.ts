/**
 * One PostgreSQL for the whole run, with one migrated database that every test file clones. Its folder is thrown away,
 * so it need not survive a crash of the machine: fsync is off HERE ONLY. What must be durable is tested on a cluster
 * of its own.
 */

import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { connect } from '../../src/store/connect.ts';
import { startEmbedded } from '../../src/store/embedded/start.ts';
import { migrate } from '../../src/store/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's url of the run's PostgreSQL. */
    readonly serverUrl: string;
  }
}

const prefix = `funlet-test-`;

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  await endAbandoned();
  const dataDir = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
  const server = await startEmbedded({ dataDir, settings });
  await makeTemplate(server.url);
  project.provide('serverUrl', server.url);

  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

async function makeTemplate(serverUrl: string): Promise<void> {
  const sql = connect({ url: serverUrl, max: 1, applicationName: 'test template' });
  await sql`create database template_funlet`;
  await sql.end();
  // Nothing to migrate is a state of a young project, not an error of its tests.
  if (!existsSync(new URL('../../drizzle/migrations/meta/_journal.json', import.meta.url))) return;
  const url = new URL(serverUrl);
  url.pathname = '/template_funlet';
  await migrate({ url: url.href });
}

/** A run that was killed could not end its PostgreSQL; its process id stands in the folder's name. */
async function endAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const [, pid] = new RegExp(`^${prefix}(\\d+)-`).exec(name) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const dataDir = join(tmpdir(), name);
    const server = await startEmbedded({ dataDir }).catch(() => undefined);
    await server?.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}
