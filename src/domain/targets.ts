/*
 * What organizer flows can be about, an event or a sync-up that is still to come. Other organizers' are not
 * found, nor are those that are called off, finalized or over.
 */
import { closesAtOf, lastTimeOf, optionText, optionTime } from '../../machines/option.ts';
import type { OfferedTarget, OfferedTargets, Target, Wanted } from '../../machines/target.ts';
import type { TransactionScope } from '../engine/index.ts';
import { listInvitations, listSyncupInvitations, type RemindedRow } from '../store/invitations.ts';
import { findSyncup, listSyncups, lockSyncup, type SyncupRow } from '../store/syncups.ts';
import { findTarget, loadEvents, lockTarget } from './event-targets.ts';

/** More than an organizer can look through in a chat. */
export const MAX_LISTED = 100;

type Scope = Pick<TransactionScope, 'tx' | 'at' | 'self'>;

/** `loadTargets`: the organizer's events and sync-ups that are still to come, each latest first. */
export async function loadTargets(_: object, scope: Scope): Promise<OfferedTargets> {
  const { events } = await loadEvents({}, scope);
  const syncups = await listSyncups(scope.tx, scope.self.owner, MAX_LISTED);
  return {
    offered: [
      ...events.map((event) => ({ target: 'event' as const, ...event })),
      ...syncups.flatMap((syncup) => {
        const found = targetOf(syncup, scope.at);
        return found === undefined ? [] : [offeredOf(found)];
      }),
    ],
  };
}

/** One of them, if it is still to come. */
export async function findEither(scope: Scope, of: Wanted | null): Promise<Target | undefined> {
  if (of === null) return undefined;
  if (of.target === 'event') return asEvent(await findTarget(scope, of.id));
  const { tx, at, self } = scope;
  return targetOf(await findSyncup(tx, { organizerId: self.owner, syncupId: of.id }), at);
}

/** The same, locked, so that two changes of who is invited or reminded do not mix. */
export async function lockEither(scope: Scope, of: Wanted | null): Promise<Target | undefined> {
  if (of === null) return undefined;
  if (of.target === 'event') return asEvent(await lockTarget(scope, of.id));
  const { tx, at, self } = scope;
  return targetOf(await lockSyncup(tx, { organizerId: self.owner, syncupId: of.id }), at);
}

/** Who is invited to it, by name. */
export const invitedTo = (
  { tx, self: { owner: organizerId } }: Scope,
  { target, id }: Wanted,
): Promise<readonly RemindedRow[]> =>
  target === 'event'
    ? listInvitations(tx, { organizerId, eventId: id })
    : listSyncupInvitations(tx, { organizerId, syncupId: id });

const asEvent = (event: Awaited<ReturnType<typeof findTarget>>): Target | undefined =>
  event === undefined ? undefined : { target: 'event', ...event };

/** A sync-up takes votes until its deadline, or as long as one of its options lies ahead. */
const targetOf = (syncup: SyncupRow | undefined, at: number): Target | undefined =>
  syncup?.state !== 'live' || closesAtOf(syncup) <= at ? undefined : syncupTarget(syncup, at);

/** What a list of those that may be chosen says of one. */
export const offeredOf = ({ target, id, title, startsAt, timeZone }: Target): OfferedTarget => ({
  ...{ target, id, title, startsAt, timeZone },
});

/** A sync-up as flows see it, whether it still takes votes or not. */
export function syncupTarget(syncup: SyncupRow, at: number): Target {
  const { id, crewId, options, createdAt, voting, deadlineAt } = syncup;
  const poll = {
    title: syncup.title,
    options: options.map((option) => ({ label: option.label, whenText: optionTime(option, at) })),
    ...{ voting, closesAt: deadlineAt ?? lastTimeOf(options) },
  };
  const title = syncup.title ?? options.map((option) => optionText(option, at)).join(' or ');
  return {
    ...{ target: 'syncup', id, crewId, title, createdAt },
    ...{ startsAt: null, timeZone: null, place: null, poll },
  };
}
