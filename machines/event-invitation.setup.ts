/* An invitation to an event: the types, guards and delays that its states are written in, and what they share. */
import { setup } from 'xstate';
import { STAGE_TIMEOUT_MS } from '../src/behavior/vocabulary.ts';
import { type Context, events, type Input, isTold } from './event-invitation.model.ts';
import * as step from './event-invitation.steps.ts';
import { days, effects, hours, minutes, type StateMeta, type TransitionMeta } from './kit.ts';
import { isStillAsked, wentOutAgain } from './resending.ts';

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
    isTold: ({ context }) => isTold(context),
    goesOn: ({ context: { voted } }) => (voted ?? null) !== null,
    wentOut: ({ context, event }) =>
      event.type === 'text.settled' &&
      event.textId === context.promptTextId &&
      event.outcome === 'accepted',
    /** It was held over a night, or the carrier took it late: it asks all the same. */
    wentOutLate: ({ context: { late = [] }, event }) =>
      event.type === 'text.settled' && event.outcome === 'accepted' && late.includes(event.textId),
    isSettled: ({ context, event }) =>
      event.type === 'text.settled' && event.textId === context.promptTextId,
    mayAskBack: ({ context, event }) =>
      event.type === 'invitee.replied_unclear' &&
      event.heard.mayAnswer &&
      context.clarifications < step.MAX_CLARIFICATIONS,
    /** News ask for a confirmation, also where that was answered with something unclear. */
    isConfirming: ({ context }) => step.isConfirming(context),
    isSettledConfirming: ({ context, event }) =>
      event.type === 'text.settled' &&
      event.textId === context.promptTextId &&
      step.isConfirming(context),
    isOpen: ({ context }) => context.question === 'open',
    saidYes: ({ context }) => context.reply === 'yes',
    saidNo: ({ context }) => context.reply === 'no',
    wasUnclear: ({ context }) => context.reply === 'unknown',
    settledAfterYes: ({ context, event }) =>
      event.type === 'text.settled' &&
      event.textId === context.promptTextId &&
      event.outcome !== 'accepted' &&
      context.reply === 'yes',
    settledAfterNo: ({ context, event }) =>
      event.type === 'text.settled' &&
      event.textId === context.promptTextId &&
      event.outcome !== 'accepted' &&
      context.reply === 'no',
    isFirstUnclear: ({ context }) => !context.timedOut.includes('after_unknown'),
    isFirstReminded: ({ context }) => !context.timedOut.includes('after_reminder'),
    /** A yes to what the organizer asked once more is a confirmation. */
    isFollowedUp: ({ context }) => (context.followUp ?? null) !== null,
    answersReminder: ({ context }) => context.answering === 'reminder',
    /** The organizer's news asked for a confirmation, which has not come yet. */
    awaitsConfirmation: ({ context: { answering, question } }) =>
      (answering === 'finalize' || answering === 'change_notice') && question === 'open',
    isFirstConfirming: ({ context }) => !context.timedOut.includes('confirmation'),
    /** Who is staying away need not know that it takes place, or that it does not. */
    isToldOf: ({ context }, news: { readonly tells: boolean }) => step.isToldOf(context, news),
    isToldOfChange: ({ context }, news: { readonly tells: boolean; readonly moved: boolean }) =>
      step.isToldOfChange(context, news),
    /** The organizer's own hand may remind anybody. */
    isReminded: (
      { context: { reply } },
      { automatic }: { readonly automatic?: true | undefined },
    ) => automatic !== true || reply !== 'no',
    hasNewEnd: ({ context }, news: Parameters<typeof step.hasNewEnd>[1]) =>
      step.hasNewEnd(context, news),
    ranOut: ({ context }) => step.ranOutBefore(context),
    isCalledOffBy: ({ context }, purpose: string) => context.cancelled && purpose === 'cancel',
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
    confirmation: STAGE_TIMEOUT_MS.confirmation,
    closing: ({ context }) => Math.max(0, step.endsAt(context) - context.datedAt),
    /** An hour more than routing takes late replies for: a routed one always finds it. */
    farewell: days(7) + hours(1),
  },
});

/** A reply that came while its question was on its way is heard when the question has settled. */
export const early = {
  defers: [
    'invitee.replied_yes',
    'invitee.replied_no',
    'invitee.replied_unclear',
    'text.undelivered',
    'phone.opted_out',
    'phone.opted_in',
    'gathering.reminded',
    'gathering.finalized',
    'gathering.changed',
  ],
} as const;
/** Called off while the invite is on its way: what is said of that depends on whether it goes out. */
export const undecided = { defers: [...early.defers, 'gathering.cancelled'] } as const;

/** Who wants no texts was not missed by chance. */
export const lost = flow.assign({
  delivery: ({ event }) =>
    event.type === 'text.undelivered' && event.optOut ? 'opted_out' : 'undelivered',
});
export const muted = flow.assign({ delivery: 'opted_out' });
/** Whom an invite has reached before. */
export const unmuted = flow.assign({ delivery: 'sent' });
export const kept = { silent: 'kept with the invitation; the text or the phone logs it' } as const;
