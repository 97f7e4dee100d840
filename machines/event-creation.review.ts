/* Event creation: the review, where anything may be edited by saying it anew, and the event is sent off. */
import { assign } from 'xstate';
import {
  keptOf,
  readDetails,
  readPlace,
  readRules,
  readSave,
  readTime,
  readTitle,
} from './event-creation.answers.ts';
import { flow, idle } from './event-creation.setup.ts';
import { derivedId } from './kit.ts';

export const review = flow.createStateConfig({
  meta: { step: 'review', prompt: 'ask_review' },
  after: idle,
  on: {
    'organizer.titled_event': [
      {
        guard: { type: 'isGood', params: ({ event }) => readTitle(event) },
        target: 'review',
        reenter: true,
        actions: assign({ title: ({ event }) => keptOf(readTitle(event)) }),
        meta: { left: 'edited' },
      },
      { target: 'review', reenter: true, meta: { left: 'invalid_input' } },
    ],
    'organizer.set_time': [
      {
        guard: {
          type: 'isGood',
          params: ({ context: now, event }) => readTime(now, event),
        },
        target: 'review',
        reenter: true,
        actions: assign({
          when: ({ context: now, event }) => keptOf(readTime(now, event)),
        }),
        meta: { left: 'edited' },
      },
      { target: 'review', reenter: true, meta: { left: 'invalid_input' } },
    ],
    'organizer.set_place': [
      {
        guard: { type: 'isGood', params: ({ event }) => readPlace(event) },
        target: 'review',
        reenter: true,
        actions: assign({ place: ({ event }) => keptOf(readPlace(event)) }),
        meta: { left: 'edited' },
      },
      { target: 'review', reenter: true, meta: { left: 'invalid_input' } },
    ],
    'organizer.set_details': [
      {
        guard: { type: 'isGood', params: ({ event }) => readDetails(event) },
        target: 'review',
        reenter: true,
        actions: assign({ details: ({ event }) => keptOf(readDetails(event)) }),
        meta: { left: 'edited' },
      },
      { target: 'review', reenter: true, meta: { left: 'invalid_input' } },
    ],
    'organizer.set_rules': [
      {
        guard: {
          type: 'isGood',
          params: ({ context: now, event }) => readRules(now, event),
        },
        target: 'review',
        reenter: true,
        actions: assign({
          rules: ({ context: now, event }) => keptOf(readRules(now, event)),
        }),
        meta: { left: 'edited' },
      },
      { target: 'review', reenter: true, meta: { left: 'invalid_input' } },
    ],
    'organizer.went_back': { target: 'details', meta: { left: 'back' } },
    'organizer.saved_event': [
      {
        guard: {
          type: 'isGood',
          params: ({ context: now, event }) => readSave(now, event),
        },
        target: 'saving',
        actions: assign(({ context: now, event }) => {
          const name = keptOf(readSave(now, event));
          const id = derivedId(now.eventId, 'crew');
          return { newCrew: name === null ? null : { id, name } };
        }),
        meta: { left: 'completed' },
      },
      { target: 'review', reenter: true, meta: { left: 'invalid_input' } },
    ],
  },
});
