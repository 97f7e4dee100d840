/* Event creation: what is saved in the end, and the invitations that begin when it is. */
import { type Context, crewIdOf, inviteesOf } from './event-creation.model.ts';
import { closesAtOf, type Rules } from './gathering.model.ts';
import { gatheringIdOf } from './gathering-news.ts';
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
  /** By what it becomes final by itself. */
  readonly rules: Rules;
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
  rules: context.rules,
  newCrew: context.newCrew,
  people: inviteesTo(context.eventId, inviteesOf(context)),
});

/** The event's gathering, and one invitation per invitee, each with all that its texts say. */
export function invitationsOf(
  context: Context,
  of: { readonly saved: SavedEvent; readonly at: number },
): readonly Start[] {
  const { eventId, owner, organizerName, title, when, place, rules } = context;
  const what = { eventId, title, place, crewId: crewIdOf(context) };
  const startsAt = when?.startsAt ?? null;
  const read = when === null ? null : whenText(when.startsAt, when.timeZone, of.at);
  const gathering: Start = {
    ...{ machine: 'gathering', id: gatheringIdOf(eventId), owner },
    input: { ...what, startsAt, whenText: read, rules },
  };
  const occasion = {
    ...{ ...what, owner, organizerName, whenText: read },
    closesAt: closesAtOf({ startsAt, answerBy: rules.answerBy }, of.at),
  };
  return [gathering, ...invitationsTo(occasion, of.saved.invitees, 'flow')];
}
