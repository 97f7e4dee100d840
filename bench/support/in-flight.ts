/*
 * A closed loop: so many lanes, each of which begins its next piece of work when the last is done. The
 * times are those of a caller; a lane that is late is late for all that follows (no open-loop load).
 */
import type { Cpu } from './cpu.ts';
import { quantile } from './stats.ts';

export type Round = {
  readonly inFlight: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly count: number;
  /** Processor ms per piece of work, of this process and of PostgreSQL. */
  readonly nodeMs: number;
  readonly postgresMs: number;
};

export type Load = {
  readonly lanes: number;
  readonly durationMs: number;
  readonly cpu: () => Cpu;
};

/** Runs `work` in so many lanes for `durationMs`; rejects with the first error of any of them. */
export async function inFlight(
  { lanes, durationMs, cpu }: Load,
  work: (lane: number) => Promise<unknown>,
): Promise<Round> {
  const before = cpu();
  const times: number[] = [];
  const begun = performance.now();
  const end = begun + durationMs;
  const go = async (lane: number) => {
    for (let at = performance.now(); at < end; ) {
      await work(lane);
      const now = performance.now();
      times.push(now - at);
      at = now;
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, lane) => go(lane)));
  const seconds = (performance.now() - begun) / 1_000;
  const after = cpu();
  return {
    inFlight: lanes,
    perSecond: times.length / seconds,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    count: times.length,
    nodeMs: (after.nodeMs - before.nodeMs) / times.length,
    postgresMs: (after.postgresMs - before.postgresMs) / times.length,
  };
}
