/*
 * Finalizing by the organizer's hand: the transaction actors that say what can be made final and how it
 * stands, and make it so.
 */
import { isAhead, isTie } from '../../machines/ballot.ts';
import type {
  Finalized,
  FinalizedSyncup,
  FinalizeSyncup,
  FoundFinalizing,
  Tally,
} from '../../machines/finalize.model.ts';
import { closesAtOf, optionText } from '../../machines/option.ts';
import { CHOOSABLE_MS } from '../../machines/syncup-gathering.model.ts';
import type { OfferedTargets, Wanted } from '../../machines/target.ts';
import type { TransactionScope } from '../engine/index.ts';
import { finalizeLiveEvent } from '../store/events.ts';
import { tallyOf } from '../store/invitations.ts';
import { findSyncup, listSyncups, lockSyncup, type SyncupRow } from '../store/syncups.ts';
import { countTold } from '../store/told.ts';
import { becomeEvent, type Count, countOf } from './deciding.ts';
import { findSettled, findTarget, loadEvents } from './event-targets.ts';
import { MAX_LISTED, offeredOf, syncupTarget } from './targets.ts';

type Scope = Pick<TransactionScope, 'tx' | 'at' | 'self'>;

/** `loadFinalizable`: events that are to come, and sync-ups that can become one, also once their vote is over. */
export async function loadFinalizable(_: object, scope: Scope): Promise<OfferedTargets> {
  const { tx, at, self } = scope;
  const { events } = await loadEvents({}, scope);
  const syncups = await listSyncups(tx, self.owner, MAX_LISTED);
  return {
    offered: [
      ...events.map((event) => ({ target: 'event' as const, ...event })),
      ...syncups
        .filter((syncup) => mayBecome(syncup, at))
        .map((syncup) => offeredOf(syncupTarget(syncup, at))),
    ],
  };
}

/** For a week after its vote, as long as one of its options lies ahead. */
const mayBecome = (syncup: SyncupRow, at: number): boolean =>
  (syncup.state === 'live' || syncup.state === 'closed') &&
  closesAtOf(syncup) + CHOOSABLE_MS > at &&
  syncup.options.some((option) => isAhead(option, at));

/** `loadFinalizing`: what is wanted, how its invitees have answered, and whether it is final. */
export async function loadFinalizing(
  { of }: { readonly of: Wanted | null },
  scope: Scope,
): Promise<FoundFinalizing> {
  if (of === null) return { found: false };
  return of.target === 'event' ? await findEvent(of.id, scope) : await findVote(of.id, scope);
}

async function findEvent(eventId: string, scope: Scope): Promise<FoundFinalizing> {
  const live = await findTarget(scope, eventId);
  const event = live ?? (await findSettled(scope, eventId));
  if (event === undefined) return { found: false };
  return {
    found: true,
    about: { target: 'event', ...event },
    ...(await answersTo(scope, eventId)),
    ...{ ballot: [], finalized: live === undefined },
  };
}

async function findVote(syncupId: string, scope: Scope): Promise<FoundFinalizing> {
  const { tx, at, self } = scope;
  const syncup = await findSyncup(tx, { organizerId: self.owner, syncupId });
  const finalized = syncup?.state === 'finalized';
  if (syncup === undefined || !(finalized || mayBecome(syncup, at))) return { found: false };
  const count = await countOf(scope.tx, syncup);
  const ballot = syncup.options.map((option, n) => ({
    ...{ text: optionText(option, at), startsAt: option.startsAt, votes: count.votes[n] ?? 0 },
  }));
  return {
    ...{ found: true, about: syncupTarget(syncup, at), tally: tallyOfVote(count) },
    told: await countTold(tx, { organizerId: self.owner, target: 'syncup', targetId: syncupId }),
    ...{ ballot, finalized },
  };
}

/** `finalizeEvent`: makes an event final, once, also where two ask for it. */
export async function finalizeEvent(
  { eventId }: { readonly eventId: string },
  scope: Scope,
): Promise<Finalized> {
  const { tx, at, self } = scope;
  if (!(await finalizeLiveEvent(tx, { organizerId: self.owner, eventId, at }))) {
    return { done: false };
  }
  return { done: true, ...(await answersTo(scope, eventId)) };
}

/** `finalizeSyncup`: makes the event of the option that the organizer chose; locked, so that there is one. */
export async function finalizeSyncup(
  { syncupId, option: number }: FinalizeSyncup,
  scope: Scope,
): Promise<FinalizedSyncup> {
  const { tx, at, self } = scope;
  const syncup = await lockSyncup(tx, { organizerId: self.owner, syncupId });
  if (syncup === undefined || !mayBecome(syncup, at)) return { done: false };
  const option = syncup.options[number - 1];
  if (option === undefined || !isAhead(option, at)) return { done: false };
  const count = await countOf(scope.tx, syncup);
  const made = await becomeEvent(scope, { syncup, option, voters: count.voters });
  const { votes } = count;
  return {
    ...{ done: true, ...made, votes, tie: isTie(votes), tally: tallyOfVote(count) },
    told: await countTold(tx, { organizerId: self.owner, target: 'syncup', targetId: syncupId }),
  };
}

async function answersTo(
  { tx, self }: Scope,
  eventId: string,
): Promise<{ readonly tally: Tally; readonly told: number }> {
  const organizerId = self.owner;
  const { guests: _, ...tally } = await tallyOf(tx, { organizerId, eventId });
  const told = await countTold(tx, { organizerId, target: 'event', targetId: eventId });
  return { tally, told };
}

/** Who voted has answered yes to one of them. */
function tallyOfVote({ voters }: Count): Tally {
  const replied = (reply: 'vote' | 'no' | 'unknown' | 'none') =>
    voters.filter((voter) => voter.reply === reply).length;
  return {
    ...{ invited: voters.length, yes: replied('vote'), no: replied('no') },
    ...{ unknown: replied('unknown'), pending: replied('none') },
  };
}
