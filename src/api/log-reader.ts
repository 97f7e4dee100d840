/* How the behavior log is read from outside the store: queries, and how far they may be trusted. */
import type { LogRow } from '../behavior/row.ts';
import type { EventType } from '../behavior/vocabulary.ts';

export type LogFilters = {
  readonly session?: string | undefined;
  readonly phone?: string | undefined;
  readonly event?: string | undefined;
  readonly run?: string | undefined;
  readonly correlation?: string | undefined;
  readonly type?: EventType | undefined;
};

export type LogQuery = LogFilters & {
  /** Whose rows; null for everybody's. */
  readonly organizerId: string | null;
  /** Only rows with a later id. */
  readonly after: string | null;
  /** Only rows from this time on, epoch ms. */
  readonly since: number | null;
  /** Only rows before this time, epoch ms. */
  readonly before: number | null;
  readonly limit: number;
};

export type LogReader = {
  /** Rows in order of id, which is the order of occurrence. */
  readonly read: (query: LogQuery) => Promise<readonly LogRow[]>;
  /**
   * Epoch ms; every row before it is in the log already. A reader with a cursor that went further would
   * pass over rows that are projected late.
   */
  readonly settledBefore: () => Promise<number>;
};

/** The smallest id that a row of this time (epoch ms) can have. */
export function firstIdAt(at: number): string {
  const time = Math.max(0, Math.floor(at)).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}
