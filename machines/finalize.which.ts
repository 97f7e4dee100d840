/*
 * Finalize: the states that settle what it is about. What the client named is looked up first; where it is
 * not there, somebody else's, called off or over, the flow says so and asks which.
 */
import { assign } from 'xstate';
import { found } from './finalize.model.ts';
import { flow, idle } from './finalize.setup.ts';
import { notOpen } from './target.ts';

export const listing = flow.createStateConfig({
  invoke: {
    id: 'loadFinalizable',
    src: 'loadFinalizable',
    input: {},
    onDone: [
      {
        guard: { type: 'hasTargets', params: ({ event }) => event.output },
        target: 'target',
        actions: assign({ offered: ({ event }) => [...event.output.offered] }),
        meta: { silent: 'the question is asked now' },
      },
      {
        target: '#finalize.unchanged',
        meta: { silent: 'there is nothing to come: the flow_completed says it' },
      },
    ],
    onError: { target: 'target', actions: assign({ offered: [] }), meta: { logs: ['error'] } },
  },
});

export const target = flow.createStateConfig({
  meta: { step: 'choose_target', prompt: 'ask_target' },
  after: idle,
  on: {
    'organizer.chose_event': [
      {
        guard: { type: 'isOffered', params: ({ event }) => event.eventId },
        target: 'loading',
        actions: assign({
          wanted: ({ event }) => ({ target: 'event', id: event.eventId }),
          ...{ about: null, missing: null },
        }),
        meta: { left: 'completed' },
      },
      { target: 'listing', meta: { left: 'invalid_input' } },
    ],
    'organizer.chose_syncup': [
      {
        guard: { type: 'isOffered', params: ({ event }) => event.syncupId },
        target: 'loading',
        actions: assign({
          wanted: ({ event }) => ({ target: 'syncup', id: event.syncupId }),
          ...{ about: null, missing: null },
        }),
        meta: { left: 'completed' },
      },
      { target: 'listing', meta: { left: 'invalid_input' } },
    ],
  },
});

export const loading = flow.createStateConfig({
  invoke: {
    id: 'loadFinalizing',
    src: 'loadFinalizing',
    input: ({ context }) => ({ of: context.wanted }),
    onDone: [
      {
        guard: { type: 'isLiveEvent', params: ({ event }) => event.output },
        target: 'confirm',
        actions: assign(({ event }) => found(event.output)),
        meta: { silent: 'the question is asked now' },
      },
      {
        guard: { type: 'isLive', params: ({ event }) => event.output },
        target: 'option',
        actions: assign(({ event }) => found(event.output)),
        meta: { silent: 'the question is asked now' },
      },
      {
        guard: { type: 'isFound', params: ({ event }) => event.output },
        target: '#finalize.unchanged',
        actions: assign(({ event }) => ({ ...found(event.output), finalized: true })),
        meta: { silent: 'it is final already: the flow_completed says it' },
      },
      {
        target: 'listing',
        actions: assign(({ context }) => notOpen(context)),
        meta: { silent: 'there is no such one to come: asked which' },
      },
    ],
    onError: {
      target: 'listing',
      actions: assign({ wanted: null, about: null }),
      meta: { logs: ['error'] },
    },
  },
});
