/*
 * What an organizer's chat would like to know at once: how the flows stand and how invitees have answered.
 * It tells how things are, not what happened to them: a new stream begins with all that is open, so that
 * nobody has to remember where an old one broke off.
 */
import type { CurrentTally, MovedInstance } from '../domain/flows.ts';
import { isDatabaseAway } from '../engine/index.ts';
import type { Instance } from './charts.ts';

export type Change =
  | { readonly kind: 'flow'; readonly flow: Instance }
  | { readonly kind: 'tally'; readonly tally: CurrentTally }
  /** All that was open when the stream began has been told. */
  | { readonly kind: 'ready' };

export type FollowFlowsDeps = {
  /** What is open, and what has moved since (epoch ms). */
  readonly moved: (since: number) => Promise<readonly MovedInstance[]>;
  readonly tallies: () => Promise<readonly CurrentTally[]>;
  readonly load: (id: string) => Promise<Instance | undefined>;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Resolves after so many ms, or when the signal says so. */
  readonly wait: (ms: number) => Promise<void>;
};

const EVERY_MS = 500;
/** Where nothing has moved for a minute, nobody waits for the next thing to. */
const IDLE_EVERY_MS = 2_000;
const IDLE_AFTER_MS = 60_000;
/** After a database was away. */
const AGAIN_MS = 2_000;
/** Commits come late, and clocks of servers differ: what moved within this is looked at again. */
const BACK_MS = 15_000;

/** Follows until the signal; a database that is away is waited for. */
export async function* followFlows(deps: FollowFlowsDeps): AsyncGenerator<Change | 'quiet'> {
  const { now, signal, wait } = deps;
  let seen: Seen = { flows: new Map(), tallies: new Map() };
  let isReady = false;
  let movedAt = now();
  while (!signal.aborted) {
    const look = await lookNow(deps, now() - BACK_MS, seen);
    if (look !== undefined) {
      yield* look.changes;
      if (look.changes.length > 0) movedAt = now();
      seen = look.seen;
      if (!isReady) yield { kind: 'ready' };
      isReady = true;
    }
    yield 'quiet';
    const everyMs = now() - movedAt < IDLE_AFTER_MS ? EVERY_MS : IDLE_EVERY_MS;
    await wait(look === undefined ? AGAIN_MS : everyMs);
  }
}

type Seen = {
  readonly flows: ReadonlyMap<string, MovedInstance>;
  readonly tallies: ReadonlyMap<string, string>;
};

type Look = { readonly changes: readonly Change[]; readonly seen: Seen };

/** One look; undefined while the database is away, so that what it would have found is found later. */
async function lookNow(
  deps: FollowFlowsDeps,
  since: number,
  seen: Seen,
): Promise<Look | undefined> {
  try {
    const [moved, tallies] = await Promise.all([deps.moved(since), deps.tallies()]);
    const flows = await Promise.all(changedIds(moved, seen).map(deps.load));
    const isNew = (tally: CurrentTally) => seen.tallies.get(tally.id) !== JSON.stringify(tally);
    return {
      changes: [
        ...flows.flatMap((flow) => (flow ? [{ kind: 'flow', flow } as const] : [])),
        ...tallies.filter(isNew).map((tally) => ({ kind: 'tally', tally }) as const),
      ],
      seen: {
        flows: new Map(moved.map((flow) => [flow.id, flow])),
        tallies: new Map(tallies.map((tally) => [tally.id, JSON.stringify(tally)])),
      },
    };
  } catch (error) {
    if (isDatabaseAway(error)) return undefined;
    throw error;
  }
}

function changedIds(moved: readonly MovedInstance[], { flows }: Seen): readonly string[] {
  const there = new Set(moved.map(({ id }) => id));
  // Open when last seen and no longer there: it ended, and it took us long to look.
  const ended = [...flows.values()].filter(({ id, isOpen }) => isOpen && !there.has(id));
  const changed = moved.filter(({ id, seq }) => flows.get(id)?.seq !== seq);
  return [...ended, ...changed].map(({ id }) => id);
}
