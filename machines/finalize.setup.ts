/* Finalize: the types, actors, guards and delays that its states are written in. */
import { fromPromise, setup } from 'xstate';
import type { OfferedEvents } from './event-target.ts';
import {
  type Context,
  events,
  type Finalized,
  type FoundFinalizing,
  type Input,
} from './finalize.model.ts';
import { effects, minutes, runByEngine, type StateMeta, type TransitionMeta } from './kit.ts';
import { mayRetry } from './organizer.ts';

export const flow = setup({
  types: {
    context: {} as Context,
    events: events.type,
    input: {} as Input,
    meta: {} as StateMeta,
    transitionMeta: {} as TransitionMeta,
  },
  actions: effects,
  actors: {
    /** The organizer's events that are still to come, latest first. */
    loadEvents: fromPromise<OfferedEvents, object>(runByEngine),
    loadFinalizing: fromPromise<FoundFinalizing, { readonly eventId: string }>(runByEngine),
    finalizeEvent: fromPromise<Finalized, { readonly eventId: string }>(runByEngine),
  },
  guards: {
    mayRetry,
    isChosen: ({ context: { eventId } }) => eventId !== null,
    hasEvents: (_, { events: offered }: OfferedEvents) => offered.length > 0,
    isOffered: ({ context: { offered } }, id: string) => offered.some((event) => event.id === id),
    isLive: (_, output: FoundFinalizing) => output.found && !output.finalized,
    isFound: (_, output: FoundFinalizing) => output.found,
    isDone: (_, { done }: Finalized) => done,
    wasIdle: (_, reason: string) => reason === 'idle_timeout',
  },
  delays: { idle: minutes(30) },
});

/** Every state that asks waits half an hour; entering it again begins the wait anew. */
export const idle = {
  idle: { target: '#finalize.lapsed', meta: { silent: 'the drop_off says it' } },
} as const;
