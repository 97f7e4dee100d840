import { assign, fromPromise, setup } from 'xstate';
import { retellMs } from './gathering-news.ts';
import { atOf, effects, runByEngine, type StateMeta, type TransitionMeta } from './kit.ts';
import { noticeOf } from './noticing.ts';
import { mayRetry } from './organizer.ts';
import {
  begin,
  begunBy,
  type Context,
  deadlineNearMs,
  decidedBy,
  events,
  forgettingMs,
  type Input,
  type SettleSyncup,
  type SyncupSettled,
  tellingOf,
  type Voters,
  voteEndsMs,
  waitsForAnswers,
} from './syncup-gathering.model.ts';

export { describe, subject, view } from './syncup-gathering.facts.ts';
export { context, events, input } from './syncup-gathering.model.ts';

/** A gathering asks nothing; its invitations do. */
export const copy = {};

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
    settleSyncup: fromPromise<SyncupSettled, SettleSyncup>(runByEngine),
    listVoters: fromPromise<Voters, { readonly syncupId: string }>(runByEngine),
  },
  guards: {
    mayRetry,
    waitsForAnswers: ({ context }) => waitsForAnswers(context),
    isLive: ({ context: { state } }) => state === 'live',
    isFinalized: ({ context: { state } }) => state === 'finalized',
    hasNews: ({ context: { news } }) => news !== null,
    isDecided: (_, { outcome }: SyncupSettled) => outcome === 'decided',
    isOver: (_, { outcome }: SyncupSettled) => outcome === 'closed',
  },
  delays: {
    voteEnds: ({ context }) => voteEndsMs(context),
    deadlineNear: ({ context }) => deadlineNearMs(context),
    forgetting: ({ context }) => forgettingMs(context),
    retell: ({ context: { tries } }) => retellMs(tries),
  },
});

const again = { silent: 'tried again' } as const;
const told = { silent: 'the invitations and their texts say it' } as const;
const output = ({ event }: { readonly event: { readonly output: SyncupSettled } }) => event.output;

/** The organizer's devices hear that the votes are in, or are wanted soon. */
const voteNews =
  (kind: 'vote_result' | 'deadline_near') =>
  ({ context, event }: { readonly context: Context; readonly event: object }) => {
    const { owner, syncupId, crewId, title } = context;
    const syncup = { owner, target: 'syncup', targetId: syncupId, crewId } as const;
    return noticeOf({ ...syncup, at: atOf(event), title: title ?? '' }, kind);
  };

const settling = flow.createStateConfig({
  entry: assign({ tries: ({ context }) => context.tries + 1 }),
  invoke: {
    id: 'settleSyncup',
    src: 'settleSyncup',
    input: ({ context: { syncupId, rules, overdue } }) => ({
      ...{ syncupId, overdue, rules },
    }),
    onDone: [
      {
        guard: { type: 'isDecided', params: output },
        target: 'resuming',
        actions: [
          assign(({ context, event }) => decidedBy(context, event.output)),
          {
            type: 'start',
            params: ({ context, event }) => begunBy(context, event.output),
          },
          { type: 'send', params: voteNews('vote_result') },
        ],
        meta: { logs: ['event_created'] },
      },
      {
        guard: { type: 'isOver', params: output },
        target: 'resuming',
        actions: [
          assign(({ context, event }) => decidedBy(context, event.output)),
          { type: 'send', params: voteNews('vote_result') },
        ],
        meta: { silent: 'kept with the sync-up; what comes of it is for its organizer to say' },
      },
      { target: 'resuming', meta: { silent: 'it goes on, or is decided already' } },
    ],
    onError: [
      {
        guard: {
          type: 'mayRetry',
          params: ({ context: { tries }, event }) => ({ event, tries }),
        },
        target: 'unsettled',
        meta: { logs: ['error'] },
      },
      { target: 'resuming', meta: { logs: ['error'] } },
    ],
  },
});

const telling = flow.createStateConfig({
  entry: assign({ tries: ({ context }) => context.tries + 1 }),
  invoke: {
    id: 'listVoters',
    src: 'listVoters',
    input: ({ context: { syncupId } }) => ({ syncupId }),
    onDone: {
      target: 'resuming',
      actions: [
        { type: 'send', params: ({ context, event }) => tellingOf(context, event.output) },
        assign({ news: null, tries: 0 }),
      ],
      meta: told,
    },
    onError: { target: 'untold', meta: { logs: ['error'] } },
  },
});

/**
 * Everybody who is asked to vote in one sync-up, until it has become an event or is forgotten. The vote is
 * over at its deadline, or when nobody is left to answer; where the organizer chose so, its winner becomes
 * an event then, without anybody's hand.
 *
 * What the invitations are to hear is told from here, in one fan-out, out of the organizer's way: also that
 * the organizer has chosen.
 */
export const machine = flow.createMachine({
  id: 'syncup-gathering',
  version: '1.0.0',
  options: { maxIterations: 100 },
  meta: { cycle: 'gathering' },
  context: ({ input: begun }) => begin(begun),
  initial: 'voting',
  states: {
    voting: {
      initial: 'waiting',
      after: {
        voteEnds: [
          {
            guard: 'isLive',
            target: '.settling',
            actions: assign({ overdue: true, tries: 0 }),
            meta: { silent: 'what comes of it is looked up' },
          },
          { target: '.resuming', meta: { silent: 'it was over before' } },
        ],
        deadlineNear: [
          {
            guard: 'isLive',
            target: '.resuming',
            actions: { type: 'send', params: voteNews('deadline_near') },
            meta: { silent: 'each push logs what becomes of it' },
          },
          { target: '.resuming', meta: { silent: 'it is over' } },
        ],
        forgetting: { target: 'over', meta: { silent: 'nobody chooses any more' } },
      },
      on: {
        'invitee.answered': [
          {
            guard: 'waitsForAnswers',
            target: '.settling',
            actions: assign({ tries: 0 }),
            meta: { silent: 'whether that was the last answer is looked up' },
          },
          { target: '.resuming', meta: { silent: 'no answer ends it' } },
        ],
        'syncup.finalized': {
          target: '.resuming',
          actions: assign(({ event: { newsId, notify, event } }) => ({
            ...{ state: 'finalized' as const, tries: 0 },
            news: { kind: 'decided' as const, newsId, notify, event },
          })),
          meta: { silent: 'the finalize_triggered says it' },
        },
      },
      states: {
        waiting: {},
        resuming: {
          always: [
            { guard: 'hasNews', target: 'telling', meta: told },
            {
              guard: 'isFinalized',
              target: '#syncup-gathering.over',
              meta: { silent: 'the event has a gathering of its own' },
            },
            { target: 'waiting', meta: { silent: 'there is nothing to tell' } },
          ],
        },
        settling,
        unsettled: {
          after: {
            retell: [
              { guard: 'isLive', target: 'settling', meta: again },
              { target: 'resuming', meta: { silent: 'it was decided meanwhile' } },
            ],
          },
        },
        telling,
        untold: { after: { retell: { target: 'telling', meta: again } } },
      },
    },
    over: { type: 'final', meta: { ends: 'quietly' } },
  },
});
