/**
 * Who runs PostgreSQL: it refuses to run as root, so that under root (containers, CI) it runs as user `postgres`,
 * made if missing; otherwise as whoever we are.
 */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const exec = promisify(execFile);
// Of the environment the server's commands get only this: messages in one language, and where root's tools are.
const env = { LC_ALL: 'C', PATH: '/usr/sbin:/usr/bin:/sbin:/bin' };

/** Absent: as ourselves. */
export type ServerUser = { readonly uid: number; readonly gid: number };

export type Run = (command: string, args: readonly string[]) => Promise<string>;

/** The user that the server needs here; made by `useradd` or `adduser` where root has none yet. */
export async function findServerUser(): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  return lookUp().catch(makeUser);
}

async function lookUp(): Promise<ServerUser> {
  const id = async (flag: string) => Number((await exec('id', [flag, 'postgres'], { env })).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}

async function makeUser(): Promise<ServerUser> {
  const shell = ['--shell', '/usr/sbin/nologin'];
  try {
    await exec('useradd', ['--system', '--user-group', '--no-create-home', ...shell, 'postgres'], {
      env,
    }).catch(() => exec('adduser', ['-S', '-D', '-H', 'postgres'], { env }));
    return await lookUp();
  } catch (cause) {
    // Two starts at once: the other one has made it.
    const made = await lookUp().catch(() => undefined);
    if (made !== undefined) return made;
    throw new Error(
      "PostgreSQL refuses to run as root, and the user 'postgres' cannot be made: add that user, start as another user, or set DATABASE_URL.",
      { cause },
    );
  }
}

/**
 * Runs a command as the server's user. Where that user may not enter a folder on the way to `reach` (a clone under
 * /root, or in a `mktemp -d`), root lends it the right to: READ_SEARCH, or OVERRIDE in containers that lack it.
 */
export async function makeRun(
  user: ServerUser | undefined,
  reach: readonly string[],
): Promise<Run> {
  const plain: Run = async (command, args) =>
    (await exec(command, [...args], { env, cwd: '/', ...user })).stdout;
  if (user === undefined || (await canReach(plain, reach))) return plain;

  for (const right of ['dac_read_search', 'dac_override']) {
    const lent = runWith(user, right);
    if (await canReach(lent, reach)) return lent;
  }
  throw new Error(
    `The user 'postgres', which must run PostgreSQL when we are root, cannot reach ${reach.join(' or ')}: move the project to a folder that others may enter (chmod o+x), start as another user, or set DATABASE_URL.`,
  );
}

function runWith({ uid, gid }: ServerUser, right: string): Run {
  // Without the secure bit access(2), by which initdb looks for postgres, would ignore the right.
  const rights = [
    `--inh-caps=+${right}`,
    `--ambient-caps=+${right}`,
    '--securebits=+no_setuid_fixup',
  ];
  const as = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...rights, '--'];
  return async (command, args) =>
    (await exec('setpriv', [...as, command, ...args], { env, cwd: '/' })).stdout;
}

async function canReach(run: Run, paths: readonly string[]): Promise<boolean> {
  try {
    for (const path of paths) await run('/bin/sh', ['-c', 'test -x "$0"', path]);
    return true;
  } catch {
    return false;
  }
}
