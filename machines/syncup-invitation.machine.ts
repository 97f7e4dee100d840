import { assign } from 'xstate';
import { ending, overEarly, withdrawing } from './syncup-invitation.ending.ts';
import { clarifying, hearing } from './syncup-invitation.hearing.ts';
import { begin } from './syncup-invitation.model.ts';
import { onward } from './syncup-invitation.onward.ts';
import { reminding, resuming } from './syncup-invitation.reminding.ts';
import { early, flow, heard } from './syncup-invitation.setup.ts';
import * as step from './syncup-invitation.steps.ts';
import * as texts from './syncup-invitation.texts.ts';
import { takesBack } from './withdrawing.ts';

export { COPY_VERSION, copy, templates } from './syncup-invitation.copy.ts';
export { describe, rows, subject, view } from './syncup-invitation.facts.ts';
export { context, events, input } from './syncup-invitation.model.ts';

/** What comes too late to count is logged, and answered where there was an invite. */
const uncounted = (target: string) => {
  const actions = [
    flow.assign((at) => step.unclear(at)),
    { type: 'start', params: texts.tooLate },
  ] as const;
  const said = { target, reenter: true, actions, meta: heard } as const;
  return flow.createStateConfig({
    on: {
      'invitee.voted': said,
      'invitee.replied_yes': said,
      'invitee.replied_no': said,
      'invitee.replied_unclear': said,
      // The organizer was told that a reminder goes out: the log must not lack it without a word.
      'gathering.reminded': { target, reenter: true, meta: { logs: ['error'] } },
    },
  });
};

/**
 * One invitee and one sync-up. The numbered options go out, and a vote is heard whenever it comes: in
 * time, after a timeout or a reminder, a second time for something else, or too late to count.
 *
 * While a text that asks is on its way, replies wait (`defers`): what they answer, and how long it
 * took, is not known before. Acknowledgements ask nothing, so nothing waits for them.
 */
export const machine = flow.createMachine({
  id: 'syncup-invitation',
  version: step.VERSION,
  options: { maxIterations: 100 },
  meta: { cycle: 'syncup_invitation' },
  context: ({ input: begun }) => begin(begun),
  initial: 'open',
  states: {
    open: {
      after: {
        closing: {
          target: 'closed',
          actions: assign((at) => step.closed(at)),
          meta: { silent: 'the vote is over, or nobody waits for an answer any more' },
        },
      },
      on: {
        ...ending(takesBack).on,
        'text.settled': {
          guard: 'wentOutLate',
          actions: assign((at) => step.heardOfLate(at)),
          meta: { silent: 'the text logs that it was sent' },
        },
      },
      initial: 'inviting',
      states: {
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
            'gathering.closed': overEarly,
            'gathering.decided': overEarly,
          },
        },
        withdrawing,
        uninvited: uncounted('uninvited'),
        hearing,
        clarifying,
        reminding,
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
        'gathering.closed': {
          target: '.quiet',
          reenter: true,
          meta: { silent: 'its own time had come' },
        },
        'gathering.decided': {
          target: '.quiet',
          actions: { type: 'start', params: onward },
          meta: { silent: 'the invitation to the event tells it' },
        },
      },
      states: { quiet: uncounted('quiet') },
    },
    over: { type: 'final', meta: { ends: 'quietly' } },
  },
});
