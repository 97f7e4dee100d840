/*
 * Moves entries from the outbox into the log. It validates nothing: the inspector did. Whatever is
 * wrong with the log (locked, full, renamed away, on a server that is down), entries stay in the
 * outbox and nobody's flow notices; only a row that the database refuses for its contents goes to
 * quarantine, found by halving the batch that it spoils.
 */

import type { Sql } from '../store/orm.ts';
import { moveOutbox, type OutboxKey, oldestOutbox } from '../store/outbox.ts';
import { moveOutboxAcross, type Refused, separateEntries } from '../store/outbox-across.ts';
import { currentMonths, ensurePartitions, monthOf } from '../store/partitions.ts';
import { isConnectionLost } from './away.ts';
import { type Loop, startLoop } from './loop.ts';
import { sqlStateOf } from './sql-state.ts';

export type ProjectorDeps = {
  /** The database of the outbox, as the projector's role. */
  readonly outbox: Sql;
  /** The database of the log, as the projector's role; the same pool where it is the same database. */
  readonly log: Sql;
  readonly now: () => number;
  /** Told of a row that went to quarantine because the database refused it. */
  readonly onRefused: (refused: Refused) => void;
  /** Told once of each time that nothing can be written to the log, however long it lasts. */
  readonly onOutage: () => void;
  readonly onError: (error: unknown) => void;
};

/** Outbox rows per statement: some 2,000 entries. While nothing can be written one row is tried, so that trying costs nothing. */
const LIMIT = 1_000;
const PROBE = 1;
/** Nobody hurries it: what gathers meanwhile goes in one statement, and costs the flows less. */
const EVERY_MS = 100;

export function startProjector(deps: ProjectorDeps): Loop {
  let preparedMonth = '';
  let isOut = false;
  return startLoop({
    everyMs: EVERY_MS,
    onError: (error) => {
      if (!isOut && isTheLogs(deps, error)) {
        isOut = true;
        deps.onOutage();
      }
      deps.onError(error);
    },
    turn: async () => {
      const month = monthOf(deps.now());
      if (month !== preparedMonth) {
        await ensurePartitions(deps.log, currentMonths(deps.now()));
        preparedMonth = month;
      }
      const limit = isOut ? PROBE : LIMIT;
      const moved = await project(deps, { limit });
      if (moved > 0) isOut = false;
      return moved >= limit;
    },
  });
}

/** A database that is away as a whole is no outage of the log: there is nothing to be said, and nowhere. */
const isTheLogs = ({ outbox, log }: ProjectorDeps, error: unknown): boolean =>
  outbox !== log || !isConnectionLost(error);

/** Which outbox rows: these, or the oldest, and how many at most. */
type Chosen = { readonly limit: number; readonly keys?: readonly OutboxKey[] };

/** Moves one batch; how many outbox rows went. */
export async function project(
  deps: ProjectorDeps,
  chosen: Chosen = { limit: LIMIT },
): Promise<number> {
  try {
    return await move(deps, chosen);
  } catch (error) {
    if (lacksPartition(error)) {
      await ensurePartitions(deps.log, await monthsOf(deps, chosen));
      return move(deps, chosen);
    }
    if (refusalOf(error) === undefined) throw error;
    return separate(deps, chosen.keys ?? (await oldestOutbox(deps.outbox, chosen.limit)));
  }
}

/** Halves a batch that the database refuses until the bad row stands alone. */
async function separate(deps: ProjectorDeps, keys: readonly OutboxKey[]): Promise<number> {
  const [key] = keys;
  if (key === undefined) return 0;
  if (keys.length === 1) {
    const refused = await separateEntries(deps.outbox, deps.log, { key, refusalOf });
    for (const row of refused) deps.onRefused(row);
    return 1;
  }
  const half = Math.ceil(keys.length / 2);
  const projectThese = (these: readonly OutboxKey[]) =>
    project(deps, { limit: LIMIT, keys: these });
  return (await projectThese(keys.slice(0, half))) + (await projectThese(keys.slice(half)));
}

const move = ({ outbox, log }: ProjectorDeps, chosen: Chosen): Promise<number> =>
  outbox === log ? moveOutbox(outbox, chosen) : moveOutboxAcross(outbox, log, chosen);

/** Classes 22 (data) and 23 (constraint) are about the row; all others are about the database. */
const refusesContents = (sqlState: string): boolean => /^2[23]/.test(sqlState);

/** Why a row is refused, for its quarantine; undefined where the row is not to blame. */
function refusalOf(error: unknown): string | undefined {
  const state = sqlStateOf(error);
  return state !== undefined && refusesContents(state) ? `insert refused: ${state}` : undefined;
}

/** PostgreSQL reports a month without a partition as a check violation from this routine. */
const lacksPartition = (error: unknown): boolean =>
  sqlStateOf(error) === '23514' && (error as { routine?: string }).routine === 'ExecFindPartition';

async function monthsOf(deps: ProjectorDeps, { keys, limit }: Chosen): Promise<readonly string[]> {
  const rows = await oldestOutbox(deps.outbox, limit);
  const wanted =
    keys === undefined ? undefined : new Set(keys.map(({ source, seq }) => `${source}${seq}`));
  return rows
    .filter(({ source, seq }) => wanted?.has(`${source}${seq}`) ?? true)
    .flatMap(({ entries }) => entries.map(({ timestamp }) => monthOf(Number(timestamp))));
}
