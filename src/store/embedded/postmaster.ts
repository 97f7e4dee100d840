/** Reads `postmaster.pid`: which server lives on a cluster, and whether that process is really one. */

import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export type Postmaster = { readonly pid: number; readonly port: number };

// A crash recovery after much writing takes seconds; longer means that something else is wrong.
const patienceMs = 60_000;
const pollMs = 50;

/**
 * The server that lives on this cluster, once it takes connections; undefined when none does. A file left by a dead
 * server is removed: PostgreSQL would wait for ever for a process that only has the same number.
 */
export async function findPostmaster(folder: string): Promise<Postmaster | undefined> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += pollMs) {
    const said = await readPidFile(folder);
    if (said === undefined) return undefined;
    if (!(await isPostmaster(said.pid, folder))) {
      await rm(join(folder, 'postmaster.pid'), { force: true });
      return undefined;
    }
    if (said.status === 'ready') return { pid: said.pid, port: said.port };
    await delay(pollMs);
  }
  throw new Error(
    `The PostgreSQL on ${folder} has neither started nor stopped for a minute: read server.log there, then end it.`,
  );
}

type PidFile = Postmaster & { readonly status: string };

/** Lines 1, 4 and 8 (PostgreSQL's miscadmin.h, LOCK_FILE_LINE_*); a file still being written counts as starting. */
async function readPidFile(folder: string): Promise<PidFile | undefined> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7]?.trim() ?? 'starting' };
}

async function isPostmaster(pid: number, folder: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  // Numbers are reused, and a zombie counts as alive. Where there is no /proc we take the number's word for it.
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  return command === undefined || command.split('\0').includes(folder);
}

function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}
