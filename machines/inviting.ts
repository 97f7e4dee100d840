/*
 * How people come to be invited to an event: who they are to the database, and the invitation that begins
 * for each. Shared by the flows that invite; it knows none of them.
 */
import type { InviteVia } from '../src/behavior/vocabulary.ts';
import { derivedId, type Start } from './kit.ts';
import type { Lettered } from './letters.ts';
import type { Person } from './people.ts';

export type Invitee = {
  readonly invitationId: string;
  readonly phone: string;
  readonly name: string;
};

/** One who is invited now: the letter is of those that were free for the phone. */
export type Invited = Invitee & Partial<Lettered>;

/** One invitation for each phone and event or sync-up, so that inviting twice invites once. */
export const invitationIdOf = (gatheringId: string, phone: string): string =>
  derivedId(gatheringId, `invitation:${phone}`);

export const inviteesOf = (eventId: string, people: readonly Person[]): readonly Invitee[] =>
  people.map(({ phone, name }) => ({
    invitationId: invitationIdOf(eventId, phone),
    phone,
    name,
  }));

/** What the texts of an invitation say, and what its rows bear. */
export type Occasion = {
  readonly owner: string;
  readonly organizerName: string;
  readonly eventId: string;
  readonly crewId: string | null;
  readonly title: string;
  /** As it is read; null where there is no date. */
  readonly whenText: string | null;
  readonly place: string | null;
  /** Epoch ms after which a reply comes too late; null where that is a while after it was told. */
  readonly closesAt: number | null;
};

/** One invitation per invitee, each with all that its texts say. */
export const invitationsTo = (
  { owner, ...occasion }: Occasion,
  invitees: readonly Invited[],
  via: InviteVia,
): readonly Start[] =>
  invitees.map(({ invitationId, phone, name, code = null }) => ({
    machine: 'event-invitation',
    id: invitationId,
    owner,
    input: { ...occasion, via, inviteIndex: 1, phone, name, code },
  }));
