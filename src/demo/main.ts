/*
 * npm run demo: the main job on real input, and a judgment of the log that it left. Exits 0 when every
 * claim holds, 1 when one does not or something broke, and ends all that it started either way.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { Command, InvalidArgumentError } from 'commander';
import { catalogueOfCharts } from '../compose/engine.ts';
import { type DemoOptions, delaysOf, runDemo } from './demo.ts';
import { createPrinter, type Printer } from './printing.ts';
import { openTown, type Town } from './town.ts';
import { tellVerdicts } from './verdicts.ts';

function countOf(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number.');
}

const { crash: crashes, seed } = new Command()
  .name('demo')
  .description('Plays an organizer and six invitees against a real server, then judges the log')
  .option('--crash <times>', 'kill the server so many times on the way', countOf, 0)
  .option('--seed <seed>', 'of the moments at which it is killed', countOf, randomInt(1_000_000))
  .parse()
  .opts<{ readonly crash: number; readonly seed: number }>();

const printer = createPrinter({
  write: (line) => console.log(line),
  color: process.stdout.isTTY === true && process.stdout.hasColors(),
});
const ending = new AbortController();
const deps = { now: Date.now, id: randomUUID };
const opening = openTown(deps, delaysOf({ crashes }));

for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.once(signal, () => {
    process.exitCode = exitCode;
    ending.abort();
  });
}

process.exitCode = await play({ crashes, seed });

async function play(options: DemoOptions): Promise<number> {
  let town: Town | undefined;
  try {
    const begunAt = Date.now();
    town = await opening;
    if (crashes > 0) printer.line(`The server will be killed ${crashes} times; --seed ${seed}`);
    ending.signal.addEventListener('abort', () => void town?.close());
    const verdicts = await runDemo(
      { ...deps, town, printer, catalogue: catalogueOfCharts(), signal: ending.signal },
      options,
    );
    const passed = tellVerdicts(printer, verdicts);
    printer.line(`It took ${Math.round((Date.now() - begunAt) / 1_000)} s.`);
    return passed ? 0 : 1;
  } catch (error) {
    if (ending.signal.aborted) return Number(process.exitCode);
    return tellTrouble(printer, error, town);
  } finally {
    ending.abort();
    await town?.close();
  }
}

function tellTrouble(to: Printer, error: unknown, town: Town | undefined): number {
  to.line(error instanceof Error ? error.message : String(error), 'bad');
  if (town !== undefined) to.line(`The server said last:\n${town.said()}`);
  return 1;
}
