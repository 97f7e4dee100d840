/*
 * What a fault costs those who wait: the p99 of the same load with and without it, in the same run. Windows
 * alternate, and each fault's are held against those around them, on both sides: a database grows meanwhile.
 */
import type { Size } from '../scenario.ts';

export type Compared = {
  /** p99 of each window, ms. */
  readonly without: readonly number[];
  readonly withFault: readonly number[];
};

/** The goal; and, in short form, where a window has too few requests for a p99, only that nobody waits. */
const ALLOWED = {
  full: { times: 1.1, plusMs: 5 },
  short: { times: 3, plusMs: 250 },
} as const;

export function latencyProblem(size: Size, { without, withFault }: Compared): readonly string[] {
  const { times, plusMs } = ALLOWED[size];
  const base = median(without);
  const found = median(withFault);
  return found <= base * times + plusMs
    ? []
    : [`p99 was ${found} ms, beside ${base} ms without the fault.`];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
  return Math.round((10 * (upper + lower)) / 2) / 10;
}
