/* Sync-ups: the transaction actor that saves one with its invitations, and what the API shows. */
import { countVotes } from '../../machines/ballot.ts';
import { eventIdOf } from '../../machines/decided.ts';
import { closesAtOf } from '../../machines/option.ts';
import type { SavedSyncup, SaveSyncup } from '../../machines/syncup-creation.saving.ts';
import type { TransactionScope } from '../engine/index.ts';
import { listVotes, type VoteTally } from '../store/changes.ts';
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
import { isWaitedFor } from '../store/waited-for.ts';
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

/** A sync-up with how its vote stands. `closesAt` (epoch ms): until then votes count. */
export type ListedSyncup = Omit<SyncupRow, 'options' | 'rules'> & {
  readonly options: readonly (SyncupOption & { readonly votes: number })[];
  readonly rules: SyncupRow['rules'] & { readonly closesAt: number };
  readonly tally: VoteTally;
  /** The event that it has become. */
  readonly eventId: string | null;
};

/** The event that a sync-up has become; null while it has not. */
export const eventIfFinal = ({ id, state }: { readonly id: string; readonly state: string }) =>
  state === 'finalized' ? eventIdOf(id) : null;

const listedOf = (
  syncup: SyncupRow,
  { votes, tally }: { readonly votes: readonly number[]; readonly tally: VoteTally },
): ListedSyncup => ({
  ...{ ...syncup, tally, eventId: eventIfFinal(syncup) },
  rules: { ...syncup.rules, closesAt: closesAtOf(syncup) },
  options: syncup.options.map((option, n) => ({ ...option, votes: votes[n] ?? 0 })),
});

/** The same, with the invitees. */
export type SyncupWithInvitees = ListedSyncup & {
  /** Who may be reached, and has not voted, or was not understood. */
  readonly waitingFor: readonly { readonly name: string; readonly phone: string }[];
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
): Promise<SyncupWithInvitees | undefined> {
  const syncup = await findSyncup(sql, of);
  if (syncup === undefined) return undefined;
  const invited = await listSyncupInvitations(sql, of);
  const votes = countVotes(
    syncup.options.length,
    invited.map(({ choices }) => choices),
  );
  return {
    ...listedOf(syncup, { votes, tally: tallyOf(invited) }),
    waitingFor: invited.filter(isWaitedFor).map(({ name, phone }) => ({ name, phone })),
    invitees: invited.map(({ name, phone, reply, choices, delivery, remindedAt }) => ({
      ...{ name, phone, reply, delivery, remindedAt },
      choices: choices ?? null,
    })),
  };
}

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
export async function syncupsOf(
  sql: Queryable,
  organizerId: string,
): Promise<readonly ListedSyncup[]> {
  const syncups = await listSyncups(sql, organizerId, MAX_LISTED);
  const syncupIds = syncups.map(({ id }) => id);
  const counted = new Map(
    (await listVotes(sql, { organizerId, syncupIds })).map(
      ({ id, state: _, votes, ...tally }) => [id, { votes, tally }] as const,
    ),
  );
  return syncups.map((syncup) => listedOf(syncup, counted.get(syncup.id) ?? NO_VOTES));
}

/** Of a sync-up that is gone between the two reads. */
const NO_VOTES = { votes: [], tally: { invited: 0, voted: 0, no: 0, unknown: 0, pending: 0 } };
