/*
 * What a vote comes to: how it stands, and the event that one of its options becomes, by the organizer's hand
 * or by itself. Who was asked to vote is invited to it; each goes on with the invitation that they have.
 */
import { countVotes } from '../../machines/ballot.ts';
import { type Decided, eventIdOf, type MadeEvent } from '../../machines/decided.ts';
import { MAX_TITLE } from '../../machines/event-creation.model.ts';
import { NO_RULES } from '../../machines/gathering.model.ts';
import { invitationIdOf } from '../../machines/inviting.ts';
import { clipLine } from '../../machines/line.ts';
import { optionTime } from '../../machines/option.ts';
import type { TransactionScope } from '../engine/index.ts';
import { insertEvent } from '../store/events.ts';
import { listSyncupInvitations, type RemindedRow, writeInvitations } from '../store/invitations.ts';
import type { Queryable } from '../store/orm.ts';
import { optedOutAmong } from '../store/phones.ts';
import { type SyncupOption, type SyncupRow, setSyncupState } from '../store/syncups.ts';

type Scope = Pick<TransactionScope, 'tx' | 'at' | 'self'>;

/** How a vote stands: everybody who was asked, and the votes per option. */
export type Count = {
  readonly voters: readonly RemindedRow[];
  readonly votes: readonly number[];
};

export async function countOf(sql: Queryable, syncup: SyncupRow): Promise<Count> {
  const { organizerId, id: syncupId } = syncup;
  const voters = await listSyncupInvitations(sql, { organizerId, syncupId });
  return {
    voters,
    votes: countVotes(
      syncup.options.length,
      voters.map(({ choices }) => choices),
    ),
  };
}

/**
 * Makes the event of a locked sync-up. A vote is no answer yet to whether somebody comes; who said that none
 * of it works stays away. Whom no invite has reached is not invited, nor is who wants no texts.
 */
export async function becomeEvent(
  scope: Scope,
  of: {
    readonly syncup: SyncupRow;
    readonly option: SyncupOption;
    readonly voters: readonly RemindedRow[];
  },
): Promise<MadeEvent> {
  const { tx, at, self } = scope;
  const { syncup, option } = of;
  const event = eventOf(syncup, option, at);
  const { eventId, title, startsAt, timeZone, crewId } = event;
  await insertEvent(tx, {
    ...{ organizerId: self.owner, id: eventId, crewId, title, startsAt, timeZone },
    ...{ place: null, details: null, state: 'live', rules: NO_RULES },
    ...{ finalizedAt: null, createdAt: at },
  });
  await setSyncupState(tx, {
    ...{ organizerId: self.owner, syncupId: syncup.id, state: 'finalized' },
  });
  const reached = of.voters.filter(({ delivery }) => delivery !== 'failed');
  const optedOut = await optedOutAmong(
    tx,
    reached.map(({ phone }) => phone),
  );
  const invited = reached.filter(({ phone }) => !optedOut.has(phone));
  await writeInvitations(
    tx,
    invited.map(({ phone, name, reply, delivery }) => ({
      ...{ organizerId: self.owner, id: invitationIdOf(eventId, phone), eventId, syncupId: null },
      ...{ phone, name, reply: reply === 'vote' ? 'none' : reply, guests: 0, delivery },
      updatedAt: at,
    })),
  );
  return {
    event,
    invitees: invited.length,
    suppressedOptOut: reached.length - invited.length,
  };
}

function eventOf(syncup: SyncupRow, option: SyncupOption, at: number): Decided {
  const { startsAt, label } = option;
  const words = [syncup.title, label].filter((part) => part !== null).join(': ');
  return {
    eventId: eventIdOf(syncup.id),
    crewId: syncup.crewId,
    title: clipLine(words, MAX_TITLE) || 'Get-together',
    ...{ startsAt, timeZone: option.timeZone, whenText: optionTime(option, at) },
  };
}
