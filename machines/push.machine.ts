import { assign, fromPromise, setup } from 'xstate';
import {
  atOf,
  type Begun,
  days,
  effects,
  runByEngine,
  type StateMeta,
  seconds,
  type TransitionMeta,
} from './kit.ts';
import { mayRetry } from './organizer.ts';
import {
  begin,
  type Context,
  events,
  type PushInput,
  type PushOutcome,
  type SendPush,
} from './push.model.ts';

/**
 * One push to one device. Devices report when it came and when it was opened: late, twice, the one
 * without the other, or before the push service has answered us; each is logged once, when it is told.
 * What was not told is never made up.
 */
export { copy, describe, subject, view } from './push.facts.ts';
export { context, events, input } from './push.model.ts';

const MAX_TRIES = 5;

const flow = setup({
  types: {
    context: {} as Context,
    events: events.type,
    input: {} as Begun & PushInput,
    meta: {} as StateMeta,
    transitionMeta: {} as TransitionMeta,
  },
  actions: effects,
  actors: { sendPush: fromPromise<PushOutcome, SendPush>(runByEngine) },
  guards: {
    mayRetry,
    isFirstReceipt: ({ context }) => !context.received,
    isFirstOpen: ({ context }) => !context.opened,
    isAccepted: (_, outcome: PushOutcome) => outcome === 'accepted',
    isGone: (_, outcome: PushOutcome) => outcome === 'gone',
    isBusy: ({ context }, outcome: PushOutcome) => outcome === 'busy' && context.tries < MAX_TRIES,
  },
  delays: {
    pushRetry: ({ context }) => seconds(10 * 2 ** Math.max(0, context.tries - 1)),
    /** Nobody opens a push that is older. */
    pushFarewell: days(30),
  },
});

const output = ({ event }: { event: { output: PushOutcome } }): PushOutcome => event.output;

export const machine = flow.createMachine({
  id: 'push',
  version: '1.0.0',
  options: { maxIterations: 100 },
  meta: { cycle: 'push' },
  context: ({ input }) => begin(input),
  initial: 'live',
  states: {
    live: {
      initial: 'sending',
      after: {
        pushFarewell: {
          target: 'over',
          meta: { silent: 'what was not told by now never will be' },
        },
      },
      on: {
        'app.received_push': {
          guard: 'isFirstReceipt',
          actions: assign({ received: true }),
          meta: { logs: ['push_received'] },
        },
        'app.opened_push': {
          guard: 'isFirstOpen',
          actions: assign({ opened: true }),
          meta: { logs: ['push_opened'] },
        },
      },
      states: {
        sending: {
          entry: assign({ tries: ({ context }) => context.tries + 1 }),
          invoke: {
            id: 'sendPush',
            src: 'sendPush',
            input: ({ context: { id: pushId, owner, kind, device, body, subject } }) => ({
              ...{ pushId, owner, kind, device, body, subject },
            }),
            onDone: [
              {
                guard: { type: 'isAccepted', params: output },
                target: 'sent',
                actions: assign(({ event }) => ({ body: '', sentAt: atOf(event) })),
                meta: { silent: 'the device says whether it came' },
              },
              {
                guard: { type: 'isGone', params: output },
                target: 'unsent',
                actions: assign({ body: '' }),
                meta: { silent: 'the app has left that device, which is forgotten' },
              },
              {
                guard: { type: 'isBusy', params: output },
                target: 'retrying',
                meta: { logs: ['error'] },
              },
              { target: 'unsent', actions: assign({ body: '' }), meta: { logs: ['error'] } },
            ],
            onError: [
              {
                guard: {
                  type: 'mayRetry',
                  params: ({ context: { tries }, event }) => ({ event, tries }),
                },
                target: 'retrying',
                meta: { logs: ['error'] },
              },
              { target: 'unsent', actions: assign({ body: '' }), meta: { logs: ['error'] } },
            ],
          },
        },
        retrying: {
          after: {
            pushRetry: { target: 'sending', meta: { silent: 'the try says how it went' } },
          },
        },
        sent: {},
        unsent: {},
      },
    },
    over: { type: 'final', meta: { ends: 'quietly' } },
  },
});
