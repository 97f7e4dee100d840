/* Inviting more people to an event or a sync-up: the transaction actors that say who is invited, and invite the others. */
import type { FoundInvited, InvitedMore, InviteMore } from '../../machines/add-people.model.ts';
import { subjectOf, type Wanted } from '../../machines/target.ts';
import type { TransactionScope } from '../engine/index.ts';
import { writeInvitations } from '../store/invitations.ts';
import { optedOutAmong } from '../store/phones.ts';
import { withLetters } from './letters.ts';
import { findEither, invitedTo, lockEither } from './targets.ts';

type Scope = Pick<TransactionScope, 'tx' | 'at' | 'self'>;

/** `loadInvited`: what is still to come, with everybody who is invited to it. */
export async function loadInvited(
  { of }: { readonly of: Wanted | null },
  scope: Scope,
): Promise<FoundInvited> {
  const about = await findEither(scope, of);
  if (about === undefined) return { found: false };
  const invited = await invitedTo(scope, about);
  return { found: true, about, invited: invited.map(({ name, phone }) => ({ name, phone })) };
}

/**
 * `inviteMore`: an invitation for everybody who has none to it and may be texted. Two devices that add the
 * same person invite once: it is locked while it is looked at. What they are told of it is what it is then.
 */
export async function inviteMore({ of, people }: InviteMore, scope: Scope): Promise<InvitedMore> {
  const { tx, at, self } = scope;
  const about = await lockEither(scope, of);
  if (about === undefined) return { about: null, invitees: [], suppressedOptOut: 0 };
  const { eventId = null, syncupId = null } = subjectOf(about);
  const known = await invitedTo(scope, about);
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
      ...{ organizerId: self.owner, id: invitationId, eventId, syncupId, phone, name },
      ...{ reply: 'none' as const, guests: 0, delivery: 'queued', updatedAt: at },
    })),
  );
  return {
    about,
    invitees: await withLetters(tx, invitees),
    suppressedOptOut: missing.length - invitees.length,
  };
}
