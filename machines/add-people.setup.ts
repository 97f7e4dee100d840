/* Adding people: the types, actors, guards and delays that its states are written in. */
import { fromPromise, setup } from 'xstate';
import {
  type Context,
  events,
  type FoundInvited,
  type Input,
  type InvitedMore,
  type InviteMore,
} from './add-people.model.ts';
import { effects, minutes, runByEngine, type StateMeta, type TransitionMeta } from './kit.ts';
import { mayRetry } from './organizer.ts';
import { isListed, pickGuards, type typedProblems } from './people-list.ts';
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
    loadInvited: fromPromise<FoundInvited, { readonly of: Wanted | null }>(runByEngine),
    inviteMore: fromPromise<InvitedMore, InviteMore>(runByEngine),
  },
  guards: {
    ...pickGuards,
    mayRetry,
    isChosen: ({ context: { wanted } }) => wanted !== null,
    hasTargets: (_, { offered }: OfferedTargets) => offered.length > 0,
    isOffered: ({ context: { offered } }, id: string) => offered.some((one) => one.id === id),
    isFound: (_, output: FoundInvited) => output.found,
    // Those whom the resumed run had got together, without who was invited since.
    hasFoundOthers: ({ context: { people } }, output: FoundInvited) =>
      output.found &&
      people.some(({ phone }) => output.invited.every((person) => person.phone !== phone)),
    hasInvited: (_, { invitees }: InvitedMore) => invitees.length > 0,
    hasPeople: ({ context: { people } }) => people.length > 0,
    isNewPicker: ({ context: { pickerIds } }, id: string) => !pickerIds.includes(id),
    isOpenPicker: ({ context: { picker } }, id: string) => picker?.id === id,
    isPerson: (_, found: ReturnType<typeof typedProblems>) => found.length === 0,
    isListed: ({ context: list }, phone: string) => isListed(list, phone),
    isLastListed: ({ context: list }, phone: string) =>
      isListed(list, phone) && list.people.length === 1,
    wasIdle: (_, reason: string) => reason === 'idle_timeout',
  },
  delays: { idle: minutes(30) },
});

/** Every state that asks waits half an hour; entering it again begins the wait anew. */
export const idle = {
  idle: { target: '#add-people.lapsed', meta: { silent: 'the drop_off says it' } },
} as const;
