import { assign, fromPromise, setup } from 'xstate';
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import {
  begin,
  type Changed,
  type ChangeEvent,
  type Context,
  type Input,
  unheardOf,
} from './event-change.model.ts';
import {
  effects,
  type Fact,
  runByEngine,
  type StateMeta,
  type Subject,
  type TransitionMeta,
} from './kit.ts';
import { errorOf } from './organizer.ts';

/**
 * One change of an event by its organizer, outside of any flow: it is edited, or called off. Done in the
 * commit that begins it, together with the event's row and the times of its gathering, which tells people.
 */
export { context, events, input } from './event-change.model.ts';

/** It asks nothing. */
export const copy = {};

const flow = setup({
  types: {
    context: {} as Context,
    input: {} as Input,
    meta: {} as StateMeta,
    transitionMeta: {} as TransitionMeta,
  },
  actions: effects,
  actors: { changeEvent: fromPromise<Changed, ChangeEvent>(runByEngine) },
  guards: { hasChanged: (_, { outcome }: Changed) => outcome === 'changed' },
});

export const machine = flow.createMachine({
  id: 'event-change',
  version: '1.0.0',
  options: { maxIterations: 100 },
  meta: { cycle: 'event_change' },
  context: ({ input: begun }) => begin(begun),
  initial: 'changing',
  states: {
    changing: {
      invoke: {
        id: 'changeEvent',
        src: 'changeEvent',
        input: ({ context: { id: newsId, eventId, change } }) => ({ newsId, eventId, change }),
        onDone: [
          {
            guard: { type: 'hasChanged', params: ({ event }) => event.output },
            target: 'over',
            actions: [
              assign(({ event: { output } }) =>
                output.outcome === 'changed'
                  ? { outcome: output.outcome, crewId: output.crewId, fields: [...output.fields] }
                  : {},
              ),
              { type: 'send', params: ({ context, event }) => unheardOf(context, event.output) },
            ],
            meta: { logs: ['user_action'] },
          },
          {
            target: 'over',
            actions: assign({ outcome: ({ event }) => event.output.outcome }),
            meta: { silent: 'nothing was done' },
          },
        ],
        onError: {
          target: 'over',
          actions: assign({ outcome: 'failed' }),
          meta: { logs: ['error'] },
        },
      },
    },
    over: { type: 'final', meta: { ends: 'quietly' } },
  },
});

export const describe = {
  user_action: ({ after }: Fact<Context>): DescribedMetadata<'user_action'> =>
    after.change.kind === 'cancel'
      ? { action: 'event_cancelled', target: 'event' }
      : { action: 'event_edited', target: 'event', changed_fields: [...after.fields] },
  error: ({ event }: Fact<Context>): DescribedMetadata<'error'> =>
    errorOf({ event, tries: 0 }, false),
};

export const view = ({ outcome, fields }: Context) => ({ outcome, fields });

/** The event is nobody's until it has been found to be the organizer's. */
export const subject = ({ eventId, crewId, outcome }: Context): Subject => ({
  ...{ eventId: outcome === 'changed' ? eventId : null, crewId, syncupId: null },
});
