import { assign, fromPromise, setup } from 'xstate';
import { copy } from './crew-creation.copy.ts';
import { describe, nameProblem, problems, subject, view } from './crew-creation.facts.ts';
import {
  begin,
  type Context,
  context,
  events,
  type Input,
  input,
  type SaveCrew,
  type SavedCrew,
} from './crew-creation.model.ts';
import { effects, minutes, runByEngine, type StateMeta, type TransitionMeta } from './kit.ts';
import { cleanLine } from './line.ts';
import { mayRetry } from './organizer.ts';
import {
  addPicked,
  addTyped,
  isListed,
  judgePick,
  openPicker,
  pickGuards,
  removePerson,
  typedProblems,
} from './people-list.ts';

/**
 * Crew creation. An organizer names a crew, picks or types the people, looks it over and saves it.
 *
 * The chart sees no clock and no database. `saveCrew` is a transaction actor: the engine runs it
 * inside the step's own commit and gives the result back before committing. Read `meta` from top
 * to bottom and you have read what this flow leaves in the behavior log.
 */
export { context, copy, describe, events, input, problems, subject, view };

const flow = setup({
  types: {
    context: {} as Context,
    events: events.type,
    input: {} as Input,
    meta: {} as StateMeta,
    transitionMeta: {} as TransitionMeta,
  },
  actions: effects,
  actors: { saveCrew: fromPromise<SavedCrew, SaveCrew>(runByEngine) },
  guards: {
    ...pickGuards,
    mayRetry,
    isName: (_, name: string) => nameProblem({ name }) === null,
    hasPeople: ({ context: { people } }) => people.length > 0,
    hasName: ({ context: { name } }) => name !== '',
    isReady: ({ context: { name, people } }) => name !== '' && people.length > 0,
    isNewPicker: ({ context: { pickerIds } }, id: string) => !pickerIds.includes(id),
    isOpenPicker: ({ context: { picker } }, id: string) => picker?.id === id,
    isPerson: (_, found: ReturnType<typeof typedProblems>) => found.length === 0,
    isListed: ({ context: list }, phone: string) => isListed(list, phone),
    isLastListed: ({ context: list }, phone: string) =>
      isListed(list, phone) && list.people.length === 1,
    wasIdle: (_, reason: string) => reason === 'idle_timeout',
  },
  delays: { idle: minutes(30) },
});

/** Every state that asks waits half an hour; entering it again begins the wait anew. */
const idle = {
  idle: { target: '#crew-creation.lapsed', meta: { silent: 'the drop_off says it' } },
} as const;

