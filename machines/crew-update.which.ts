/*
 * Crew update: the states that settle which crew it is about. A crew that the client named is looked up
 * first; where it is not there, or somebody else's, the flow says so and asks which.
 */
import { assign } from 'xstate';
import { chosen, found } from './crew-update.model.ts';
import { flow, idle } from './crew-update.setup.ts';

export const listing = flow.createStateConfig({
  invoke: {
    id: 'loadCrews',
    src: 'loadCrews',
    input: {},
    onDone: [
      {
        guard: { type: 'hasCrews', params: ({ event }) => event.output },
        target: 'crew',
        actions: assign({ crews: ({ event }) => [...event.output.crews] }),
        meta: { silent: 'the question is asked now' },
      },
      {
        target: '#crew-update.unchanged',
        meta: { silent: 'there is no crew to change: the flow_completed says it' },
      },
    ],
    onError: { target: 'crew', actions: assign({ crews: [] }), meta: { logs: ['error'] } },
  },
});

export const crew = flow.createStateConfig({
  meta: { step: 'choose_crew', prompt: 'ask_crew' },
  after: idle,
  on: {
    'organizer.chose_crew': [
      {
        guard: { type: 'isOffered', params: ({ event }) => event.crewId },
        target: 'loading',
        actions: assign(({ context, event }) => ({
          ...chosen(context, event.crewId),
          missing: null,
        })),
        meta: { left: 'completed' },
      },
      { target: 'listing', meta: { left: 'invalid_input' } },
    ],
  },
});

export const loading = flow.createStateConfig({
  invoke: {
    id: 'loadCrew',
    src: 'loadCrew',
    input: ({ context }) => ({ crewId: context.crewId ?? '' }),
    onDone: [
      {
        guard: { type: 'isFound', params: ({ event }) => event.output },
        target: 'review',
        actions: assign(({ context, event }) => found(context, event.output)),
        meta: { silent: 'the crew is shown now' },
      },
      {
        target: 'listing',
        actions: assign(({ context }) => ({ missing: context.crewId, crewId: null, name: '' })),
        meta: { silent: 'there is no such crew of this organizer: asked which' },
      },
    ],
    onError: {
      target: 'listing',
      actions: assign({ crewId: null, name: '' }),
      meta: { logs: ['error'] },
    },
  },
});
