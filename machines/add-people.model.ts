/* Adding people: what comes in, what is remembered, and what is saved in the end. */
import { z } from 'zod';
import { whenOf } from './event-target.ts';
import { closesAtOf } from './gathering.model.ts';
import { type Invited, type Invitee, invitationsTo, inviteesOf } from './inviting.ts';
import { type Begun, defineEvents, type Start } from './kit.ts';
import { endingEvents, Organizer, Saving } from './organizer.ts';
import { Person } from './people.ts';
import { beginList, PeopleList, peopleEvents } from './people-list.ts';
import { pollInvitationsTo } from './syncup-inviting.ts';
import { eitherTargetEvents, OfferedTarget, Target, Wanted, wantedOf } from './target.ts';

export const events = defineEvents({
  ...eitherTargetEvents,
  ...peopleEvents,
  'organizer.went_back': z.strictObject({}),
  'organizer.invited_people': z.strictObject({}),
  ...endingEvents,
});
export type Event = typeof events.type;

/** Without an event or a sync-up, or with one that takes nobody any more, the flow asks which. */
export const input = z.strictObject({
  organizer: Organizer,
  eventId: z.uuid().optional(),
  syncupId: z.uuid().optional(),
});

export const context = z.strictObject({
  owner: z.uuid(),
  begunAt: z.int(),
  organizerName: z.string(),
  /** The one that is wanted; it is `about` once it has been found. */
  wanted: Wanted.nullable(),
  about: Target.nullable(),
  /** The one that was wanted and is not open. */
  missing: Wanted.nullable(),
  /** Those that may be chosen, as last looked up. */
  offered: z.array(OfferedTarget),
  /** Who is invited, whatever they have answered. */
  already: z.array(Person),
  /** The list holds those who are to be invited, too. */
  ...PeopleList.shape,
  ...Saving.shape,
  /** How many were invited in the end, and how many have told us to send no texts. */
  added: z.int(),
  optedOut: z.int(),
});
export type Context = z.output<typeof context>;

export type Input = Begun & z.output<typeof input> & { readonly resume?: Partial<Context> };

/** Nobody yet, or those whom the resumed run had got together, unless this one is about something else. */
export function begin({ owner, at, organizer, resume: dropped, ...named }: Input): Context {
  const wanted = wantedOf(named);
  const resume = wanted !== null && wanted.id !== dropped?.wanted?.id ? undefined : dropped;
  return {
    ...{ owner, begunAt: at, organizerName: organizer.name },
    wanted: wanted ?? resume?.wanted ?? null,
    ...{ about: null, missing: null, offered: [], already: [] },
    ...beginList(organizer.country, resume),
    ...{ saves: 0, saved: false, added: 0, optedOut: 0 },
  };
}

/** What was wanted, with everybody who is invited to it. */
export type FoundInvited =
  | { readonly found: true; readonly about: Target; readonly invited: readonly Person[] }
  | { readonly found: false };

/** As it stands now; who was invited meanwhile need not be invited again. */
export function found({ people }: Context, output: FoundInvited): Partial<Context> {
  if (!output.found) return {};
  const known = new Set(output.invited.map(({ phone }) => phone));
  return {
    about: output.about,
    offered: [],
    already: [...output.invited],
    people: people.filter(({ phone }) => !known.has(phone)),
  };
}

/** Who is invited to what by `inviteMore`. */
export type InviteMore = { readonly of: Wanted | null; readonly people: readonly Invitee[] };

/** Those who are invited now; nobody where it has passed or was called off meanwhile. */
export type InvitedMore = {
  /** What they are invited to as it stands now: it may have changed since the flow began. */
  readonly about: Target | null;
  readonly invitees: readonly Invited[];
  readonly suppressedOptOut: number;
};

export const saveOf = ({ wanted, people }: Context): InviteMore => ({
  of: wanted,
  people: wanted === null ? [] : inviteesOf(wanted.id, people),
});

/** What the flow has come to. */
export const addedBy = ({ about, invitees, suppressedOptOut }: InvitedMore): Partial<Context> => ({
  ...{ about, saved: true, added: invitees.length, optedOut: suppressedOptOut },
});

/** One invitation per person who was added. */
export function invitationsOf(
  { owner, organizerName }: Context,
  of: { readonly saved: InvitedMore; readonly at: number },
): readonly Start[] {
  const { about } = of.saved;
  if (about === null) return [];
  const { id, crewId, title, place, startsAt, poll } = about;
  if (poll !== undefined) {
    const asked = { owner, organizerName, syncupId: id, crewId, ...poll };
    return pollInvitationsTo(asked, of.saved.invitees, 'add_people');
  }
  const whenText = whenOf(about, of.at);
  const closesAt = closesAtOf({ startsAt, answerBy: about.answerBy ?? null }, of.at);
  const occasion = { owner, organizerName, eventId: id, crewId, title, whenText, place, closesAt };
  return invitationsTo(occasion, of.saved.invitees, 'add_people');
}
