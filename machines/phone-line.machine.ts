import { assign, fromPromise, setup } from 'xstate';
import {
  atOf,
  days,
  effects,
  runByEngine,
  type StateMeta,
  seconds,
  type TransitionMeta,
} from './kit.ts';
import { wordOf } from './phone-line.facts.ts';
import {
  begin,
  type Context,
  type Event,
  events,
  type FindInvitationsInput,
  type FoundInvitations,
  type Input,
  type Route,
  type RouteReplyInput,
} from './phone-line.model.ts';
import * as step from './phone-line.steps.ts';
import type { Texted } from './replies.ts';

export { COPY_VERSION, copy, templates } from './phone-line.copy.ts';
export { describe, rows, subject, view } from './phone-line.facts.ts';
export { context, events, input } from './phone-line.model.ts';

/**
 * One phone and one number of ours. Every message of the phone comes here first, one after the other:
 * the words of the trade (STOP, START, HELP) end here, all others go to the invitation they answer.
 * Where there is none, or more than one, the line logs the message itself and guesses nothing.
 *
 * It belongs to nobody: a phone opts out of all organizers at once.
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
  actors: {
    routeReply: fromPromise<Route, RouteReplyInput>(runByEngine),
    findInvitations: fromPromise<FoundInvitations, FindInvitationsInput>(runByEngine),
  },
  guards: {
    stopsUnconfirmed: ({ context, event }) =>
      wordIn(event) === 'opt_out' && step.mustConfirm({ context, event }),
    stops: ({ event }) => wordIn(event) === 'opt_out',
    starts: ({ event }) => wordIn(event) === 'opt_in',
    asksHelp: ({ context, event }) => wordIn(event) === 'help' && step.mayHelp({ context, event }),
    wasHelped: ({ event }) => wordIn(event) === 'help',
    wantedHelp: ({ context: { texted } }) => texted !== null && wordOf(texted) === 'help',
    isNobody: ({ context }) => context.phone === null,
    goes: (_, { output, route }: { output: Route; route: Route['route'] }) =>
      output.route === route,
    isOutdated: ({ context }, said: { saidAt: number }) => step.isOutdated(context, said),
    mayTryAgain: ({ context }) => step.mayTryAgain({ context }),
  },
  delays: {
    reroute: ({ context }) => seconds(2 ** Math.min(context.tries, 8)),
    respread: ({ context }) => seconds(2 ** Math.min(context.tries, 8)),
    forget: days(30),
  },
});

const wordIn = (event: Event) => (event.type === 'phone.texted' ? wordOf(event) : null);

/** One word after the other. */
const early = { defers: ['phone.texted', 'carrier.opted_out'] } as const;

const by =
  (route: Route['route']) =>
  ({ event }: { event: { output: Route } }) => ({ output: event.output, route });

