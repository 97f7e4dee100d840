/* What an invitation's transitions change and start: the parts of its chart that are plain functions. */
import type { TimeoutStage } from '../src/behavior/vocabulary.ts';
import type { Context, Event } from './event-invitation.model.ts';
import { answeredTo } from './gathering-news.ts';
import { atOf, days, derivedId, type Send } from './kit.ts';
import { answerNotice } from './noticing.ts';

type Changes = Partial<Context>;
type Answer = Extract<Event, { type: `invitee.${string}` }>;
type Settled = Extract<Event, { type: 'text.settled' }>;
type Reminded = Extract<Event, { type: 'gathering.reminded' }>;
type Changed = Extract<Event, { type: 'gathering.changed' }>;

/** How long an event without a date is waited for, from when it was last told. */
const OPEN_MS = days(14);

/** Epoch ms after which a reply comes too late, so that nothing is asked any more. */
export const endsAt = ({ closesAt, datedAt }: Pick<Context, 'closesAt' | 'datedAt'>): number =>
  closesAt ?? datedAt + OPEN_MS;

/** At most so many questions back; then we stop asking. */
export const MAX_CLARIFICATIONS = 2;

/** An answer that counts closes the question until we ask again. */
export const answered =
  (reply: 'yes' | 'no') =>
  ({ context, event }: { context: Context; event: Answer }): Changes => ({
    reply,
    guests: reply === 'yes' ? (event.heard.guests ?? 0) : 0,
    replies: context.replies + 1,
    answering: 'unprompted',
    followUp: null,
    question: 'answered',
    endedAt: event.at,
  });

/** Whoever waits for answers hears of one that is new or another; before it is kept. */
export const answerNews =
  (reply: 'yes' | 'no') =>
  ({ context, event }: { context: Context; event: Answer }): readonly Send[] => {
    const { owner, eventId, crewId, title } = context;
    const guests = reply === 'yes' ? (event.heard.guests ?? 0) : 0;
    if (context.reply === reply && context.guests === guests) return [];
    const at = atOf(event);
    return [answerNotice({ owner, at, target: 'event', targetId: eventId, crewId, title })];
  };

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

/** News have asked for a confirmation, which has not come. */
export const isConfirming = ({ followUp, question }: Context): boolean =>
  question === 'open' && NEWS.includes(followUp?.kind ?? '');

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
const asksAgain = (context: Context, telling: Context['telling'], newsId: string): Changes => ({
  telling,
  promptTextId: derivedId(context.id, `${telling}:${newsId}`),
  question: 'open',
  endedAt: null,
});

export const remindedOf = ({ context, event }: { context: Context; event: Reminded }): Changes =>
  asksAgain(context, event.automatic ? 'auto_reminder' : 'reminder', event.reminderId);

export const finalized = ({
  context,
  event,
}: {
  context: Context;
  event: Extract<Event, { type: 'gathering.finalized' }>;
}): Changes => asksAgain(context, 'finalize', event.newsId);

/** What is known of the event from now on. */
export const changed = ({ event }: { event: Changed }): Changes => {
  const { title, whenText, place, closesAt } = event;
  return { title, whenText, place, closesAt };
};

/** The same, and its end is waited for from now on: where `open` is entered anew, its timer is, too. */
export const waitedForAnew = (at: { event: Changed }): Changes => ({
  ...changed(at),
  datedAt: at.event.at,
});

/** Whether its end is another: the date has moved, or without one it lies so long after the last news. */
export const hasNewEnd = (
  { invitedAt }: Context,
  { moved, closesAt }: Pick<Changed, 'moved' | 'closesAt'>,
): boolean => invitedAt !== null && (moved || closesAt === null);

const soonerOf = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other);

export const toldOfChange = (at: { context: Context; event: Changed }): Changes => ({
  ...waitedForAnew(at),
  ...asksAgain(at.context, 'change_notice', at.event.newsId),
  knownBy: soonerOf(at.context.closesAt, at.event.closesAt),
});

export const isToldOf = (
  { reply, invitedAt }: Context,
  { tells }: { readonly tells: boolean },
): boolean => tells && invitedAt !== null && reply !== 'no';

