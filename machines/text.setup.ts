/* A text: the types, guards and delays that its states are written in. */
import { fromPromise, setup } from 'xstate';
import type { StateMeta, TransitionMeta } from './kit.ts';
import { atOf, type Begun, effects, hours, minutes, runByEngine, seconds } from './kit.ts';
import { ARRIVED, isForward, LOST } from './text.delivery.ts';
import {
  type Event,
  events,
  type Reported,
  type SendTextInput,
  type SendTextOutput,
  type TextContext,
  type TextInput,
  type Withdrawn,
} from './text.model.ts';
import { retryMs } from './text.steps.ts';

/** One that was sent again, for want of evidence, may be there twice: it is the one that we know. */
const isOf = ({ sid }: TextContext, event: Event): event is Reported =>
  event.type === 'carrier.reported' && sid === event.sid;

const isAnswer = ({ answersAt }: TextContext): boolean => (answersAt ?? null) !== null;

/** So long is the carrier asked and tried while nothing was sent; an answer helps nobody hours later. */
const lastingMs = (context: TextContext): number => (isAnswer(context) ? hours(1) : hours(24));
const isWithin = (context: TextContext, event: object): boolean =>
  atOf(event) < context.queuedAt + lastingMs(context);

/** From the fifth refusal on nothing new is said. */
const TOLD_TRIES = 4;
/** 30 s, 1, 2, 4 and 8 min: a quarter of an hour without evidence, then it is sent once more. */
const MAX_LOOKS = 5;

const REMINDS: readonly string[] = ['reminder', 'auto_reminder'];
/** What reminds is moot once it is answered; all else only when nothing is asked any more. */
const isMoot = ({ purpose }: TextContext, { reason }: Withdrawn): boolean =>
  reason === 'over' || REMINDS.includes(purpose);

export const flow = setup({
  types: {
    context: {} as TextContext,
    events: events.type,
    input: {} as Begun & TextInput,
    meta: {} as StateMeta,
    transitionMeta: {} as TransitionMeta,
  },
  actors: { sendText: fromPromise<SendTextOutput, SendTextInput>(runByEngine) },
  actions: effects,
  guards: {
    is: (_, { output, kind }: { output: SendTextOutput; kind: SendTextOutput['kind'] }) =>
      output.kind === kind,
    /** Nothing was looked at but who we are. */
    isLockedOut: (_, output: SendTextOutput) =>
      output.kind === 'rejected' && output.reason === 'credentials',
    isInviteAccepted: ({ context }, output: SendTextOutput) =>
      output.kind === 'accepted' && context.purpose === 'invite',
    isAnswerAccepted: ({ context }, output: SendTextOutput) =>
      output.kind === 'accepted' && context.purpose !== 'invite' && isAnswer(context),
    isNewsAccepted: ({ context }, output: SendTextOutput) =>
      output.kind === 'accepted' && context.purpose !== 'invite' && !isAnswer(context),
    mayRetry: ({ context, event }, output: SendTextOutput) =>
      output.kind === 'retry' &&
      isWithin(context, event) &&
      context.attempts + output.tries <= TOLD_TRIES,
    mayRetryStill: ({ context, event }, output: SendTextOutput) =>
      output.kind === 'retry' &&
      isWithin(context, event) &&
      context.attempts + output.tries > TOLD_TRIES,
    mayAsk: ({ context }, output: SendTextOutput) =>
      output.kind === 'unknown' && (!context.resent || context.looks < MAX_LOOKS),
    /** That nobody says whether it is there is no sign that it is not. */
    mayAskLater: ({ context, event }, output: SendTextOutput) =>
      output.kind === 'unanswered' && isWithin(context, event),
    mayLook: ({ context }) => !context.resent || context.looks < MAX_LOOKS,
    mayAskAgain: ({ context }, output: SendTextOutput) =>
      output.kind === 'missing' && (!context.resent || context.looks < MAX_LOOKS),
    isMoot: ({ context }, withdrawn: Withdrawn) => isMoot(context, withdrawn),
    isDoubtful: ({ context }, withdrawn: Withdrawn) =>
      isMoot(context, withdrawn) && context.look === 'only',
    isInVain: ({ context }) =>
      context.withdrawn === true && !context.resent && context.looks >= MAX_LOOKS,
    hasLookedEnough: ({ context }) => !context.resent && context.looks >= MAX_LOOKS,
    hasArrived: ({ context, event }) => isOf(context, event) && ARRIVED.includes(event.status),
    isLost: ({ context, event }) => isOf(context, event) && LOST.includes(event.status),
    /** A starter may want it said once more, in words that are its own: ours are gone. */
    mayArriveLater: ({ context, event }) =>
      isOf(context, event) &&
      LOST.includes(event.status) &&
      event.passing === true &&
      context.notify !== null,
    goesForward: ({ context, event }) =>
      isOf(context, event) && isForward(context.status, event.status),
  },
  delays: {
    retry: ({ context }) => retryMs(context),
    reconcile: ({ context }) =>
      seconds(30 * 2 ** Math.max(0, Math.min(context.looks, MAX_LOOKS) - 1)),
    recheck: minutes(1),
    /** The turn of a text whose number has others to send before it. */
    turn: ({ context }) => Math.max(0, (context.slotAt ?? 0) - context.updatedAt),
    morning: ({ context }) => Math.max(0, (context.quietUntil ?? 0) - context.updatedAt),
    unreported: hours(72),
    /** A phone that was off may be on again; sooner is rarely of use. */
    resend: minutes(30),
  },
});
