/*
 * `npm run bench`: every goal of speed, measured in one run on two cores. It prints a table, keeps
 * everything it measured as JSON under results/, and writes the numbers into README.md.
 * `-- --only 1,3` measures some of them, `--quick` only shows that all of it runs.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { engine } from './engine.ts';
import { finalize } from './finalize.ts';
import { growth } from './growth.ts';
import { http } from './http.ts';
import { logging } from './logging.ts';
import { profile } from './profile.ts';
import { projector } from './projector.ts';
import { startup } from './startup.ts';
import { type Cluster, startCluster } from './support/cluster.ts';
import { readMachine } from './support/machine.ts';
import type { Bench, Measure } from './support/measure.ts';
import { writeReadme } from './support/readme.ts';
import { findingsTable, type Result, type Trouble, textOf } from './support/report.ts';
import { timers } from './timers.ts';
import { webhook } from './webhook.ts';

const MEASURES: readonly Measure[] = [
  ...[engine, http, logging, webhook, growth],
  ...[timers, projector, startup, profile, finalize],
];

type Flags = { readonly only?: string; readonly quick?: true };

const CORES = 2;

async function main(): Promise<void> {
  const { only, quick } = new Command()
    .name('bench')
    .option('--only <numbers>', 'goals to measure, like 1,3')
    .option('--quick', 'very short, to see that everything runs')
    .parse()
    .opts<Flags>();
  const wanted = only?.split(',').map(Number);
  const measures = MEASURES.filter(({ item }) => wanted?.includes(item) ?? true);
  const machine = await readMachine();
  const begunAt = new Date();
  const lines: string[] = [];
  const say = (line: string) => {
    lines.push(line);
    console.log(line);
  };
  say(`${machine.cpu}, ${machine.cores} cores, ${machine.memoryMb} MB, ${machine.system}`);
  say(`Node ${machine.node}; load ${machine.load.toFixed(2)} before the run`);

  const cluster = await startCluster();
  // What ends the run must not leave a PostgreSQL behind.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void cluster.stop().finally(() => process.exit(1)));
  }
  const bench: Bench = { ...cluster, quick: quick === true, machine, say };
  const results: (Result | Trouble)[] = [];
  try {
    for (const measure of measures) results.push(await take(bench, measure));
  } finally {
    await cluster.stop();
  }
  keep({ begunAt, machine, cluster, quick: quick === true, results, lines });
  if (results.some((result) => 'error' in result)) process.exitCode = 1;
}

async function take(bench: Bench, { item, title, run }: Measure): Promise<Result | Trouble> {
  bench.say(`\n${item}. ${title}`);
  const begun = performance.now();
  try {
    const measured = await run(bench);
    const seconds = Math.round((performance.now() - begun) / 1_000);
    for (const table of [...(measured.tables ?? []), findingsTable(measured)]) {
      bench.say(`\n${textOf(table)}`);
    }
    bench.say(`(${seconds} s)`);
    return { item, title, ...measured };
  } catch (error) {
    bench.say(`It could not be measured: ${error instanceof Error ? error.stack : String(error)}`);
    return { item, title, error: String(error) };
  }
}

function keep(of: {
  readonly begunAt: Date;
  readonly machine: Bench['machine'];
  readonly cluster: Cluster;
  readonly quick: boolean;
  readonly results: readonly (Result | Trouble)[];
  readonly lines: readonly string[];
}): void {
  const { begunAt, machine, cluster, quick, results, lines } = of;
  const stamp = begunAt.toISOString().slice(0, 16).replace(':', '');
  const folder = fileURLToPath(new URL('./results', import.meta.url));
  const name = `${quick ? 'quick-' : ''}${stamp}`;
  mkdirSync(folder, { recursive: true });
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
  const run = { begunAt, commit, quick, machine, postgres: cluster.settings, results };
  writeFileSync(`${folder}/${name}.json`, `${JSON.stringify(run, null, 1)}\n`);
  writeFileSync(`${folder}/${name}.txt`, `${lines.join('\n')}\n`);
  console.log(`\nKept in bench/results/${name}.json, and what was printed in ${name}.txt.`);
  // A short run says nothing that anybody should quote.
  if (!quick) writeReadme(run, name);
}

/** On a larger machine the whole run, PostgreSQL included, is held to two cores. */
function isPinned(): boolean {
  if (availableParallelism() <= CORES || process.platform !== 'linux') return true;
  const again = ['-c', '0,1', process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const { error, status } = spawnSync('taskset', again, { stdio: 'inherit' });
  if (error !== undefined) {
    console.error('taskset is missing: the run uses every core, and says so in its results.');
    return true;
  }
  process.exitCode = status ?? 1;
  return false;
}

if (isPinned()) await main();
