/*
 * An open loop: work begins when it is due, so many times a second, whether or not what began before is done. Times
 * run from when it was due, so that a stall is felt by all that was to begin in it.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { quantile } from './stats.ts';

export type Paced = { readonly p50Ms: number; readonly p99Ms: number; readonly count: number };

/** Rejects with the first error of any work; `n` counts from 0. */
export async function atRate(
  { perSecond, durationMs }: { readonly perSecond: number; readonly durationMs: number },
  work: (n: number) => Promise<unknown>,
): Promise<Paced> {
  const times: number[] = [];
  const begun = performance.now();
  const under: Promise<void>[] = [];
  const count = Math.floor((perSecond * durationMs) / 1_000);
  for (let n = 0; n < count; n += 1) {
    const dueAt = begun + (n * 1_000) / perSecond;
    // Timers are no finer than 1 ms: what is due within it begins together.
    if (dueAt > performance.now()) await delay(1);
    const done = work(n).then(() => void times.push(performance.now() - dueAt));
    // Heard below; until then an error is not to end the process.
    done.catch(() => undefined);
    under.push(done);
  }
  await Promise.all(under);
  return { p50Ms: quantile(times, 0.5), p99Ms: quantile(times, 0.99), count };
}
