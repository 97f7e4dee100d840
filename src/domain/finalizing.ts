/* Finalizing by the organizer's hand: the transaction actors that say how an event stands, and make it final. */
import type { Finalized, FoundFinalizing, Tally } from '../../machines/finalize.model.ts';
import type { TransactionScope } from '../engine/index.ts';
import { finalizeLiveEvent } from '../store/events.ts';
import { tallyOf } from '../store/invitations.ts';
import { findSettled, findTarget } from './event-targets.ts';

type Scope = Pick<TransactionScope, 'tx' | 'at' | 'self'>;
type OfEvent = { readonly eventId: string };

/** `loadFinalizing`: an event that is still to come, how its invitees have answered, and whether it is final. */
export async function loadFinalizing({ eventId }: OfEvent, scope: Scope): Promise<FoundFinalizing> {
  const live = await findTarget(scope, eventId);
  const event = live ?? (await findSettled(scope, eventId));
  if (event === undefined) return { found: false };
  return {
    found: true,
    event,
    tally: await answersTo(scope, eventId),
    finalized: live === undefined,
  };
}

/** `finalizeEvent`: makes an event final, once, also where two ask for it. */
export async function finalizeEvent({ eventId }: OfEvent, scope: Scope): Promise<Finalized> {
  const { tx, at, self } = scope;
  if (!(await finalizeLiveEvent(tx, { organizerId: self.owner, eventId, at }))) {
    return { done: false };
  }
  return { done: true, tally: await answersTo(scope, eventId) };
}

async function answersTo({ tx, self }: Scope, eventId: string): Promise<Tally> {
  const { guests: _, ...tally } = await tallyOf(tx, { organizerId: self.owner, eventId });
  return tally;
}
