/*
 * An invitation to vote: the organizer asks once more. While the reminder is on its way replies wait; then
 * the question stands open for a day. Where the reminder does not go out, all stands as before.
 */
import { assign } from 'xstate';
import { ending } from './syncup-invitation.ending.ts';
import { early, flow } from './syncup-invitation.setup.ts';
import * as step from './syncup-invitation.steps.ts';
import * as texts from './syncup-invitation.texts.ts';
import { takesAllBack } from './withdrawing.ts';

export const reminding = flow.createStateConfig({
  meta: early,
  entry: { type: 'start', params: texts.reminder },
  after: {
    settle: {
      target: 'resuming',
      actions: assign((at) => step.waitedFor(at)),
      meta: { silent: 'the reminder is still on its way' },
    },
  },
  on: {
    ...ending(takesAllBack).on,
    'text.settled': [
      {
        guard: 'wentOut',
        target: 'resuming',
        actions: assign((at) => step.reminded(at)),
        meta: { silent: 'the text logs that it was sent' },
      },
      {
        guard: 'isSettled',
        target: 'resuming',
        actions: assign((at) => step.unreminded(at)),
        meta: { silent: 'the text logs why it was not sent' },
      },
    ],
  },
});

/** A reminder that went out asks everybody, also those who have answered. */
export const resuming = flow.createStateConfig({
  always: [
    {
      guard: 'answersReminder',
      target: 'hearing.reminded',
      meta: { silent: 'the wait begins anew' },
    },
    {
      guard: 'isAnswered',
      target: 'hearing.answered',
      meta: { silent: 'as before the reminder' },
    },
    { guard: 'ranOut', target: 'hearing.silent', meta: { silent: 'as before the reminder' } },
    { guard: 'wasUnclear', target: 'hearing.asked', meta: { silent: 'as before the reminder' } },
    { target: 'hearing.waiting', meta: { silent: 'as before the reminder' } },
  ],
});
