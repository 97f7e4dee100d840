/* An organizer's flows as a chat looks at them: which may be gone on with, and what has moved. */
import { closesAtOf } from '../../machines/option.ts';
import { CHOOSABLE_MS } from '../../machines/syncup-gathering.model.ts';
import {
  type EventTally,
  listMoved,
  listTallies,
  listVotes,
  type MovedInstance,
  type SyncupTally,
} from '../store/changes.ts';
import { type InstanceRow, loadUnfinished } from '../store/instances.ts';
import type { Queryable } from '../store/orm.ts';
import { listSyncups } from '../store/syncups.ts';
import { eventIfFinal } from './syncups.ts';

export type { MovedInstance };

const DAY_MS = 86_400_000;
/** A plan that was left for longer is made anew rather than gone on with. */
const RESUMABLE_MS = 14 * DAY_MS;
/** More than a chat shows. */
const MAX_FLOWS = 50;
const MAX_TALLIES = 100;

type Of = { readonly organizerId: string; readonly at: number };

/** Flows to go on with: open ones, and dropped ones that may be taken up; the last moved come first. */
export const unfinishedFlows = (
  sql: Queryable,
  {
    organizerId,
    at,
    machines,
    droppedIn,
  }: Of & { readonly machines: readonly string[]; readonly droppedIn: readonly string[] },
): Promise<readonly InstanceRow[]> =>
  loadUnfinished(sql, {
    ...{ organizerId, machines, droppedIn },
    ...{ since: at - RESUMABLE_MS, limit: MAX_FLOWS },
  });

/** What is open, and what has moved since (epoch ms). */
export const movedFlows = (
  sql: Queryable,
  of: {
    readonly organizerId: string;
    readonly machines: readonly string[];
    readonly since: number;
  },
): Promise<readonly MovedInstance[]> => listMoved(sql, of);

/** How the invitees of one event or sync-up have answered; `eventId` is the event that a vote has become. */
export type CurrentTally =
  | ({ readonly target: 'event' } & EventTally)
  | ({ readonly target: 'syncup'; readonly eventId: string | null } & SyncupTally);

/**
 * How the invitees of events have answered, and those of sync-ups. Left out are events that are over for a
 * day, and votes of which nobody could have made an event for a day.
 */
export async function currentTallies(sql: Queryable, of: Of): Promise<readonly CurrentTally[]> {
  const { organizerId, at } = of;
  const [events, votes] = await Promise.all([
    listTallies(sql, { organizerId, from: at - DAY_MS, limit: MAX_TALLIES }),
    currentVotes(sql, of),
  ]);
  return [
    ...events.map((tally) => ({ target: 'event' as const, ...tally })),
    ...votes.map((tally) => ({
      target: 'syncup' as const,
      ...tally,
      eventId: eventIfFinal(tally),
    })),
  ];
}

async function currentVotes(
  sql: Queryable,
  { organizerId, at }: Of,
): Promise<readonly SyncupTally[]> {
  const syncups = await listSyncups(sql, organizerId, MAX_TALLIES);
  const current = syncups.filter((syncup) => closesAtOf(syncup) + CHOOSABLE_MS > at - DAY_MS);
  return await listVotes(sql, { organizerId, syncupIds: current.map(({ id }) => id) });
}
