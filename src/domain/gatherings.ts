/*
 * What a gathering does to its event: the transaction actors that settle it by its rules, say who hears of
 * it, and close it when it has come.
 */
import {
  isSettled,
  type Listed,
  type Settled,
  type SettleEvent,
} from '../../machines/gathering.model.ts';
import type { TransactionScope } from '../engine/index.ts';
import { closeEvent as close, setEventState } from '../store/events.ts';
import { listInvitations } from '../store/invitations.ts';
import { reachedAmong } from '../store/told.ts';
import { turnoutOf } from '../store/waited-for.ts';
import { lockTarget } from './event-targets.ts';

type Scope = Pick<TransactionScope, 'tx' | 'at' | 'self'>;
type OfEvent = { readonly eventId: string };

/**
 * `settleEvent`: makes an event final where its rules say so. The event is locked, so that it becomes
 * final once, by itself or by the organizer's hand.
 */
export async function settleEvent(
  { eventId, rules, overdue }: SettleEvent,
  scope: Scope,
): Promise<Settled> {
  const { tx, at, self } = scope;
  const of = { organizerId: self.owner, eventId };
  if ((await lockTarget(scope, eventId)) === undefined) return { settled: false };
  const turnout = await turnoutOf(tx, {
    ...{ organizerId: self.owner, target: 'event', targetId: eventId },
  });
  if (!isSettled(rules, overdue, turnout)) return { settled: false };
  await setEventState(tx, { ...of, state: 'finalized', finalizedAt: at });
  return { settled: true };
}

/** `listInvited`: everybody who is invited, and whether a text may tell them something. */
export async function listInvited(
  { eventId }: OfEvent,
  { tx, self }: Pick<Scope, 'tx' | 'self'>,
): Promise<Listed> {
  const rows = await listInvitations(tx, { organizerId: self.owner, eventId });
  const isReached = await reachedAmong(tx, rows);
  return { invited: rows.map((row) => ({ id: row.id, tells: isReached(row) })) };
}

/** `closeEvent`: the event has come, or nobody is waited for any more. */
export async function closeEvent(
  { eventId }: OfEvent,
  { tx, self }: Pick<Scope, 'tx' | 'self'>,
): Promise<object> {
  await close(tx, { organizerId: self.owner, eventId });
  return {};
}
