/*
 * Goal 8: from the command to /readyz, on a data directory that has been used before: `npm start` and
 * Node itself. Everything is part of it: npm, the loading of sources and packages, PostgreSQL, the charts' checks. What is
 * made of the sources is there from the start before, except where a start after a change is told.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Bench, found, type Measure } from './support/measure.ts';
import { type Command, end, endWithUs, ROOT, script } from './support/processes.ts';
import { median } from './support/stats.ts';

const MAIN = 'src/main.ts';
/** Where it is kept what is made of the sources. */
const MADE = join(ROOT, 'node_modules/.cache/funlet');

const COMMANDS: Readonly<Record<string, { readonly command: Command; readonly goal: number }>> = {
  'npm start': { command: { file: 'npm', args: ['start', '--silent'] }, goal: 3 },
  node: { command: script(MAIN), goal: 2 },
};

export const startup: Measure = {
  item: 8,
  title: 'Start',
  run: async (bench) => {
    const dataDir = await bench.folder('startup');
    const make = () =>
      execFileSync(process.execPath, ['src/run.mjs', '--make', MAIN], { cwd: ROOT });
    make();
    // The first start makes the cluster and the schema.
    const firstS = await secondsToReady(script(MAIN), dataDir);
    const times: Record<string, number[]> = {};
    for (const [name, { command }] of Object.entries(COMMANDS)) {
      const own: number[] = [];
      for (let n = 0; n < (bench.quick ? 1 : 7); n += 1) {
        own.push(await secondsToReady(command, dataDir));
      }
      times[name] = own;
      say(bench, name, own);
    }
    const changed: number[] = [];
    for (let n = 0; n < (bench.quick ? 1 : 3); n += 1) {
      await rm(MADE, { recursive: true });
      changed.push(await secondsToReady(script(MAIN), dataDir));
    }
    return {
      findings: [
        ...Object.entries(COMMANDS).map(([name, { goal }]) =>
          found(`Ready by ${name}`, median(times[name] ?? []), 's', { atMost: goal }),
        ),
        found('Ready by node after a change of the sources', median(changed), 's'),
        found('Ready by node on an empty data directory', firstS, 's'),
      ],
      raw: { firstS, changed, times },
    };
  },
};

const say = (bench: Bench, name: string, times: readonly number[]) =>
  bench.say(`${name}: ${times.map((time) => time.toFixed(2)).join(', ')} s`);

async function secondsToReady({ file, args }: Command, dataDir: string): Promise<number> {
  const port = await freePort();
  const begun = performance.now();
  const child = spawn(file, args, {
    cwd: ROOT,
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  endWithUs(child);
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  try {
    await ready(`http://127.0.0.1:${port}/readyz`, child);
    return (performance.now() - begun) / 1_000;
  } catch (error) {
    throw new Error(`'${file}' did not get ready: ${said.slice(-2_000)}`, { cause: error });
  } finally {
    await end(child);
  }
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}.`);
    const response = await fetch(url).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.ok) return;
    await delay(10);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}
