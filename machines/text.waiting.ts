/* A text that waits to be tried once more: what it hears meanwhile, in whichever state it waits. */
import { assign } from 'xstate';
import { flow } from './text.setup.ts';
import { heardLater, settled, withdrawnBy } from './text.steps.ts';

/** What the carrier says of it is the proof that it is there; and it may be taken back. */
export const waiting = flow.createStateConfig({
  on: {
    'carrier.reported': {
      target: 'sending',
      actions: [assign(({ event }) => ({ sid: event.sid })), { type: 'send', params: heardLater }],
      meta: { silent: 'the try says that it was accepted' },
    },
    'text.withdrawn': [
      {
        guard: { type: 'isDoubtful', params: ({ event }) => event },
        actions: assign({ withdrawn: true }),
        meta: { silent: 'it is looked for first: perhaps it went out' },
      },
      {
        guard: { type: 'isMoot', params: ({ event }) => event },
        target: 'withheld',
        actions: [
          assign((step) => withdrawnBy(step)),
          { type: 'send', params: settled('withheld') },
        ],
        meta: { silent: 'its starter has taken it back' },
      },
    ],
  },
});
