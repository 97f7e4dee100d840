/** The bar that the parser must pass, and a score as a table for a terminal. */
import type { Score, Tally } from './score.ts';

type Demand = {
  readonly name: string;
  readonly holds: (score: Score) => boolean;
};

/** Ordinary answers must be read; what is no answer must not be acted on. */
const BAR: readonly Demand[] = [
  { name: 'direct strict >= 95 %', holds: atLeast(['tier:direct'], 'strict', 95) },
  { name: 'soft strict >= 65 %', holds: atLeast(['tier:soft'], 'strict', 65) },
  { name: 'edge accept >= 92 %', holds: atLeast(['tier:edge'], 'accept', 92) },
  {
    name: 'ood, question and trap accept >= 98 %',
    holds: atLeast(['tier:ood', 'tier:question', 'tier:trap'], 'accept', 98),
  },
  { name: 'harmful <= 0.8 %', holds: (s) => percent(total(s, ['ALL']), 'harmful') <= 0.8 },
  { name: 'flips <= 3', holds: (s) => total(s, ['ALL']).flips <= 3 },
  { name: 'thrown 0', holds: (s) => s.thrown === 0 },
  { name: 'no line slower than 20 ms', holds: (s) => s.slow === 0 },
];

export type Verdict = { readonly passed: boolean; readonly failed: readonly string[] };

/** Whether a score passes the bar, and the demands it misses. */
export function verdictOn(score: Score): Verdict {
  const failed = BAR.filter((demand) => !demand.holds(score)).map((demand) => demand.name);
  return { passed: failed.length === 0, failed };
}

/** The score as lines of text, the verdict last. */
export function formatScore(score: Score): string {
  const names = [...score.groups.keys()].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  const width = Math.max(...names.map((name) => name.length));
  const { passed, failed } = verdictOn(score);
  return [
    `${'group'.padEnd(width)}      n  strict  accept harmful          flips`,
    ...names.map((name) => row(name.padEnd(width), total(score, [name]))),
    `thrown ${score.thrown}, slower than 20 ms ${score.slow}`,
    passed ? 'The bar is passed.' : `The bar is missed: ${failed.join('; ')}.`,
  ].join('\n');
}

function rank(group: string): number {
  return group === 'ALL' ? 0 : 1;
}

function row(name: string, tally: Tally): string {
  const share = (key: keyof Tally) => percent(tally, key).toFixed(1).padStart(7);
  const rate = percent(tally, 'harmful').toFixed(1);
  const harmful = `${String(tally.harmful).padStart(4)} (${rate} %)`;
  return [
    name,
    String(tally.n).padStart(6),
    share('strict'),
    share('accept'),
    harmful.padEnd(16),
    String(tally.flips).padStart(5),
  ].join(' ');
}

function percent(tally: Tally, key: keyof Tally): number {
  return tally.n === 0 ? 0 : (100 * tally[key]) / tally.n;
}

function atLeast(groups: readonly string[], key: keyof Tally, wanted: number) {
  return (score: Score) => {
    const tally = total(score, groups);
    return tally.n === 0 || percent(tally, key) >= wanted;
  };
}

function total(score: Score, groups: readonly string[]): Tally {
  const found = groups.flatMap((g) => score.groups.get(g) ?? []);
  const add = (key: keyof Tally) => found.reduce((sum, tally) => sum + tally[key], 0);
  return {
    n: add('n'),
    strict: add('strict'),
    accept: add('accept'),
    harmful: add('harmful'),
    flips: add('flips'),
  };
}
