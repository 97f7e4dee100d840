/* What a benchmark is to the command that runs it: a number of the goals, a title, and findings. */
import type { Cpu } from './cpu.ts';
import type { Machine } from './machine.ts';

/** One number, with the goal it is held to; `goal` null where it is told for the record only. */
export type Finding = {
  readonly name: string;
  readonly value: number;
  /** `events/s`, `ms`, `x` (a ratio), `bytes`, `MB`, `s`. */
  readonly unit: string;
  readonly goal: Goal | null;
};

export type Goal = { readonly atLeast: number } | { readonly atMost: number };

/** `raw` is everything that was measured on the way, round by round; `tables` what is shown beside the findings. */
export type Measured = {
  readonly findings: readonly Finding[];
  readonly raw: unknown;
  readonly tables?: readonly Table[];
};

export type Table = {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
};

export type Measure = {
  /** The number of the goal in the project's list. */
  readonly item: number;
  readonly title: string;
  readonly run: (bench: Bench) => Promise<Measured>;
};

/** What every benchmark is given. */
export type Bench = {
  /** Very short: shows that everything runs, measures nothing. */
  readonly quick: boolean;
  readonly machine: Machine;
  /** A migrated database of its own in the run's PostgreSQL. */
  readonly database: () => Promise<Database>;
  /** A folder of its own that is gone after the run. */
  readonly folder: (name: string) => Promise<string>;
  /** The process id of the run's PostgreSQL. */
  readonly postmaster: number;
  /** Processor time used up to now. */
  readonly cpu: () => Cpu;
  readonly say: (line: string) => void;
};

export type Database = { readonly url: string; readonly drop: () => Promise<void> };

export const found = (name: string, value: number, unit: string, goal: Goal | null = null) =>
  ({ name, value, unit, goal }) satisfies Finding;

/** Null where nothing was promised. */
export function isMet({ value, goal }: Finding): boolean | null {
  if (goal === null) return null;
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
}
