import { assign, cancel, fromPromise, raise, setup } from 'xstate';
import { z } from 'zod';
import {
  type Begun,
  defineEvents,
  effects,
  type Fact,
  minutes,
  runByEngine,
  type StateMeta,
  type TransitionMeta,
} from '../../machines/kit.ts';

/*
 * A chart for the engine's own tests, with every construct that the engine carries out: a step that is
 * asked, a guard, a transaction actor, a job, a timer, a deadline that moves, a send, a start, an end.
 */
export const events = defineEvents({
  'organizer.named': z.strictObject({ name: z.string().max(40) }),
  'organizer.saved': z.strictObject({}),
  'organizer.rang': z.strictObject({}),
  'organizer.told': z.strictObject({ to: z.uuid(), word: z.string() }),
  'organizer.postponed': z.strictObject({ delayMs: z.number() }),
  'organizer.split': z.strictObject({ ids: z.array(z.uuid()) }),
  'organizer.failed': z.strictObject({}),
  'organizer.cancelled': z.strictObject({}),
  'door.heard': z.strictObject({ word: z.string() }),
  'door.deadline': z.strictObject({}),
  'flow.superseded': z.strictObject({}),
});

type Context = {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  readonly heard: readonly string[];
  readonly rings: number;
};

export const input = z.strictObject({ name: z.string().optional() });
export const context = z.custom<Context>();

const flow = setup({
  types: {
    context: {} as Context,
    events: events.type,
    input: {} as Begun & { name?: string; resume?: Partial<Context> },
    meta: {} as StateMeta,
    transitionMeta: {} as TransitionMeta,
  },
  actions: effects,
  actors: {
    saveDoor: fromPromise<{ saved: number }, { name: string }>(runByEngine),
    ringBell: fromPromise<{ rang: boolean }, { times: number }>(runByEngine),
  },
  guards: {
    isName: (_, name: string) => name.trim() !== '',
    mayRetry: (_, error: { retryable?: boolean }) => error.retryable === true,
    explodes: () => {
      throw new Error('This guard throws.');
    },
  },
  delays: { idle: minutes(30), deadline: ({ event }) => (event as { delayMs: number }).delayMs },
});

const idle = {
  idle: { target: '#door.lapsed', meta: { silent: 'the drop_off says it' } },
} as const;

export const machine = flow.createMachine({
  id: 'door',
  version: '1.0.0',
  options: { maxIterations: 50 },
  meta: { flow: 'crew_creation' },
  context: ({ input: begun }) => ({
    id: begun.id,
    owner: begun.owner,
    name: begun.resume?.name ?? begun.name ?? '',
    heard: [],
    rings: 0,
  }),
  initial: 'asking',
  states: {
    asking: {
      initial: 'name',
      on: {
        'organizer.cancelled': { target: 'cancelled', meta: { left: 'cancelled' } },
        'flow.superseded': { target: 'superseded', meta: { silent: 'the drop_off says it' } },
        'organizer.failed': { guard: 'explodes', target: 'cancelled', meta: { left: 'cancelled' } },
        'door.deadline': { target: 'lapsed', meta: { silent: 'the drop_off says it' } },
      },
      states: {
        name: {
          meta: { step: 'name_crew', prompt: 'ask_name' },
          after: idle,
          on: {
            'organizer.named': [
              {
                guard: { type: 'isName', params: ({ event }) => event.name },
                target: 'review',
                actions: assign({ name: ({ event }) => event.name }),
                meta: { left: 'completed' },
              },
              { target: 'name', reenter: true, meta: { left: 'invalid_input' } },
            ],
          },
        },
        review: {
          meta: { step: 'review_members', prompt: 'ask_review' },
          after: idle,
          on: {
            'organizer.saved': { target: 'saving', meta: { left: 'completed' } },
            'organizer.rang': { target: 'ringing', meta: { silent: 'a bell is no step' } },
            'organizer.told': {
              target: 'review',
              reenter: true,
              actions: {
                type: 'send',
                params: ({ context: { owner }, event }) => ({
                  to: event.to,
                  owner,
                  event: { type: 'door.heard', word: event.word },
                }),
              },
              meta: { silent: 'the other door says it' },
            },
            'organizer.split': {
              target: 'review',
              reenter: true,
              actions: {
                type: 'start',
                params: ({ context: { owner }, event }) =>
                  event.ids.map((id) => ({ machine: 'door', id, owner, input: { name: 'child' } })),
              },
              meta: { silent: 'each says it itself' },
            },
            'organizer.postponed': {
              target: 'review',
              reenter: true,
              actions: [
                cancel('deadline'),
                raise({ type: 'door.deadline' } as never, { id: 'deadline', delay: 'deadline' }),
              ],
              meta: { silent: 'a deadline is no step' },
            },
            'door.heard': {
              target: 'review',
              reenter: true,
              actions: assign({ heard: ({ context: { heard }, event }) => [...heard, event.word] }),
              meta: { silent: 'a word is no step' },
            },
          },
        },
        ringing: {
          meta: { defers: ['door.heard'] },
          invoke: {
            id: 'ringBell',
            src: 'ringBell',
            input: ({ context: { rings } }) => ({ times: rings + 1 }),
            onDone: {
              target: 'review',
              actions: assign({ rings: ({ context: { rings } }) => rings + 1 }),
              meta: { silent: 'a bell is no step' },
            },
            onError: { target: 'review', meta: { logs: ['error'] } },
          },
        },
        saving: {
          invoke: {
            id: 'saveDoor',
            src: 'saveDoor',
            input: ({ context: { name } }) => ({ name }),
            onDone: { target: '#door.saved', meta: { logs: ['crew_created'] } },
            onError: [
              {
                guard: {
                  type: 'mayRetry',
                  params: ({ event }) => event.error as { retryable?: boolean },
                },
                target: 'unsaved',
                meta: { logs: ['error'] },
              },
              { target: '#door.failed', meta: { logs: ['error'] } },
            ],
          },
        },
        unsaved: {
          meta: { step: 'review_members', prompt: 'ask_review' },
          after: idle,
          on: {
            'organizer.saved': { target: 'saving', meta: { silent: 'the step was left already' } },
          },
        },
      },
    },
    saved: { type: 'final', meta: { ends: 'completed', outcome: 'created' } },
    cancelled: { type: 'final', meta: { ends: 'drop_off', reason: 'cancelled' } },
    superseded: { type: 'final', meta: { ends: 'drop_off', reason: 'superseded' } },
    lapsed: { type: 'final', meta: { ends: 'drop_off', reason: 'idle_timeout' } },
    failed: { type: 'final', meta: { ends: 'drop_off', reason: 'error' } },
  },
});

export const copy = {
  ask_name: () => ({ text: 'What is it called?' }),
  ask_review: () => ({ text: 'Shall I save it?' }),
};
export const view = ({ name }: Context) => ({ name });
export const subject = ({ id }: Context) => ({ crewId: id });
export const describe = {
  crew_created: () => ({ members: 1, source: 'manual', has_custom_name: true }),
  error: ({ event }: Fact<Context>) => ({
    code: 'db.save_failed',
    severity: (event.error as { retryable?: boolean }).retryable === true ? 'error' : 'fatal',
    component: 'db',
    handled: true,
  }),
};
