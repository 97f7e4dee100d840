/* Reminders: the transaction actors that say who could be reminded of an event or a sync-up, and keep who is. */
import {
  type FoundInvitees,
  type Invited,
  isMeant,
  type Remind,
  type Reminded,
} from '../../machines/reminder.model.ts';
import type { Wanted } from '../../machines/target.ts';
import type { TransactionScope } from '../engine/index.ts';
import { countReminder } from '../store/events.ts';
import { markReminded, type RemindedRow } from '../store/invitations.ts';
import { optedOutAmong } from '../store/phones.ts';
import { countSyncupReminder } from '../store/syncups.ts';
import { findEither, invitedTo, lockEither } from './targets.ts';

/** So that a morning's and an evening's reminder go out, and a second tap, or a second device, reminds nobody twice. */
const RECENT_MS = 4 * 3_600_000;

type Scope = Pick<TransactionScope, 'tx' | 'at' | 'self'>;

/** `loadInvitees`: what is still to come, with everybody who is invited and how they stand. */
export async function loadInvitees(
  { of }: { readonly of: Wanted | null },
  scope: Scope,
): Promise<FoundInvitees> {
  const about = await findEither(scope, of);
  if (about === undefined) return { found: false };
  const invited = await standingsOf(scope, about);
  return { found: true, about, invited: invited.map(({ invitationId: _, ...person }) => person) };
}

/**
 * `remind`: keeps who is reminded now, in the organizer's own commit, so that the next reminder knows it
 * whatever has become of the texts.
 */
export async function remind({ of, audience, phones }: Remind, scope: Scope): Promise<Reminded> {
  const about = await lockEither(scope, of);
  const invited = about === undefined ? [] : await standingsOf(scope, about);
  const meant = invited.filter((person) => isMeant(person, { audience, phones }));
  const those = (standing: Invited['standing']) => meant.filter((one) => one.standing === standing);
  const ids = those('ready').map(({ invitationId }) => invitationId);
  const counts = {
    invitationIds: ids,
    suppressedRecent: those('recent').length,
    suppressedOptOut: those('opted_out').length,
  };
  if (about === undefined || ids.length === 0) return { ...counts, index: 0 };
  const { tx, at, self } = scope;
  await markReminded(tx, { organizerId: self.owner, ids, at });
  return { ...counts, index: await countedReminders(scope, about) };
}

const countedReminders = ({ tx, self }: Scope, { target, id }: Wanted): Promise<number> =>
  target === 'event'
    ? countReminder(tx, { organizerId: self.owner, eventId: id })
    : countSyncupReminder(tx, { organizerId: self.owner, syncupId: id });

type Standing = Invited & { readonly invitationId: string };

async function standingsOf(scope: Scope, about: Wanted): Promise<readonly Standing[]> {
  const { tx, at } = scope;
  const rows = await invitedTo(scope, about);
  const optedOut = await optedOutAmong(
    tx,
    rows.map(({ phone }) => phone),
  );
  return rows.map((row) => ({
    ...{ invitationId: row.id, name: row.name, phone: row.phone, reply: row.reply },
    standing: readinessOf(row, { optedOut, at }),
  }));
}

function readinessOf(
  { phone, delivery, remindedAt }: RemindedRow,
  { optedOut, at }: { readonly optedOut: ReadonlySet<string>; readonly at: number },
): Invited['standing'] {
  // Whoever has no invite cannot answer a reminder of it.
  if (delivery === 'failed') return 'unreached';
  if (optedOut.has(phone)) return 'opted_out';
  const isRecent = remindedAt !== null && at - remindedAt < RECENT_MS;
  return isRecent || delivery === 'queued' ? 'recent' : 'ready';
}
