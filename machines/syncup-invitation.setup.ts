/* An invitation to vote: the types, guards and delays that its states are written in, and what they share. */
import { setup } from 'xstate';
import { STAGE_TIMEOUT_MS } from '../src/behavior/vocabulary.ts';
import { days, effects, hours, minutes, type StateMeta, type TransitionMeta } from './kit.ts';
import { isStillAsked, wentOutAgain } from './resending.ts';
import { type Context, events, type Input } from './syncup-invitation.model.ts';
import * as step from './syncup-invitation.steps.ts';

export const flow = setup({
  types: {
    context: {} as Context,
    events: events.type,
    input: {} as Input,
    meta: {} as StateMeta,
    transitionMeta: {} as TransitionMeta,
  },
  actions: effects,
  guards: {
    wentOut: ({ context, event }) =>
      event.type === 'text.settled' &&
      event.textId === context.promptTextId &&
      event.outcome === 'accepted',
    /** It was held over a night, or the carrier took it late: it asks all the same. */
    wentOutLate: ({ context: { late = [] }, event }) =>
      event.type === 'text.settled' && event.outcome === 'accepted' && late.includes(event.textId),
    isSettled: ({ context, event }) =>
      event.type === 'text.settled' && event.textId === context.promptTextId,
    settledAnswered: ({ context, event }) =>
      event.type === 'text.settled' &&
      event.textId === context.promptTextId &&
      event.outcome !== 'accepted' &&
      step.isAnswered(context),
    isCountable: ({ context }, choices: readonly number[]) => step.isCountable(context, choices),
    mayAskBack: ({ context, event }) =>
      'heard' in event && event.heard.mayAnswer && context.clarifications < step.MAX_CLARIFICATIONS,
    isOpen: ({ context }) => context.question === 'open',
    isAnswered: ({ context }) => step.isAnswered(context),
    wasUnclear: ({ context }) => context.reply === 'unknown',
    isFirstUnclear: ({ context }) => !context.timedOut.includes('after_unknown'),
    isFirstReminded: ({ context }) => !context.timedOut.includes('after_reminder'),
    answersReminder: ({ context }) => context.answering === 'reminder',
    ranOut: ({ context }) => context.timedOut.length > 0,
    isStillAsked: ({ context }, missed: Parameters<typeof isStillAsked>[1]) =>
      isStillAsked(context, missed),
    isMuted: ({ context }) => context.delivery === 'opted_out',
    wentOutAgain: ({ context }, settled: Parameters<typeof wentOutAgain>[1]) =>
      wentOutAgain(context, settled),
  },
  delays: {
    firstReply: STAGE_TIMEOUT_MS.first_reply,
    afterReminder: STAGE_TIMEOUT_MS.after_reminder,
    afterUnknown: STAGE_TIMEOUT_MS.after_unknown,
    /** A text that asks again and takes longer than this to go out holds no reply up any more. */
    settle: minutes(30),
    closing: ({ context }) => Math.max(0, step.endsAt(context) - context.begunAt),
    /** An hour more than routing takes late replies for, counted from when votes were wanted by. */
    farewell: ({ context: { closesAt, endedAt } }) =>
      days(7) + hours(1) + Math.max(0, (closesAt ?? 0) - (endedAt ?? closesAt ?? 0)),
  },
});

/** A reply that came while its question was on its way is heard when the question has settled. */
export const early = {
  defers: [
    'invitee.voted',
    'invitee.replied_yes',
    'invitee.replied_no',
    'invitee.replied_unclear',
    'text.undelivered',
    'phone.opted_out',
    'phone.opted_in',
    'gathering.reminded',
  ],
} as const;
/** Over while the invite is on its way: with what it goes on depends on whether it goes out. */
export const undecided = {
  defers: [...early.defers, 'gathering.closed', 'gathering.decided'],
} as const;

/** Who wants no texts was not missed by chance. */
export const lost = flow.assign({
  delivery: ({ event }) =>
    event.type === 'text.undelivered' && event.optOut ? 'opted_out' : 'undelivered',
});
export const muted = flow.assign({ delivery: 'opted_out' });
/** Whom an invite has reached before. */
export const unmuted = flow.assign({ delivery: 'sent' });
export const kept = { silent: 'kept with the invitation; the text or the phone logs it' } as const;
export const heard = { logs: ['sms_received', 'invitee_reply_unknown'] } as const;
