/* What the transitions of an invitation to vote change and start: the parts of its chart that are plain functions. */
import type { TimeoutStage } from '../src/behavior/vocabulary.ts';
import { answeredTo } from './gathering-news.ts';
import { atOf, derivedId, type Send } from './kit.ts';
import { answerNotice } from './noticing.ts';
import { OPEN_MS } from './option.ts';
import type { Context, Event } from './syncup-invitation.model.ts';

type Step = { readonly context: Context; readonly event: Event };
type Changes = Partial<Context>;
type Voted = Extract<Event, { type: 'invitee.voted' }>;
type Declined = Extract<Event, { type: 'invitee.replied_no' }>;
type Settled = Extract<Event, { type: 'text.settled' }>;
type Reminded = Extract<Event, { type: 'gathering.reminded' }>;

/** At most so many questions back; then we stop asking. */
export const MAX_CLARIFICATIONS = 2;

/** Epoch ms after which no vote counts, so that nothing is said about it any more. */
export const endsAt = ({ closesAt, begunAt }: Pick<Context, 'closesAt' | 'begunAt'>): number =>
  closesAt ?? begunAt + OPEN_MS;

/** Routing reads by the rules of the vote; what came round it must still not be counted against them. */
export const isCountable = (
  { options, voting }: Pick<Context, 'options' | 'voting'>,
  choices: readonly number[],
): boolean =>
  choices.every((choice) => choice <= options.length) &&
  (voting === 'multi' || choices.length === 1);

export const isAnswered = ({ reply }: Pick<Context, 'reply'>): boolean =>
  reply === 'vote' || reply === 'no';

/** An answer that counts closes the question until we ask again. */
const answered = (context: Context, at: number): Changes => ({
  replies: context.replies + 1,
  answering: 'unprompted',
  followUp: null,
  question: 'answered',
  endedAt: at,
});

export const voted = ({ context, event }: { context: Context; event: Voted }): Changes => ({
  ...answered(context, event.at),
  reply: 'vote',
  choices: [...event.choices],
  votes: context.votes + 1,
});

/** None of the options. */
export const declined = ({ context, event }: { context: Context; event: Declined }): Changes => ({
  ...answered(context, event.at),
  reply: 'no',
  choices: null,
});

/** An unclear message counts for nothing, and undoes nothing. */
export const unclear = ({ context }: { context: Context }): Changes => ({
  reply: context.reply === 'none' ? 'unknown' : context.reply,
  unknowns: context.unknowns + 1,
});

/** The same, and we ask once more. */
export const asksBack = ({ context }: { context: Context }): Changes => {
  const clarifications = context.clarifications + 1;
  return {
    ...unclear({ context }),
    clarifications,
    promptTextId: derivedId(context.id, `clarification:${clarifications}`),
    question: 'open',
    endedAt: null,
  };
};

/** A text that asks has gone out, or will never. */
export const asked = ({ event }: { event: Settled }): Changes =>
  event.outcome === 'accepted' ? { answering: 'clarification', promptedAt: event.settledAt } : {};

/** Whose answer counts already was asked once more: it goes on counting, and no question is left open. */
export const stillAnswered = ({ event }: { event: object }): Changes => ({
  question: 'answered',
  endedAt: atOf(event),
});

export const invited = ({ event }: { event: Settled }): Changes => ({
  ...{ promptedAt: event.settledAt, invitedAt: event.settledAt },
  ...{ delivery: 'sent', question: 'open' },
});

/** Nothing was sent, so nothing can be answered: `endedAt` stays null, and routing passes it by. */
export const uninvited = ({ event }: { event: Settled }): Changes => ({
  delivery: event.outcome === 'withheld' ? 'opted_out' : 'failed',
  question: 'closed',
});

/** The second text of a question that did not arrive has gone out. */
export const askedByAnother = ({ event }: { event: Settled }): Changes => ({
  delivery: 'sent',
  promptedAt: event.settledAt,
});

/** The organizer asks once more: from now on the phone has a question again. */
export const remindedOf = ({ context, event }: { context: Context; event: Reminded }): Changes => ({
  promptTextId: derivedId(context.id, `reminder:${event.reminderId}`),
  question: 'open',
  endedAt: null,
});

export const reminded = ({ context, event }: { context: Context; event: Settled }): Changes => ({
  reminders: context.reminders + 1,
  answering: 'reminder',
  followUp: { kind: 'reminder', sentAt: event.settledAt },
  promptedAt: event.settledAt,
});

/** More than can be on their way at once. */
const MOST_LATE = 4;

/** The reminder is on its way, for a night perhaps: till then the question stands as it stood. */
export const waitedFor = (at: { context: Context; event: object }): Changes => {
  const { late = [], promptTextId } = at.context;
  return { ...unreminded(at), late: [...late, promptTextId].slice(-MOST_LATE) };
};

/** It has gone out after all. Meanwhile something else may have been asked: then that is waited for. */
export const heardOfLate = (at: { context: Context; event: Settled }): Changes => ({
  ...reminded(at),
  late: (at.context.late ?? []).filter((id) => id !== at.event.textId),
});

/** It has gone out after all, and asks anew. */
export const askedLate = (at: { context: Context; event: Settled }): Changes => ({
  ...heardOfLate(at),
  promptTextId: at.event.textId,
  ...{ question: 'open', endedAt: null },
});

/** The reminder has not gone out: the question stands as it stood. */
export const unreminded = ({ context, event }: { context: Context; event: object }): Changes => {
  if (isAnswered(context)) return stillAnswered({ event });
  return context.timedOut.length > 0 ? { question: 'timed_out', endedAt: atOf(event) } : {};
};

export const ranOut =
  (stage: TimeoutStage) =>
  ({ context, event }: { context: Context; event: object }): Changes => ({
    timedOut: context.timedOut.includes(stage) ? context.timedOut : [...context.timedOut, stage],
    question: 'timed_out',
    endedAt: atOf(event),
  });

export const closed = ({ context, event }: { context: Context; event: object }): Changes => ({
  question: 'closed',
  endedAt: context.invitedAt === null ? null : atOf(event),
});

/** Whoever waits for answers hears of one that is new or another; before it is kept. */
export function answerNews({ context, event }: Step): readonly Send[] {
  const { owner, syncupId, crewId, title } = context;
  const chosen = event.type === 'invitee.voted' ? event.choices : [];
  if (isAnswered(context) && chosen.join() === (context.choices ?? []).join()) return [];
  const syncup = { owner, target: 'syncup', targetId: syncupId, crewId } as const;
  return [answerNotice({ ...syncup, at: atOf(event), title: title ?? '' })];
}

/** The gathering may have waited for this answer. */
export const answerTold = ({ context: { syncupId, owner } }: { context: Context }): Send =>
  answeredTo(syncupId, owner);

/** Of the chart; its texts name it. */
export const VERSION = '1.0.0';
