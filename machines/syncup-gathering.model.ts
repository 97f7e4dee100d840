/* The gathering of a sync-up: what comes in, what is remembered, and when its vote is over. */
import { z } from 'zod';
import { Decided, gatheringOf, type MadeEvent } from './decided.ts';
import { answerEvents } from './gathering-news.ts';
import { type Begun, days, defineEvents, derivedId, hours, type Send, type Start } from './kit.ts';
import { NEAR_MS } from './noticing.ts';

/** What a vote does by itself; the organizer chose so, or chose nothing. */
export const VoteRules = z.strictObject({
  /** It is over as soon as so many have voted, and becomes no event by itself before. */
  quorum: z.int().min(1).nullable(),
  /** It is over as soon as nobody is left to answer, not only at its deadline. */
  whenAllAnswered: z.boolean(),
  /** When it is over, its winner becomes an event; a tie is left to the organizer. */
  finalizes: z.boolean(),
});
export type VoteRules = z.output<typeof VoteRules>;

export const NO_VOTE_RULES: VoteRules = {
  ...{ quorum: null, whenAllAnswered: false, finalizes: false },
};

export const events = defineEvents({
  ...answerEvents,
  /** The organizer chose the winner, and this is the event now. */
  'syncup.finalized': z.strictObject({ newsId: z.uuid(), notify: z.boolean(), event: Decided }),
});
export type Event = typeof events.type;

export const input = z.strictObject({
  syncupId: z.uuid(),
  crewId: z.uuid().nullable(),
  title: z.string().nullable(),
  /** Epoch ms after which no vote counts. */
  closesAt: z.int(),
  rules: VoteRules,
});
export type Input = Begun & z.output<typeof input>;

export const context = z.strictObject({
  ...input.shape,
  id: z.uuid(),
  owner: z.uuid(),
  begunAt: z.int(),
  state: z.enum(['live', 'closed', 'finalized']),
  /** Whether the time by which votes were wanted has passed. */
  overdue: z.boolean(),
  /** What the invitations have not heard yet. */
  news: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('closed') }),
      z.strictObject({
        kind: z.literal('decided'),
        newsId: z.uuid(),
        notify: z.boolean(),
        event: Decided,
      }),
    ])
    .nullable(),
  /** The event that it has become by itself. */
  made: z.strictObject({ event: Decided, invitees: z.int(), suppressedOptOut: z.int() }).nullable(),
  /** How often what is under way was tried. */
  tries: z.int(),
});
export type Context = z.output<typeof context>;

export const begin = ({ at, ...given }: Input): Context => ({
  ...given,
  ...{ begunAt: at, state: 'live', overdue: false, news: null, made: null, tries: 0 },
});

export const voteEndsMs = ({ closesAt, begunAt }: Context): number =>
  Math.max(0, closesAt - begunAt);

/** So long after its end an organizer may still choose the winner; its invitations take that long, too. */
export const CHOOSABLE_MS = days(7);
export const forgettingMs = (context: Context): number =>
  voteEndsMs(context) + CHOOSABLE_MS + hours(1);

/** Where the deadline was near when it was chosen, its organizer knows. */
export const deadlineNearMs = (context: Context): number => {
  const waitMs = voteEndsMs(context) - NEAR_MS;
  // After its end it is forgotten, and so never comes.
  return waitMs > 0 ? waitMs : forgettingMs(context) + hours(1);
};

export const waitsForAnswers = ({ state, rules }: Context): boolean =>
  state === 'live' && (rules.quorum !== null || rules.whenAllAnswered);

/** How many have voted for something, and whether nobody is left who could still answer. */
export type Turnout = { readonly voted: number; readonly allAnswered: boolean };

/** Whether no vote counts any more: the rules say when it is over before its time. */
export const isOver = (
  { quorum, whenAllAnswered }: VoteRules,
  overdue: boolean,
  { voted, allAnswered }: Turnout,
): boolean => overdue || (quorum !== null && voted >= quorum) || (whenAllAnswered && allAnswered);

/** Whether its winner becomes an event by itself; too few votes are for the organizer to judge. */
export const decidesItself = ({ finalizes, quorum }: VoteRules, { voted }: Turnout): boolean =>
  finalizes && voted >= (quorum ?? 1);

/** `settleSyncup` looks whether the vote is over; where the rules say so, it makes the event. */
export type SettleSyncup = {
  readonly syncupId: string;
  readonly rules: VoteRules;
  readonly overdue: boolean;
};
export type SyncupSettled =
  | { readonly outcome: 'open' }
  | { readonly outcome: 'closed' }
  | ({ readonly outcome: 'decided' } & MadeEvent);

export const decidedBy = (
  { id, state }: Context,
  output: SyncupSettled,
): Pick<Context, 'state' | 'news' | 'made'> => {
  if (output.outcome === 'open') return { state, news: null, made: null };
  if (output.outcome === 'closed') return { state: 'closed', news: { kind: 'closed' }, made: null };
  const { event, invitees, suppressedOptOut } = output;
  return {
    state: 'finalized',
    news: { kind: 'decided', newsId: derivedId(id, 'decided'), notify: true, event },
    made: { event, invitees, suppressedOptOut },
  };
};

/** The gathering of the event that it has become. */
export const begunBy = ({ owner }: Context, output: SyncupSettled): readonly Start[] =>
  output.outcome === 'decided' ? [gatheringOf(output.event, owner)] : [];

/** Everybody who was asked to vote; `joins` whoever is invited to the event that it has become. */
export type Voters = {
  readonly voters: readonly { readonly id: string; readonly joins: boolean }[];
};

/** Each invitation hears that the vote is over, or what it has become. */
export function tellingOf({ owner, news }: Context, { voters }: Voters): readonly Send[] {
  if (news === null) return [];
  return voters.map(({ id: to, joins }) => ({
    ...{ to, owner },
    event:
      news.kind === 'decided' && joins
        ? {
            ...{ type: 'gathering.decided', newsId: news.newsId },
            ...{ tells: news.notify, event: news.event },
          }
        : { type: 'gathering.closed' },
  }));
}
