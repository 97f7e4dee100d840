/* An invitation to vote: the states in which it waits for a reply, or has one. */
import { assign } from 'xstate';
import { asksByAnother } from './resending.ts';
import { ending } from './syncup-invitation.ending.ts';
import { early, flow, heard, kept, lost, muted, unmuted } from './syncup-invitation.setup.ts';
import * as step from './syncup-invitation.steps.ts';
import * as texts from './syncup-invitation.texts.ts';
import { takesAllBack, takesRemindersBack } from './withdrawing.ts';

/** A state that waits for a reply goes on waiting when the text turns out not to have arrived. */
const reach = flow.createStateConfig({
  initial: 'reached',
  on: {
    'text.undelivered': { target: '.unreached', actions: lost, meta: kept },
    'phone.opted_out': { target: '.unreached', actions: muted, meta: kept },
    'phone.opted_in': { guard: 'isMuted', target: '.reached', actions: unmuted, meta: kept },
    'text.settled': {
      guard: { type: 'wentOutAgain', params: ({ event }) => event },
      target: '.reached',
      actions: assign((at) => step.askedByAnother(at)),
      meta: { silent: 'the text logs that it was sent' },
    },
  },
  states: { reached: {}, unreached: {} },
});

const settledIn = (target: string) =>
  flow.createStateConfig({
    on: {
      'text.undelivered': { target, reenter: true, actions: lost, meta: kept },
      'phone.opted_out': { target, reenter: true, actions: muted, meta: kept },
      'phone.opted_in': {
        guard: 'isMuted',
        target,
        reenter: true,
        actions: unmuted,
        meta: kept,
      },
    },
  });

/** What does not count is asked about, where that may be; an answer that counted goes on counting. */
const uncounted = [
  {
    guard: 'mayAskBack',
    target: 'clarifying',
    actions: flow.assign((at) => step.asksBack(at)),
    meta: heard,
  },
  {
    guard: 'isOpen',
    target: '.asked',
    actions: flow.assign((at) => step.unclear(at)),
    meta: heard,
  },
  {
    guard: 'isAnswered',
    target: '.answered',
    actions: flow.assign((at) => step.unclear(at)),
    meta: heard,
  },
  { target: '.asked', actions: flow.assign((at) => step.unclear(at)), meta: heard },
] as const;

export const hearing = flow.createStateConfig({
  initial: 'waiting',
  on: {
    'text.missed': {
      guard: { type: 'isStillAsked', params: ({ event }) => event },
      actions: [assign((at) => asksByAnother(at)), { type: 'start', params: texts.saidAgain }],
      meta: { silent: 'the second text logs that it was sent' },
    },
    'invitee.voted': [
      {
        guard: { type: 'isCountable', params: ({ event }) => event.choices },
        target: '.answered',
        actions: [
          { type: 'send', params: step.answerNews },
          { type: 'send', params: takesRemindersBack },
          assign((at) => step.voted(at)),
          { type: 'start', params: texts.acknowledgement('syncup-invitation.vote') },
          { type: 'send', params: step.answerTold },
        ],
        meta: { logs: ['sms_received', 'invitee_vote'] },
      },
      ...uncounted,
    ],
    'invitee.replied_no': {
      target: '.answered',
      actions: [
        { type: 'send', params: step.answerNews },
        { type: 'send', params: takesRemindersBack },
        assign((at) => step.declined(at)),
        { type: 'start', params: texts.acknowledgement('syncup-invitation.no') },
        { type: 'send', params: step.answerTold },
      ],
      meta: { logs: ['sms_received', 'invitee_reply_no'] },
    },
    // Which of them, a yes does not say.
    'invitee.replied_yes': uncounted,
    'invitee.replied_unclear': uncounted,
    'text.settled': {
      guard: 'wentOutLate',
      target: 'resuming',
      actions: assign((at) => step.askedLate(at)),
      meta: { silent: 'the text logs that it was sent' },
    },
    'gathering.reminded': {
      target: 'reminding',
      actions: assign((at) => step.remindedOf(at)),
      meta: { silent: 'the organizer’s reminder_sent says it' },
    },
  },
  states: {
    waiting: {
      ...reach,
      after: {
        firstReply: {
          target: 'silent',
          actions: assign((at) => step.ranOut('first_reply')(at)),
          meta: { logs: ['invitee_timeout'] },
        },
      },
    },
    asked: {
      ...reach,
      after: {
        afterUnknown: [
          {
            guard: 'isAnswered',
            target: 'answered',
            actions: assign((at) => step.stillAnswered(at)),
            meta: { silent: 'the answer goes on counting' },
          },
          {
            guard: 'isFirstUnclear',
            target: 'silent',
            actions: assign((at) => step.ranOut('after_unknown')(at)),
            meta: { logs: ['invitee_timeout'] },
          },
          {
            target: 'silent',
            actions: assign((at) => step.ranOut('after_unknown')(at)),
            meta: { silent: 'a stage runs out once per invitation' },
          },
        ],
      },
    },
    reminded: {
      ...reach,
      after: {
        afterReminder: [
          {
            guard: 'isAnswered',
            target: 'answered',
            actions: assign((at) => step.stillAnswered(at)),
            meta: { silent: 'the answer goes on counting' },
          },
          {
            guard: 'isFirstReminded',
            target: 'silent',
            actions: assign((at) => step.ranOut('after_reminder')(at)),
            meta: { logs: ['invitee_timeout'] },
          },
          {
            target: 'silent',
            actions: assign((at) => step.ranOut('after_reminder')(at)),
            meta: { silent: 'a stage runs out once per invitation' },
          },
        ],
      },
    },
    silent: settledIn('silent'),
    answered: settledIn('answered'),
  },
});

/** A question back is on its way. */
export const clarifying = flow.createStateConfig({
  meta: early,
  entry: { type: 'start', params: texts.clarification },
  after: {
    settle: [
      {
        guard: 'isAnswered',
        target: 'hearing.answered',
        actions: assign((at) => step.stillAnswered(at)),
        meta: { silent: 'the question is still on its way' },
      },
      { target: 'hearing.asked', meta: { silent: 'the question is still on its way' } },
    ],
  },
  on: {
    ...ending(takesAllBack).on,
    'text.settled': [
      {
        guard: 'settledAnswered',
        target: 'hearing.answered',
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
