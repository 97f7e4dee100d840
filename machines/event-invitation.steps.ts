/* What an invitation's transitions change and start: the parts of its chart that are plain functions. */
import type { SmsPurpose, TimeoutStage } from '../src/behavior/vocabulary.ts';
import { COPY_VERSION, type Template, templates } from './event-invitation.copy.ts';
import type { Context, Event } from './event-invitation.model.ts';
import { atOf, derivedId, type Send, type Start } from './kit.ts';
import { answerOf } from './noticing.ts';
import type { TextInput } from './text.model.ts';

type Step = { readonly context: Context; readonly event: Event };
type Changes = Partial<Context>;
type Answer = Extract<Event, { type: `invitee.${string}` }>;
type Settled = Extract<Event, { type: 'text.settled' }>;
type Reminded = Extract<Event, { type: 'gathering.reminded' }>;

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
export const newsOf =
  (reply: 'yes' | 'no') =>
  ({ context, event }: { context: Context; event: Answer }): readonly Send[] => {
    const { owner, eventId, crewId, title } = context;
    const guests = reply === 'yes' ? (event.heard.guests ?? 0) : 0;
    if (context.reply === reply && context.guests === guests) return [];
    return [answerOf({ owner, target: 'event', gatheringId: eventId, crewId, title })];
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

/** A text that asks has gone out, or will never. */
export const asked = ({ event }: { event: Settled }): Changes =>
  event.outcome === 'accepted' ? { answering: 'clarification', promptedAt: event.settledAt } : {};

/** Somebody whose answer counts already was asked back: it goes on counting, and no question is left open. */
export const stillAnswered = ({ event }: { event: object }): Changes => ({
  question: 'answered',
  endedAt: atOf(event),
});

export const askedAgain = (at: { event: Settled }): Changes => ({
  ...asked(at),
  ...stillAnswered(at),
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

/** The reminder has not gone out: the question stands as it stood. */
export const unreminded = ({ context, event }: { context: Context; event: object }): Changes => {
  if (context.reply === 'yes' || context.reply === 'no') return stillAnswered({ event });
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

/** The invite itself, with the first word on how to opt out. */
export const inviteText = ({ context }: { context: Context }): Start =>
  textOf(context, context.promptTextId, 'invite', 'event-invitation.invite');

export const clarification = ({ context, event }: Step): Start => {
  const again = context.clarifications > 1;
  const template = again ? 'event-invitation.clarify_again' : 'event-invitation.clarify';
  const asks = textOf(context, context.promptTextId, 'clarification', template);
  return 'heard' in event ? answering(asks, event.heard) : asks;
};

/** What the reminder says depends on what was answered before. */
export const reminder = ({ context }: { context: Context }): Start => {
  const { reply } = context;
  const template =
    reply === 'yes' || reply === 'no'
      ? (`event-invitation.remind_${reply}` as const)
      : 'event-invitation.remind';
  return textOf(context, context.promptTextId, 'reminder', template);
};

/** The answer to a message that was counted, or came too late; none where the phone had its share. */
export const acknowledgement =
  (template: Template) =>
  ({ context, event }: Step): readonly Start[] => {
    if (!('heard' in event) || !event.heard.mayAnswer) return [];
    const textId = derivedId(context.id, `answer:${event.heard.inboundId}`);
    return [answering(textOf(context, textId, 'update', template), event.heard)];
  };

/** The answer to what came after the end; nobody whom no invite reached is told of one. */
export const tooLate = (at: Step): readonly Start[] =>
  at.context.invitedAt === null ? [] : acknowledgement('event-invitation.closed')(at);

/** The text answers a message: how long that took is logged. */
const answering = (start: Start, { receivedAt }: { readonly receivedAt?: number | undefined }) =>
  receivedAt === undefined ? start : { ...start, input: { ...start.input, answersAt: receivedAt } };

function textOf(context: Context, id: string, purpose: SmsPurpose, template: Template): Start {
  const { owner, phone, ourNumber, eventId, crewId } = context;
  const asks = purpose !== 'update';
  const input: TextInput = {
    ...{ phone, ourNumber, purpose, template, copyVersion: COPY_VERSION },
    body: templates[template](context),
    cycle: { id: context.id, version: VERSION, target: 'event' },
    subject: { eventId, crewId, syncupId: null },
    notify: asks ? { to: context.id, owner } : null,
    invite: purpose === 'invite' ? { index: context.inviteIndex, via: context.via } : null,
  };
  return { machine: 'text', id, owner, input };
}

/** Of the chart; its texts name it. */
export const VERSION = '1.0.0';
