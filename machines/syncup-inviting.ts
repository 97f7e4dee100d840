/*
 * The invitations that begin when people are asked to vote in a sync-up: one for each of them, with all
 * that its texts say. Shared by the flows that invite; it knows none of them.
 */
import type { InviteVia, VotingMode } from '../src/behavior/vocabulary.ts';
import type { Invited } from './inviting.ts';
import type { Start } from './kit.ts';

/** What the texts of an invitation say, and what its rows bear. */
export type Poll = {
  readonly owner: string;
  readonly organizerName: string;
  readonly syncupId: string;
  readonly crewId: string | null;
  readonly title: string | null;
  /** As they are read, in the order of their numbers. */
  readonly options: readonly { readonly label: string | null; readonly whenText: string | null }[];
  readonly voting: VotingMode;
  /** Epoch ms after which no vote counts; null where it is open for its whole time. */
  readonly closesAt: number | null;
};

export const pollInvitationsTo = (
  { owner, ...poll }: Poll,
  invitees: readonly Invited[],
  via: InviteVia,
): readonly Start[] =>
  invitees.map(({ invitationId, phone, name, code = null }) => ({
    machine: 'syncup-invitation',
    id: invitationId,
    owner,
    input: { ...poll, via, inviteIndex: 1, phone, name, code },
  }));
