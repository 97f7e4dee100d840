/* Sync-up creation: the types, actors, guards and delays that its states are written in. */
import { fromPromise, setup } from 'xstate';
import { effects, minutes, runByEngine, type StateMeta, type TransitionMeta } from './kit.ts';
import { mayRetry } from './organizer.ts';
import { isListed, pickGuards, type typedProblems } from './people-list.ts';
import { isGood, type Reading } from './readings.ts';
import {
  type Context,
  events,
  type FoundCrew,
  type Input,
  MAX_OPTIONS,
  MIN_OPTIONS,
  type OfferedCrews,
  type Option,
} from './syncup-creation.model.ts';
import type { SavedSyncup, SaveSyncup } from './syncup-creation.saving.ts';

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
    saveSyncup: fromPromise<SavedSyncup, SaveSyncup>(runByEngine),
  },
  guards: {
    ...pickGuards,
    isGood,
    mayRetry,
    lacksPeople: ({ context: { crew, people } }) => crew === null && people.length === 0,
    lacksOptions: ({ context: { options } }) => options.length < MIN_OPTIONS,
    lacksRules: ({ context: { hasRules } }) => !hasRules,
    hasOptions: ({ context: { options } }) => options.length >= MIN_OPTIONS,
    /** A good one, and the last that one digit can vote for. */
    isLast: ({ context: { options } }, reading: Reading<Option>) =>
      isGood(null, reading) && options.length === MAX_OPTIONS - 1,
    isOption: ({ context: { options } }, option: number) => option <= options.length,
    isOffered: ({ context: { crews } }, id: string) => crews.some((crew) => crew.id === id),
    hasMembers: (_, crew: FoundCrew) => crew.found && crew.members.length > 0,
    hasPeople: ({ context: { people } }) => people.length > 0,
    isForCrew: ({ context: { crew } }) => crew !== null,
    isNewPicker: ({ context: { pickerIds } }, id: string) => !pickerIds.includes(id),
    isOpenPicker: ({ context: { picker } }, id: string) => picker?.id === id,
    isPerson: (_, found: ReturnType<typeof typedProblems>) => found.length === 0,
    isListed: ({ context: list }, phone: string) => isListed(list, phone),
    wasIdle: (_, reason: string) => reason === 'idle_timeout',
  },
  delays: { idle: minutes(30) },
});

/** Every state that asks waits half an hour; entering it again begins the wait anew. */
export const idle = {
  idle: { target: '#syncup-creation.lapsed', meta: { silent: 'the drop_off says it' } },
} as const;
