import { assign, setup } from 'xstate';
import { z } from 'zod';
import {
  type Begun,
  defineEvents,
  effects,
  minutes,
  type StateMeta,
  type TransitionMeta,
} from '../../machines/kit.ts';

/*
 * A chart for the inspector's own tests, with what the door of test/engine lacks: facts on initial and
 * eventless transitions, several facts on one, a question within a question, one event after another.
 */
export const events = defineEvents({
  'organizer.picked': z.strictObject({}),
  'organizer.changed': z.strictObject({}),
  'organizer.looked': z.strictObject({}),
  'organizer.finished': z.strictObject({}),
});

type Context = { readonly made: boolean };

export const input = z.strictObject({});
export const context = z.strictObject({ made: z.boolean() });

const flow = setup({
  types: {
    context: {} as Context,
    events: events.type,
    input: {} as Begun,
    meta: {} as StateMeta,
    transitionMeta: {} as TransitionMeta,
  },
  actions: effects,
  delays: { idle: minutes(30) },
});

const idle = {
  idle: { target: '#counter.lapsed', meta: { silent: 'the drop_off says it' } },
} as const;

export const machine = flow.createMachine({
  id: 'counter',
  version: '1.0.0',
  options: { maxIterations: 50 },
  meta: { flow: 'event_creation' },
  context: { made: false },
  initial: 'opening',
  states: {
    opening: { always: { target: 'asking', meta: { logs: ['error'] } } },
    asking: {
      meta: { step: 'choose_crew', prompt: 'ask' },
      after: idle,
      initial: 'who',
      states: {
        who: {
          after: idle,
          on: {
            'organizer.picked': {
              target: 'inner',
              meta: {
                logs: ['contact_picker_opened', 'contact_picker_submitted'],
                left: 'completed',
              },
            },
          },
        },
        inner: {
          meta: { step: 'title', prompt: 'ask' },
          after: idle,
          on: {
            'organizer.changed': { target: 'inner', reenter: true, meta: { left: 'edited' } },
            'organizer.looked': { target: 'who', meta: { silent: 'looking is no step' } },
            'organizer.finished': {
              target: '#counter.making',
              actions: assign({ made: true }),
              meta: { left: 'completed' },
            },
          },
        },
      },
    },
    making: { always: { target: 'made', meta: { logs: ['crew_created'] } } },
    made: { type: 'final', meta: { ends: 'completed', outcome: 'created' } },
    lapsed: { type: 'final', meta: { ends: 'drop_off', reason: 'idle_timeout' } },
  },
});

export const copy = { ask: () => ({ text: 'Who is it?' }) };
export const view = () => ({});
export const subject = ({ made }: Context) => ({
  crewId: made ? CREW : null,
  phone: '+12065550100',
});
export const CREW = '0198c0de-0000-7000-8000-0000000000cc';
const picker_id = '0198c0de-0000-7000-8000-0000000000dd';
const none = { added: 0, duplicate: 0, invalid_phone: 0, no_phone: 0, already_member: 0 };
export const describe = {
  error: () => ({ code: 'flow.exception', severity: 'error', component: 'flow', handled: true }),
  contact_picker_opened: () => ({ picker_id, picker: 'ios_native', purpose: 'event_people' }),
  contact_picker_submitted: () => ({ picker_id, selected: 0, ...none, dwell_ms: 0 }),
  crew_created: () => ({ members: 1, source: 'event', has_custom_name: true }),
};
