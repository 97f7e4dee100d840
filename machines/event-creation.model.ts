/* Event creation: what comes in, and what is remembered. */
import { z } from 'zod';
import { NO_RULES, Rules } from './gathering.model.ts';
import { type Begun, defineEvents, derivedId } from './kit.ts';
import { endingEvents, Organizer, Saving } from './organizer.ts';
import { Person } from './people.ts';
import { beginList, PeopleList, peopleEvents } from './people-list.ts';
import { LocalTimeField, ZoneField } from './when.ts';

/** An invite names all of them but the details; so they are kept short. */
export const MAX_TITLE = 60;
export const MAX_PLACE = 60;
export const MAX_DETAILS = 500;

export const events = defineEvents({
  'organizer.chose_crew': z.strictObject({ crewId: z.uuid() }),
  'organizer.chose_people': z.strictObject({}),
  ...peopleEvents,
  'organizer.titled_event': z.strictObject({ title: z.string().max(400) }),
  /** Local time at the place: 2026-06-05T19:00; the organizer's zone where none is given. */
  'organizer.set_time': z.strictObject({
    startsAt: LocalTimeField,
    timeZone: ZoneField.optional(),
  }),
  'organizer.set_place': z.strictObject({ place: z.string().max(400) }),
  'organizer.set_details': z.strictObject({ details: z.string().max(4_000) }),
  /** When the event becomes final by itself, and when its people are reminded: all of it anew. */
  'organizer.set_rules': z.strictObject({
    quorum: z.int().min(1).max(1_000).optional(),
    /** Local time, in the event's zone or else the organizer's. */
    answerBy: LocalTimeField.optional(),
    whenAllAnswered: z.boolean().optional(),
    /** Minutes before it starts. */
    remindMin: z
      .int()
      .min(5)
      .max(14 * 24 * 60)
      .optional(),
  }),
  'organizer.skipped': z.strictObject({}),
  'organizer.went_back': z.strictObject({}),
  /** With a name, people who were put together for this event are kept as a crew. */
  'organizer.saved_event': z.strictObject({ crewName: z.string().max(200).optional() }),
  ...endingEvents,
});
export type Event = typeof events.type;
export type EventOf<T extends Event['type']> = Extract<Event, { type: T }>;

export const input = z.strictObject({ organizer: Organizer });

/** A crew that may be chosen, and how many are in it. */
export const OfferedCrew = z.strictObject({ id: z.uuid(), name: z.string(), members: z.int() });
export type OfferedCrews = { readonly crews: readonly z.output<typeof OfferedCrew>[] };

/** A crew as it stands at the moment it is chosen. */
export type FoundCrew =
  | { readonly found: true; readonly name: string; readonly members: readonly Person[] }
  | { readonly found: false };

const optionalSteps = ['when', 'where', 'details'] as const;

export const context = z.strictObject({
  eventId: z.uuid(),
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
  title: z.string(),
  when: z.strictObject({ startsAt: z.int(), timeZone: z.string() }).nullable(),
  place: z.string().nullable(),
  details: z.string().nullable(),
  /** By what the event becomes final by itself; nothing, unless it is chosen at the review. */
  rules: Rules,
  /** The optional questions that were answered or skipped. */
  answered: z.array(z.enum(optionalSteps)),
  /** The crew that is saved along with the event. */
  newCrew: z.strictObject({ id: z.uuid(), name: z.string() }).nullable(),
  ...Saving.shape,
  /** How many are not texted, as they have told us to stop. */
  optedOut: z.int(),
});
export type Context = z.output<typeof context>;

export type Input = Begun & z.output<typeof input> & { readonly resume?: Partial<Context> };

/** A draft to begin with: empty, or what the resumed run had got to. The event's id is always new. */
export const begin = ({ id, owner, at, organizer, resume = {} }: Input): Context => ({
  eventId: derivedId(id, 'event'),
  owner,
  begunAt: at,
  organizerName: organizer.name,
  homeZone: organizer.timeZone,
  crews: [],
  choosing: null,
  crew: resume.crew ?? null,
  ...beginList(organizer.country, resume),
  title: resume.title ?? '',
  when: resume.when ?? null,
  place: resume.place ?? null,
  details: resume.details ?? null,
  rules: resume.rules ?? NO_RULES,
  answered: resume.answered ?? [],
  newCrew: null,
  saves: 0,
  saved: false,
  optedOut: 0,
});

/** Who is invited: the people of the crew, or those put together for this event. */
export const inviteesOf = ({ crew, people }: Context): readonly Person[] =>
  crew?.members ?? people.map(({ name, phone }) => ({ name, phone }));

/** The crew of the event, once it exists. */
export const crewIdOf = ({ crew, newCrew, saved }: Context): string | null =>
  crew?.id ?? (saved ? (newCrew?.id ?? null) : null);

export const answer = ({ answered }: Context, step: (typeof optionalSteps)[number]) =>
  answered.includes(step) ? answered : [...answered, step];
