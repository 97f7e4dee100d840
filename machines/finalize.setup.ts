/* Finalize: the types, actors, guards and delays that its states are written in. */
import { fromPromise, setup } from 'xstate';
import {
  type againProblems,
  type Context,
  type EventOf,
  events,
  type Finalized,
  type FinalizedSyncup,
  type FinalizeSyncup,
  type FoundFinalizing,
  type Input,
  optionProblems,
} from './finalize.model.ts';
import { effects, minutes, runByEngine, type StateMeta, type TransitionMeta } from './kit.ts';
import { mayRetry } from './organizer.ts';
import type { OfferedTargets, Wanted } from './target.ts';

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
    /** The organizer's events that are still to come and sync-ups that may become one, each latest first. */
    loadFinalizable: fromPromise<OfferedTargets, object>(runByEngine),
    loadFinalizing: fromPromise<FoundFinalizing, { readonly of: Wanted | null }>(runByEngine),
    finalizeEvent: fromPromise<Finalized, { readonly eventId: string }>(runByEngine),
    finalizeSyncup: fromPromise<FinalizedSyncup, FinalizeSyncup>(runByEngine),
  },
  guards: {
    mayRetry,
    isChosen: ({ context: { wanted } }) => wanted !== null,
    hasTargets: (_, { offered }: OfferedTargets) => offered.length > 0,
    isOffered: ({ context: { offered } }, id: string) => offered.some((one) => one.id === id),
    isLiveEvent: (_, output: FoundFinalizing) =>
      output.found && !output.finalized && output.about.target === 'event',
    isLive: (_, output: FoundFinalizing) => output.found && !output.finalized,
    isFound: (_, output: FoundFinalizing) => output.found,
    isOption: ({ context }, event: EventOf<'organizer.chose_option'>) =>
      optionProblems(context, event).length === 0,
    isGoodStill: (_, found: ReturnType<typeof againProblems>) => found.length === 0,
    isDone: (_, { done }: Finalized | FinalizedSyncup) => done,
    wasIdle: (_, reason: string) => reason === 'idle_timeout',
  },
  delays: { idle: minutes(30) },
});

/** Every state that asks waits half an hour; entering it again begins the wait anew. */
export const idle = {
  idle: { target: '#finalize.lapsed', meta: { silent: 'the drop_off says it' } },
} as const;
