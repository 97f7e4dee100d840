/* Sync-up creation: what comes in, and what is remembered. */
import { z } from 'zod';
import { VOTING_MODES } from '../src/behavior/vocabulary.ts';
import { OfferedCrew } from './event-creation.model.ts';
import { type Begun, defineEvents, derivedId } from './kit.ts';
import { cleanLine, clipLine } from './line.ts';
import { endingEvents, Organizer, Saving } from './organizer.ts';
import { Person } from './people.ts';
import { beginList, PeopleList, peopleEvents } from './people-list.ts';
import { NO_VOTE_RULES, VoteRules } from './syncup-gathering.model.ts';
import { LocalTimeField, ZoneField } from './when.ts';

export type { FoundCrew, OfferedCrews } from './event-creation.model.ts';

/** One digit votes for each: sms.md's grammar of votes has no two-digit numbers. */
export const MIN_OPTIONS = 2;
export const MAX_OPTIONS = 9;
/** All options stand in one text. */
export const MAX_LABEL = 40;
export const MAX_TITLE = 60;

export const events = defineEvents({
  'organizer.chose_crew': z.strictObject({ crewId: z.uuid() }),
  'organizer.chose_people': z.strictObject({}),
  ...peopleEvents,
  /** Words, a local time at the place (2026-06-05T19:00; in the organizer's zone if none is given), or both. */
  'organizer.added_option': z.strictObject({
    label: z.string().max(400).optional(),
    startsAt: LocalTimeField.optional(),
    timeZone: ZoneField.optional(),
  }),
  /** By its number, from 1. */
  'organizer.removed_option': z.strictObject({ option: z.int().min(1).max(MAX_OPTIONS) }),
  'organizer.finished_options': z.strictObject({}),
  /**
   * After the deadline, a local time like that of an option, no vote counts. It is over before where so many
   * have voted or nobody is left to answer, and becomes an event by itself, if that is wanted.
   */
  'organizer.set_voting': z.strictObject({
    voting: z.enum(VOTING_MODES),
    deadlineAt: LocalTimeField.optional(),
    timeZone: ZoneField.optional(),
    ...VoteRules.partial().shape,
    quorum: z.int().min(1).max(1_000).optional(),
  }),
  'organizer.titled_syncup': z.strictObject({ title: z.string().max(400) }),
  'organizer.skipped': z.strictObject({}),
  'organizer.went_back': z.strictObject({}),
  'organizer.saved_syncup': z.strictObject({}),
  ...endingEvents,
});
export type Event = typeof events.type;
export type EventOf<T extends Event['type']> = Extract<Event, { type: T }>;

/** What it is for may be said at the start, or in the review; it is not asked. */
export const input = z.strictObject({
  organizer: Organizer,
  title: z.string().max(400).optional(),
});

/** Something to vote for: words, a time (epoch ms, with the zone it is read in), or both. */
export const Option = z.strictObject({
  label: z.string().nullable(),
  startsAt: z.int().nullable(),
  timeZone: z.string().nullable(),
});
export type Option = z.output<typeof Option>;

export const context = z.strictObject({
  syncupId: z.uuid(),
  owner: z.uuid(),
  begunAt: z.int(),
  organizerName: z.string(),
  /** The organizer's zone, which a time is in that comes without one. */
  homeZone: z.string(),
  /** The crews as last looked up, while one may be chosen. */
  crews: z.array(OfferedCrew),
  /** The crew whose people are being fetched. */
  choosing: z.uuid().nullable(),
  crew: z.strictObject({ id: z.uuid(), name: z.string(), members: z.array(Person) }).nullable(),
  ...PeopleList.shape,
  title: z.string().nullable(),
  options: z.array(Option),
  voting: z.enum(VOTING_MODES),
  deadline: z.strictObject({ at: z.int(), timeZone: z.string() }).nullable(),
  /** What it does by itself. */
  voteRules: VoteRules,
  /** Whether the rules were set or skipped. */
  hasRules: z.boolean(),
  ...Saving.shape,
  /** How many are not texted, as they have told us to stop. */
  optedOut: z.int(),
});
export type Context = z.output<typeof context>;

export type Input = Begun & z.output<typeof input> & { readonly resume?: Partial<Context> };

/** A draft to begin with: empty, or what the resumed run had got to. The sync-up's id is always new. */
export const begin = ({ id, owner, at, organizer, title, resume = {} }: Input): Context => ({
  syncupId: derivedId(id, 'syncup'),
  owner,
  begunAt: at,
  organizerName: organizer.name,
  homeZone: organizer.timeZone,
  crews: [],
  choosing: null,
  crew: resume.crew ?? null,
  ...beginList(organizer.country, resume),
  title: clipLine(cleanLine(title ?? ''), MAX_TITLE) || (resume.title ?? null),
  options: resume.options ?? [],
  voting: resume.voting ?? 'single',
  deadline: resume.deadline ?? null,
  voteRules: { ...NO_VOTE_RULES, ...resume.voteRules },
  hasRules: resume.hasRules ?? false,
  saves: 0,
  saved: false,
  optedOut: 0,
});

/** Who is invited: the people of the crew, or those put together for this sync-up. */
export const inviteesOf = ({ crew, people }: Context): readonly Person[] =>
  crew?.members ?? people.map(({ name, phone }) => ({ name, phone }));
