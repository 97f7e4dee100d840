/*
 * A step that throws and is not a client's: tried again with growing waits, and after a few tries the
 * instance is parked, so that it neither blocks others nor spins. An operator looks at it, mends and
 * retries, or ends it.
 */
import type { InstanceKey } from '../store/instances.ts';
import { loadInstances } from '../store/instances.ts';
import { recordFailure } from '../store/timers.ts';
import { isDatabaseAway } from './away.ts';
import { earliest } from './commit.ts';
import type { Core } from './core.ts';
import type { Note, Notes } from './notes.ts';

export type ThrowDeps = {
  readonly core: Core;
  readonly notes: Notes;
  /** Told of every throw: the operational log is where its cause can be read. */
  readonly onThrow: (doing: string, error: unknown) => void;
};

const MAX_TRIES = 8;
const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 60_000;
/** Jobs of a parked instance look again this seldom. */
const PARKED_WAIT_MS = 3_600_000;

/**
 * Counts a throw of the instance's next step. Returns when to try again (epoch ms). A database that is
 * away is nobody's fault and counts for nothing.
 */
export async function recordThrow(
  { core, notes, onThrow }: ThrowDeps,
  of: {
    readonly target: InstanceKey;
    readonly error: unknown;
    /** What was being done: `timer`, `job send`. */
    readonly doing: string;
    /** How often the job was claimed, where it is one. */
    readonly claims?: number;
  },
): Promise<number> {
  const now = core.now();
  onThrow(of.doing, of.error);
  if (isDatabaseAway(of.error)) return now + FIRST_WAIT_MS;
  const [row] = await loadInstances(core.sql, [of.target]);
  if (row === undefined) {
    if (of.claims === MAX_TRIES) notes.take(unborn(core.id(), of.target));
    return now + MAX_WAIT_MS;
  }
  const tries = row.tries + 1;
  const waitMs = Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** row.tries);
  const parked = tries >= MAX_TRIES;
  const dueAt = now + (parked ? PARKED_WAIT_MS : waitMs);
  const nextAt = earliest(row.timers);
  await recordFailure(core.sql, {
    ...of.target,
    seq: row.seq,
    tries,
    wakeAt: parked || nextAt === null ? null : Math.max(dueAt, nextAt),
    parkedAt: parked ? now : null,
  });
  if (tries === MAX_TRIES) {
    notes.take({
      type: 'error',
      owner: row.organizerId,
      correlationId: core.id(),
      metadata: {
        code: 'flow.parked',
        severity: 'fatal',
        component: 'scheduler',
        handled: true,
        attempt: tries,
        machine: row.machine,
        at_state: row.state,
      },
    });
  }
  return dueAt;
}

/** The one `error` row of an instance that cannot begin. Its job is tried again all the same. */
const unborn = (correlationId: string, { organizerId }: InstanceKey): Note => ({
  type: 'error',
  owner: organizerId,
  correlationId,
  metadata: {
    code: 'scheduler.job_failed',
    severity: 'error',
    component: 'scheduler',
    handled: true,
    attempt: MAX_TRIES,
  },
});
