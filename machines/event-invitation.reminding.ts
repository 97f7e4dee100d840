/*
 * An invitation to an event: the organizer asks once more, or has news that ask for a confirmation. While
 * the text is on its way replies wait; then the question stands open for a day. Where the text does not go
 * out, all stands as before.
 */
import { assign } from 'xstate';
import { callingOff } from './event-invitation.ending.ts';
import { early, flow } from './event-invitation.setup.ts';
import * as step from './event-invitation.steps.ts';
import * as texts from './event-invitation.texts.ts';
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
    ...callingOff(takesAllBack).on,
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

/** It is on, or it has changed: everybody who is told is asked whether they come, also who had answered. */
export const telling = flow.createStateConfig({
  meta: early,
  entry: { type: 'start', params: texts.reminder },
  after: {
    settle: {
      target: 'resuming',
      actions: assign((at) => step.waitedFor(at)),
      meta: { silent: 'the news is still on its way' },
    },
  },
  on: {
    ...callingOff(takesAllBack).on,
    'text.settled': [
      {
        guard: 'wentOut',
        target: 'resuming',
        actions: assign((at) => step.told(at)),
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
      guard: 'awaitsConfirmation',
      target: 'hearing.confirming',
      meta: { silent: 'the wait begins anew' },
    },
    {
      guard: 'answersReminder',
      target: 'hearing.reminded',
      meta: { silent: 'the wait begins anew' },
    },
    { guard: 'saidYes', target: 'hearing.attending', meta: { silent: 'as before the reminder' } },
    { guard: 'saidNo', target: 'hearing.declining', meta: { silent: 'as before the reminder' } },
    { guard: 'ranOut', target: 'hearing.silent', meta: { silent: 'as before the reminder' } },
    { guard: 'wasUnclear', target: 'hearing.asked', meta: { silent: 'as before the reminder' } },
    { target: 'hearing.waiting', meta: { silent: 'as before the reminder' } },
  ],
});
