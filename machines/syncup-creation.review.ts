/* Sync-up creation: the review, where title and rules may be said anew, and the sync-up is sent off. */
import { assign } from 'xstate';
import { keptOf } from './readings.ts';
import { readRules, readSave, readTitle } from './syncup-creation.answers.ts';
import { flow, idle } from './syncup-creation.setup.ts';

export const review = flow.createStateConfig({
  meta: { step: 'review', prompt: 'ask_review' },
  after: idle,
  on: {
    'organizer.titled_syncup': [
      {
        guard: { type: 'isGood', params: ({ event }) => readTitle(event) },
        target: 'review',
        reenter: true,
        actions: assign({ title: ({ event }) => keptOf(readTitle(event)) }),
        meta: { left: 'edited' },
      },
      { target: 'review', reenter: true, meta: { left: 'invalid_input' } },
    ],
    'organizer.set_voting': [
      {
        guard: { type: 'isGood', params: ({ context, event }) => readRules(context, event) },
        target: 'review',
        reenter: true,
        actions: assign(({ context, event }) => keptOf(readRules(context, event))),
        meta: { left: 'edited' },
      },
      { target: 'review', reenter: true, meta: { left: 'invalid_input' } },
    ],
    'organizer.went_back': { target: 'rules', meta: { left: 'back' } },
    'organizer.saved_syncup': [
      {
        guard: { type: 'isGood', params: ({ context, event }) => readSave(context, event) },
        target: 'saving',
        meta: { left: 'completed' },
      },
      { target: 'review', reenter: true, meta: { left: 'invalid_input' } },
    ],
  },
});
