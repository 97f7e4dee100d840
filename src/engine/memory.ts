/*
 * Rows as this process last wrote or read them, so that the next event of a conversation need not read
 * what the last one wrote. Only a commit may follow from a remembered row: its write names the `seq` that it was
 * decided on, and where somebody else has stepped since, it changes nothing and the row is read anew. An
 * answer that writes nothing is never given from memory, since nothing would find it out of date.
 */
import type { InstanceKey, InstanceRow } from '../store/instances.ts';

export type Memory = {
  /** The row as it was written, which no step changes; undefined where it is not known. */
  readonly recall: (key: InstanceKey) => InstanceRow | undefined;
  /**
   * Keeps a row that is committed or was read, in place of an older one; an ended one is let go.
   */
  readonly keep: (row: InstanceRow) => void;
  readonly forget: (key: InstanceKey) => void;
};

/** More than the conversations and sessions that one process leads at once; some 3 KB each. */
const MAX_ROWS = 4_096;

/** A memory of the `maxRows` rows that were asked for last. */
export function createMemory(maxRows: number = MAX_ROWS): Memory {
  const rows = new Map<string, InstanceRow>();
  const nameOf = ({ organizerId, id }: InstanceKey): string => `${organizerId}${id}`;
  return {
    recall: (key) => {
      const name = nameOf(key);
      const row = rows.get(name);
      if (row === undefined) return undefined;
      rows.delete(name);
      rows.set(name, row);
      return row;
    },
    keep: (row) => {
      const name = nameOf(row);
      if ((rows.get(name)?.seq ?? 0) > row.seq) return;
      rows.delete(name);
      if (row.status !== 'active') return;
      rows.set(name, row);
      const oldest = rows.keys().next();
      if (rows.size > maxRows && !oldest.done) rows.delete(oldest.value);
    },
    forget: (key) => void rows.delete(nameOf(key)),
  };
}
