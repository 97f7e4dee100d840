/* Finalize: what comes in, what is remembered, and what goes out in the end. */
import { z } from 'zod';
import { isAhead } from './ballot.ts';
import { eventIdOf, gatheringOf, type MadeEvent } from './decided.ts';
import { gatheringIdOf } from './gathering-news.ts';
import { type Begun, defineEvents, type Problem, type Send, type Start } from './kit.ts';
import { endingEvents, Organizer } from './organizer.ts';
import { eitherTargetEvents, OfferedTarget, Target, Wanted, wantedOf } from './target.ts';

/** People are told, unless the client says not to. */
const notify = z.boolean().optional();

export const events = defineEvents({
  ...eitherTargetEvents,
  'organizer.confirmed': z.strictObject({ notify }),
  /** The option that a sync-up becomes an event with, by its number from 1. */
  'organizer.chose_option': z.strictObject({ option: z.int().min(1).max(9), notify }),
  'organizer.went_back': z.strictObject({}),
  'organizer.tried_again': z.strictObject({}),
  ...endingEvents,
});
export type Event = typeof events.type;
export type EventOf<T extends Event['type']> = Extract<Event, { type: T }>;

/** What is not said is asked: which event or sync-up. */
export const input = z.strictObject({
  organizer: Organizer,
  eventId: z.uuid().optional(),
  syncupId: z.uuid().optional(),
});

/** How everybody who is invited has answered; of a sync-up, `yes` are those who voted. */
export const Tally = z.strictObject({
  invited: z.int(),
  yes: z.int(),
  no: z.int(),
  unknown: z.int(),
  pending: z.int(),
});
export type Tally = z.output<typeof Tally>;

/** An option as it may be chosen: how it is read, when it would be (epoch ms), and its votes. */
export const Choice = z.strictObject({
  text: z.string(),
  startsAt: z.int().nullable(),
  votes: z.int(),
});
export type Choice = z.output<typeof Choice>;

export const context = z.strictObject({
  id: z.uuid(),
  owner: z.uuid(),
  begunAt: z.int(),
  /** The one that is wanted; it is `about` once it has been found. */
  wanted: Wanted.nullable(),
  about: Target.nullable(),
  /** The one that was wanted and is not open. */
  missing: Wanted.nullable(),
  /** Those that may be chosen, as last looked up. */
  offered: z.array(OfferedTarget),
  /** As last looked up. */
  tally: Tally.nullable(),
  /** How many a text would tell that it is final, as last looked up. */
  told: z.int(),
  /** The options of a sync-up, in the order of their numbers; none of an event. */
  ballot: z.array(Choice),
  /** The number of the option that was chosen. */
  option: z.int().nullable(),
  notify: z.boolean(),
  /** How often finalizing was tried. */
  tries: z.int(),
  finalized: z.boolean(),
});
export type Context = z.output<typeof context>;

export type Input = Begun & z.output<typeof input> & { readonly resume?: Partial<Context> };

/** A resumed run is about the same one; answers may have come since. */
export const begin = ({ id, owner, at, resume, ...named }: Input): Context => ({
  ...{ id, owner, begunAt: at },
  wanted: wantedOf(named) ?? resume?.wanted ?? null,
  ...{ about: null, missing: null, offered: [], tally: null, told: 0, ballot: [] },
  ...{ option: null },
  ...{ notify: true, tries: 0, finalized: false },
});

/** One that may be made final, or has been. */
export type FoundFinalizing =
  | {
      readonly found: true;
      readonly about: Target;
      readonly tally: Tally;
      readonly told: number;
      readonly ballot: readonly Choice[];
      readonly finalized: boolean;
    }
  | { readonly found: false };

export const found = (output: FoundFinalizing): Partial<Context> =>
  output.found
    ? {
        ...{ about: output.about, tally: output.tally, told: output.told },
        ...{ ballot: [...output.ballot], offered: [] },
      }
    : {};

/** What is wrong with an option; nothing where it may be chosen now. */
export function optionProblems(
  { ballot }: Pick<Context, 'ballot'>,
  { option, at }: Pick<EventOf<'organizer.chose_option'>, 'option' | 'at'>,
): readonly Problem[] {
  const chosen = ballot[option - 1];
  if (chosen === undefined) return [{ path: 'option', code: 'not_listed' }];
  return isAhead(chosen, at) ? [] : [{ path: 'option', code: 'in_the_past' }];
}

/** The same of the option that was chosen before; none was where it is about an event. */
export const againProblems = (
  context: Pick<Context, 'ballot' | 'option'>,
  { at }: EventOf<'organizer.tried_again'>,
): readonly Problem[] =>
  context.option === null ? [] : optionProblems(context, { option: context.option, at });

/** What `finalizeEvent` has kept; not `done` where somebody or something else was faster. */
export type Finalized =
  | { readonly done: true; readonly tally: Tally; readonly told: number }
  | { readonly done: false };

/** The same of `finalizeSyncup`, with the votes as they were counted, and the event that it has become. */
export type FinalizeSyncup = { readonly syncupId: string; readonly option: number };
export type FinalizedSyncup =
  | ({
      readonly done: true;
      readonly tally: Tally;
      readonly told: number;
      readonly votes: readonly number[];
      readonly tie: boolean;
    } & MadeEvent)
  | { readonly done: false };

/** The event's gathering tells everybody, out of the organizer's way. */
export const finalizedOf = ({ id, owner, wanted, notify }: Context): Send => ({
  to: gatheringIdOf(wanted?.id ?? ''),
  owner,
  event: { type: 'event.finalized', newsId: id, notify },
});

/** The gathering of the event that a sync-up has become. */
export const begunBy = ({ owner }: Context, output: FinalizedSyncup): readonly Start[] =>
  output.done ? [gatheringOf(output.event, owner)] : [];

/** The sync-up's gathering tells what has become of it. */
export const decidedOf = (
  { id, owner, wanted, notify }: Context,
  output: FinalizedSyncup,
): readonly Send[] => {
  if (!output.done) return [];
  const event = { type: 'syncup.finalized', newsId: id, notify, event: output.event };
  return [{ to: gatheringIdOf(wanted?.id ?? ''), owner, event }];
};

/** The event that is final, or that a sync-up has become. */
export function finalEventOf({ about, finalized }: Context): string | null {
  if (about === null || (about.target === 'syncup' && !finalized)) return null;
  return about.target === 'event' ? about.id : eventIdOf(about.id);
}

/** It is final, and so many are told now. */
export const made = (output: Finalized | FinalizedSyncup): Partial<Context> =>
  output.done ? { finalized: true, told: output.told } : {};
