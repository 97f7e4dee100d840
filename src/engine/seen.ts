/*
 * Activity that is no step: when a session was last seen. Kept in memory and flushed at most every
 * few seconds, since a write for each request would double the writes. A crash forgets that much.
 */
import type { InstanceKey } from '../store/instances.ts';
import type { Sql } from '../store/orm.ts';
import { markSeen } from '../store/timers.ts';

export type Seen = {
  /** True asks for a flush at once: after a quiet while another node may be about to end it as idle. */
  readonly mark: (key: InstanceKey, at: number) => boolean;
  /** The last activity that this process knows of, or undefined. */
  readonly lastOf: (id: string) => number | undefined;
  readonly flush: () => Promise<void>;
};

/** Ids that are remembered after their flush, so that a timer that fires now sees them. */
const MAX_REMEMBERED = 10_000;

const QUIET_MS = 60_000;

export function createSeen(sql: Sql): Seen {
  let fresh = new Map<string, InstanceKey & { readonly seenAt: number }>();
  const last = new Map<string, number>();
  return {
    mark: (key, seenAt) => {
      fresh.set(key.id, { ...key, seenAt });
      const before = last.get(key.id) ?? 0;
      last.delete(key.id);
      last.set(key.id, seenAt);
      const oldest = last.keys().next();
      if (last.size > MAX_REMEMBERED && !oldest.done) last.delete(oldest.value);
      return seenAt - before > QUIET_MS;
    },
    lastOf: (id) => last.get(id),
    flush: async () => {
      if (fresh.size === 0) return;
      const flushed = fresh;
      fresh = new Map();
      try {
        await markSeen(sql, [...flushed.values()]);
      } catch (error) {
        fresh = new Map([...flushed, ...fresh]);
        throw error;
      }
    },
  };
}
