import { assign, fromPromise, setup } from 'xstate';
import {
  atOf,
  effects,
  hours,
  minutes,
  runByEngine,
  type StateMeta,
  type TransitionMeta,
} from './kit.ts';
import { mayRetry } from './organizer.ts';
import {
  acted,
  begin,
  type Context,
  type EndFlows,
  events,
  type FlowActions,
  type Input,
  type RenewSession,
  ranOut,
  successorOf,
  timerOf,
} from './session.model.ts';

/**
 * A session: one stretch of an organizer's activity on one device. It ends when the organizer leaves,
 * after half an hour without activity, or after a day, when another goes on in its place.
 *
 * Activity elsewhere (an event of a flow) is no step of the session: the idle timer is told when it was,
 * and waits for what remains. Whatever ends a session ends its open flows in the same commit.
 */
export { copy, describe, subject, view } from './session.facts.ts';
export { context, events, input } from './session.model.ts';

const IDLE_MS = minutes(30);

const flow = setup({
  types: {
    context: {} as Context,
    events: events.type,
    input: {} as Input,
    meta: {} as StateMeta,
    transitionMeta: {} as TransitionMeta,
  },
  actions: effects,
  actors: {
    endFlows: fromPromise<FlowActions, EndFlows>(runByEngine),
    renewSession: fromPromise<FlowActions, RenewSession>(runByEngine),
  },
  guards: {
    mayRetry,
    wasSeen: (_, timer: { readonly armedAt: number; readonly seenAt: number }) =>
      timer.seenAt > timer.armedAt,
    /** Nobody looked while it ran out: had its idle wait fired in time, the cap would have found no session. */
    ranOutBefore: ({ context }, timer: { readonly dueAt: number; readonly seenAt: number }) =>
      timer.dueAt - Math.max(context.seenAt, timer.seenAt) >= IDLE_MS,
    reachedCap: ({ context: { reason } }) => reason === 'expired_max',
  },
  delays: {
    idle: ({ context: { seenAt, waitsSince } }) => Math.max(0, IDLE_MS - (waitsSince - seenAt)),
    cap: hours(24),
    endAgain: 5_000,
  },
});

export const machine = flow.createMachine({
  id: 'session',
  version: '1.0.0',
  options: { maxIterations: 100 },
  meta: { cycle: 'session', begins: ['session_start'] },
  context: ({ input }) => begin(input),
  initial: 'open',
  states: {
    open: {
      initial: 'active',
      after: {
        cap: [
          {
            guard: { type: 'ranOutBefore', params: ({ event }) => timerOf(event) },
            target: 'ending',
            actions: assign((step) => ranOut('expired_idle', step)),
            meta: { silent: 'the session_end says it' },
          },
          {
            target: 'renewing',
            actions: assign((step) => ranOut('expired_max', step)),
            meta: { silent: 'the session_end says it' },
          },
        ],
      },
      on: {
        'organizer.ended_session': {
          target: 'ending',
          actions: assign(({ context, event }) => ({
            ...{ reason: 'explicit' as const, seenAt: event.at },
            actions: context.actions + 1,
          })),
          meta: { silent: 'the session_end says it' },
        },
        'organizer.logged_out': {
          target: 'ending',
          actions: assign(({ context, event }) => ({
            ...{ reason: 'logout' as const, seenAt: event.at },
            actions: context.actions + 1,
          })),
          meta: { silent: 'the session_end says it' },
        },
        'app.left': {
          target: 'ending',
          actions: assign({ reason: 'explicit', seenAt: ({ event }) => event.at }),
          meta: { silent: 'the session_end says it' },
        },
      },
      states: {
        active: {
          after: {
            idle: [
              {
                guard: { type: 'wasSeen', params: ({ event }) => timerOf(event) },
                target: 'active',
                reenter: true,
                actions: assign({
                  seenAt: ({ event }) => timerOf(event).seenAt,
                  waitsSince: ({ event }) => atOf(event),
                }),
                meta: { silent: 'there was activity: it waits for what remains' },
              },
              {
                target: '#session.ending',
                actions: assign({ reason: 'expired_idle' }),
                meta: { silent: 'the session_end says it' },
              },
            ],
          },
          on: {
            'organizer.acted': {
              target: 'active',
              reenter: true,
              actions: assign(({ context, event }) => acted(context, event)),
              meta: { logs: ['user_action'] },
            },
          },
        },
      },
    },
    ending: {
      entry: assign({ tries: ({ context }) => context.tries + 1 }),
      invoke: {
        id: 'endFlows',
        src: 'endFlows',
        input: ({ context: { reason, device } }) => ({
          reason: reason === 'expired_idle' ? 'idle_timeout' : 'session_ended',
          left: reason === 'logout' ? device : null,
        }),
        onDone: {
          target: 'ended',
          actions: assign({ flowActions: ({ event }) => event.output.actions }),
          meta: { logs: ['session_end'] },
        },
        onError: [
          {
            guard: {
              type: 'mayRetry',
              params: ({ context: { tries }, event }) => ({ event, tries }),
            },
            target: 'unended',
            meta: { logs: ['error'] },
          },
          { target: 'ended', meta: { logs: ['error', 'session_end'] } },
        ],
      },
    },
    renewing: {
      entry: assign({ tries: ({ context }) => context.tries + 1 }),
      invoke: {
        id: 'renewSession',
        src: 'renewSession',
        input: ({ context: { id, platform, appVersion, device } }) => ({
          ...{ nextId: successorOf(id), platform, appVersion, device },
        }),
        onDone: {
          target: 'ended',
          actions: assign(({ context, event }) => ({
            flowActions: event.output.actions,
            renewedAs: successorOf(context.id),
          })),
          meta: { logs: ['session_end'] },
        },
        onError: [
          {
            guard: {
              type: 'mayRetry',
              params: ({ context: { tries }, event }) => ({ event, tries }),
            },
            target: 'unended',
            meta: { logs: ['error'] },
          },
          { target: 'ended', meta: { logs: ['error', 'session_end'] } },
        ],
      },
    },
    unended: {
      after: {
        endAgain: [
          { guard: 'reachedCap', target: 'renewing', meta: { silent: 'tried again' } },
          { target: 'ending', meta: { silent: 'tried again' } },
        ],
      },
    },
    ended: { type: 'final', meta: { ends: 'quietly' } },
  },
});