/** On another day, who declined may come after all. */
export const isToldOfChange = (
  context: Context,
  news: { readonly tells: boolean; readonly moved: boolean },
): boolean => isToldOf(news.moved ? { ...context, reply: 'none' } : context, news);

export const reminded = ({ context, event }: { context: Context; event: Settled }): Changes => ({
  reminders: context.reminders + 1,
  answering: 'reminder',
  // A yes confirms what the organizer's own hand asked.
  ...(context.telling === 'reminder'
    ? { followUp: { kind: 'reminder', sentAt: event.settledAt } }
    : {}),
  promptedAt: event.settledAt,
});

/** The news has gone out, and a confirmation is waited for. */
export const told = ({ context, event }: { context: Context; event: Settled }): Changes => {
  const kind = context.telling === 'finalize' ? 'finalize' : 'change_notice';
  const { settledAt } = event;
  return { answering: kind, followUp: { kind, sentAt: settledAt }, promptedAt: settledAt };
};

/** Nobody waits for a first answer any more; of somebody who was asked to vote, nobody ever did. */
export const ranOutBefore = ({ timedOut, voted }: Context): boolean =>
  timedOut.length > 0 || (voted ?? null) !== null;

/** More than can be on their way at once. */
const MOST_LATE = 4;

/** What asks again is on its way, for a night perhaps: till then the question stands as it stood. */
export const waitedFor = (at: { context: Context; event: object }): Changes => {
  const { late = [], promptTextId } = at.context;
  return { ...unreminded(at), late: [...late, promptTextId].slice(-MOST_LATE) };
};

const NEWS: readonly string[] = ['finalize', 'change_notice'];

/** It has gone out after all. Meanwhile something else may have been asked: then that is waited for. */
export const heardOfLate = ({ context, event }: { context: Context; event: Settled }): Changes => {
  const telling = event.purpose as Context['telling'];
  const then = { context: { ...context, telling }, event };
  const late = (context.late ?? []).filter((id) => id !== event.textId);
  return { ...(NEWS.includes(telling) ? told(then) : reminded(then)), late };
};

/** It has gone out after all, and asks anew. */
export const askedLate = (at: { context: Context; event: Settled }): Changes => ({
  ...heardOfLate(at),
  promptTextId: at.event.textId,
  ...{ question: 'open', endedAt: null },
});

/** What would have asked again has not gone out: the question stands as it stood. */
export const unreminded = ({ context, event }: { context: Context; event: object }): Changes => {
  if (context.reply === 'yes' || context.reply === 'no') return stillAnswered({ event });
  return ranOutBefore(context) ? { question: 'timed_out', endedAt: atOf(event) } : {};
};

export const ranOut =
  (stage: TimeoutStage) =>
  ({ context, event }: { context: Context; event: object }): Changes => ({
    timedOut: context.timedOut.includes(stage) ? context.timedOut : [...context.timedOut, stage],
    question: 'timed_out',
    endedAt: atOf(event),
  });

/** Nobody answered in time whether it stays at what was said before; that goes on counting. */
export const unconfirmed = (at: { context: Context; event: object }): Changes => {
  const { timedOut } = ranOut('confirmation')(at);
  const { reply } = at.context;
  return reply === 'yes' || reply === 'no'
    ? { timedOut: timedOut ?? [], ...stillAnswered(at) }
    : ranOut('confirmation')(at);
};

export const closed = ({ context, event }: { context: Context; event: object }): Changes => ({
  question: 'closed',
  endedAt: context.invitedAt === null ? null : atOf(event),
});

export const calledOff = (at: { context: Context; event: object }): Changes => ({
  ...closed(at),
  cancelled: true,
});

/** The gathering may have waited for this answer. */
export const answerTold = ({ context: { eventId, owner } }: { context: Context }): Send =>
  answeredTo(eventId, owner);

/** The cycle that its rows and texts bear: that of the vote, where it goes on from one. */
export const cycleOf = ({ id, voted }: Pick<Context, 'id' | 'voted'>): string =>
  voted?.cycleId ?? id;

/** Of the chart; its texts name it. */
export const VERSION = '1.0.0';
