/* Crew update: the types, actors, guards and delays that its states are written in. */
import { fromPromise, setup } from 'xstate';
import {
  type Context,
  events,
  hasChanges,
  type Input,
  isMember,
  peopleOf,
  type UpdateCrew,
  type UpdatedCrew,
} from './crew-update.model.ts';
import type { FoundCrew, OfferedCrews } from './event-creation.model.ts';
import { effects, minutes, runByEngine, type StateMeta, type TransitionMeta } from './kit.ts';
import { mayRetry } from './organizer.ts';
import { isListed, pickGuards, type typedProblems } from './people-list.ts';

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
    /** The organizer's crews, latest first. */
    loadCrews: fromPromise<OfferedCrews, object>(runByEngine),
    loadCrew: fromPromise<FoundCrew, { readonly crewId: string }>(runByEngine),
    updateCrew: fromPromise<UpdatedCrew, UpdateCrew>(runByEngine),
  },
  guards: {
    ...pickGuards,
    mayRetry,
    isChosen: ({ context: { crewId } }) => crewId !== null,
    hasCrews: (_, { crews }: OfferedCrews) => crews.length > 0,
    isOffered: ({ context: { crews } }, id: string) => crews.some((crew) => crew.id === id),
    isFound: (_, crew: FoundCrew) => crew.found,
    hasNobody: ({ context }) => peopleOf(context).length === 0,
    hasChanges: ({ context }) => hasChanges(context),
    hasChanged: (_, crew: UpdatedCrew) => crew.found && crew.added + crew.removed > 0,
    hasPeople: ({ context: { people } }) => people.length > 0,
    isNewPicker: ({ context: { pickerIds } }, id: string) => !pickerIds.includes(id),
    isOpenPicker: ({ context: { picker } }, id: string) => picker?.id === id,
    isPerson: (_, found: ReturnType<typeof typedProblems>) => found.length === 0,
    isListed: ({ context: list }, phone: string) => isListed(list, phone),
    isMember: ({ context }, phone: string) => isMember(context, phone),
    wasIdle: (_, reason: string) => reason === 'idle_timeout',
  },
  delays: { idle: minutes(30) },
});

/** Every state that asks waits half an hour; entering it again begins the wait anew. */
export const idle = {
  idle: { target: '#crew-update.lapsed', meta: { silent: 'the drop_off says it' } },
} as const;
