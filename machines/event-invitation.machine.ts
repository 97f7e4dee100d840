import { assign, setup } from 'xstate';
import { STAGE_TIMEOUT_MS } from '../src/behavior/vocabulary.ts';
import { begin, type Context, events, type Input } from './event-invitation.model.ts';
import * as step from './event-invitation.steps.ts';
import { days, effects, hours, minutes, type StateMeta, type TransitionMeta } from './kit.ts';

export { COPY_VERSION, copy, templates } from './event-invitation.copy.ts';
export { describe, rows, subject, view } from './event-invitation.facts.ts';
export { context, events, input } from './event-invitation.model.ts';

/**
 * One invitee and one event. The invite goes out, and a reply is heard whenever it comes: in time,
 * after a timeout, a second time the other way round, or too late to count.
 *
 * While a text that asks is on its way, replies wait (`defers`): what they answer, and how long it
 * took, is not known before. Acknowledgements ask nothing, so nothing waits for them.
 */
const flow = setup({
  types: {
    context: {} as Context,
    events: events.type,
    input: {} as Input,
    meta: {} as StateMeta,
    transitionMeta: {} as TransitionMeta,
  },
  actions: effects,
  guards: {
    wentOut: ({ context, event }) =>
      event.type === 'text.settled' &&
      event.textId === context.promptTextId &&
      event.outcome === 'accepted',
    isSettled: ({ context, event }) =>
      event.type === 'text.settled' && event.textId === context.promptTextId,
    mayAskBack: ({ context, event }) =>
      event.type === 'invitee.replied_unclear' &&
      event.heard.mayAnswer &&
      context.clarifications < step.MAX_CLARIFICATIONS,
    saidYes: ({ context }) => context.reply === 'yes',
    saidNo: ({ context }) => context.reply === 'no',
    settledAfterYes: ({ context, event }) =>
      event.type === 'text.settled' &&
      event.textId === context.promptTextId &&
      context.reply === 'yes',
    settledAfterNo: ({ context, event }) =>
      event.type === 'text.settled' &&
      event.textId === context.promptTextId &&
      context.reply === 'no',
    isFirstUnclear: ({ context }) => !context.timedOut.includes('after_unknown'),
  },
  delays: {
    firstReply: STAGE_TIMEOUT_MS.first_reply,
    afterUnknown: STAGE_TIMEOUT_MS.after_unknown,
    /** A question back that takes longer than this to go out holds no reply up any more. */
    settle: minutes(30),
    closing: ({ context: { closesAt, begunAt } }) =>
      closesAt === null ? days(14) : Math.max(0, closesAt - begunAt),
    /** An hour more than routing takes late replies for: a routed one always finds it. */
    farewell: days(7) + hours(1),
  },
});

/** A reply that came while its question was on its way is heard when the question has settled. */
const early = {
  defers: [
    'invitee.replied_yes',
    'invitee.replied_no',
    'invitee.replied_unclear',
    'text.undelivered',
    'phone.opted_out',
  ],
} as const;

const lost = flow.assign({ delivery: 'undelivered' });
const muted = flow.assign({ delivery: 'opted_out' });
const kept = { silent: 'kept with the invitation; the text or the phone logs it' } as const;

/** A state that waits for a reply goes on waiting when the text turns out not to have arrived. */
const reach = flow.createStateConfig({
  initial: 'reached',
  on: {
    'text.undelivered': { target: '.unreached', actions: lost, meta: kept },
    'phone.opted_out': { target: '.unreached', actions: muted, meta: kept },
  },
  states: { reached: {}, unreached: {} },
});

const settledIn = (target: string) =>
  flow.createStateConfig({
    on: {
      'text.undelivered': { target, reenter: true, actions: lost, meta: kept },
      'phone.opted_out': { target, reenter: true, actions: muted, meta: kept },
    },
  });

/** A reply that cannot count any more is logged and, where there was an invite, answered. */
const uncounted = (target: string) => {
  const said = {
    target,
    reenter: true,
    meta: { logs: ['sms_received', 'invitee_reply_unknown'] },
  } as const;
  const actions = [
    flow.assign((at) => step.unclear(at)),
    { type: 'start', params: step.tooLate },
  ] as const;
  return flow.createStateConfig({
    on: {
      'invitee.replied_yes': { ...said, actions },
      'invitee.replied_no': { ...said, actions },
      'invitee.replied_unclear': { ...said, actions },
    },
  });
};

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
      initial: 'inviting',
      states: {
        inviting: {
          meta: early,
          entry: { type: 'start', params: step.inviteText },
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
          },
        },
        uninvited: uncounted('uninvited'),
        hearing: {
          initial: 'waiting',
          on: {
            'invitee.replied_yes': {
              target: '.attending',
              actions: [
                assign((at) => step.answered('yes')(at)),
                { type: 'start', params: step.acknowledgement('event-invitation.yes') },
              ],
              meta: { logs: ['sms_received', 'invitee_reply_yes'] },
            },
            'invitee.replied_no': {
              target: '.declining',
              actions: [
                assign((at) => step.answered('no')(at)),
                { type: 'start', params: step.acknowledgement('event-invitation.no') },
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
            silent: settledIn('silent'),
            attending: settledIn('attending'),
            declining: settledIn('declining'),
          },
        },
        clarifying: {
          meta: early,
          entry: { type: 'start', params: step.clarification },
          after: {
            settle: [
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
              {
                target: 'hearing.asked',
                meta: { silent: 'the question is still on its way' },
              },
            ],
          },
          on: {
            'text.settled': [
              {
                guard: 'settledAfterYes',
                target: 'hearing.attending',
                actions: assign((at) => step.askedAgain(at)),
                meta: { silent: 'the text logs that it was sent' },
              },
              {
                guard: 'settledAfterNo',
                target: 'hearing.declining',
                actions: assign((at) => step.askedAgain(at)),
                meta: { silent: 'the text logs that it was sent' },
              },
              {
                guard: 'isSettled',
                target: 'hearing.asked',
                actions: assign((at) => step.asked(at)),
                meta: { silent: 'the text logs that it was sent' },
              },
            ],
          },
        },
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
      states: { quiet: uncounted('quiet') },
    },
    over: { type: 'final', meta: { ends: 'quietly' } },
  },
});
