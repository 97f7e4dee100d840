/* A gathering: the types, actors, guards and delays that its states are written in. */
import { fromPromise, setup } from 'xstate';
import {
  answerByMs,
  type Context,
  closingMs,
  deadlineNearMs,
  events,
  type Input,
  type Listed,
  remindMs,
  type Settled,
  type SettleEvent,
  waitsForAnswers,
} from './gathering.model.ts';
import { retellMs } from './gathering-news.ts';
import { effects, runByEngine, type StateMeta, type TransitionMeta } from './kit.ts';
import { mayRetry } from './organizer.ts';

export const flow = setup({
  types: {
    context: {} as Context,
    events: events.type,
    input: {} as Input,
    meta: {} as StateMeta,
    transitionMeta: {} as TransitionMeta,
  },
  actions: effects,
  actors: {
    settleEvent: fromPromise<Settled, SettleEvent>(runByEngine),
    listInvited: fromPromise<Listed, { readonly eventId: string }>(runByEngine),
    closeEvent: fromPromise<object, { readonly eventId: string }>(runByEngine),
  },
  guards: {
    mayRetry,
    waitsForAnswers: ({ context }) => waitsForAnswers(context),
    /** Also where the wait for it was shortened, only what was chosen happens. */
    mayBecomeOverdue: ({ context: { rules, state } }) =>
      rules.answerBy !== null && state === 'live',
    mayRemind: ({ context: { rules, reminded, startsAt } }) =>
      rules.remindMin !== null && !reminded && startsAt !== null,
    isLive: ({ context: { state } }) => state === 'live',
    isCancelled: ({ context: { state } }) => state === 'cancelled',
    hasNews: ({ context: { news } }) => news.length > 0,
    isTold: (_, notify: boolean) => notify,
    hasSettled: (_, { settled }: Settled) => settled,
  },
  delays: {
    closing: ({ context }) => closingMs(context),
    answerBy: ({ context }) => answerByMs(context),
    deadlineNear: ({ context }) => deadlineNearMs(context),
    nearing: ({ context }) => remindMs(context),
    retell: ({ context: { tries } }) => retellMs(tries),
  },
});

export const again = { silent: 'tried again' } as const;
export const told = { silent: 'the invitations and their texts say it' } as const;
