import { assign, fromPromise, setup } from 'xstate';
import type { StateMeta, TransitionMeta } from './kit.ts';
import { atOf, type Begun, effects, hours, minutes, runByEngine, seconds } from './kit.ts';
import type { SendTextInput, SendTextOutput, TextContext, TextInput } from './text.model.ts';
import { events, type OutputOf } from './text.model.ts';
import {
  ARRIVED,
  accepted,
  doubted,
  ended,
  LOST,
  quieted,
  rankOf,
  retryMs,
  settled,
  tried,
  undelivered,
  wishOf,
} from './text.steps.ts';

export { copy } from './text.copy.ts';
export { describe, rows, subject, view } from './text.facts.ts';
export { context, events, input } from './text.model.ts';

/**
 * One outbound SMS, from the wish to say something until the carrier says how it went. It is
 * accepted once: a try whose outcome nobody knows is looked for at the carrier before anything is
 * sent again. What it costs to be sure is time, never a second SMS.
 */
const MAX_ATTEMPTS = 8;
/** 30 s, 1, 2, 4 and 8 min: a quarter of an hour without evidence, then it is sent once more. */
const MAX_LOOKS = 5;

const flow = setup({
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
    isInviteAccepted: ({ context }, output: SendTextOutput) =>
      output.kind === 'accepted' && context.purpose === 'invite',
    isAnswerAccepted: ({ context }, output: SendTextOutput) =>
      output.kind === 'accepted' && (context.answersAt ?? null) !== null,
    mayRetry: ({ context }, output: SendTextOutput) =>
      output.kind === 'retry' && context.attempts + output.tries < MAX_ATTEMPTS,
    mayAsk: ({ context }, output: SendTextOutput) =>
      output.kind === 'unknown' && (!context.resent || context.looks < MAX_LOOKS),
    mayLook: ({ context }) => !context.resent || context.looks < MAX_LOOKS,
    mayAskAgain: ({ context }, output: SendTextOutput) =>
      output.kind === 'missing' && (!context.resent || context.looks < MAX_LOOKS),
    hasLookedEnough: ({ context }) => !context.resent && context.looks >= MAX_LOOKS,
    hasArrived: ({ event }) => ARRIVED.includes(event.status),
    isLost: ({ event }) => LOST.includes(event.status),
    goesForward: ({ context, event }) => rankOf(event.status) > rankOf(context.status),
  },
  delays: {
    retry: ({ context }) => retryMs(context),
    reconcile: ({ context }) =>
      seconds(30 * 2 ** Math.max(0, Math.min(context.looks, MAX_LOOKS) - 1)),
    recheck: minutes(1),
    morning: ({ context }) => Math.max(0, (context.quietUntil ?? 0) - context.updatedAt),
    unreported: hours(72),
  },
});

/** A callback may come before the answer to our own request. */
const early = { defers: ['carrier.reported'] } as const;

const output = ({ event }: { event: { output: SendTextOutput } }) => event.output;
const being =
  (kind: SendTextOutput['kind']) =>
  ({ event }: { event: { output: SendTextOutput } }) => ({ output: event.output, kind });

