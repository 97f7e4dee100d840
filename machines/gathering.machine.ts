import { assign } from 'xstate';
import { begin, deadlineNews, newsOf, ownNews } from './gathering.model.ts';
import { again, flow, told } from './gathering.setup.ts';
import { settling, telling, unsettled, untold } from './gathering.working.ts';

export { describe, subject, view } from './gathering.facts.ts';
export { context, events, input } from './gathering.model.ts';

/** A gathering asks nothing; its invitations do. */
export const copy = {};

/**
 * A gathering: everybody who is invited to one event, from its making until it has come. It settles by
 * itself where the organizer chose so, reminds people before it starts, and tells the invitations what the
 * organizer did: one fan-out, out of the organizer's way.
 *
 * What is still to be told is kept in `news` and told from one place, so that no failure loses any of it before
 * the event begins.
 * Its times follow the date: a change enters `open` anew, in the commit that moves the date.
 */
export const machine = flow.createMachine({
  id: 'gathering',
  version: '1.0.0',
  options: { maxIterations: 100 },
  meta: { cycle: 'gathering' },
  context: ({ input: begun }) => begin(begun),
  initial: 'open',
  states: {
    open: {
      initial: 'waiting',
      after: {
        closing: {
          target: 'closing',
          actions: assign({ tries: 0 }),
          meta: { silent: 'it begins, or nobody waits any more' },
        },
        answerBy: [
          {
            guard: 'mayBecomeOverdue',
            target: '.settling',
            actions: assign({ overdue: true, tries: 0 }),
            meta: { silent: 'whether that settles it is looked up' },
          },
          { target: '.resuming', meta: { silent: 'no such time was chosen' } },
        ],
        deadlineNear: [
          {
            guard: 'mayBecomeOverdue',
            target: '.resuming',
            actions: { type: 'send', params: deadlineNews },
            meta: { silent: 'each push logs what becomes of it' },
          },
          { target: '.resuming', meta: { silent: 'no such time was chosen' } },
        ],
        nearing: [
          {
            guard: 'mayRemind',
            target: '.resuming',
            actions: assign(({ context }) => ({
              ...newsOf(context, ownNews(context, 'reminded')),
              reminded: true,
            })),
            meta: told,
          },
          { target: '.resuming', meta: { silent: 'no such time was chosen' } },
        ],
      },
      on: {
        'invitee.answered': [
          {
            guard: 'waitsForAnswers',
            target: '.settling',
            actions: assign({ tries: 0 }),
            meta: { silent: 'whether that settles it is looked up' },
          },
          { target: '.resuming', meta: { silent: 'no answer settles it' } },
        ],
        'event.finalized': [
          {
            guard: { type: 'isTold', params: ({ event }) => event.notify },
            target: '.resuming',
            actions: assign(({ context, event: { newsId } }) => ({
              ...newsOf(context, { id: newsId, kind: 'finalized' }),
              state: 'finalized',
            })),
            meta: { silent: 'the finalize_triggered says it' },
          },
          {
            target: '.resuming',
            actions: assign({ state: 'finalized' }),
            meta: { silent: 'the finalize_triggered says it' },
          },
        ],
        'event.changed': {
          target: '.resuming',
          // Its times are counted anew.
          reenter: true,
          actions: assign(({ context, event }) => {
            const { newsId, moved, title, startsAt, whenText, place } = event;
            const { answerBy = context.rules.answerBy } = event;
            return {
              ...newsOf(context, { id: newsId, kind: 'changed', moved }),
              ...{ title, startsAt, whenText, place, since: event.at },
              rules: { ...context.rules, answerBy },
              reminded: context.reminded && !moved,
            };
          }),
          meta: { silent: 'the user_action says it' },
        },
        'event.cancelled': {
          target: '.resuming',
          actions: assign(({ context, event: { newsId } }) => ({
            ...newsOf(context, { id: newsId, kind: 'cancelled' }),
            state: 'cancelled',
          })),
          meta: { silent: 'the user_action says it' },
        },
      },
      states: {
        waiting: {},
        resuming: {
          always: [
            { guard: 'hasNews', target: 'telling', meta: told },
            { target: 'waiting', meta: { silent: 'there is nothing to tell' } },
          ],
        },
        settling,
        unsettled,
        telling,
        untold,
      },
    },
    closing: {
      entry: assign({ tries: ({ context }) => context.tries + 1 }),
      invoke: {
        id: 'closeEvent',
        src: 'closeEvent',
        input: ({ context: { eventId } }) => ({ eventId }),
        onDone: { target: 'over', meta: { silent: 'kept with the event' } },
        // Nobody else would close it: tried until it works.
        onError: { target: 'unclosed', meta: { logs: ['error'] } },
      },
    },
    unclosed: { after: { retell: { target: 'closing', meta: again } } },
    over: { type: 'final', meta: { ends: 'quietly' } },
  },
});
