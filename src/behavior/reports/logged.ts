/*
 * Rows of the log as reports read them: in order of occurrence, by type, and with what links them.
 * Metadata is taken at its schema's word; whether rows keep their schemas is a check of its own.
 */
import type { Metadata } from '../catalogue/index.ts';
import type { LogRow } from '../row.ts';
import type { EventType } from '../vocabulary.ts';

/** A row whose type, and so whose metadata, is known. */
export type Logged<T extends EventType> = Omit<LogRow, 'event_type' | 'metadata'> & {
  readonly event_type: T;
  readonly metadata: Metadata[T];
};

/** What is wrong with some rows: an invariant's number or a case's id, its claim, and each breach. */
export type Verdict = {
  readonly id: string;
  readonly claim: string;
  /** Sentences with row ids, never with a phone number; empty when the claim holds. */
  readonly broken: readonly string[];
};

/** Rows in order of occurrence: ids sort so, within a source strictly, and causes before effects. */
export const inOrder = (rows: readonly LogRow[]): readonly LogRow[] =>
  rows.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

export const isOf = <T extends EventType>(type: T, row: LogRow): row is LogRow & Logged<T> =>
  row.event_type === type;

export const ofType = <T extends EventType>(type: T, rows: readonly LogRow[]) =>
  rows.filter((row): row is LogRow & Logged<T> => isOf(type, row));

/** The value of a metadata key that several types share; undefined where a row has none. */
export const fieldOf = (row: LogRow, key: string): unknown => row.metadata[key];

/** A commit's rows share the instant and the stimulus; another commit of the stimulus is later. */
export const inOneCommit = (a: LogRow, b: LogRow): boolean =>
  a.timestamp === b.timestamp && fieldOf(a, 'correlation_id') === fieldOf(b, 'correlation_id');

/** How sentences name a row. */
export const nameOf = ({ event_type, id }: LogRow): string => `${event_type} ${id}`;

/** Rows by what `keyOf` gives; rows without a key are left out. Order is kept. */
export function groupBy<R extends LogRow>(
  rows: readonly R[],
  keyOf: (row: R) => unknown,
): ReadonlyMap<string, readonly R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === undefined || key === null) continue;
    const group = groups.get(String(key));
    if (group === undefined) groups.set(String(key), [row]);
    else group.push(row);
  }
  return groups;
}
