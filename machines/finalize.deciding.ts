/*
 * Finalize: the states in which the organizer says that it is so, and those that make it so. An event is
 * confirmed; of a sync-up the winner is chosen, also where two options have as many votes.
 */
import { assign } from 'xstate';
import { againProblems, begunBy, decidedOf, finalizedOf, made } from './finalize.model.ts';
import { flow, idle } from './finalize.setup.ts';

const tried = flow.assign({ tries: ({ context: { tries } }) => tries + 1 });
const changed = {
  target: '#finalize.unchanged',
  meta: { silent: 'it is final or over by now: the flow_completed says it' },
} as const;

export const confirm = flow.createStateConfig({
  meta: { step: 'confirm', prompt: 'ask_confirm' },
  after: idle,
  on: {
    'organizer.confirmed': {
      target: 'finalizing',
      actions: assign({ notify: ({ event }) => event.notify ?? true }),
      meta: { left: 'completed' },
    },
    'organizer.went_back': { target: 'listing', meta: { left: 'back' } },
  },
});

export const option = flow.createStateConfig({
  meta: { step: 'choose_option', prompt: 'ask_option' },
  after: idle,
  on: {
    'organizer.chose_option': [
      {
        guard: { type: 'isOption', params: ({ event }) => event },
        target: 'becoming',
        actions: assign(({ event }) => ({ option: event.option, notify: event.notify ?? true })),
        meta: { left: 'completed' },
      },
      { target: 'option', reenter: true, meta: { left: 'invalid_input' } },
    ],
    'organizer.went_back': { target: 'listing', meta: { left: 'back' } },
  },
});

/** An event becomes final. */
export const finalizing = flow.createStateConfig({
  entry: tried,
  invoke: {
    id: 'finalizeEvent',
    src: 'finalizeEvent',
    input: ({ context: { wanted } }) => ({ eventId: wanted?.id ?? '' }),
    onDone: [
      {
        guard: { type: 'isDone', params: ({ event }) => event.output },
        target: '#finalize.finalized',
        actions: [
          assign(({ event }) => made(event.output)),
          { type: 'send', params: ({ context: now }) => finalizedOf(now) },
        ],
        meta: { logs: ['finalize_triggered'] },
      },
      changed,
    ],
    onError: [
      {
        guard: {
          type: 'mayRetry',
          params: ({ context: { tries }, event }) => ({ event, tries }),
        },
        target: 'unfinalized',
        meta: { logs: ['error'] },
      },
      { target: '#finalize.failed', meta: { logs: ['error'] } },
    ],
  },
});

/** A sync-up becomes an event. */
export const becoming = flow.createStateConfig({
  entry: tried,
  invoke: {
    id: 'finalizeSyncup',
    src: 'finalizeSyncup',
    input: ({ context: { wanted, option: chosen } }) => ({
      ...{ syncupId: wanted?.id ?? '', option: chosen ?? 1 },
    }),
    onDone: [
      {
        guard: { type: 'isDone', params: ({ event }) => event.output },
        target: '#finalize.finalized',
        actions: [
          assign(({ event }) => made(event.output)),
          {
            type: 'start',
            params: ({ context: now, event }) => begunBy(now, event.output),
          },
          {
            type: 'send',
            params: ({ context: now, event }) => decidedOf(now, event.output),
          },
        ],
        meta: { logs: ['finalize_triggered', 'event_created'] },
      },
      changed,
    ],
    onError: [
      {
        guard: {
          type: 'mayRetry',
          params: ({ context: { tries }, event }) => ({ event, tries }),
        },
        target: 'undecided',
        meta: { logs: ['error'] },
      },
      { target: '#finalize.failed', meta: { logs: ['error'] } },
    ],
  },
});

export const unfinalized = flow.createStateConfig({
  meta: { step: 'confirm', prompt: 'ask_again' },
  after: idle,
  on: {
    'organizer.tried_again': {
      target: 'finalizing',
      meta: { silent: 'the step was left already' },
    },
  },
});

export const undecided = flow.createStateConfig({
  meta: { step: 'choose_option', prompt: 'ask_again' },
  after: idle,
  on: {
    'organizer.tried_again': [
      {
        guard: {
          type: 'isGoodStill',
          params: ({ context: now, event }) => againProblems(now, event),
        },
        target: 'becoming',
        meta: { silent: 'the step was left already' },
      },
      // It has passed meanwhile.
      { target: 'option', meta: { left: 'invalid_input' } },
    ],
  },
});
