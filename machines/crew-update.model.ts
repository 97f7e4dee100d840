/* Crew update: what comes in, what is remembered, and what has changed in the end. */
import { z } from 'zod';
import { type FoundCrew, OfferedCrew } from './event-creation.model.ts';
import { type Begun, defineEvents } from './kit.ts';
import { endingEvents, Organizer, Saving } from './organizer.ts';
import { Person } from './people.ts';
import { beginList, PeopleList, peopleEvents } from './people-list.ts';

export const events = defineEvents({
  'organizer.chose_crew': z.strictObject({ crewId: z.uuid() }),
  ...peopleEvents,
  'organizer.skipped': z.strictObject({}),
  'organizer.went_back': z.strictObject({}),
  'organizer.saved_crew': z.strictObject({}),
  ...endingEvents,
});
export type Event = typeof events.type;

/** Without a crew, or with one that is not the organizer's, the flow asks which. */
export const input = z.strictObject({ organizer: Organizer, crewId: z.uuid().optional() });

export const context = z.strictObject({
  /** The crew that is wanted; it is the organizer's once it has been found. */
  crewId: z.uuid().nullable(),
  /** The crew that was wanted and is not there. */
  missing: z.uuid().nullable(),
  /** Empty until the crew has been found. */
  name: z.string(),
  /** The crews as last looked up, while one may be chosen. */
  crews: z.array(OfferedCrew),
  /** Who was in the crew when it was looked up, and who of them stays. */
  members: z.array(Person),
  already: z.array(Person),
  /** The list holds those who join. */
  ...PeopleList.shape,
  ...Saving.shape,
});
export type Context = z.output<typeof context>;

export type Input = Begun & z.output<typeof input> & { readonly resume?: Partial<Context> };

/** Nothing changed yet, or what the resumed run had got to, unless this one is about another crew. */
export function begin({ organizer, crewId, resume: dropped }: Input): Context {
  const isOther = crewId !== undefined && crewId !== dropped?.crewId;
  const resume = isOther ? undefined : dropped;
  return {
    crewId: crewId ?? resume?.crewId ?? null,
    missing: null,
    name: '',
    crews: [],
    members: resume?.members ?? [],
    already: resume?.already ?? [],
    ...beginList(organizer.country, resume),
    saves: 0,
    saved: false,
  };
}

/** Another crew is chosen: what was changed in the one before is forgotten. */
export const chosen = ({ crewId: before }: Context, crewId: string): Partial<Context> =>
  crewId === before ? {} : { crewId, name: '', members: [], already: [], people: [] };

/** The crew as it stands now, with what was changed in it before. */
export function found(context: Context, crew: FoundCrew): Partial<Context> {
  if (!crew.found) return {};
  const gone = phonesOf(without(context.members, context.already));
  const members = [...crew.members];
  return {
    name: crew.name,
    crews: [],
    members,
    already: members.filter(({ phone }) => !gone.has(phone)),
    people: context.people.filter(
      (person) => !phonesOf(members).has(person.phone) || gone.has(person.phone),
    ),
  };
}

export const isMember = ({ already }: Context, phone: string): boolean =>
  already.some((person) => person.phone === phone);

export const removeMember = ({ already }: Context, phone: string): Partial<Context> => ({
  already: already.filter((person) => person.phone !== phone),
});

/** Everybody who would be in the crew if it were saved now. */
export const peopleOf = ({ already, people }: Context): readonly Person[] => [
  ...already,
  ...people.map(({ name, phone }) => ({ name, phone })),
];

/** Who joins and who leaves. Somebody who left and came back under another name does both. */
export const changesOf = (context: Context) => ({
  added: without(peopleOf(context), context.members),
  removed: without(context.members, peopleOf(context)),
});

export const hasChanges = (context: Context): boolean => {
  const { added, removed } = changesOf(context);
  return added.length + removed.length > 0;
};

const keyOf = ({ name, phone }: Person): string => `${phone} ${name}`;

function without(people: readonly Person[], others: readonly Person[]): readonly Person[] {
  const known = new Set(others.map(keyOf));
  return people.filter((person) => !known.has(keyOf(person)));
}

const phonesOf = (people: readonly Person[]): ReadonlySet<string> =>
  new Set(people.map(({ phone }) => phone));

/** What `updateCrew` changes: those who leave by their numbers, then those who join. */
export type UpdateCrew = {
  readonly crewId: string;
  readonly added: readonly Person[];
  readonly removed: readonly string[];
};

/** What was changed in truth: on another device the crew may have been changed meanwhile, or deleted. */
export type UpdatedCrew =
  | {
      readonly found: true;
      readonly before: number;
      readonly added: number;
      readonly removed: number;
    }
  | { readonly found: false };
