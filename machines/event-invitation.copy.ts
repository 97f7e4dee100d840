/*
 * Every text that an invitation to an event sends. All name the organizer and the event, so that a
 * reply that went to the wrong one is seen at once. Names and titles are cleaned and cut: a text
 * fits one SMS where the names let it, and the place goes first where they do not.
 */
import type { Context } from './event-invitation.model.ts';
import { fitting, nameOf } from './text.copy.ts';

/** Raised with any wording. */
export const COPY_VERSION = '1.2.0';

/** An invitation asks by text, never in a chat. */
export const copy = {};

const whoOf = ({ organizerName }: Context): string => nameOf(organizerName, 'A friend');
const whatOf = ({ title }: Context): string => nameOf(title, 'a get-together');
const aboutOf = (context: Context): string => `${whatOf(context)} with ${whoOf(context)}`;

/** The longest wording that fits one SMS: the place goes first, then the end of the title. */
function wordings(context: Context, say: (what: string) => string): string {
  const { title, whenText, place } = context;
  const when = whenText === null ? '' : `, ${nameOf(whenText, '')}`;
  const where = place === null ? '' : ` at ${nameOf(place, 'a place to be named')}`;
  const short = nameOf(title, 'a get-together', 24);
  return fitting([
    say(`${whatOf(context)}${when}${where}`),
    say(`${whatOf(context)}${when}`),
    say(`${short}${when}`),
  ]);
}

const reminder =
  (question: string) =>
  (context: Context): string =>
    wordings(context, (what) => `Funlet: ${whoOf(context)} reminds you of ${what}. ${question}`);

const final =
  (question: string) =>
  (context: Context): string =>
    wordings(context, (what) => `Funlet: ${whoOf(context)} says it is on: ${what}. ${question}`);

const changed =
  (question: string) =>
  (context: Context): string =>
    wordings(context, (what) => `Funlet: ${whoOf(context)} changed plans: ${what}. ${question}`);

/** The bodies by template id; the ids are a registry of the log. */
export const templates = {
  'event-invitation.invite': (context: Context) =>
    wordings(
      context,
      (what) =>
        `Funlet: ${whoOf(context)} invites you to ${what}. Reply YES or NO. Reply STOP to opt out`,
    ),
  'event-invitation.remind': reminder('Are you in? Reply YES or NO.'),
  'event-invitation.remind_yes': reminder('You said YES. Still in? Reply YES or NO.'),
  'event-invitation.remind_no': reminder('You said NO. Changed your mind? Reply YES.'),
  'event-invitation.final': final('Are you in? Reply YES or NO.'),
  'event-invitation.final_yes': final('You said YES. Still in? Reply YES or NO.'),
  'event-invitation.final_no': final('You said NO. Changed your mind? Reply YES.'),
  'event-invitation.changed': changed('Are you in? Reply YES or NO.'),
  'event-invitation.changed_yes': changed('You said YES. Still in? Reply YES or NO.'),
  'event-invitation.changed_no': changed('You said NO. In now? Reply YES or NO.'),
  'event-invitation.cancel': (context: Context) =>
    wordings(context, (what) => `Funlet: ${whoOf(context)} called off ${what}.`),
  'event-invitation.called_off': (context: Context) =>
    `Funlet: ${aboutOf(context)} was called off, so there is nothing to answer any more.`,
  'event-invitation.clarify': (context: Context) =>
    `Funlet: sorry, we did not get that. Are you in for ${aboutOf(context)}? Reply YES or NO.`,
  'event-invitation.clarify_again': (context: Context) =>
    `Funlet: still not sure what you mean. Just YES or NO, please: ${aboutOf(context)}?`,
  'event-invitation.yes': (context: Context) =>
    `Funlet: you are in for ${aboutOf(context)}. Plans changed? Reply NO.`,
  'event-invitation.no': (context: Context) =>
    `Funlet: noted, you are not coming to ${aboutOf(context)}. Changed your mind? Reply YES.`,
  'event-invitation.closed': (context: Context) =>
    `Funlet: ${aboutOf(context)} is closed, so your reply came too late to count.`,
} as const;
export type Template = keyof typeof templates;
