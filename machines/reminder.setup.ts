/* Reminder: the types, actors, guards and delays that its states are written in. */
import { fromPromise, setup } from 'xstate';
import { effects, minutes, runByEngine, type StateMeta, type TransitionMeta } from './kit.ts';
import { mayAskAgain } from './reminder.facts.ts';
import {
  type Context,
  events,
  type FoundInvitees,
  type Input,
  type Remind,
  type Reminded,
  strangersIn,
  type Whom,
  waitsFor,
  whomProblems,
} from './reminder.model.ts';
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
    /** The organizer's events and sync-ups that are still to come, latest first. */
    loadTargets: fromPromise<OfferedTargets, object>(runByEngine),
    loadInvitees: fromPromise<FoundInvitees, { readonly of: Wanted | null }>(runByEngine),
    remind: fromPromise<Reminded, Remind>(runByEngine),
  },
  guards: {
    mayAskAgain,
    isChosen: ({ context: { wanted } }) => wanted !== null,
    hasTargets: (_, { offered }: OfferedTargets) => offered.length > 0,
    isOffered: ({ context: { offered } }, id: string) => offered.some((one) => one.id === id),
    /** The client said who is meant when it began the flow; a number that is not invited is asked about. */
    knowsWhom: ({ context: { audience, phones } }, output: FoundInvitees) =>
      output.found &&
      audience !== null &&
      strangersIn(output.invited, { audience, phones }).length === 0,
    mayRemind: ({ context: { audience } }, output: FoundInvitees) =>
      output.found && (audience !== null || waitsFor(output.invited)),
    isFound: (_, output: FoundInvitees) => output.found,
    hasReady: ({ context: { invited } }, whom: Whom) => whomProblems(invited, whom).length === 0,
    hasRecipients: (_, { invitationIds }: Reminded) => invitationIds.length > 0,
    wasIdle: (_, reason: string) => reason === 'idle_timeout',
  },
  delays: { idle: minutes(30) },
});

/** Every state that asks waits half an hour; entering it again begins the wait anew. */
export const idle = {
  idle: { target: '#reminder.lapsed', meta: { silent: 'the drop_off says it' } },
} as const;
