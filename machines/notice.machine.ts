import { assign, fromPromise, setup } from 'xstate';
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import {
  type Begun,
  effects,
  type Fact,
  hours,
  runByEngine,
  type StateMeta,
  type Subject,
  seconds,
  type TransitionMeta,
} from './kit.ts';
import {
  begin,
  type Context,
  events,
  type News,
  type NoticeInput,
  type ReadNews,
} from './notice.model.ts';
import * as step from './notice.steps.ts';
import { NO_NEWS_MS } from './noticing.ts';
import { errorOf, mayRetry } from './organizer.ts';

/**
 * One kind of news of one gathering, told to its organizer's devices: at once, then at most once an hour,
 * so that ten quick replies are one push that counts ten. Whether everybody has answered is looked at with
 * every answer; that is news of another kind, which the notice of that kind tells without waiting.
 */
export { copy } from './notice.copy.ts';
export { context, events, input } from './notice.model.ts';

export const describe = {
  error: ({ event, after: { tries } }: Fact<Context>): DescribedMetadata<'error'> =>
    errorOf({ event, tries }, false),
};

export const view = ({ kind, told }: Context) => ({ kind, told });

export const subject = ({ target, targetId, crewId }: Context): Subject => ({
  crewId,
  eventId: target === 'event' ? targetId : null,
  syncupId: target === 'syncup' ? targetId : null,
});

const flow = setup({
  types: {
    context: {} as Context,
    events: events.type,
    input: {} as Begun & NoticeInput,
    meta: {} as StateMeta,
    transitionMeta: {} as TransitionMeta,
  },
  actions: effects,
  actors: { readNews: fromPromise<News, ReadNews>(runByEngine) },
  guards: {
    mayRetry,
    hasMore: ({ context }) => context.more,
    reachesNobody: (_, { devices }: News) => devices.length === 0,
    /** What it was to tell is so no longer: by then nobody is left to answer, or somebody is again. */
    isOutOfDate: ({ context: { kind } }, news: News) =>
      (kind === 'deadline_near' && news.waiting === 0) ||
      (kind === 'all_replied' && !step.isAnswered(news)),
    isWholeAnswer: ({ context }, news: News) =>
      context.kind === 'rsvp_update' && step.isAnswered(news),
  },
  delays: {
    nextNotice: hours(1),
    readAgain: seconds(5),
    noNews: NO_NEWS_MS,
  },
});

const output = ({ event }: { event: { output: News } }): News => event.output;
const reading = { src: 'readNews', input: step.newsWanted } as const;

const news = flow.createStateConfig({
  on: {
    'invitee.answered': {
      target: 'reading',
      actions: assign({ tries: 0 }),
      meta: { silent: 'the invitation logs the answer' },
    },
    'gathering.had_news': {
      target: 'reading',
      actions: assign({ tries: 0 }),
      meta: { silent: 'it is told, not logged' },
    },
  },
});

export const machine = flow.createMachine({
  id: 'notice',
  version: '1.0.0',
  options: { maxIterations: 100 },
  meta: { cycle: 'notice' },
  context: ({ input }) => begin(input),
  initial: 'quiet',
  states: {
    quiet: {
      ...news,
      after: {
        noNews: { target: 'over', meta: { silent: 'what comes now is told by another' } },
      },
    },
    reading: {
      entry: assign({ tries: ({ context }) => context.tries + 1 }),
      invoke: {
        id: 'readNews',
        ...reading,
        onDone: [
          {
            guard: { type: 'reachesNobody', params: output },
            target: 'quiet',
            meta: { silent: 'there is no device to tell it to' },
          },
          {
            guard: { type: 'isOutOfDate', params: output },
            target: 'quiet',
            meta: { silent: 'it is so no longer' },
          },
          {
            guard: { type: 'isWholeAnswer', params: output },
            target: 'quiet',
            actions: { type: 'send', params: step.allReplied },
            meta: { silent: 'another notice tells it' },
          },
          {
            target: 'resting',
            actions: [
              { type: 'start', params: step.pushes },
              assign({ told: ({ context }) => context.told + 1, more: false }),
            ],
            meta: { silent: 'each push logs what becomes of it' },
          },
        ],
        onError: [
          {
            guard: {
              type: 'mayRetry',
              params: ({ context: { tries }, event }) => ({ event, tries }),
            },
            target: 'unread',
            meta: { logs: ['error'] },
          },
          { target: 'quiet', meta: { logs: ['error'] } },
        ],
      },
    },
    unread: {
      ...news,
      after: { readAgain: { target: 'reading', meta: { silent: 'tried again' } } },
    },
    resting: {
      initial: 'silent',
      after: {
        nextNotice: [
          {
            guard: 'hasMore',
            target: 'reading',
            actions: assign({ tries: 0 }),
            meta: { silent: 'it is told, not logged' },
          },
          { target: 'quiet', meta: { silent: 'nothing happened since' } },
        ],
      },
      states: {
        silent: {
          on: {
            'invitee.answered': {
              target: 'looking',
              meta: { silent: 'the invitation logs the answer' },
            },
            'gathering.had_news': {
              target: 'silent',
              reenter: true,
              actions: assign({ more: true }),
              meta: { silent: 'it is told within the hour' },
            },
          },
        },
        looking: {
          invoke: {
            id: 'lookAtNews',
            ...reading,
            onDone: [
              {
                guard: { type: 'isWholeAnswer', params: output },
                target: 'silent',
                actions: [{ type: 'send', params: step.allReplied }, assign({ more: false })],
                meta: { silent: 'another notice tells it' },
              },
              {
                target: 'silent',
                actions: assign({ more: true }),
                meta: { silent: 'it is told within the hour' },
              },
            ],
            onError: {
              target: 'silent',
              actions: assign({ more: true }),
              meta: { logs: ['error'] },
            },
          },
        },
      },
    },
    over: { type: 'final', meta: { ends: 'quietly' } },
  },
});
