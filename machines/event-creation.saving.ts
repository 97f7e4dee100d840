/* Event creation: what is saved in the end, and the invitations that begin when it is. */
import { type Context, crewIdOf, inviteesOf } from './event-creation.model.ts';
import { type Invited, type Invitee, invitationsTo, inviteesOf as inviteesTo } from './inviting.ts';
import type { Start } from './kit.ts';
import { whenText } from './when.ts';

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
  readonly invitees: readonly Invited[];
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
  people: inviteesTo(context.eventId, inviteesOf(context)),
});

/** One invitation per invitee, each with all that its texts say. */
export function invitationsOf(
  context: Context,
  of: { readonly saved: SavedEvent; readonly at: number },
): readonly Start[] {
  const { eventId, owner, organizerName, title, when, place } = context;
  const occasion = {
    ...{ eventId, owner, organizerName, title, place },
    crewId: crewIdOf(context),
    whenText: when === null ? null : whenText(when.startsAt, when.timeZone, of.at),
    startsAt: when?.startsAt ?? null,
  };
  return invitationsTo(occasion, of.saved.invitees, 'flow');
}
