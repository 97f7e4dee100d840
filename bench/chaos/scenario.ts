/* What a scenario is: something terrible done to the house, and what was true of it afterwards. */
import type { Cluster } from './parts/cluster.ts';
import type { Nursery } from './parts/processes.ts';
import type { Random } from './parts/random.ts';

/** Short is what CI runs: all scenarios in about two minutes. */
export type Size = 'short' | 'full';

export type Stage = {
  readonly cluster: Cluster;
  readonly nursery: Nursery;
  readonly random: Random;
  readonly size: Size;
  /** The number of this size. */
  readonly sized: <T>(of: { readonly short: T; readonly full: T }) => T;
  /** Tells how far it is. */
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
};

export type Facts = Readonly<Record<string, number | string>>;

export type Finding = {
  /** What was measured. */
  readonly facts: Facts;
  /** Sentences, one for each promise that was not kept. */
  readonly broken: readonly string[];
};

export type Scenario = {
  readonly name: string;
  /** The promise, in a sentence. */
  readonly claim: string;
  /** In short form others are played beside it, unless it says this: what it does, or measures, would touch them. */
  readonly alone?: true;
  readonly run: (stage: Stage) => Promise<Finding>;
};

/** Several findings as one; each one's facts under its own name. */
export const together = (findings: Readonly<Record<string, Finding>>): Finding => ({
  facts: Object.fromEntries(
    Object.entries(findings).flatMap(([name, { facts }]) =>
      Object.entries(facts).map(([key, value]) => [`${name}: ${key}`, value] as const),
    ),
  ),
  broken: Object.entries(findings).flatMap(([name, { broken }]) =>
    broken.map((sentence) => `${name}: ${sentence}`),
  ),
});
