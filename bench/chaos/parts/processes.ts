/*
 * Child processes that the chaos started, and so may kill, freeze and end: by their own ids, never by a
 * name. All of one run hang in one nursery, so that nothing outlives it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export type Child = {
  readonly pid: number;
  /** Resolves with the first line of its output; rejects when it ends without one. */
  readonly firstLine: Promise<string>;
  readonly hasExited: () => boolean;
  /** The last of what it said. */
  readonly said: () => string;
  /** Stops it where it stands (SIGSTOP); it learns nothing of it. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  /** To its `process.on('message')`. */
  readonly tell: (message: object) => void;
  /** Resident memory in MB; 0 where it is gone. */
  readonly rssMb: () => Promise<number>;
  /** Processor time it has used so far, ms. */
  readonly cpuMs: () => Promise<number>;
  /** SIGKILL. Resolves when it is gone. */
  readonly kill: () => Promise<void>;
  /** SIGTERM, and after 10 s SIGKILL. Resolves when it is gone. */
  readonly end: () => Promise<void>;
};

export type Nursery = {
  readonly start: (
    file: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ) => Child;
  /** Ends all of them; safe at any moment, and more than once. */
  readonly endAll: () => Promise<void>;
};

const KEPT_CHARACTERS = 8_000;
const GRACE_MS = 10_000;

export function createNursery(): Nursery {
  const children = new Set<Child>();
  let isClosed = false;
  return {
    start: (file, args, env) => {
      if (isClosed) throw new Error('The chaos is ending: nothing is started any more.');
      const child = startChild(file, args, env);
      children.add(child);
      return child;
    },
    endAll: async () => {
      isClosed = true;
      await Promise.all([...children].map((child) => child.end()));
    },
  };
}

function startChild(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Child {
  // In a group of its own: Ctrl-C reaches the chaos alone, which ends its children in order.
  const child = spawn(process.execPath, ['src/run.mjs', file, ...args], {
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  const heard = listenTo(child, file);
  const hasExited = () => child.exitCode !== null || child.signalCode !== null;
  const signal = (name: NodeJS.Signals) => void (hasExited() || child.kill(name));
  const gone = async (name: NodeJS.Signals) => {
    // What is frozen hears nothing but SIGKILL.
    signal('SIGCONT');
    signal(name);
    await heard.gone;
  };
  return {
    ...{ pid: child.pid ?? 0, firstLine: heard.firstLine, hasExited, said: heard.said },
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    tell: (message) => void (child.connected && child.send(message)),
    rssMb: () => rssOf(child.pid ?? 0),
    cpuMs: () => cpuOf(child.pid ?? 0),
    kill: async () => {
      signal('SIGKILL');
      await heard.gone;
    },
    end: async () => {
      const cut = setTimeout(() => signal('SIGKILL'), GRACE_MS);
      await gone('SIGTERM');
      clearTimeout(cut);
    },
  };
}

function listenTo(child: ChildProcess, file: string) {
  let said = '';
  const keep = (text: string) => {
    said = (said + text).slice(-KEPT_CHARACTERS);
  };
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', ({ message }) => {
      keep(message);
      resolve();
    });
  });
  const firstLine = new Promise<string>((resolve, reject) => {
    let out = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      keep(text);
      if (!out.includes('\n')) out += text;
      if (out.includes('\n')) resolve(out.split('\n', 1)[0] ?? '');
    });
    void gone.then(() => reject(new Error(`${file} ended before it said anything:\n${said}`)));
  });
  firstLine.catch(() => undefined);
  child.stderr?.setEncoding('utf8').on('data', keep);
  return { gone, firstLine, said: () => said };
}

async function rssOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const [, kb = '0'] = /^VmRSS:\s+(\d+) kB/m.exec(status) ?? [];
  return Math.round(Number(kb) / 1024);
}

const TICK_MS = 10;

/** User and system time are the 14th and 15th of /proc/…/stat, counted after the command in brackets. */
async function cpuOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return TICK_MS * (Number(fields[11] ?? 0) + Number(fields[12] ?? 0));
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

/** Looks until something is so; rejects with what it waited for. */
export async function until(
  what: string,
  withinMs: number,
  isSo: () => Promise<boolean>,
): Promise<number> {
  const begunAt = Date.now();
  for (;;) {
    if (await isSo()) return Date.now() - begunAt;
    if (Date.now() - begunAt > withinMs) throw new Error(`Not within ${withinMs} ms: ${what}.`);
    await delay(25);
  }
}
