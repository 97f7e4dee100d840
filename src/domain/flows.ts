/* An organizer's flows as a chat looks at them: which may be gone on with, and what has moved. */
import { type EventTally, listMoved, listTallies, type MovedInstance } from '../store/changes.ts';
import { type InstanceRow, loadUnfinished } from '../store/instances.ts';
import type { Queryable } from '../store/orm.ts';

export type { EventTally, MovedInstance };

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

/** How the invitees of events have answered; not of events that are over for a day. */
export const currentTallies = (
  sql: Queryable,
  { organizerId, at }: Of,
): Promise<readonly EventTally[]> =>
  listTallies(sql, { organizerId, from: at - DAY_MS, limit: MAX_TALLIES });