export const machine = flow.createMachine({
  id: 'crew-creation',
  version: '1.0.0',
  options: { maxIterations: 100 },
  meta: { flow: 'crew_creation' },
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
            { guard: 'isReady', target: 'review', meta: { silent: 'resumed where data is whole' } },
            { guard: 'hasName', target: 'people', meta: { silent: 'resumed with a name' } },
            { target: 'name', meta: { silent: 'the flow_started says it' } },
          ],
        },
        name: {
          meta: { step: 'name_crew', prompt: 'ask_name' },
          after: idle,
          on: {
            'organizer.named_crew': [
              {
                guard: { type: 'isName', params: ({ event }) => event.name },
                target: 'people',
                actions: assign({ name: ({ event }) => cleanLine(event.name) }),
                meta: { left: 'completed' },
              },
              { target: 'name', reenter: true, meta: { left: 'invalid_input' } },
            ],
          },
        },
        people: {
          meta: { step: 'add_contacts', prompt: 'ask_people' },
          after: idle,
          on: {
            'organizer.opened_picker': {
              guard: { type: 'isNewPicker', params: ({ event }) => event.pickerId },
              target: 'people',
              reenter: true,
              actions: assign(({ context: list, event }) => openPicker(list, event)),
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
                  params: ({ context: list, event }) => judgePick(list, event),
                },
                target: 'people',
                reenter: true,
                actions: assign({ picker: null }),
                meta: { left: 'cancelled' },
              },
              {
                guard: {
                  type: 'pickedTooMany',
                  params: ({ context: list, event }) => judgePick(list, event),
                },
                target: 'people',
                reenter: true,
                meta: { left: 'invalid_input' },
              },
              {
                guard: {
                  type: 'pickedNobodyUsable',
                  params: ({ context: list, event }) => judgePick(list, event),
                },
                target: 'people',
                reenter: true,
                actions: assign(({ context: list, event }) => addPicked(list, event)),
                meta: { logs: ['contact_picker_submitted'], left: 'invalid_input' },
              },
              {
                guard: {
                  type: 'pickedPeople',
                  params: ({ context: list, event }) => judgePick(list, event),
                },
                target: 'review',
                actions: assign(({ context: list, event }) => addPicked(list, event)),
                meta: { logs: ['contact_picker_submitted'], left: 'completed' },
              },
            ],
            'organizer.typed_person': [
              {
                guard: {
                  type: 'isPerson',
                  params: ({ context: list, event }) => typedProblems(list, event),
                },
                target: 'people',
                reenter: true,
                actions: assign(({ context: list, event }) => addTyped(list, event)),
                meta: { silent: 'counted when the organizer says done' },
              },
              { target: 'people', reenter: true, meta: { left: 'invalid_input' } },
            ],
            'organizer.removed_person': [
              {
                guard: { type: 'isListed', params: ({ event }) => event.phone },
                target: 'people',
                reenter: true,
                actions: assign(({ context: list, event }) => removePerson(list, event.phone)),
                meta: { silent: 'counted when the organizer says done' },
              },
              { target: 'people', reenter: true, meta: { left: 'invalid_input' } },
            ],
            'organizer.finished_adding': [
              { guard: 'hasPeople', target: 'review', meta: { left: 'completed' } },
              { target: 'people', reenter: true, meta: { left: 'invalid_input' } },
            ],
            'organizer.went_back': { target: 'name', meta: { left: 'back' } },
          },
        },
        review: {
          meta: { step: 'review_members', prompt: 'ask_review' },
          after: idle,
          on: {
            'organizer.named_crew': [
              {
                guard: { type: 'isName', params: ({ event }) => event.name },
                target: 'review',
                reenter: true,
                actions: assign({ name: ({ event }) => cleanLine(event.name) }),
                meta: { left: 'edited' },
              },
              { target: 'review', reenter: true, meta: { left: 'invalid_input' } },
            ],
            'organizer.removed_person': [
              {
                guard: { type: 'isLastListed', params: ({ event }) => event.phone },
                target: 'people',
                actions: assign(({ context: list, event }) => removePerson(list, event.phone)),
                meta: { left: 'edited' },
              },
              {
                guard: { type: 'isListed', params: ({ event }) => event.phone },
                target: 'review',
                reenter: true,
                actions: assign(({ context: list, event }) => removePerson(list, event.phone)),
                meta: { left: 'edited' },
              },
              { target: 'review', reenter: true, meta: { left: 'invalid_input' } },
            ],
            'organizer.opened_picker': {
              guard: { type: 'isNewPicker', params: ({ event }) => event.pickerId },
              target: 'people',
              actions: assign(({ context: list, event }) => openPicker(list, event)),
              meta: { logs: ['contact_picker_opened'] },
            },
            'organizer.went_back': { target: 'people', meta: { left: 'back' } },
            'organizer.saved_crew': { target: 'saving', meta: { left: 'completed' } },
          },
        },
        saving: {
          entry: assign({ saves: ({ context: { saves } }) => saves + 1 }),
          invoke: {
            id: 'saveCrew',
            src: 'saveCrew',
            input: ({ context: { crewId, name, people } }) => ({
              crewId,
              name,
              members: people.map((person) => ({ name: person.name, phone: person.phone })),
            }),
            onDone: {
              target: '#crew-creation.saved',
              actions: assign({ saved: true }),
              meta: { logs: ['crew_created'] },
            },
            onError: [
              {
                guard: {
                  type: 'mayRetry',
                  params: ({ context: { saves }, event }) => ({ event, tries: saves }),
                },
                target: 'unsaved',
                meta: { logs: ['error'] },
              },
              { target: '#crew-creation.failed', meta: { logs: ['error'] } },
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
    saved: { type: 'final', meta: { ends: 'completed', outcome: 'created', says: 'say_saved' } },
    cancelled: { type: 'final', meta: { ends: 'drop_off', reason: 'cancelled' } },
    superseded: { type: 'final', meta: { ends: 'drop_off', reason: 'superseded' } },
    abandoned: { type: 'final', meta: { ends: 'drop_off', reason: 'session_ended' } },
    lapsed: { type: 'final', meta: { ends: 'drop_off', reason: 'idle_timeout' } },
    failed: { type: 'final', meta: { ends: 'drop_off', reason: 'error' } },
  },
});