export const machine = flow.createMachine({
  id: 'text',
  version: '1.0.0',
  options: { maxIterations: 100 },
  meta: { cycle: 'text' },
  context: ({ input: { at, id, owner, ...wish } }) => ({
    ...wish,
    ...{ id, owner, queuedAt: at, status: 'queued', updatedAt: at, attempts: 0 },
    ...{ retryAfterMs: null, look: 'no', looks: 0, resent: false },
    ...{ expiresAt: wish.expiresAt ?? null, quietUntil: null, quietMs: 0 },
    ...{ sid: null, providerCode: null, optedOutAt: null },
  }),
  initial: 'sending',
  states: {
    sending: {
      meta: early,
      invoke: {
        id: 'sendText',
        src: 'sendText',
        input: ({ context }) => wishOf(context),
        onDone: [
          {
            guard: { type: 'isInviteAccepted', params: output },
            target: 'accepted',
            actions: [
              assign((step) => accepted(step)),
              { type: 'send', params: settled('accepted') },
            ],
            meta: { logs: ['invite_sent', 'sms_sent'] },
          },
          {
            guard: { type: 'isAnswerAccepted', params: output },
            target: 'accepted',
            actions: [
              assign((step) => accepted(step)),
              { type: 'send', params: settled('accepted') },
            ],
            meta: { logs: ['sms_sent', 'latency'] },
          },
          {
            guard: { type: 'is', params: being('accepted') },
            target: 'accepted',
            actions: [
              assign((step) => accepted(step)),
              { type: 'send', params: settled('accepted') },
            ],
            meta: { logs: ['sms_sent'] },
          },
          {
            guard: { type: 'is', params: being('withheld') },
            target: 'withheld',
            actions: [
              assign((step) => ended('withheld')(step)),
              { type: 'send', params: settled('withheld') },
            ],
            meta: { logs: ['error'] },
          },
          {
            guard: { type: 'is', params: being('held') },
            target: 'held',
            actions: assign(({ context, event }) => tried('held', { context, event })),
            meta: { silent: 'sending is paused: nothing was tried' },
          },
          {
            guard: { type: 'is', params: being('quiet') },
            target: 'quiet',
            actions: assign((step) => quieted(step)),
            meta: { silent: 'it is night where its reader is: nothing was tried' },
          },
          {
            guard: { type: 'mayRetry', params: output },
            target: 'retrying',
            actions: assign(({ context, event }) => ({
              ...tried('retrying', { context, event }),
              retryAfterMs: (event.output as OutputOf<'retry'>).retryAfterMs,
            })),
            meta: { logs: ['error'] },
          },
          {
            guard: { type: 'mayAsk', params: output },
            target: 'unsure',
            actions: assign((step) => doubted(step)),
            meta: { logs: ['error'] },
          },
          {
            guard: { type: 'mayAskAgain', params: output },
            target: 'unsure',
            actions: assign((step) => doubted(step)),
            meta: { silent: 'the doubt was logged when it arose' },
          },
          {
            target: 'failed',
            actions: [
              assign((step) => ended('failed')(step)),
              { type: 'send', params: settled('failed') },
            ],
            meta: { logs: ['error'] },
          },
        ],
        // Nobody knows how far a try got that threw.
        onError: [
          {
            guard: 'mayLook',
            target: 'unsure',
            actions: assign(({ context, event }) => ({
              ...{ status: 'unsure', updatedAt: atOf(event), look: 'only' as const },
              ...{ attempts: context.attempts + 1, looks: context.looks + 1 },
            })),
            meta: { logs: ['error'] },
          },
          {
            target: 'failed',
            actions: [
              assign(({ event }) => ({ status: 'failed', updatedAt: atOf(event), body: '' })),
              { type: 'send', params: settled('failed') },
            ],
            meta: { logs: ['error'] },
          },
        ],
      },
    },
    held: {
      meta: early,
      after: { recheck: { target: 'sending', meta: { silent: 'perhaps sending goes on' } } },
    },
    quiet: {
      meta: early,
      after: { morning: { target: 'sending', meta: { silent: 'the try says how it went' } } },
    },
    retrying: {
      meta: early,
      after: { retry: { target: 'sending', meta: { silent: 'the try says how it went' } } },
    },
    unsure: {
      meta: early,
      after: {
        reconcile: [
          {
            guard: 'hasLookedEnough',
            target: 'sending',
            actions: assign({ look: 'then_send', resent: true, looks: 0 }),
            meta: { silent: 'the try says how it went' },
          },
          { target: 'sending', meta: { silent: 'the look says what was found' } },
        ],
      },
    },
    accepted: {
      after: {
        unreported: {
          target: 'unreported',
          meta: { silent: 'some carriers never say whether a text arrived' },
        },
      },
      on: {
        'carrier.reported': [
          {
            guard: 'hasArrived',
            target: 'delivered',
            actions: assign({
              status: ({ event }) => event.status,
              updatedAt: ({ event }) => event.at,
            }),
            meta: { silent: 'delivery is kept with the message' },
          },
          {
            guard: 'isLost',
            target: 'undelivered',
            actions: [
              assign(({ context, event: { status, providerCode, optOut, at } }) => ({
                ...{ status, providerCode, updatedAt: at },
                optedOutAt: optOut ? at : context.optedOutAt,
              })),
              { type: 'send', params: undelivered },
            ],
            meta: { logs: ['error'] },
          },
          {
            guard: 'goesForward',
            target: 'accepted',
            reenter: true,
            actions: assign({
              status: ({ event }) => event.status,
              updatedAt: ({ event }) => event.at,
            }),
            meta: { silent: 'delivery is kept with the message' },
          },
        ],
      },
    },
    delivered: { type: 'final', meta: { ends: 'quietly' } },
    undelivered: { type: 'final', meta: { ends: 'quietly' } },
    unreported: { type: 'final', meta: { ends: 'quietly' } },
    withheld: { type: 'final', meta: { ends: 'quietly' } },
    failed: { type: 'final', meta: { ends: 'quietly' } },
  },
});
