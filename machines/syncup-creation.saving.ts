/* Sync-up creation: what is saved in the end, and the invitations that begin when it is. */
import type { VotingMode } from '../src/behavior/vocabulary.ts';
import { gatheringIdOf } from './gathering-news.ts';
import { type Invited, type Invitee, inviteesOf as inviteesTo } from './inviting.ts';
import type { Start } from './kit.ts';
import { closesAtOf, lastTimeOf, optionTime } from './option.ts';
import { type Context, inviteesOf, type Option } from './syncup-creation.model.ts';
import type { VoteRules } from './syncup-gathering.model.ts';
import { pollInvitationsTo } from './syncup-inviting.ts';

/** The sync-up as `saveSyncup` stores it. Instants are epoch ms. */
export type SaveSyncup = {
  readonly syncupId: string;
  readonly crewId: string | null;
  readonly title: string | null;
  readonly options: readonly Option[];
  readonly voting: VotingMode;
  readonly deadlineAt: number | null;
  readonly rules: VoteRules;
  readonly people: readonly Invitee[];
};

/** Those who may be texted, and how many have told us to stop. */
export type SavedSyncup = {
  readonly suppressedOptOut: number;
  readonly invitees: readonly Invited[];
};

export const saveOf = (context: Context): SaveSyncup => ({
  syncupId: context.syncupId,
  crewId: context.crew?.id ?? null,
  title: context.title,
  options: context.options,
  voting: context.voting,
  deadlineAt: context.deadline?.at ?? null,
  rules: context.voteRules,
  people: inviteesTo(context.syncupId, inviteesOf(context)),
});

/** The sync-up's gathering, and one invitation per invitee. Without a deadline votes count until the last option has come. */
export function invitationsOf(
  context: Context,
  of: { readonly saved: SavedSyncup; readonly at: number },
): readonly Start[] {
  const { syncupId, owner, organizerName, title, options, voting, deadline, crew } = context;
  const poll = {
    ...{ syncupId, owner, organizerName, title, voting },
    crewId: crew?.id ?? null,
    options: options.map((option) => ({
      label: option.label,
      whenText: optionTime(option, of.at),
    })),
    closesAt: deadline?.at ?? lastTimeOf(options),
  };
  const deadlineAt = deadline?.at ?? null;
  const gathering: Start = {
    ...{ machine: 'syncup-gathering', id: gatheringIdOf(syncupId), owner },
    input: {
      ...{ syncupId, crewId: poll.crewId, title, rules: context.voteRules },
      closesAt: closesAtOf({ deadlineAt, options, createdAt: of.at }),
    },
  };
  return [gathering, ...pollInvitationsTo(poll, of.saved.invitees, 'flow')];
}
