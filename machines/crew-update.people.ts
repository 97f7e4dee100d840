/* Crew update: the state in which people join the crew, picked or typed in. */
import { assign } from 'xstate';
import { flow, idle } from './crew-update.setup.ts';
import {
  addPicked,
  addTyped,
  judgePick,
  openPicker,
  removePerson,
  typedProblems,
} from './people-list.ts';

export const people = flow.createStateConfig({
  meta: { step: 'add_contacts', prompt: 'ask_people' },
  after: idle,
  on: {
    'organizer.opened_picker': {
      guard: { type: 'isNewPicker', params: ({ event }) => event.pickerId },
      target: 'people',
      reenter: true,
      actions: assign(({ context, event }) => openPicker(context, event)),
      meta: { logs: ['contact_picker_opened'] },
    },
    'organizer.closed_picker': {
      guard: { type: 'isOpenPicker', params: ({ event }) => event.pickerId },
      target: 'people',
      reenter: true,
      actions: assign({ picker: null }),
      meta: { left: 'cancelled' },
    },
    'organizer.picked_people': [
      {
        guard: {
          type: 'pickedNothing',
          params: ({ context, event }) => judgePick(context, event),
        },
        target: 'people',
        reenter: true,
        actions: assign({ picker: null }),
        meta: { left: 'cancelled' },
      },
      {
        guard: {
          type: 'pickedTooMany',
          params: ({ context, event }) => judgePick(context, event),
        },
        target: 'people',
        reenter: true,
        meta: { left: 'invalid_input' },
      },
      {
        guard: {
          type: 'pickedOnlyKnown',
          params: ({ context, event }) => judgePick(context, event),
        },
        target: 'review',
        actions: assign(({ context, event }) => addPicked(context, event)),
        meta: { logs: ['contact_picker_submitted'], left: 'completed' },
      },
      {
        guard: {
          type: 'pickedNobodyNew',
          params: ({ context, event }) => judgePick(context, event),
        },
        target: 'people',
        reenter: true,
        actions: assign(({ context, event }) => addPicked(context, event)),
        meta: { logs: ['contact_picker_submitted'], left: 'invalid_input' },
      },
      {
        guard: { type: 'pickedPeople', params: ({ context, event }) => judgePick(context, event) },
        target: 'review',
        actions: assign(({ context, event }) => addPicked(context, event)),
        meta: { logs: ['contact_picker_submitted'], left: 'completed' },
      },
    ],
    'organizer.typed_person': [
      {
        guard: {
          type: 'isPerson',
          params: ({ context, event }) => typedProblems(context, event),
        },
        target: 'people',
        reenter: true,
        actions: assign(({ context, event }) => addTyped(context, event)),
        meta: { silent: 'counted when the organizer says done' },
      },
      { target: 'people', reenter: true, meta: { left: 'invalid_input' } },
    ],
    'organizer.removed_person': [
      {
        guard: { type: 'isListed', params: ({ event }) => event.phone },
        target: 'people',
        reenter: true,
        actions: assign(({ context, event }) => removePerson(context, event.phone)),
        meta: { silent: 'counted when the organizer says done' },
      },
      { target: 'people', reenter: true, meta: { left: 'invalid_input' } },
    ],
    'organizer.finished_adding': [
      { guard: 'hasPeople', target: 'review', meta: { left: 'completed' } },
      { target: 'people', reenter: true, meta: { left: 'invalid_input' } },
    ],
    'organizer.skipped': { target: 'review', meta: { left: 'skipped' } },
    'organizer.went_back': { target: 'review', meta: { left: 'back' } },
  },
});
