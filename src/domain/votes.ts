/*
 * What a gathering does to its sync-up: the transaction actors that end the vote, make its winner an event
 * where the organizer chose so, and say who hears of it.
 */
import { isAhead, leadersOf } from '../../machines/ballot.ts';
import { eventIdOf } from '../../machines/decided.ts';
import { invitationIdOf } from '../../machines/inviting.ts';
import {
  decidesItself,
  isOver,
  type SettleSyncup,
  type SyncupSettled,
  type Turnout,
  type Voters,
} from '../../machines/syncup-gathering.model.ts';
import type { TransactionScope } from '../engine/index.ts';
import { listInvitations, listSyncupInvitations, type RemindedRow } from '../store/invitations.ts';
import { lockSyncup, type SyncupRow, setSyncupState } from '../store/syncups.ts';
import { isWaitedFor } from '../store/waited-for.ts';
import { becomeEvent, countOf } from './deciding.ts';

type Scope = Pick<TransactionScope, 'tx' | 'at' | 'self'>;

/**
 * `settleSyncup`: ends the vote when its time has come, or its rules say so. Where two options have as many
 * votes, or too few have voted, it is left to the organizer what becomes of it.
 */
export async function settleSyncup(
  { syncupId, rules, overdue }: SettleSyncup,
  scope: Scope,
): Promise<SyncupSettled> {
  const { tx, at, self } = scope;
  const syncup = await lockSyncup(tx, { organizerId: self.owner, syncupId });
  if (syncup?.state !== 'live') return { outcome: 'open' };
  const { voters, votes } = await countOf(scope.tx, syncup);
  const turnout = turnoutAmong(voters);
  if (!isOver(rules, overdue, turnout)) return { outcome: 'open' };
  const option = decidesItself(rules, turnout) ? winnerOf(syncup, votes, at) : undefined;
  if (option !== undefined) {
    return { outcome: 'decided', ...(await becomeEvent(scope, { syncup, option, voters })) };
  }
  await setSyncupState(tx, { organizerId: self.owner, syncupId, state: 'closed' });
  return { outcome: 'closed' };
}

function winnerOf({ options }: SyncupRow, votes: readonly number[], at: number) {
  const [leader, ...others] = leadersOf(votes);
  const option = options[(leader ?? 0) - 1];
  return others.length === 0 && option !== undefined && isAhead(option, at) ? option : undefined;
}

/** Whom no invite has reached, or who wants no texts, is not waited for. */
function turnoutAmong(voters: readonly RemindedRow[]): Turnout {
  const isAnswered = ({ reply }: RemindedRow) => reply === 'vote' || reply === 'no';
  return {
    voted: voters.filter(({ reply }) => reply === 'vote').length,
    allAnswered: voters.some(isAnswered) && !voters.some(isWaitedFor),
  };
}

/** `listVoters`: everybody who was asked to vote, and who of them is invited to what it has become. */
export async function listVoters(
  { syncupId }: { readonly syncupId: string },
  { tx, self: { owner: organizerId } }: Pick<Scope, 'tx' | 'self'>,
): Promise<Voters> {
  const eventId = eventIdOf(syncupId);
  const invited = await listInvitations(tx, { organizerId, eventId });
  const ids = new Set(invited.map(({ id }) => id));
  const voters = await listSyncupInvitations(tx, { organizerId, syncupId });
  return {
    voters: voters.map(({ id, phone }) => ({ id, joins: ids.has(invitationIdOf(eventId, phone)) })),
  };
}
