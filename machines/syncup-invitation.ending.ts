/*
 * An invitation to a vote that is over: texts that have not gone out are taken back. Whom the invite never
 * reached goes on to the event as somebody who is invited anew.
 */
import { assign } from 'xstate';
import type { Send } from './kit.ts';
import type { Context, Event } from './syncup-invitation.model.ts';
import { onward } from './syncup-invitation.onward.ts';
import { flow, undecided } from './syncup-invitation.setup.ts';
import * as step from './syncup-invitation.steps.ts';
import { takesAllBack, type takesBack, UNINVITED } from './withdrawing.ts';

/** No vote counts any more; `withdraws` are the texts that a state may have on their way. */
export const ending = (withdraws: typeof takesBack) =>
  flow.createStateConfig({
    on: {
      'gathering.closed': {
        target: '#syncup-invitation.closed',
        actions: [{ type: 'send', params: withdraws }, assign((at) => step.closed(at))],
        meta: { silent: 'the vote is over' },
      },
      'gathering.decided': {
        target: '#syncup-invitation.closed',
        actions: [
          { type: 'send', params: withdraws },
          { type: 'start', params: onward },
          assign((at) => step.closed(at)),
        ],
        meta: { silent: 'the invitation to the event tells it' },
      },
    },
  });

type Over = Extract<Event, { type: 'gathering.closed' | 'gathering.decided' }>;

/** Heard once more, when it is known whether the invite has gone out. */
const heardLater = ({
  context: { id, owner },
  event: { at: _, ...event },
}: {
  context: Context;
  event: Over;
}): Send => ({ to: id, owner, event });

export const overEarly = {
  target: 'withdrawing',
  actions: [
    { type: 'send', params: takesAllBack },
    { type: 'send', params: heardLater },
  ],
  meta: { silent: 'it is heard once the fate of the invite is known' },
} as const;

/** The invite is taken back; it may have gone out all the same. */
export const withdrawing = flow.createStateConfig({
  meta: undecided,
  on: {
    'text.settled': [
      {
        guard: 'wentOut',
        target: 'hearing',
        actions: assign((at) => step.invited(at)),
        meta: { silent: 'the text logs that it was sent' },
      },
      {
        guard: 'isSettled',
        target: 'uninvited',
        actions: assign(() => UNINVITED),
        meta: { silent: 'the text knows why it was not sent' },
      },
    ],
  },
});
