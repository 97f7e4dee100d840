import { assign } from 'xstate';
import { copy } from './add-people.copy.ts';
import { describe, problems, subject, view } from './add-people.facts.ts';
import {
  addedBy,
  begin,
  context,
  events,
  input,
  invitationsOf,
  saveOf,
} from './add-people.model.ts';
import { people } from './add-people.people.ts';
import { flow, idle } from './add-people.setup.ts';
import { listing, loading, target } from './add-people.which.ts';
import { atOf } from './kit.ts';
import { addTyped, openPicker, removePerson, typedProblems } from './people-list.ts';

/**
 * Adding people to an event or a sync-up that is still to come. Who is invited already is recognized by the number,
 * and whoever is new gets the same invitation as the others, with a cycle of its own.
 */
export { context, copy, describe, events, input, problems, subject, view };

export const machine = flow.createMachine({
  id: 'add-people',
  version: '1.0.0',
  options: { maxIterations: 100 },
  meta: { flow: 'add_people' },
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
        people,
        review: {
          meta: { step: 'review', prompt: 'ask_review' },
          after: idle,
          on: {
            'organizer.opened_picker': {
              guard: { type: 'isNewPicker', params: ({ event }) => event.pickerId },
              target: 'people',
              actions: assign(({ context: now, event }) => openPicker(now, event)),
              meta: { logs: ['contact_picker_opened'] },
            },
            'organizer.typed_person': [
              {
                guard: {
                  type: 'isPerson',
                  params: ({ context: now, event }) => typedProblems(now, event),
                },
                target: 'people',
                actions: assign(({ context: now, event }) => addTyped(now, event)),
                meta: { silent: 'counted when the organizer says done' },
              },
              { target: 'review', reenter: true, meta: { left: 'invalid_input' } },
            ],
            'organizer.removed_person': [
              {
                guard: { type: 'isLastListed', params: ({ event }) => event.phone },
                target: 'people',
                actions: assign(({ context: now, event }) => removePerson(now, event.phone)),
                meta: { left: 'edited' },
              },
              {
                guard: { type: 'isListed', params: ({ event }) => event.phone },
                target: 'review',
                reenter: true,
                actions: assign(({ context: now, event }) => removePerson(now, event.phone)),
                meta: { left: 'edited' },
              },
              { target: 'review', reenter: true, meta: { left: 'invalid_input' } },
            ],
            'organizer.went_back': { target: 'people', meta: { left: 'back' } },
            'organizer.invited_people': { target: 'saving', meta: { left: 'completed' } },
          },
        },
        saving: {
          entry: assign({ saves: ({ context: { saves } }) => saves + 1 }),
          invoke: {
            id: 'inviteMore',
            src: 'inviteMore',
            input: ({ context: now }) => saveOf(now),
            onDone: [
              {
                guard: { type: 'hasInvited', params: ({ event }) => event.output },
                target: '#add-people.added',
                actions: [
                  assign(({ event }) => addedBy(event.output)),
                  {
                    type: 'start',
                    params: ({ context: now, event }) =>
                      invitationsOf(now, { saved: event.output, at: atOf(event) }),
                  },
                ],
                meta: { silent: 'the flow_completed says how many' },
              },
              {
                target: '#add-people.unchanged',
                actions: assign({ optedOut: ({ event }) => event.output.suppressedOptOut }),
                meta: { silent: 'nobody is left who may be invited, or the event takes no more' },
              },
            ],
            onError: [
              {
                guard: {
                  type: 'mayRetry',
                  params: ({ context: { saves }, event }) => ({ event, tries: saves }),
                },
                target: 'unsaved',
                meta: { logs: ['error'] },
              },
              { target: '#add-people.failed', meta: { logs: ['error'] } },
            ],
          },
        },
        unsaved: {
          meta: { step: 'review', prompt: 'ask_again' },
          after: idle,
          on: {
            'organizer.invited_people': {
              target: 'saving',
              meta: { silent: 'the step was left already' },
            },
          },
        },
      },
    },
    added: { type: 'final', meta: { ends: 'completed', outcome: 'added', says: 'say_added' } },
    unchanged: {
      type: 'final',
      meta: { ends: 'completed', outcome: 'no_change', says: 'say_unchanged' },
    },
    cancelled: { type: 'final', meta: { ends: 'drop_off', reason: 'cancelled' } },
    superseded: { type: 'final', meta: { ends: 'drop_off', reason: 'superseded' } },
    abandoned: { type: 'final', meta: { ends: 'drop_off', reason: 'session_ended' } },
    lapsed: { type: 'final', meta: { ends: 'drop_off', reason: 'idle_timeout' } },
    failed: { type: 'final', meta: { ends: 'drop_off', reason: 'error' } },
  },
});
