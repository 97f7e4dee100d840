import { assign, type DoneActorEvent } from 'xstate';
import type { EventType } from '../src/behavior/vocabulary.ts';
import { atOf } from './kit.ts';
import type { Event, SendTextOutput, TextContext } from './text.model.ts';
import { flow } from './text.setup.ts';
import {
  accepted,
  doubted,
  ended,
  foundSo,
  lost,
  missed,
  paced,
  quieted,
  refused,
  refusedForGood,
  settled,
  thrown,
  tried,
  undelivered,
  unheard,
  WORDLESS,
  wishOf,
  withdrawnBy,
} from './text.steps.ts';
import { waiting } from './text.waiting.ts';

export { copy } from './text.copy.ts';
export { describe, rows, subject, view } from './text.facts.ts';
export { context, events, input } from './text.model.ts';

/** A callback may come before the answer to our own request, and what is being tried is not taken back. */
const early = { defers: ['carrier.reported', 'text.withdrawn'] } as const;

const output = ({ event }: { event: { output: SendTextOutput } }) => event.output;
const being =
  (kind: SendTextOutput['kind']) =>
  ({ event }: { event: { output: SendTextOutput } }) => ({ output: event.output, kind });

type Tried = { readonly context: TextContext; readonly event: DoneActorEvent<SendTextOutput> };

/** The carrier has it: its starter hears so, and it what else the carrier has said of it. */
const whenAccepted = <Guard extends string, Logs extends readonly EventType[]>(
  guard: Guard,
  logs: Logs,
) =>
  ({
    guard: { type: guard, params: output },
    target: 'accepted',
    actions: [
      assign<TextContext, Tried['event'], undefined, Event, never>((step) => accepted(step)),
      {
        type: 'send',
        params: (step: Tried) => [...settled('accepted')(step), ...foundSo(step)],
      },
    ],
    meta: { logs },
  }) as const;

/**
 * One outbound SMS, from the wish to say something until the carrier says how it went. It is
 * accepted once: a try whose outcome nobody knows is looked for at the carrier before anything is
 * sent again. What it costs to be sure is time, never a second SMS.
 */
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
          whenAccepted('isInviteAccepted', ['invite_sent', 'sms_sent']),
          whenAccepted('isAnswerAccepted', ['sms_sent', 'latency']),
          whenAccepted('isNewsAccepted', ['sms_sent']),
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
            guard: { type: 'isLockedOut', params: output },
            target: 'held',
            actions: assign((step) => tried('held', step)),
            meta: { logs: ['error'] },
          },
          {
            guard: { type: 'is', params: being('quiet') },
            target: 'quiet',
            actions: assign((step) => quieted(step)),
            meta: { silent: 'it is night where its reader is: nothing was tried' },
          },
          {
            guard: { type: 'is', params: being('paced') },
            target: 'paced',
            actions: assign((step) => paced(step)),
            meta: { silent: 'others go first: nothing was tried' },
          },
          {
            guard: { type: 'mayRetry', params: output },
            target: 'retrying',
            actions: assign((step) => refused(step)),
            meta: { logs: ['error'] },
          },
          {
            guard: { type: 'mayRetryStill', params: output },
            target: 'retrying',
            actions: assign((step) => refused(step)),
            meta: { silent: 'the first refusals were logged: this one is like them' },
          },
          {
            guard: { type: 'mayAsk', params: output },
            target: 'unsure',
            actions: assign((step) => doubted(step)),
            meta: { logs: ['error'] },
          },
          {
            guard: { type: 'mayAskLater', params: output },
            target: 'unsure',
            actions: assign((step) => unheard(step)),
            meta: { silent: 'whether it is there is not known yet, and nothing was sent' },
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
              { type: 'send', params: refusedForGood },
            ],
            meta: { logs: ['error'] },
          },
        ],
        // Nobody knows how far a try got that threw.
        onError: [
          {
            guard: 'mayLook',
            target: 'unsure',
            actions: assign((step) => thrown(step)),
            meta: { logs: ['error'] },
          },
          {
            target: 'failed',
            actions: [
              assign(({ event }) => ({ status: 'failed', updatedAt: atOf(event), ...WORDLESS })),
              { type: 'send', params: settled('failed') },
            ],
            meta: { logs: ['error'] },
          },
        ],
      },
    },
    held: {
      ...waiting,
      after: { recheck: { target: 'sending', meta: { silent: 'perhaps sending goes on' } } },
    },
    quiet: {
      ...waiting,
      after: { morning: { target: 'sending', meta: { silent: 'the try says how it went' } } },
    },
    paced: {
      ...waiting,
      after: { turn: { target: 'sending', meta: { silent: 'the try says how it went' } } },
    },
    retrying: {
      ...waiting,
      after: { retry: { target: 'sending', meta: { silent: 'the try says how it went' } } },
    },
    unsure: {
      ...waiting,
      after: {
        reconcile: [
          {
            guard: 'isInVain',
            target: 'withheld',
            actions: [
              assign((step) => withdrawnBy(step)),
              { type: 'send', params: settled('withheld') },
            ],
            meta: { silent: 'its starter has taken it back' },
          },
          {
            guard: 'hasLookedEnough',
            target: 'sending',
            actions: assign({ look: 'then_send' }),
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
            guard: 'mayArriveLater',
            target: 'unreached',
            actions: [assign((step) => lost(step)), { type: 'send', params: undelivered }],
            meta: { logs: ['error'] },
          },
          {
            guard: 'isLost',
            target: 'undelivered',
            actions: [assign((step) => lost(step)), { type: 'send', params: undelivered }],
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
    unreached: {
      after: {
        resend: {
          target: 'undelivered',
          actions: { type: 'send', params: missed },
          meta: { silent: 'whether it is said once more, its starter knows' },
        },
      },
    },
    delivered: { type: 'final', meta: { ends: 'quietly' } },
    undelivered: { type: 'final', meta: { ends: 'quietly' } },
    unreported: { type: 'final', meta: { ends: 'quietly' } },
    withheld: { type: 'final', meta: { ends: 'quietly' } },
    failed: { type: 'final', meta: { ends: 'quietly' } },
  },
});
