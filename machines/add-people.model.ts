/* Adding people: what comes in, what is remembered, and what is saved in the end. */
import { z } from 'zod';
import { OfferedEvent, TargetEvent, targetEvents, whenOf } from './event-target.ts';
import { type Invited, type Invitee, invitationsTo, inviteesOf } from './inviting.ts';
import { type Begun, defineEvents, type Start } from './kit.ts';
import { endingEvents, Organizer, Saving } from './organizer.ts';
import { Person } from './people.ts';
import { beginList, PeopleList, peopleEvents } from './people-list.ts';

export const events = defineEvents({
  ...targetEvents,
  ...peopleEvents,
  'organizer.went_back': z.strictObject({}),
  'organizer.invited_people': z.strictObject({}),
  ...endingEvents,
});
export type Event = typeof events.type;

/** Without an event, or with one that takes nobody any more, the flow asks which. */
export const input = z.strictObject({ organizer: Organizer, eventId: z.uuid().optional() });

export const context = z.strictObject({
  owner: z.uuid(),
  begunAt: z.int(),
  organizerName: z.string(),
  /** The event that is wanted; it is `event` once it has been found. */
  eventId: z.uuid().nullable(),
  event: TargetEvent.nullable(),
  /** The events as last looked up, while one may be chosen. */
  offered: z.array(OfferedEvent),
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

/** Nobody yet, or those whom the resumed run had got together, unless this one is about another event. */
export function begin({ owner, at, organizer, eventId, resume: dropped }: Input): Context {
  const isOther = eventId !== undefined && eventId !== dropped?.eventId;
  const resume = isOther ? undefined : dropped;
  return {
    ...{ owner, begunAt: at, organizerName: organizer.name },
    eventId: eventId ?? resume?.eventId ?? null,
    ...{ event: null, offered: [], already: [] },
    ...beginList(organizer.country, resume),
    ...{ saves: 0, saved: false, added: 0, optedOut: 0 },
  };
}

/** The event with everybody who is invited to it. */
export type FoundInvited =
  | { readonly found: true; readonly event: TargetEvent; readonly invited: readonly Person[] }
  | { readonly found: false };

/** The event as it stands now; who was invited meanwhile need not be invited again. */
export function found({ people }: Context, output: FoundInvited): Partial<Context> {
  if (!output.found) return {};
  const known = new Set(output.invited.map(({ phone }) => phone));
  return {
    event: output.event,
    offered: [],
    already: [...output.invited],
    people: people.filter(({ phone }) => !known.has(phone)),
  };
}

/** Who is invited to what by `inviteMore`. */
export type InviteMore = { readonly eventId: string; readonly people: readonly Invitee[] };

/** Those who are invited now; nobody where the event has passed or was called off meanwhile. */
export type InvitedMore = {
  readonly invitees: readonly Invited[];
  readonly suppressedOptOut: number;
};

export const saveOf = ({ eventId, people }: Context): InviteMore => ({
  eventId: eventId ?? '',
  people: inviteesOf(eventId ?? '', people),
});

/** One invitation per person who was added. */
export function invitationsOf(
  { event, owner, organizerName }: Context,
  of: { readonly saved: InvitedMore; readonly at: number },
): readonly Start[] {
  if (event === null) return [];
  const { id: eventId, crewId, title, place, startsAt } = event;
  const whenText = whenOf(event, of.at);
  const occasion = { owner, organizerName, eventId, crewId, title, whenText, place, startsAt };
  return invitationsTo(occasion, of.saved.invitees, 'add_people');
}
