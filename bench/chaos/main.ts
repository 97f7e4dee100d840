/*
 * npm run chaos: terrible things done to real servers on a real PostgreSQL, and what was true afterwards.
 * Exits 1 when a promise was broken. Ends all that it started, also on Ctrl-C and when something fails.
 */
import { randomInt } from 'node:crypto';
import { Command, InvalidArgumentError } from 'commander';
import { openCluster } from './parts/cluster.ts';
import { createNursery } from './parts/processes.ts';
import { createRandom } from './parts/random.ts';
import { writeReadme } from './readme.ts';
import { printResult, type Result, writeResults } from './report.ts';
import type { Finding, Scenario, Size, Stage } from './scenario.ts';
import { scenarios } from './scenarios/index.ts';

function seedOf(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number.');
}

const flags = new Command()
  .name('chaos')
  .description(
    'Kills, cuts, freezes and floods servers, then holds what they did against what they said',
  )
  .option('--short', 'all scenarios in about two minutes')
  .option('--only <name...>', `of ${scenarios.map(({ name }) => name).join(', ')}`)
  .option('--seed <seed>', 'of all choices', seedOf, randomInt(1_000_000))
  .parse()
  .opts<{ readonly short?: true; readonly only?: readonly string[]; readonly seed: number }>();

/** Much of a scenario is waiting for what must still happen; where little is measured, others go on meanwhile. */
const LANES = { short: 3, full: 1 };

const size: Size = flags.short ? 'short' : 'full';
const chosen = scenarios.filter(({ name }) => flags.only?.includes(name) ?? true);
if (chosen.length < (flags.only?.length ?? 1)) {
  console.error(
    `There is no such scenario: choose of ${scenarios.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(1);
}

const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => ending.abort(signal));
}
process.on('unhandledRejection', (error) => {
  console.error(error);
  ending.abort('an error that nobody handled');
});
// A scenario that was left in the middle may still wait for something.
process.exit(await play());

async function play(): Promise<number> {
  const begunAt = Date.now();
  const nursery = createNursery();
  const cluster = await openCluster();
  const aborted = new Promise<never>((_, reject) => {
    ending.signal.addEventListener('abort', () =>
      reject(new Error(`Ended by ${ending.signal.reason}.`)),
    );
  });
  aborted.catch(() => undefined);
  console.log(`Chaos, ${size}, --seed ${flags.seed}, PostgreSQL on port ${cluster.port}`);
  const results: Result[] = [];
  try {
    const waiting = chosen.filter(({ alone }) => !alone);
    const lane = async (scenarios: Scenario[]): Promise<void> => {
      for (let next = scenarios.shift(); next !== undefined; next = scenarios.shift()) {
        const stage = stageOf(next, { nursery, cluster });
        const result = await Promise.race([resultOf(next, stage), aborted]);
        printResult(result);
        results.push(result);
      }
    };
    await lane(chosen.filter(({ alone }) => alone));
    await Promise.all(Array.from({ length: LANES[size] }, () => lane(waiting)));
    const run = { size, seed: flags.seed, results };
    const path = await writeResults(run);
    if (size === 'full') writeReadme(run, path);
    return tellEnd(results, { path, seconds: Math.round((Date.now() - begunAt) / 1_000) });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    await nursery.endAll();
    await cluster.close();
  }
}

function stageOf({ name }: Scenario, of: Pick<Stage, 'nursery' | 'cluster'>): Stage {
  return {
    ...{ ...of, size, signal: ending.signal, random: createRandom(flags.seed).fork(name) },
    sized: (by) => by[size],
    say: (line) => console.log(`        ${name}: ${line}`),
  };
}

async function resultOf(scenario: Scenario, stage: Stage): Promise<Result> {
  const begunAt = Date.now();
  const finding: Finding = await scenario.run(stage).catch((error: unknown) => ({
    facts: {},
    broken: [`It did not come to an end: ${error instanceof Error ? error.stack : String(error)}`],
  }));
  const { name, claim } = scenario;
  return { name, claim, seconds: Math.round((Date.now() - begunAt) / 1_000), ...finding };
}

function tellEnd(
  results: readonly Result[],
  { path, seconds }: { readonly path: string; readonly seconds: number },
): number {
  const broken = results.filter((result) => result.broken.length > 0);
  console.log(`\nIt took ${seconds} s. Results: ${path}`);
  console.log(
    broken.length === 0
      ? `All ${results.length} scenarios hold.`
      : `${broken.length} of ${results.length} scenarios are broken: ${broken.map(({ name }) => name).join(', ')}.`,
  );
  return broken.length === 0 ? 0 : 1;
}
