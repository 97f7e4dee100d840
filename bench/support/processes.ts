/* Processes of a benchmark: our server as it is started in production, and others of the bench itself. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export type Started = {
  readonly url: string;
  readonly pid: number;
  /** Ends it by SIGTERM and waits. */
  readonly stop: () => Promise<void>;
};

export type Command = {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

/** A script of the project, run by this Node. */
export const script = (path: string, ...args: string[]): Command => ({
  file: process.execPath,
  args: ['src/run.mjs', path, ...args],
});

/** Starts a process that prints the address it listens on, as the last word of some line. */
export async function startListening({ file, args, env }: Command): Promise<Started> {
  const child = spawn(file, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  endWithUs(child);
  const url = await addressOf(child, [file, ...args].join(' '));
  return { url, pid: child.pid ?? 0, stop: () => end(child) };
}

/** Whatever ends the benchmarks, nothing that they started stays. */
export function endWithUs(child: ChildProcess): void {
  const kill = () => void child.kill();
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

async function addressOf(child: ChildProcess, command: string): Promise<string> {
  if (child.stdout === null) throw new Error('The process has no output to read.');
  // Lines after the address are read too: a full pipe would stop the process.
  const lines = createInterface(child.stdout);
  return await new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      const [, url] = /listens on (http:\S+)$/.exec(line) ?? [];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`'${command}' ended with ${code}.`)));
    child.once('error', reject);
  });
}

/** Our own server over this database. */
export const startServer = (env: Readonly<Record<string, string>>): Promise<Started> =>
  startListening({ ...script('src/main.ts'), env: { PORT: '0', ...env } });
