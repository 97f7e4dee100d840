import { assign } from 'xstate';
import { copy } from './finalize.copy.ts';
import { describe, problems, subject, view } from './finalize.facts.ts';
import { begin, context, events, finalizedOf, input } from './finalize.model.ts';
import { flow, idle } from './finalize.setup.ts';
import { listing, loading, target } from './finalize.which.ts';

/**
 * An organizer makes an event final: it takes place as it stands. Everybody who may still come is told by
 * their own invitation, and asked to confirm.
 *
 * An event becomes final once. Who asks for it a second time, on another device or by a second tap, or
 * after it has settled by itself, changes nothing and tells nobody.
 */
export { context, copy, describe, events, input, problems, subject, view };

export const machine = flow.createMachine({
  id: 'finalize',
  version: '1.0.0',
  options: { maxIterations: 100 },
  meta: { flow: 'finalize' },
  context: ({ input: begun }) => begin(begun),
  initial: 'asking',
  states: {
    asking: {
      initial: 'opening',
      on: {
        'organizer.cancelled': { target: 'cancelled', meta: { left: 'cancelled' } },
        'flow.superseded': { target: 'superseded', meta: { silent: 'the drop_off says it' } },
        'session.ended': [
          {
            guard: { type: 'wasIdle', params: ({ event }) => event.reason },
            target: 'lapsed',
            meta: { silent: 'the drop_off says it' },
          },
          { target: 'abandoned', meta: { silent: 'the drop_off says it' } },
        ],
      },
      states: {
        opening: {
          always: [
            { guard: 'isChosen', target: 'loading', meta: { silent: 'flow_started says it' } },
            { target: 'listing', meta: { silent: 'flow_started says it' } },
          ],
        },
        listing,
        target,
        loading,
        confirm: {
          meta: { step: 'confirm', prompt: 'ask_confirm' },
          after: idle,
          on: {
            'organizer.confirmed': {
              target: 'finalizing',
              actions: assign({ notify: ({ event }) => event.notify ?? true }),
              meta: { left: 'completed' },
            },
            'organizer.went_back': { target: 'listing', meta: { left: 'back' } },
          },
        },
        finalizing: {
          entry: assign({ tries: ({ context: { tries } }) => tries + 1 }),
          invoke: {
            id: 'finalizeEvent',
            src: 'finalizeEvent',
            input: ({ context: { eventId } }) => ({ eventId: eventId ?? '' }),
            onDone: [
              {
                guard: { type: 'isDone', params: ({ event }) => event.output },
                target: '#finalize.finalized',
                actions: [
                  assign({ finalized: true }),
                  { type: 'send', params: ({ context: now }) => finalizedOf(now) },
                ],
                meta: { logs: ['finalize_triggered'] },
              },
              {
                target: '#finalize.unchanged',
                meta: { silent: 'it is final or over by now: the flow_completed says it' },
              },
            ],
            onError: [
              {
                guard: {
                  type: 'mayRetry',
                  params: ({ context: { tries }, event }) => ({ event, tries }),
                },
                target: 'unfinalized',
                meta: { logs: ['error'] },
              },
              { target: '#finalize.failed', meta: { logs: ['error'] } },
            ],
          },
        },
        unfinalized: {
          meta: { step: 'confirm', prompt: 'ask_again' },
          after: idle,
          on: {
            'organizer.tried_again': {
              target: 'finalizing',
              meta: { silent: 'the step was left already' },
            },
          },
        },
      },
    },
    finalized: { type: 'final', meta: { ends: 'completed', outcome: 'finalized' } },
    unchanged: { type: 'final', meta: { ends: 'completed', outcome: 'no_change' } },
    cancelled: { type: 'final', meta: { ends: 'drop_off', reason: 'cancelled' } },
    superseded: { type: 'final', meta: { ends: 'drop_off', reason: 'superseded' } },
    abandoned: { type: 'final', meta: { ends: 'drop_off', reason: 'session_ended' } },
    lapsed: { type: 'final', meta: { ends: 'drop_off', reason: 'idle_timeout' } },
    failed: { type: 'final', meta: { ends: 'drop_off', reason: 'error' } },
  },
});
