/*
 * Holds rows to a canonical sequence of the contract: in this order, in these commits, nothing else.
 * Where rows and sequence part, the first place is told in the words of the sign-off sheet.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Metadata } from '../catalogue/index.ts';
import type { LogRow } from '../row.ts';
import type { EventType } from '../vocabulary.ts';
import { fieldOf, inOneCommit, inOrder, nameOf } from './logged.ts';

/** One row as a sequence wants it: its type, and the values that tell it from others of the type. */
export type Expected = {
  readonly type: EventType;
  readonly where: Readonly<Record<string, unknown>>;
};

/** Rows of one commit, in order; `mayLack` where the contract says `{…}?`. */
export type Link = { readonly commit: readonly Expected[]; readonly mayLack?: true };

/** `A → B`: each link after the one before, be it in the same commit. */
export type Sequence = readonly Link[];

export const row = <T extends EventType>(type: T, where: Partial<Metadata[T]> = {}): Expected => ({
  type,
  where,
});

/** `fs(step)`: a step that was completed. */
export const fs = (
  step: Metadata['flow_step']['step'],
  where: Partial<Metadata['flow_step']> = {},
): Expected => row('flow_step', { step, outcome: 'completed', ...where });

/** `[A B]`, or a single row. */
export const link = (...commit: readonly Expected[]): Link => ({ commit });

/** `{A}?` */
export const maybe = (...commit: readonly Expected[]): Link => ({ commit, mayLack: true });

/** Rows that the comparison leaves out: they may come at any time and belong to no case. */
const ASIDE: readonly EventType[] = ['latency', 'state_snapshot'];

/** Where these rows part from the sequence, as one sentence; none when they are exactly it. */
export function deviationOf(rows: readonly LogRow[], sequence: Sequence): string | undefined {
  const left = inOrder(rows).filter(({ event_type }) => !ASIDE.includes(event_type));
  let place = 0;
  for (const { commit, mayLack } of sequence) {
    const found = left.slice(place, place + commit.length);
    const wrong = mismatch(found, commit);
    if (wrong === undefined) place += commit.length;
    else if (mayLack === undefined) return kindOf(left.slice(place), wrong);
  }
  const extra = left[place];
  return extra === undefined ? undefined : `extra: ${nameOf(extra)}`;
}

type Wrong = {
  readonly wanted: Expected;
  readonly got: LogRow | undefined;
  readonly apart: boolean;
};

function mismatch(found: readonly LogRow[], commit: readonly Expected[]): Wrong | undefined {
  const [first] = found;
  for (const [place, wanted] of commit.entries()) {
    const got = found[place];
    if (got === undefined || !isAs(got, wanted)) return { wanted, got, apart: false };
    if (first !== undefined && !inOneCommit(first, got)) return { wanted, got, apart: true };
  }
  return undefined;
}

const isAs = (got: LogRow, { type, where }: Expected): boolean =>
  got.event_type === type &&
  Object.entries(where).every(([key, value]) => isDeepStrictEqual(fieldOf(got, key), value));

function kindOf(rest: readonly LogRow[], { wanted, got, apart }: Wrong): string {
  const told = `${wanted.type}${whereText(wanted)}`;
  if (got === undefined) return `missing: ${told}`;
  if (apart) return `order: ${nameOf(got)} is not in one commit with the row before it`;
  const kind = rest.some((one) => isAs(one, wanted)) ? 'order' : 'missing';
  return `${kind}: expected ${told}, found ${nameOf(got)}`;
}

function whereText({ where }: Expected): string {
  const told = Object.entries(where).map(([key, value]) => `${key}: ${String(value)}`);
  return told.length === 0 ? '' : `{${told.join(', ')}}`;
}
