/* An invitation to an event whose reply was unclear: a question back is on its way. */
import { assign } from 'xstate';
import { callingOff } from './event-invitation.ending.ts';
import { early, flow } from './event-invitation.setup.ts';
import * as step from './event-invitation.steps.ts';
import * as texts from './event-invitation.texts.ts';
import { takesAllBack } from './withdrawing.ts';

export const clarifying = flow.createStateConfig({
  meta: early,
  entry: { type: 'start', params: texts.clarification },
  after: {
    settle: [
      {
        guard: 'isConfirming',
        target: 'hearing.confirming',
        meta: { silent: 'the question is still on its way' },
      },
      {
        guard: 'saidYes',
        target: 'hearing.attending',
        actions: assign((at) => step.stillAnswered(at)),
        meta: { silent: 'the question is still on its way' },
      },
      {
        guard: 'saidNo',
        target: 'hearing.declining',
        actions: assign((at) => step.stillAnswered(at)),
        meta: { silent: 'the question is still on its way' },
      },
      { target: 'hearing.asked', meta: { silent: 'the question is still on its way' } },
    ],
  },
  on: {
    ...callingOff(takesAllBack).on,
    'text.settled': [
      {
        guard: 'isSettledConfirming',
        target: 'hearing.confirming',
        actions: assign((at) => step.asked(at)),
        meta: { silent: 'the text logs that it was sent' },
      },
      {
        guard: 'settledAfterYes',
        target: 'hearing.attending',
        actions: assign((at) => step.stillAnswered(at)),
        meta: { silent: 'the text logs why it was not sent' },
      },
      {
        guard: 'settledAfterNo',
        target: 'hearing.declining',
        actions: assign((at) => step.stillAnswered(at)),
        meta: { silent: 'the text logs why it was not sent' },
      },
      {
        guard: 'isSettled',
        target: 'hearing.asked',
        actions: assign((at) => step.asked(at)),
        meta: { silent: 'the text logs that it was sent' },
      },
    ],
  },
});
