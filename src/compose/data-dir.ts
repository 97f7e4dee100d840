/*
 * Who uses an embedded database. A server that adopts one which another server runs on would end it
 * under that server's feet when it ends itself; so one server at a time claims the folder, and whoever
 * only visits leaves the database to a living one.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigProblems } from '../config.ts';

const fileIn = (dataDir: string): string => join(dataDir, 'server.pid');

/** The living server that uses this folder, or undefined. */
export async function serverOf(dataDir: string): Promise<number | undefined> {
  const text = await readFile(fileIn(dataDir), 'utf8').catch(() => '');
  const pid = Number(text);
  return Number.isInteger(pid) && pid > 0 && pid !== process.pid && isAlive(pid) ? pid : undefined;
}

/** Claims the folder for this process until `release`; throws where another living server has it. */
export async function claimDataDir(dataDir: string): Promise<() => Promise<void>> {
  const other = await serverOf(dataDir);
  if (other !== undefined) {
    throw new ConfigProblems([
      `Another server (process ${other}) runs on the embedded database in ${dataDir}: give this one a DATA_DIR of its own, or both the same DATABASE_URL.`,
    ]);
  }
  await mkdir(dataDir, { recursive: true });
  await writeFile(fileIn(dataDir), `${process.pid}`);
  return () => rm(fileIn(dataDir), { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}
