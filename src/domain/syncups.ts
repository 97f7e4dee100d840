/* Sync-ups: the transaction actor that saves one with its invitations, and what the API shows. */
import type { SavedSyncup, SaveSyncup } from '../../machines/syncup-creation.saving.ts';
import type { TransactionScope } from '../engine/index.ts';
import { listSyncupInvitations, type RemindedRow, writeInvitations } from '../store/invitations.ts';
import type { Queryable } from '../store/orm.ts';
import { optedOutAmong } from '../store/phones.ts';
import {
  findSyncup,
  insertSyncup,
  listSyncups,
  type SyncupOption,
  type SyncupRow,
} from '../store/syncups.ts';
import { withLetters } from './letters.ts';

/** More than an organizer can look through in a chat. */
const MAX_LISTED = 100;

/** `saveSyncup`: stores the sync-up, and an invitation for everybody who may be texted. */
export async function saveSyncup(
  syncup: SaveSyncup,
  { tx, at, self }: Pick<TransactionScope, 'tx' | 'at' | 'self'>,
): Promise<SavedSyncup> {
  const { owner: organizerId } = self;
  const { syncupId, people, ...what } = syncup;
  await insertSyncup(tx, { ...what, organizerId, id: syncupId, state: 'live', createdAt: at });
  const optedOut = await optedOutAmong(
    tx,
    people.map(({ phone }) => phone),
  );
  const invitees = people.filter(({ phone }) => !optedOut.has(phone));
  await writeInvitations(
    tx,
    invitees.map(({ invitationId, phone, name }) => ({
      ...{ organizerId, id: invitationId, eventId: null, syncupId, phone, name },
      ...{ reply: 'none' as const, choices: null, guests: 0, delivery: 'queued', updatedAt: at },
    })),
  );
  const suppressedOptOut = people.length - invitees.length;
  return { suppressedOptOut, invitees: await withLetters(tx, invitees) };
}

/** How a sync-up's invitees have answered: `no` is none of the options, `pending` have said nothing. */
export type VoteTally = {
  readonly invited: number;
  readonly voted: number;
  readonly no: number;
  readonly unknown: number;
  readonly pending: number;
};

/** A sync-up with its votes. */
export type SyncupWithVotes = Omit<SyncupRow, 'options'> & {
  readonly options: readonly (SyncupOption & { readonly votes: number })[];
  readonly tally: VoteTally;
  readonly invitees: readonly {
    readonly name: string;
    readonly phone: string;
    readonly reply: string;
    /** Numbers of options; null without a vote. */
    readonly choices: readonly number[] | null;
    readonly delivery: string;
    /** When the organizer last sent them a reminder. */
    readonly remindedAt: number | null;
  }[];
};

/** What `GET /v1/syncups/{id}` shows; undefined for an unknown and for somebody else's. */
export async function syncupOf(
  sql: Queryable,
  of: { readonly organizerId: string; readonly syncupId: string },
): Promise<SyncupWithVotes | undefined> {
  const syncup = await findSyncup(sql, of);
  if (syncup === undefined) return undefined;
  const invited = await listSyncupInvitations(sql, of);
  return {
    ...syncup,
    options: syncup.options.map((option, n) => ({ ...option, votes: votesFor(invited, n + 1) })),
    tally: tallyOf(invited),
    invitees: invited.map(({ name, phone, reply, choices, delivery, remindedAt }) => ({
      ...{ name, phone, reply, delivery, remindedAt },
      choices: choices ?? null,
    })),
  };
}

const votesFor = (invited: readonly RemindedRow[], option: number): number =>
  invited.filter(({ choices }) => choices?.includes(option)).length;

function tallyOf(invited: readonly RemindedRow[]): VoteTally {
  const replied = (reply: RemindedRow['reply']) =>
    invited.filter((invitee) => invitee.reply === reply).length;
  return {
    invited: invited.length,
    voted: replied('vote'),
    no: replied('no'),
    unknown: replied('unknown'),
    pending: replied('none'),
  };
}

/** What `GET /v1/syncups` shows. */
export const syncupsOf = (sql: Queryable, organizerId: string): Promise<readonly SyncupRow[]> =>
  listSyncups(sql, organizerId, MAX_LISTED);
