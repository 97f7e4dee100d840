/**
 * The folder of one PostgreSQL cluster: made whole or not at all, with a password of its own (phone numbers lie in it,
 * and any user of the machine can connect to 127.0.0.1), so that a kill at any line leaves something that starts again.
 */

import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run, ServerUser } from './server-user.ts';

export type ClusterDeps = {
  readonly initdb: string;
  readonly run: Run;
  readonly user: ServerUser | undefined;
};

const passwordFile = 'funlet.password';

/** Makes `<dataDir>/cluster` unless it is there. Says whether it made it. */
export async function makeCluster(deps: ClusterDeps, dataDir: string): Promise<boolean> {
  const folder = clusterFolder(dataDir);
  if (await exists(folder)) return false;
  const making = await mkdtemp(join(dataDir, 'making-'));
  const password = `${making}.password`;
  try {
    await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
    await handOver(deps.user, making, password);
    await deps.run(deps.initdb, [...initdbArgs, `--pgdata=${making}`, `--pwfile=${password}`]);
    await rename(password, join(making, passwordFile));
    return await putInPlace(making, folder);
  } catch (cause) {
    throw new Error(
      `PostgreSQL cannot make its cluster in ${dataDir}: ${reasonOf(cause)}. Make the folder writable, or set DATA_DIR.`,
      { cause },
    );
  } finally {
    await rm(making, { recursive: true, force: true });
    await rm(password, { force: true });
  }
}

// The locale is PostgreSQL's own, so that sorting and case are the same on every machine.
const initdbArgs = [
  '--username=postgres',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
];

async function handOver(user: ServerUser | undefined, ...paths: string[]): Promise<void> {
  if (user === undefined) return;
  for (const path of paths) await chown(path, user.uid, user.gid);
}

/** Two first starts at once: one rename wins, the other cluster is thrown away. */
async function putInPlace(making: string, folder: string): Promise<boolean> {
  try {
    await rename(making, folder);
    return true;
  } catch (error) {
    if (await exists(folder)) return false;
    throw error;
  }
}

export function clusterFolder(dataDir: string): string {
  return join(dataDir, 'cluster');
}

export async function readPassword(folder: string): Promise<string> {
  return (await readFile(join(folder, passwordFile), 'utf8')).trim();
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** The line in which a command of PostgreSQL says what is wrong; all of what it said stays in `cause`. */
export function reasonOf(error: unknown): string {
  const said = (error as { stderr?: string }).stderr?.trim().split('\n') ?? [];
  const line = said.find((one) => /error|fatal/i.test(one)) ?? said.at(-1);
  return line || (error instanceof Error ? error.message : String(error));
}
