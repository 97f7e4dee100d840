/* Crew creation: what comes in, and what is remembered. */
import { z } from 'zod';
import { type Begun, defineEvents, derivedId } from './kit.ts';
import { endingEvents, Organizer, Saving } from './organizer.ts';
import { MAX_NAME, type Person } from './people.ts';
import { beginList, PeopleList, peopleEvents } from './people-list.ts';

export const MAX_CREW_NAME = MAX_NAME;

export const events = defineEvents({
  'organizer.named_crew': z.strictObject({ name: z.string().max(200) }),
  ...peopleEvents,
  'organizer.went_back': z.strictObject({}),
  'organizer.saved_crew': z.strictObject({}),
  ...endingEvents,
});
export type Event = typeof events.type;

export const input = z.strictObject({ organizer: Organizer });

export const context = z.strictObject({
  crewId: z.uuid(),
  name: z.string(),
  ...PeopleList.shape,
  ...Saving.shape,
});
export type Context = z.output<typeof context>;

export type Input = Begun & z.output<typeof input> & { readonly resume?: Partial<Context> };

/** A draft to begin with: empty, or what the resumed run had got to. The crew's id is always new. */
export const begin = ({ id, organizer, resume }: Input): Context => ({
  crewId: derivedId(id, 'crew'),
  name: resume?.name ?? '',
  ...beginList(organizer.country, resume),
  saves: 0,
  saved: false,
});

/** A crew as `saveCrew` stores it. */
export type SaveCrew = {
  readonly crewId: string;
  readonly name: string;
  readonly members: readonly Person[];
};
export type SavedCrew = { readonly members: number };
