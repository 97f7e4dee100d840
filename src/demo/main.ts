/*
 * npm run demo: the main job on real input, and a judgment of the log that it left. Exits 0 when every
 * claim holds, 1 when one does not or something broke, and ends all that it started either way.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { catalogueOfCharts } from '../compose/engine.ts';
import { type DemoEvidence, judgeDemo } from './checks.ts';
import { type DemoOptions, delaysOf, playDemo } from './demo.ts';
import { createPrinter } from './printing.ts';
import { openTown } from './town.ts';
import { tellVerdicts } from './verdicts.ts';

function countOf(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number.');
}

type Flags = {
  readonly crash: number;
  readonly seed: number;
  readonly save?: string;
  readonly judge?: string;
};

const flags = new Command()
  .name('demo')
  .description('Plays an organizer and ten invitees against a real server, then judges the log')
  .option('--crash <times>', 'kill the server so many times on the way', countOf, 0)
  .option('--seed <seed>', 'of the moments at which it is killed', countOf, randomInt(1_000_000))
  .option('--save <file>', 'keep the log and the rest of the evidence as JSON')
  .option('--judge <file>', 'play nothing: judge evidence that was kept')
  .parse()
  .opts<Flags>();

const printer = createPrinter({
  write: (line) => console.log(line),
  color: process.stdout.isTTY === true && process.stdout.hasColors(),
});
const interrupted = new AbortController();
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

// Once: a second Ctrl-C ends the demo where it stands.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => interrupted.abort(signal));
}

const exitCode = await run(flags);
const { reason } = interrupted.signal;
// Waits that nobody waits for any more would hold the process.
process.exit(reason === undefined ? exitCode : EXIT_CODES[reason as keyof typeof EXIT_CODES]);

async function run({ judge, save, crash: crashes, seed }: Flags): Promise<number> {
  try {
    const evidence =
      judge === undefined
        ? await play({ crashes, seed })
        : (JSON.parse(await readFile(judge, 'utf8')) as DemoEvidence);
    if (save !== undefined) await writeFile(save, JSON.stringify(evidence));
    return tellVerdicts(printer, judgeDemo(evidence, catalogueOfCharts())) ? 0 : 1;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    printer.line(interrupted.signal.aborted ? 'Interrupted.' : message, 'bad');
    return 1;
  }
}

/** Whatever happens, nothing that was started is left behind. */
async function play(options: DemoOptions): Promise<DemoEvidence> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, interrupted.signal]);
  const deps = { now: Date.now, id: randomUUID, signal };
  const { crashes, seed } = options;
  if (crashes > 0) printer.line(`The server will be killed ${crashes} times: --seed ${seed}`);
  printer.line('Starting PostgreSQL, the server and the local carrier ...');
  const town = await openTown(deps, delaysOf(options));
  try {
    return await Promise.race([playDemo({ ...deps, town, printer }, options), rejectedBy(signal)]);
  } catch (error) {
    if (!interrupted.signal.aborted) printer.line(`The server said last:\n${town.said()}`);
    throw error;
  } finally {
    over.abort();
    await town.close();
  }
}

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}
