/* Programs of ours as processes of their own, as somebody would start them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

type Env = Readonly<Record<string, string>>;

const start = (file: string, args: readonly string[], env: Env): ChildProcess =>
  spawn(process.execPath, ['src/run.mjs', file, ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

export type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs a command to its end. */
export async function runCli(args: readonly string[], env: Env): Promise<Ran> {
  const child = start('src/cli.ts', args, env);
  return ranOf(child);
}

async function ranOf(child: ChildProcess): Promise<Ran> {
  const ended = once(child, 'close');
  const read = (stream: NodeJS.ReadableStream | null) => (stream === null ? '' : text(stream));
  const [out, err] = await Promise.all([read(child.stdout), read(child.stderr)]);
  await ended;
  return { code: child.exitCode, out, err };
}

export type RunningServer = {
  readonly child: ChildProcess;
  readonly ran: Promise<Ran>;
  /** All that was printed until a line that matches; rejects if it ends before. */
  readonly saying: (pattern: RegExp) => Promise<string>;
};

/** Starts the server as `npm start` does. */
export function startServer(env: Env): RunningServer {
  const child = start('src/main.ts', [], env);
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const ran = ranOf(child);
  const saying = async (pattern: RegExp): Promise<string> => {
    let ended: Ran | undefined;
    void ran.then((result) => {
      ended = result;
    });
    while (!pattern.test(said)) {
      if (ended !== undefined) throw new Error(`It ended with ${ended.code}: ${ended.err}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return said;
  };
  return { child, ran, saying };
}
