import { assign } from 'xstate';
import { copy } from './reminder.copy.ts';
import { describe, problems, subject, view } from './reminder.facts.ts';
import { begin, context, events, input, outcomeOf, remindersOf } from './reminder.model.ts';
import { flow, idle } from './reminder.setup.ts';
import { listing, loading, target } from './reminder.which.ts';

/**
 * A reminder by the organizer's own hand, to people who are invited to an event, or asked to vote in a
 * sync-up, that is still to come.
 *
 * Who was reminded a short while ago, or wants no texts, is counted and left in peace; each of the others
 * is texted by their own invitation. Where everybody has answered there is nothing to ask and to send,
 * unless the client says who is meant.
 */
export { context, copy, describe, events, input, problems, subject, view };

export const machine = flow.createMachine({
  id: 'reminder',
  version: '1.0.0',
  options: { maxIterations: 100 },
  meta: { flow: 'reminder' },
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
        audience: {
          meta: { step: 'choose_audience', prompt: 'ask_audience' },
          entry: assign({ asked: true }),
          after: idle,
          on: {
            'organizer.chose_audience': [
              {
                guard: { type: 'hasReady', params: ({ event }) => event },
                target: 'reminding',
                actions: assign(({ event: { audience, phones } }) => ({
                  audience,
                  phones: phones ?? [],
                })),
                meta: { left: 'completed' },
              },
              { target: 'audience', reenter: true, meta: { left: 'invalid_input' } },
            ],
            'organizer.skipped': [
              {
                guard: { type: 'hasReady', params: { audience: 'non_responders' } },
                target: 'reminding',
                actions: assign({ audience: 'non_responders', phones: [] }),
                meta: { left: 'skipped' },
              },
              { target: 'audience', reenter: true, meta: { left: 'invalid_input' } },
            ],
            'organizer.went_back': {
              target: 'listing',
              actions: assign({ audience: null, phones: [] }),
              meta: { left: 'back' },
            },
          },
        },
        reminding: {
          entry: assign({ tries: ({ context: { tries } }) => tries + 1 }),
          invoke: {
            id: 'remind',
            src: 'remind',
            input: ({ context: { wanted, audience, phones } }) => ({
              of: wanted,
              audience: audience ?? 'non_responders',
              phones,
            }),
            onDone: [
              {
                guard: { type: 'hasRecipients', params: ({ event }) => event.output },
                target: '#reminder.reminded',
                actions: [
                  assign(({ event }) => outcomeOf(event.output)),
                  {
                    type: 'send',
                    params: ({ context: now, event }) => remindersOf(now, event.output),
                  },
                ],
                meta: { logs: ['reminder_sent'] },
              },
              {
                target: '#reminder.unchanged',
                actions: assign(({ event }) => outcomeOf(event.output)),
                meta: { silent: 'nobody is left to remind: the flow_completed says it' },
              },
            ],
            onError: [
              {
                guard: {
                  type: 'mayAskAgain',
                  params: ({ context: { tries }, event }) => ({ event, tries }),
                },
                target: 'unsent',
                meta: { logs: ['error'] },
              },
              { target: '#reminder.failed', meta: { logs: ['error'] } },
            ],
          },
        },
        unsent: {
          meta: { step: 'choose_audience', prompt: 'ask_again' },
          entry: assign({ asked: true }),
          after: idle,
          on: {
            'organizer.tried_again': {
              target: 'reminding',
              meta: { silent: 'the step was left already' },
            },
          },
        },
      },
    },
    reminded: {
      type: 'final',
      meta: { ends: 'completed', outcome: 'reminded', says: 'say_reminded' },
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
