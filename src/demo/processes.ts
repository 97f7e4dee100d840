/* A child process that the demo started, and so may end: by its own id, never by a name. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export type Child = {
  readonly pid: number | undefined;
  /** Resolves with the first line of its output; rejects when it ends without one. */
  readonly firstLine: Promise<string>;
  readonly hasExited: () => boolean;
  /** Resolves with its exit code when it ends by itself; null when it was killed. */
  readonly exit: Promise<number | null>;
  /** The last of what it said, for when something went wrong. */
  readonly said: () => string;
  /** Asks it to end (SIGTERM), and after 10 s makes it. Resolves when it is gone. */
  readonly end: () => Promise<void>;
  /** SIGKILL: it learns nothing of it. Resolves when it is gone. */
  readonly kill: () => Promise<void>;
};

const KEPT_CHARACTERS = 4_000;
const GRACE_MS = 10_000;

/** Runs a file of ours with an environment of its own: nothing of the user's changes what it does. */
export function startChild(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Child {
  // In a group of its own: Ctrl-C reaches the demo alone, which ends its children in order.
  const child = spawn(process.execPath, ['src/run.mjs', file, ...args], {
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  const keep = (text: string) => {
    said = (said + text).slice(-KEPT_CHARACTERS);
  };
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      // A grandchild (PostgreSQL, the compiler) may hold them open for as long as it lives.
      child.stdout.destroy();
      child.stderr.destroy();
      resolve();
    });
    child.once('error', ({ message }) => {
      keep(message);
      resolve();
    });
  });
  const hasExited = () => child.exitCode !== null || child.signalCode !== null;
  const firstLine = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      keep(text);
      if (said.includes('\n')) resolve(said.split('\n', 1)[0] ?? '');
    });
    void gone.then(() => reject(new Error(`${file} ended before it said anything:\n${said}`)));
  });
  firstLine.catch(() => undefined);
  child.stderr.setEncoding('utf8').on('data', keep);
  return {
    pid: child.pid,
    firstLine,
    hasExited,
    exit: gone.then(() => child.exitCode),
    said: () => said,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    end: async () => {
      child.kill('SIGTERM');
      const patience = new AbortController();
      const tooLong = delay(GRACE_MS, 'late' as const, { signal: patience.signal }).catch(
        () => 'gone',
      );
      if ((await Promise.race([gone, tooLong])) === 'late') child.kill('SIGKILL');
      patience.abort();
      await gone;
    },
  };
}

/** A port of 127.0.0.1 that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string')
    throw new Error('No free port on 127.0.0.1.');
  return address.port;
}
