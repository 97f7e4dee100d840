import { copy } from './finalize.copy.ts';
import {
  becoming,
  confirm,
  finalizing,
  option,
  undecided,
  unfinalized,
} from './finalize.deciding.ts';
import { describe, problems, subject, view } from './finalize.facts.ts';
import { begin, context, events, input } from './finalize.model.ts';
import { flow } from './finalize.setup.ts';
import { listing, loading, target } from './finalize.which.ts';

/**
 * An organizer makes an event final: it takes place as it stands. Or a sync-up: the option that the organizer
 * chooses becomes an event. Everybody who may still come is told by their own invitation, and asked to
 * confirm.
 *
 * It becomes final once. Who asks for it a second time, on another device or by a second tap, or after it
 * has settled by itself, changes nothing and tells nobody.
 */
export { context, copy, describe, events, input, problems, subject, view };

export const machine = flow.createMachine({
  id: 'finalize',
  version: '1.0.0',
  options: { maxIterations: 100 },
  meta: { flow: 'finalize' },
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
        confirm,
        option,
        finalizing,
        becoming,
        unfinalized,
        undecided,
      },
    },
    finalized: {
      type: 'final',
      meta: { ends: 'completed', outcome: 'finalized', says: 'say_finalized' },
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
