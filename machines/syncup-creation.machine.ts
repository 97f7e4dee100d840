/*
 * Its nine files. States: `.machine` (in their order), `.who`, `.options` and `.review` (those that ask).
 * `.setup`: the types, actors, guards and delays that the states are written in.
 * `.model`: input, events and context. `.answers`: what an answer means, or what is wrong with it.
 * `.saving`: what is stored in the end, and the invitations that begin then.
 * `.copy`: every sentence. `.facts`: what the log and a chat are told.
 */
import { assign } from 'xstate';
import { atOf } from './kit.ts';
import { problems, readSave } from './syncup-creation.answers.ts';
import { copy } from './syncup-creation.copy.ts';
import { describe, subject, view } from './syncup-creation.facts.ts';
import { begin, context, events, input } from './syncup-creation.model.ts';
import { options, rules } from './syncup-creation.options.ts';
import { review } from './syncup-creation.review.ts';
import { invitationsOf, saveOf } from './syncup-creation.saving.ts';
import { flow, idle } from './syncup-creation.setup.ts';
import { crew, listing, loading, people } from './syncup-creation.who.ts';

/**
 * Sync-up creation. An organizer says who votes, on which options and by which rules, looks it over and
 * sends it.
 *
 * Saving stores the sync-up and who is asked in the step's own commit; then one invitation begins per
 * invitee. People and two options are needed, the rules may be skipped, and a title is not asked for.
 */
export { context, copy, describe, events, input, problems, subject, view };

export const machine = flow.createMachine({
  id: 'syncup-creation',
  version: '1.0.0',
  options: { maxIterations: 100 },
  meta: { flow: 'syncup_creation' },
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
            { guard: 'lacksOptions', target: 'options', meta: { silent: 'resumed with people' } },
            { guard: 'lacksRules', target: 'rules', meta: { silent: 'resumed with options' } },
            { target: 'review', meta: { silent: 'resumed with all of it' } },
          ],
        },
        listing,
        crew,
        loading,
        people,
        options,
        rules,
        review,
        saving: {
          entry: assign({ saves: ({ context: { saves } }) => saves + 1 }),
          invoke: {
            id: 'saveSyncup',
            src: 'saveSyncup',
            input: ({ context: now }) => saveOf(now),
            onDone: {
              target: '#syncup-creation.saved',
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
              meta: { logs: ['syncup_created'] },
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
              { target: '#syncup-creation.failed', meta: { logs: ['error'] } },
            ],
          },
        },
        unsaved: {
          meta: { step: 'review', prompt: 'ask_again' },
          after: idle,
          on: {
            'organizer.saved_syncup': [
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
