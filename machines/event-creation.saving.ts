/* Event creation: what is saved in the end, and the invitations that begin when it is. */
import { type Context, crewIdOf, inviteesOf } from './event-creation.model.ts';
import { derivedId, type Start } from './kit.ts';
import { whenText } from './when.ts';

type Invitee = {
  readonly invitationId: string;
  readonly phone: string;
  readonly name: string;
};

/** The event as `saveEvent` stores it, with the crew that is saved along with it. */
export type SaveEvent = {
  readonly eventId: string;
  readonly title: string;
  /** Epoch ms. */
  readonly startsAt: number | null;
  readonly timeZone: string | null;
  readonly place: string | null;
  readonly details: string | null;
  readonly crewId: string | null;
  readonly newCrew: { readonly id: string; readonly name: string } | null;
  readonly people: readonly Invitee[];
};

/** Those who may be texted, and how many have told us to stop. */
export type SavedEvent = {
  readonly suppressedOptOut: number;
  readonly invitees: readonly Invitee[];
};

export const saveOf = (context: Context): SaveEvent => ({
  eventId: context.eventId,
  title: context.title,
  startsAt: context.when?.startsAt ?? null,
  timeZone: context.when?.timeZone ?? null,
  place: context.place,
  details: context.details,
  crewId: context.crew?.id ?? null,
  newCrew: context.newCrew,
  people: inviteesOf(context).map(({ phone, name }) => ({
    invitationId: derivedId(context.eventId, `invitation:${phone}`),
    phone,
    name,
  })),
});

/** One invitation per invitee, each with all that its texts say. */
export function invitationsOf(
  context: Context,
  of: { readonly saved: SavedEvent; readonly at: number },
): readonly Start[] {
  const { eventId, owner, organizerName, title, when, place } = context;
  const shared = {
    eventId,
    crewId: crewIdOf(context),
    organizerName,
    title,
    whenText: when === null ? null : whenText(when.startsAt, when.timeZone, of.at),
    place,
    via: 'flow',
    inviteIndex: 1,
    closesAt: when?.startsAt ?? null,
  };
  return of.saved.invitees.map(({ invitationId, phone, name }) => ({
    machine: 'event-invitation',
    id: invitationId,
    owner,
    input: { ...shared, phone, name },
  }));
}
