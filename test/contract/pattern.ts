/*
 * Sequences of rows as a small algebra: one row after another, one commit, some of them optional, repeated
 * or interleaved. `stepsOf` is all there is to running it: which rows may come next, and what is left then.
 * Knows no grammar and no verdicts.
 */
import { type LogRow, parseEntryId } from '../../src/behavior/row.ts';

/** One row that is expected: its type, and what must be true of it. */
export type Wanted = {
  /** As it is written, for sentences about it. */
  readonly text: string;
  readonly holds: (row: LogRow) => boolean;
};

export type Pattern =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'row'; readonly wanted: Wanted }
  /** Any rows: the contract's `…`. */
  | { readonly kind: 'any' }
  | { readonly kind: 'then'; readonly first: Pattern; readonly rest: Pattern }
  | { readonly kind: 'or'; readonly left: Pattern; readonly right: Pattern }
  | { readonly kind: 'star'; readonly of: Pattern }
  | { readonly kind: 'mixed'; readonly left: Pattern; readonly right: Pattern }
  /** One commit: its rows share it and stand side by side; `last` is the one that came before. */
  | { readonly kind: 'commit'; readonly of: Pattern; readonly last: LogRow | null };

export const NOTHING: Pattern = { kind: 'nothing' };

export function inTurn(first: Pattern, rest: Pattern): Pattern {
  if (first.kind === 'nothing') return rest;
  return rest.kind === 'nothing' ? first : { kind: 'then', first, rest };
}

export function mixed(left: Pattern, right: Pattern): Pattern {
  if (left.kind === 'nothing') return right;
  return right.kind === 'nothing' ? left : { kind: 'mixed', left, right };
}

const or = (left: Pattern, right: Pattern): Pattern => ({ kind: 'or', left, right });

export const maybe = (of: Pattern): Pattern => or(of, NOTHING);

/** `count` times: one after the other, or in any interleaving. */
export const times = (
  of: Pattern,
  count: number,
  join: (left: Pattern, right: Pattern) => Pattern,
): Pattern => Array.from({ length: count }, () => of).reduce(join, NOTHING);

export const oneOf = (patterns: readonly Pattern[]): Pattern =>
  patterns.reduce((left, right) => or(left, right));

/** A row that may come next: what is left depends on the row that comes. */
export type Step = {
  readonly wanted: Wanted | 'any';
  readonly takes: (row: LogRow) => boolean;
  /** What is left after this row; null where the row is missing and one goes on without it. */
  readonly next: (row: LogRow | null) => Pattern;
};

/** Whether nothing more need come. */
export function isDone(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case 'nothing':
    case 'any':
    case 'star':
      return true;
    case 'row':
      return false;
    case 'then':
      return isDone(pattern.first) && isDone(pattern.rest);
    case 'or':
      return isDone(pattern.left) || isDone(pattern.right);
    case 'mixed':
      return isDone(pattern.left) && isDone(pattern.right);
    case 'commit':
      return isDone(pattern.of);
  }
}

/** Every row that may come next (Antimirov's partial derivatives, with a side condition per row). */
export function stepsOf(pattern: Pattern): readonly Step[] {
  switch (pattern.kind) {
    case 'nothing':
      return [];
    case 'row': {
      const { wanted } = pattern;
      return [{ wanted, takes: wanted.holds, next: () => NOTHING }];
    }
    case 'any':
      return [{ wanted: 'any', takes: () => true, next: () => pattern }];
    case 'then': {
      const { first, rest } = pattern;
      const own = through(first, (left) => inTurn(left, rest));
      return isDone(first) ? [...own, ...stepsOf(rest)] : own;
    }
    case 'or':
      return [...stepsOf(pattern.left), ...stepsOf(pattern.right)];
    case 'star':
      return through(pattern.of, (left) => inTurn(left, pattern));
    case 'mixed': {
      const { left, right } = pattern;
      return [
        ...through(left, (rest) => mixed(rest, right)),
        ...through(right, (rest) => mixed(left, rest)),
      ];
    }
    case 'commit':
      return stepsInCommit(pattern.of, pattern.last);
  }
}

const through = (pattern: Pattern, wrap: (left: Pattern) => Pattern): readonly Step[] =>
  stepsOf(pattern).map((step) => ({ ...step, next: (row) => wrap(step.next(row)) }));

const stepsInCommit = (of: Pattern, last: LogRow | null): readonly Step[] =>
  stepsOf(of).map((step) => ({
    wanted: step.wanted,
    takes: (row) => step.takes(row) && (last === null || isBeside(last, row)),
    next: (row) => {
      const left = step.next(row);
      return left.kind === 'nothing' ? left : { kind: 'commit', of: left, last: row ?? last };
    },
  }));

/** The very next row of the same commit. */
function isBeside(before: LogRow, row: LogRow): boolean {
  return (
    before.timestamp === row.timestamp &&
    before.metadata.correlation_id === row.metadata.correlation_id &&
    parseEntryId(row.id).position === parseEntryId(before.id).position + 1
  );
}

/** A name for a pattern: equal for equal ones, so that a search meets each but once. */
export function nameOf(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'nothing':
      return '-';
    case 'any':
      return '…';
    case 'row':
      return pattern.wanted.text;
    case 'then':
      return `(${nameOf(pattern.first)} > ${nameOf(pattern.rest)})`;
    case 'or':
      return `(${nameOf(pattern.left)} | ${nameOf(pattern.right)})`;
    case 'star':
      return `(${nameOf(pattern.of)})*`;
    case 'mixed': {
      // Which side is which makes no difference.
      const sides = [nameOf(pattern.left), nameOf(pattern.right)].sort();
      return `(${sides.join(' ∥ ')})`;
    }
    case 'commit':
      return `[${nameOf(pattern.of)} after ${pattern.last?.id ?? 'none'}]`;
  }
}
