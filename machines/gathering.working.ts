/*
 * A gathering: the states in which it does something, looking up whether it is settled, and telling its
 * invitations what there is to tell. Looking up that fails for a moment is tried again after a while; telling
 * is tried until it works or the event has begun, as nobody else would say that it is off.
 */
import { assign } from 'xstate';
import { newsOf, ownNews, tellingOf } from './gathering.model.ts';
import { again, flow, told } from './gathering.setup.ts';

export const settling = flow.createStateConfig({
  entry: assign({ tries: ({ context }) => context.tries + 1 }),
  invoke: {
    id: 'settleEvent',
    src: 'settleEvent',
    input: ({ context: { eventId, rules, overdue } }) => ({ eventId, rules, overdue }),
    onDone: [
      {
        guard: { type: 'hasSettled', params: ({ event }) => event.output },
        target: 'resuming',
        actions: assign(({ context }) => ({
          ...newsOf(context, ownNews(context, 'finalized')),
          state: 'finalized',
        })),
        meta: told,
      },
      { target: 'resuming', meta: { silent: 'it goes on waiting' } },
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

export const unsettled = flow.createStateConfig({
  after: {
    retell: [
      { guard: 'isLive', target: 'settling', meta: again },
      { target: 'resuming', meta: { silent: 'it was settled meanwhile' } },
    ],
  },
});

export const telling = flow.createStateConfig({
  entry: assign({ tries: ({ context }) => context.tries + 1 }),
  invoke: {
    id: 'listInvited',
    src: 'listInvited',
    input: ({ context: { eventId } }) => ({ eventId }),
    onDone: [
      {
        guard: 'isCancelled',
        target: '#gathering.over',
        actions: [
          {
            type: 'send',
            params: ({ context, event }) => tellingOf(context, event.output),
          },
          assign({ news: [], tries: 0 }),
        ],
        meta: told,
      },
      {
        target: 'waiting',
        actions: [
          {
            type: 'send',
            params: ({ context, event }) => tellingOf(context, event.output),
          },
          assign({ news: [], tries: 0 }),
        ],
        meta: told,
      },
    ],
    onError: { target: 'untold', meta: { logs: ['error'] } },
  },
});

export const untold = flow.createStateConfig({
  after: { retell: { target: 'telling', meta: again } },
});
