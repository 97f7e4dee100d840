/*
 * An invitation to an event that is called off: texts that have not gone out are taken back. Whom the invite
 * never reached is not told that there is nothing to come to.
 */
import { assign } from 'xstate';
import type { Context, Event } from './event-invitation.model.ts';
import { flow, undecided } from './event-invitation.setup.ts';
import * as step from './event-invitation.steps.ts';
import * as texts from './event-invitation.texts.ts';
import type { Send } from './kit.ts';
import { type takesBack, UNINVITED } from './withdrawing.ts';

/** It does not take place; `withdraws` are the texts that a state may have on their way. */
export const callingOff = (withdraws: typeof takesBack) =>
  flow.createStateConfig({
    on: {
      'gathering.cancelled': [
        {
          guard: { type: 'isToldOf', params: ({ event }) => event },
          target: '#event-invitation.closed',
          actions: [
            { type: 'send', params: withdraws },
            assign((at) => step.calledOff(at)),
            { type: 'start', params: texts.cancelText },
          ],
          meta: { silent: 'the text that says so logs that it was sent' },
        },
        {
          target: '#event-invitation.closed',
          actions: [{ type: 'send', params: withdraws }, assign((at) => step.calledOff(at))],
          meta: { silent: 'the organizer’s user_action says it' },
        },
      ],
    },
  });

/** Heard once more, when it is known whether the invite has gone out. */
export const heardLater = ({
  context: { id, owner },
  event: { type, newsId, tells },
}: {
  context: Context;
  event: Extract<Event, { type: 'gathering.cancelled' }>;
}): Send => ({ to: id, owner, event: { type, newsId, tells } });

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
