/*
 * Sync-up creation: the states that settle who is invited, a crew or people put together for this sync-up.
 *
 * A chart cannot look anything up in a guard, and a step is left at the moment of the organizer's own
 * event. So the crews are looked up when the question is asked (and again after a wrong answer), and
 * what was not offered is invalid input. The people are fetched when a crew is chosen.
 */
import { assign } from 'xstate';
import {
  addPicked,
  addTyped,
  judgePick,
  openPicker,
  removePerson,
  typedProblems,
} from './people-list.ts';
import { flow, idle } from './syncup-creation.setup.ts';

export const listing = flow.createStateConfig({
  invoke: {
    id: 'loadCrews',
    src: 'loadCrews',
    input: {},
    onDone: {
      target: 'crew',
      actions: assign({ crews: ({ event }) => [...event.output.crews] }),
      meta: { silent: 'the question is asked now' },
    },
    onError: {
      target: 'crew',
      actions: assign({ crews: [] }),
      meta: { logs: ['error'] },
    },
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
        actions: assign({ choosing: ({ event }) => event.crewId }),
        meta: { left: 'completed' },
      },
      { target: 'listing', meta: { left: 'invalid_input' } },
    ],
    'organizer.chose_people': {
      target: 'people',
      actions: assign({ crew: null }),
      meta: { silent: 'adding people takes the place of choosing a crew' },
    },
    'organizer.opened_picker': {
      guard: { type: 'isNewPicker', params: ({ event }) => event.pickerId },
      target: 'people',
      actions: assign(({ context, event }) => ({ ...openPicker(context, event), crew: null })),
      meta: { logs: ['contact_picker_opened'] },
    },
  },
});

export const loading = flow.createStateConfig({
  invoke: {
    id: 'loadCrew',
    src: 'loadCrew',
    input: ({ context }) => ({ crewId: context.choosing ?? '' }),
    onDone: [
      {
        guard: { type: 'hasMembers', params: ({ event }) => event.output },
        target: 'options',
        actions: assign(({ context, event: { output } }) => ({
          crew: output.found
            ? { id: context.choosing ?? '', name: output.name, members: [...output.members] }
            : null,
          crews: [],
          choosing: null,
        })),
        meta: { silent: 'the step was left by choosing' },
      },
      {
        target: 'listing',
        actions: assign({ choosing: null }),
        meta: { silent: 'the crew has gone since it was offered: asked again' },
      },
    ],
    onError: { target: 'crew', actions: assign({ choosing: null }), meta: { logs: ['error'] } },
  },
});

export const people = flow.createStateConfig({
  meta: { step: 'invitees', prompt: 'ask_people' },
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
          type: 'pickedNobodyUsable',
          params: ({ context, event }) => judgePick(context, event),
        },
        target: 'people',
        reenter: true,
        actions: assign(({ context, event }) => addPicked(context, event)),
        meta: { logs: ['contact_picker_submitted'], left: 'invalid_input' },
      },
      {
        guard: { type: 'pickedPeople', params: ({ context, event }) => judgePick(context, event) },
        target: 'options',
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
      { guard: 'hasPeople', target: 'options', meta: { left: 'completed' } },
      { target: 'people', reenter: true, meta: { left: 'invalid_input' } },
    ],
    'organizer.went_back': { target: 'listing', meta: { left: 'back' } },
  },
});
