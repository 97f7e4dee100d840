import { assign } from 'xstate';
import { clarifying } from './event-invitation.clarifying.ts';
import { callingOff, heardLater, withdrawing } from './event-invitation.ending.ts';
import { hearing } from './event-invitation.hearing.ts';
import { begin } from './event-invitation.model.ts';
import { reminding, resuming, telling } from './event-invitation.reminding.ts';
import { early, flow } from './event-invitation.setup.ts';
import * as step from './event-invitation.steps.ts';
import * as texts from './event-invitation.texts.ts';
import { takesAllBack, takesBack } from './withdrawing.ts';

export { COPY_VERSION, copy, templates } from './event-invitation.copy.ts';
export { describe, rows, subject, view } from './event-invitation.facts.ts';
export { context, events, input } from './event-invitation.model.ts';

/** What comes too late to count is logged, and answered where there was an invite. */
const uncounted = (target: string) => {
  const said = {
    target,
    reenter: true,
    meta: { logs: ['sms_received', 'invitee_reply_unknown'] },
  } as const;
  const actions = [
    flow.assign((at) => step.unclear(at)),
    { type: 'start', params: texts.tooLate },
  ] as const;
  return flow.createStateConfig({
    on: {
      'invitee.replied_yes': { ...said, actions },
      'invitee.replied_no': { ...said, actions },
      'invitee.replied_unclear': { ...said, actions },
      // The organizer was told that a reminder goes out: the log must not lack it without a word.
      'gathering.reminded': { target, reenter: true, meta: { logs: ['error'] } },
    },
  });
};

/**
 * One invitee and one event. The invite goes out, and a reply is heard whenever it comes: in time,
 * after a timeout or a reminder, a second time the other way round, or too late to count.
 *
 * While a text that asks is on its way, replies wait (`defers`): what they answer, and how long it
 * took, is not known before. Acknowledgements ask nothing, so nothing waits for them.
 *
 * Somebody who was asked to vote on it is told what it came to, and asked to confirm: one cycle from the
 * invite to vote on.
 */
export const machine = flow.createMachine({
  id: 'event-invitation',
  version: step.VERSION,
  options: { maxIterations: 100 },
  meta: { cycle: 'event_invitation' },
  context: ({ input: begun }) => begin(begun),
  initial: 'open',
  states: {
    open: {
      after: {
        closing: {
          target: 'closed',
          actions: assign((at) => step.closed(at)),
          meta: { silent: 'the event has come, or nobody waits for an answer any more' },
        },
      },
      on: {
        'gathering.changed': [
          {
            guard: { type: 'isToldOfChange', params: ({ event }) => event },
            target: '.telling',
            // Its end is waited for from now on.
            reenter: true,
            actions: assign((at) => step.toldOfChange(at)),
            meta: { silent: 'the text that says so logs that it was sent' },
          },
          {
            guard: { type: 'hasNewEnd', params: ({ event }) => event },
            target: '.resuming',
            reenter: true,
            actions: assign((at) => step.waitedForAnew(at)),
            meta: { silent: 'kept for what is said later' },
          },
          {
            actions: assign((at) => step.changed(at)),
            meta: { silent: 'kept for what is said later' },
          },
        ],
        'text.settled': {
          guard: 'wentOutLate',
          actions: assign((at) => step.heardOfLate(at)),
          meta: { silent: 'the text logs that it was sent' },
        },
        ...callingOff(takesBack).on,
      },
      initial: 'opening',
      states: {
        opening: {
          always: [
            {
              guard: 'isTold',
              target: 'telling',
              meta: { silent: 'the text that says so logs that it was sent' },
            },
            { guard: 'goesOn', target: 'resuming', meta: { silent: 'as the vote left it' } },
            { target: 'inviting', meta: { silent: 'the text logs the invite' } },
          ],
        },
        inviting: {
          meta: early,
          entry: { type: 'start', params: texts.inviteText },
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
                actions: assign((at) => step.uninvited(at)),
                meta: { silent: 'the text logs why it was not sent' },
              },
            ],
            'gathering.cancelled': {
              target: 'withdrawing',
              actions: [
                { type: 'send', params: takesAllBack },
                { type: 'send', params: heardLater },
              ],
              meta: { silent: 'it is heard once the fate of the invite is known' },
            },
          },
        },
        withdrawing,
        uninvited: uncounted('uninvited'),
        hearing,
        clarifying,
        reminding,
        telling,
        resuming,
      },
    },
    closed: {
      initial: 'quiet',
      after: {
        farewell: {
          target: 'over',
          // Routing takes no late reply to it from here on.
          actions: assign({ endedAt: null }),
          meta: { silent: 'nothing can come any more that would matter' },
        },
      },
      on: {
        'text.missed': {
          guard: { type: 'isCalledOffBy', params: ({ event }) => event.purpose },
          actions: { type: 'start', params: texts.saidAgain },
          meta: { silent: 'the second text logs that it was sent' },
        },
      },
      states: { quiet: uncounted('quiet') },
    },
    over: { type: 'final', meta: { ends: 'quietly' } },
  },
});
