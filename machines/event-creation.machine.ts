/*
 * Its nine files. States: `.machine` (in their order), `.who` (the first of them), `.review` (the last).
 * `.setup`: the types, actors, guards and delays that the states are written in.
 * `.model`: input, events and context. `.answers`: what an answer means, or what is wrong with it.
 * `.saving`: what is stored in the end, and the invitations that begin then.
 * `.copy`: every sentence. `.facts`: what the log and a chat are told.
 */
import { assign } from 'xstate';
import {
  keptOf,
  problems,
  readDetails,
  readPlace,
  readSave,
  readTime,
  readTitle,
} from './event-creation.answers.ts';
import { copy } from './event-creation.copy.ts';
import { describe, subject, view } from './event-creation.facts.ts';
import { answer, begin, context, events, input } from './event-creation.model.ts';
import { review } from './event-creation.review.ts';
import { invitationsOf, saveOf } from './event-creation.saving.ts';
import { flow, idle } from './event-creation.setup.ts';
import { crew, listing, loading, people } from './event-creation.who.ts';
import { atOf } from './kit.ts';

/**
 * Event creation. An organizer says who is invited, to what, when and where, looks it over and sends it.
 *
 * Saving stores the event, the crew that may be kept with it and who is invited, all in the step's own
 * commit; then one invitation begins per invitee. Title and people are needed, the rest may be skipped.
 */
export { context, copy, describe, events, input, problems, subject, view };

export const machine = flow.createMachine({
  id: 'event-creation',
  version: '1.0.0',
  options: { maxIterations: 100 },
  meta: { flow: 'event_creation' },
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
            { guard: 'lacksPeople', target: 'listing', meta: { silent: 'flow_started says it' } },
            { guard: 'lacksTitle', target: 'title', meta: { silent: 'resumed with people' } },
            { guard: 'lacksWhen', target: 'when', meta: { silent: 'resumed with a title' } },
            { guard: 'lacksPlace', target: 'where', meta: { silent: 'resumed with a time' } },
            { guard: 'lacksDetails', target: 'details', meta: { silent: 'resumed with a place' } },
            { target: 'review', meta: { silent: 'resumed with all of it' } },
          ],
        },
        listing,
        crew,
        loading,
        people,
        title: {
          meta: { step: 'title', prompt: 'ask_title' },
          after: idle,
          on: {
            'organizer.titled_event': [
              {
                guard: { type: 'isGood', params: ({ event }) => readTitle(event) },
                target: 'when',
                actions: assign({ title: ({ event }) => keptOf(readTitle(event)) }),
                meta: { left: 'completed' },
              },
              { target: 'title', reenter: true, meta: { left: 'invalid_input' } },
            ],
            'organizer.went_back': [
              { guard: 'isForCrew', target: 'listing', meta: { left: 'back' } },
              { target: 'people', meta: { left: 'back' } },
            ],
          },
        },
        when: {
          meta: { step: 'when', prompt: 'ask_when' },
          after: idle,
          on: {
            'organizer.set_time': [
              {
                guard: {
                  type: 'isGood',
                  params: ({ context: now, event }) => readTime(now, event),
                },
                target: 'where',
                actions: assign(({ context: now, event }) => ({
                  when: keptOf(readTime(now, event)),
                  answered: answer(now, 'when'),
                })),
                meta: { left: 'completed' },
              },
              { target: 'when', reenter: true, meta: { left: 'invalid_input' } },
            ],
            'organizer.skipped': {
              target: 'where',
              actions: assign(({ context: now }) => ({
                when: null,
                answered: answer(now, 'when'),
              })),
              meta: { left: 'skipped' },
            },
            'organizer.went_back': { target: 'title', meta: { left: 'back' } },
          },
        },
        where: {
          meta: { step: 'where', prompt: 'ask_where' },
          after: idle,
          on: {
            'organizer.set_place': [
              {
                guard: { type: 'isGood', params: ({ event }) => readPlace(event) },
                target: 'details',
                actions: assign(({ context: now, event }) => ({
                  place: keptOf(readPlace(event)),
                  answered: answer(now, 'where'),
                })),
                meta: { left: 'completed' },
              },
              { target: 'where', reenter: true, meta: { left: 'invalid_input' } },
            ],
            'organizer.skipped': {
              target: 'details',
              actions: assign(({ context: now }) => ({
                place: null,
                answered: answer(now, 'where'),
              })),
              meta: { left: 'skipped' },
            },
            'organizer.went_back': { target: 'when', meta: { left: 'back' } },
          },
        },
        details: {
          meta: { step: 'details', prompt: 'ask_details' },
          after: idle,
          on: {
            'organizer.set_details': [
              {
                guard: { type: 'isGood', params: ({ event }) => readDetails(event) },
                target: 'review',
                actions: assign(({ context: now, event }) => ({
                  details: keptOf(readDetails(event)),
                  answered: answer(now, 'details'),
                })),
                meta: { left: 'completed' },
              },
              { target: 'details', reenter: true, meta: { left: 'invalid_input' } },
            ],
            'organizer.skipped': {
              target: 'review',
              actions: assign(({ context: now }) => ({
                details: null,
                answered: answer(now, 'details'),
              })),
              meta: { left: 'skipped' },
            },
            'organizer.went_back': { target: 'where', meta: { left: 'back' } },
          },
        },
        review,
        saving: {
          entry: assign({ saves: ({ context: { saves } }) => saves + 1 }),
          invoke: {
            id: 'saveEvent',
            src: 'saveEvent',
            input: ({ context: now }) => saveOf(now),
            onDone: [
              {
                guard: 'keepsCrew',
                target: '#event-creation.saved',
                actions: [
                  assign(({ event: { output } }) => ({
                    saved: true,
                    optedOut: output.suppressedOptOut,
                  })),
                  {
                    type: 'start',
                    params: ({ context: now, event }) =>
                      invitationsOf(now, { saved: event.output, at: atOf(event) }),
                  },
                ],
                meta: { logs: ['event_created', 'crew_created'] },
              },
              {
                target: '#event-creation.saved',
                actions: [
                  assign(({ event: { output } }) => ({
                    saved: true,
                    optedOut: output.suppressedOptOut,
                  })),
                  {
                    type: 'start',
                    params: ({ context: now, event }) =>
                      invitationsOf(now, { saved: event.output, at: atOf(event) }),
                  },
                ],
                meta: { logs: ['event_created'] },
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
              { target: '#event-creation.failed', meta: { logs: ['error'] } },
            ],
          },
        },
        unsaved: {
          meta: { step: 'review', prompt: 'ask_again' },
          after: idle,
          on: {
            'organizer.saved_event': [
              {
                guard: {
                  type: 'isGood',
                  params: ({ context: now, event }) => readSave(now, event),
                },
                target: 'saving',
                meta: { silent: 'the step was left already' },
              },
              // Its time has passed meanwhile: it is looked over once more.
              { target: 'review', meta: { left: 'invalid_input' } },
            ],
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
