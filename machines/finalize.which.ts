/*
 * Finalize: the states that settle what it is about. An event that the client named is looked up first;
 * where it is not there, somebody else's, called off or over, the flow asks which.
 */
import { assign } from 'xstate';
import { found } from './finalize.model.ts';
import { flow, idle } from './finalize.setup.ts';

export const listing = flow.createStateConfig({
  invoke: {
    id: 'loadEvents',
    src: 'loadEvents',
    input: {},
    onDone: [
      {
        guard: { type: 'hasEvents', params: ({ event }) => event.output },
        target: 'target',
        actions: assign({ offered: ({ event }) => [...event.output.events] }),
        meta: { silent: 'the question is asked now' },
      },
      {
        target: '#finalize.unchanged',
        meta: { silent: 'there is no event to come: the flow_completed says it' },
      },
    ],
    onError: { target: 'target', actions: assign({ offered: [] }), meta: { logs: ['error'] } },
  },
});

export const target = flow.createStateConfig({
  meta: { step: 'choose_target', prompt: 'ask_event' },
  after: idle,
  on: {
    'organizer.chose_event': [
      {
        guard: { type: 'isOffered', params: ({ event }) => event.eventId },
        target: 'loading',
        actions: assign({ eventId: ({ event }) => event.eventId, event: null }),
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
    input: ({ context }) => ({ eventId: context.eventId ?? '' }),
    onDone: [
      {
        guard: { type: 'isLive', params: ({ event }) => event.output },
        target: 'confirm',
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
        actions: assign({ eventId: null, event: null }),
        meta: { silent: 'there is no such event to come: asked which' },
      },
    ],
    onError: {
      target: 'listing',
      actions: assign({ eventId: null, event: null }),
      meta: { logs: ['error'] },
    },
  },
});