export const machine = flow.createMachine({
  id: 'phone-line',
  version: '1.0.0',
  options: { maxIterations: 100 },
  meta: { cycle: 'phone_line' },
  context: ({ input: begun }) => begin(begun),
  initial: 'listening',
  states: {
    listening: {
      after: {
        forget: {
          target: 'listening',
          reenter: true,
          actions: assign({ unknowns: 0, answeredAt: [], askedAt: [], held: null }),
          meta: { silent: 'counts are of one conversation' },
        },
      },
      on: {
        'phone.texted': [
          {
            guard: 'stopsUnconfirmed',
            target: 'spreading',
            actions: [
              { type: 'start', params: step.says('opt_out_confirm', 'phone-line.opted_out') },
              assign((at) => step.opts(true)(at)),
            ],
            meta: { logs: ['sms_received'] },
          },
          {
            guard: 'stops',
            target: 'spreading',
            actions: assign((at) => step.opts(true)(at)),
            meta: { logs: ['sms_received'] },
          },
          {
            guard: 'starts',
            target: 'spreading',
            actions: assign((at) => step.opts(false)(at)),
            meta: { logs: ['sms_received'] },
          },
          {
            guard: 'asksHelp',
            target: 'routing',
            actions: assign((at) => step.takes(at)),
            meta: { silent: 'it is logged when it is answered' },
          },
          {
            guard: 'wasHelped',
            target: 'listening',
            reenter: true,
            meta: { logs: ['sms_received'] },
          },
          {
            // No invitee writes from a short code, and the log's unknown replies are invitees'.
            guard: 'isNobody',
            target: 'listening',
            reenter: true,
            meta: { logs: ['sms_received'] },
          },
          {
            target: 'routing',
            actions: assign((at) => step.takes(at)),
            meta: { silent: 'whoever takes the message logs it' },
          },
        ],
        'carrier.opted_out': [
          {
            guard: { type: 'isOutdated', params: ({ event }) => event },
            target: 'listening',
            reenter: true,
            meta: { silent: 'the phone has said something else since' },
          },
          {
            target: 'spreading',
            actions: assign(({ event: { saidAt } }) => ({
              ...{ optedOut: true, optedAt: saidAt, tries: 0 },
            })),
            meta: { silent: 'the text logs what the carrier said' },
          },
        ],
      },
    },
    spreading: {
      meta: early,
      invoke: {
        id: 'findInvitations',
        src: 'findInvitations',
        input: ({ context }) => ({ phone: context.phone ?? '' }),
        onDone: {
          target: 'listening',
          actions: { type: 'send', params: step.spreads },
          meta: { silent: 'the word that says so is logged' },
        },
        // What is sent is checked against the phone itself; only the organizers' view is behind.
        onError: [
          {
            guard: 'mayTryAgain',
            target: 'unspread',
            actions: assign({ tries: ({ context }) => context.tries + 1 }),
            meta: { logs: ['error'] },
          },
          { target: 'listening', meta: { logs: ['error'] } },
        ],
      },
    },
    unspread: {
      meta: early,
      after: {
        respread: { target: 'spreading', meta: { silent: 'the next try says how it went' } },
      },
    },
    routing: {
      meta: early,
      invoke: {
        id: 'routeReply',
        src: 'routeReply',
        input: ({ context, event }) => ({
          texted: context.texted as Texted,
          ...{ ourNumber: context.ourNumber, held: context.held },
          askedAt: step.questionsOf(context, atOf(event)),
          allowed: step.allowedOf(context, atOf(event)).length,
        }),
        onDone: [
          {
            guard: { type: 'goes', params: by('invitation') },
            target: 'listening',
            actions: [
              { type: 'send', params: step.forwards },
              { type: 'start', params: step.notes },
              assign((at) => step.forwarded(at)),
            ],
            meta: { silent: 'the invitation logs what it heard' },
          },
          {
            guard: { type: 'goes', params: by('opted_in') },
            target: 'spreading',
            actions: [
              { type: 'start', params: step.answersIf('clarification', 'phone-line.ask_again') },
              assign((at) => ({ ...step.opts(false)(at), ...step.spokeItself(at) })),
            ],
            meta: { logs: ['sms_received'] },
          },
          {
            guard: { type: 'goes', params: by('help') },
            target: 'listening',
            actions: [{ type: 'start', params: step.helps }, assign((at) => step.spokeItself(at))],
            meta: { logs: ['sms_received'] },
          },
          {
            guard: { type: 'goes', params: by('ambiguous') },
            target: 'listening',
            actions: [{ type: 'start', params: step.asksWhich }, assign((at) => step.holds(at))],
            meta: { logs: ['sms_received', 'invitee_reply_unknown'] },
          },
          {
            target: 'listening',
            actions: assign((at) => step.misses(at)),
            meta: { logs: ['sms_received', 'invitee_reply_unknown'] },
          },
        ],
        onError: [
          {
            guard: 'mayTryAgain',
            target: 'unrouted',
            actions: assign({ tries: ({ context }) => context.tries + 1 }),
            meta: { logs: ['error'] },
          },
          {
            guard: 'wantedHelp',
            target: 'listening',
            actions: assign({ texted: null }),
            meta: { logs: ['error', 'sms_received'] },
          },
          {
            target: 'listening',
            actions: assign((at) => step.misses(at)),
            meta: { logs: ['error', 'sms_received', 'invitee_reply_unknown'] },
          },
        ],
      },
    },
    unrouted: {
      meta: early,
      after: { reroute: { target: 'routing', meta: { silent: 'the next try says how it went' } } },
    },
  },
});
