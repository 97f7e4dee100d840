/* An invitation to an event: the states in which it waits for a reply, or has one. */
import { assign } from 'xstate';
import { flow, kept, lost, muted, unmuted } from './event-invitation.setup.ts';
import * as step from './event-invitation.steps.ts';
import * as texts from './event-invitation.texts.ts';
import { asksByAnother } from './resending.ts';
import { takesRemindersBack } from './withdrawing.ts';

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

export const hearing = flow.createStateConfig({
  initial: 'waiting',
  on: {
    'text.missed': {
      guard: { type: 'isStillAsked', params: ({ event }) => event },
      actions: [assign((at) => asksByAnother(at)), { type: 'start', params: texts.saidAgain }],
      meta: { silent: 'the second text logs that it was sent' },
    },
    'invitee.replied_yes': [
      {
        guard: 'isFollowedUp',
        target: '.attending',
        actions: [
          { type: 'send', params: step.answerNews('yes') },
          { type: 'send', params: takesRemindersBack },
          assign((at) => step.answered('yes')(at)),
          { type: 'start', params: texts.acknowledgement('event-invitation.yes') },
          { type: 'send', params: step.answerTold },
        ],
        meta: { logs: ['sms_received', 'invitee_reply_yes', 'invitee_confirmed'] },
      },
      {
        target: '.attending',
        actions: [
          { type: 'send', params: step.answerNews('yes') },
          { type: 'send', params: takesRemindersBack },
          assign((at) => step.answered('yes')(at)),
          { type: 'start', params: texts.acknowledgement('event-invitation.yes') },
          { type: 'send', params: step.answerTold },
        ],
        meta: { logs: ['sms_received', 'invitee_reply_yes'] },
      },
    ],
    'invitee.replied_no': {
      target: '.declining',
      actions: [
        { type: 'send', params: step.answerNews('no') },
        { type: 'send', params: takesRemindersBack },
        assign((at) => step.answered('no')(at)),
        { type: 'start', params: texts.acknowledgement('event-invitation.no') },
        { type: 'send', params: step.answerTold },
      ],
      meta: { logs: ['sms_received', 'invitee_reply_no'] },
    },
    'invitee.replied_unclear': [
      {
        guard: 'mayAskBack',
        target: 'clarifying',
        actions: assign((at) => step.asksBack(at)),
        meta: { logs: ['sms_received', 'invitee_reply_unknown'] },
      },
      {
        guard: 'isConfirming',
        target: '.confirming',
        actions: assign((at) => step.unclear(at)),
        meta: { logs: ['sms_received', 'invitee_reply_unknown'] },
      },
      {
        guard: 'isOpen',
        target: '.asked',
        actions: assign((at) => step.unclear(at)),
        meta: { logs: ['sms_received', 'invitee_reply_unknown'] },
      },
      {
        guard: 'saidYes',
        target: '.attending',
        actions: assign((at) => step.unclear(at)),
        meta: { logs: ['sms_received', 'invitee_reply_unknown'] },
      },
      {
        guard: 'saidNo',
        target: '.declining',
        actions: assign((at) => step.unclear(at)),
        meta: { logs: ['sms_received', 'invitee_reply_unknown'] },
      },
      {
        target: '.asked',
        actions: assign((at) => step.unclear(at)),
        meta: { logs: ['sms_received', 'invitee_reply_unknown'] },
      },
    ],
    'text.settled': {
      guard: 'wentOutLate',
      target: 'resuming',
      actions: assign((at) => step.askedLate(at)),
      meta: { silent: 'the text logs that it was sent' },
    },
    'gathering.reminded': {
      guard: { type: 'isReminded', params: ({ event }) => event },
      target: 'reminding',
      actions: assign((at) => step.remindedOf(at)),
      meta: { silent: 'the organizer’s reminder_sent, or the text itself, says it' },
    },
    'gathering.finalized': {
      guard: { type: 'isToldOf', params: ({ event }) => event },
      target: 'telling',
      actions: assign((at) => step.finalized(at)),
      meta: { silent: 'the text that says so logs that it was sent' },
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
            guard: 'saidYes',
            target: 'attending',
            actions: assign((at) => step.stillAnswered(at)),
            meta: { silent: 'the yes goes on counting' },
          },
          {
            guard: 'saidNo',
            target: 'declining',
            actions: assign((at) => step.stillAnswered(at)),
            meta: { silent: 'the no goes on counting' },
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
            guard: 'saidYes',
            target: 'attending',
            actions: assign((at) => step.stillAnswered(at)),
            meta: { silent: 'the yes goes on counting' },
          },
          {
            guard: 'saidNo',
            target: 'declining',
            actions: assign((at) => step.stillAnswered(at)),
            meta: { silent: 'the no goes on counting' },
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
    confirming: {
      ...reach,
      after: {
        confirmation: [
          {
            guard: 'isFirstConfirming',
            target: '#event-invitation.open.resuming',
            actions: assign((at) => step.unconfirmed(at)),
            meta: { logs: ['invitee_timeout'] },
          },
          {
            target: '#event-invitation.open.resuming',
            actions: assign((at) => step.unconfirmed(at)),
            meta: { silent: 'a stage runs out once per invitation' },
          },
        ],
      },
    },
    silent: settledIn('silent'),
    attending: settledIn('attending'),
    declining: settledIn('declining'),
  },
});
