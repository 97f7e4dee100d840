/* Inviting more people to an event: the transaction actors that say who is invited, and invite the others. */
import type { FoundInvited, InvitedMore, InviteMore } from '../../machines/add-people.model.ts';
import type { TransactionScope } from '../engine/index.ts';
import { listInvitations, writeInvitations } from '../store/invitations.ts';
import { optedOutAmong } from '../store/phones.ts';
import { findTarget, lockTarget } from './event-targets.ts';
import { withLetters } from './letters.ts';

type Scope = Pick<TransactionScope, 'tx' | 'at' | 'self'>;

/** `loadInvited`: an event that is still to come, with everybody who is invited to it. */
export async function loadInvited(
  { eventId }: { readonly eventId: string },
  scope: Scope,
): Promise<FoundInvited> {
  const event = await findTarget(scope, eventId);
  if (event === undefined) return { found: false };
  const invited = await listInvitations(scope.tx, { organizerId: scope.self.owner, eventId });
  return { found: true, event, invited: invited.map(({ name, phone }) => ({ name, phone })) };
}

/**
 * `inviteMore`: an invitation for everybody who has none to this event and may be texted. Two devices that
 * add the same person invite once: the event is locked while it is looked at.
 */
export async function inviteMore(
  { eventId, people }: InviteMore,
  scope: Scope,
): Promise<InvitedMore> {
  const { tx, at, self } = scope;
  const event = await lockTarget(scope, eventId);
  if (event === undefined) return { invitees: [], suppressedOptOut: 0 };
  const known = await listInvitations(tx, { organizerId: self.owner, eventId });
  const invited = new Set(known.map(({ phone }) => phone));
  const missing = people.filter(({ phone }) => !invited.has(phone));
  const optedOut = await optedOutAmong(
    tx,
    missing.map(({ phone }) => phone),
  );
  const invitees = missing.filter(({ phone }) => !optedOut.has(phone));
  await writeInvitations(
    tx,
    invitees.map(({ invitationId, phone, name }) => ({
      ...{ organizerId: self.owner, id: invitationId, eventId, syncupId: null, phone, name },
      ...{ reply: 'none' as const, guests: 0, delivery: 'queued', updatedAt: at },
    })),
  );
  return {
    invitees: await withLetters(tx, invitees),
    suppressedOptOut: missing.length - invitees.length,
  };
}
