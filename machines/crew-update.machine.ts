import { assign } from 'xstate';
import { copy } from './crew-update.copy.ts';
import { describe, problems, subject, view } from './crew-update.facts.ts';
import { begin, changesOf, context, events, input, removeMember } from './crew-update.model.ts';
import { people } from './crew-update.people.ts';
import { flow, idle } from './crew-update.setup.ts';
import { crew, listing, loading } from './crew-update.which.ts';
import { addTyped, openPicker, removePerson, typedProblems } from './people-list.ts';

/**
 * Crew update. An organizer looks a crew over: people join it, others leave it, and it is saved.
 *
 * The review is the work itself: who is taken off it, is counted when the crew is saved, and saving
 * what was not changed changes nothing. Names of crews are changed elsewhere.
 */
export { context, copy, describe, events, input, problems, subject, view };

export const machine = flow.createMachine({
  id: 'crew-update',
  version: '1.0.0',
  options: { maxIterations: 100 },
  meta: { flow: 'crew_update' },
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
        crew,
        loading,
        review: {
          meta: { step: 'review_members', prompt: 'ask_review' },
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
                guard: { type: 'isMember', params: ({ event }) => event.phone },
                target: 'review',
                reenter: true,
                actions: assign(({ context: now, event }) => removeMember(now, event.phone)),
                meta: { silent: 'counted when the organizer saves' },
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
            'organizer.went_back': { target: 'listing', meta: { left: 'back' } },
            'organizer.saved_crew': [
              {
                guard: 'hasNobody',
                target: 'review',
                reenter: true,
                meta: { left: 'invalid_input' },
              },
              { guard: 'hasChanges', target: 'saving', meta: { left: 'completed' } },
              { target: '#crew-update.unchanged', meta: { left: 'completed' } },
            ],
          },
        },
        people,
        saving: {
          entry: assign({ saves: ({ context: { saves } }) => saves + 1 }),
          invoke: {
            id: 'updateCrew',
            src: 'updateCrew',
            input: ({ context: now }) => {
              const { added, removed } = changesOf(now);
              return {
                crewId: now.crewId ?? '',
                added,
                removed: removed.map(({ phone }) => phone),
              };
            },
            onDone: [
              {
                guard: { type: 'hasChanged', params: ({ event }) => event.output },
                target: '#crew-update.updated',
                actions: assign({ saved: true }),
                meta: { logs: ['crew_updated'] },
              },
              {
                target: '#crew-update.unchanged',
                meta: { silent: 'another device was faster, or the crew has gone' },
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
              { target: '#crew-update.failed', meta: { logs: ['error'] } },
            ],
          },
        },
        unsaved: {
          meta: { step: 'review_members', prompt: 'ask_again' },
          after: idle,
          on: {
            'organizer.saved_crew': {
              target: 'saving',
              meta: { silent: 'the step was left already' },
            },
          },
        },
      },
    },
    updated: {
      type: 'final',
      meta: { ends: 'completed', outcome: 'updated', says: 'say_updated' },
    },
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
