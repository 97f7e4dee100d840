/*
 * Reminder: the states that settle which event it is about. One that the client named is looked up first;
 * where it is not there, somebody else's, called off, finalized or over, the flow asks which.
 */
import { assign } from 'xstate';
import { found } from './reminder.model.ts';
import { flow, idle } from './reminder.setup.ts';

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
        target: '#reminder.unchanged',
        meta: { silent: 'there is no event to come: the flow_completed says it' },
      },
    ],
    onError: { target: 'target', actions: assign({ offered: [] }), meta: { logs: ['error'] } },
  },
});

export const target = flow.createStateConfig({
  meta: { step: 'choose_target', prompt: 'ask_event' },
  entry: assign({ asked: true }),
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
    id: 'loadInvitees',
    src: 'loadInvitees',
    input: ({ context }) => ({ eventId: context.eventId ?? '' }),
    onDone: [
      {
        guard: { type: 'knowsWhom', params: ({ event }) => event.output },
        target: 'reminding',
        actions: assign(({ event }) => found(event.output)),
        meta: { silent: 'the client said who is meant' },
      },
      {
        guard: { type: 'mayRemind', params: ({ event }) => event.output },
        target: 'audience',
        actions: assign(({ event }) => found(event.output)),
        meta: { silent: 'the question is asked now' },
      },
      {
        guard: { type: 'isFound', params: ({ event }) => event.output },
        target: '#reminder.unchanged',
        actions: assign(({ event }) => found(event.output)),
        meta: { silent: 'nobody is left to remind: the flow_completed says it' },
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
