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
/** Who asks and about what, as every text says it. */
export const saidOf = (context: Context) => ({
  organizerName: whoOf(context),
  title: whatOf(context),
});
const aboutOf = (context: Context): string => `${whatOf(context)} with ${whoOf(context)}`;

/** With its letter in the context, a text says by which one this question is answered; without, none. */
const letterOf = ({ code }: Context): string => (code ? `${code} ` : '');
const fromUs = (context: Context): string => {
  const letter = letterOf(context);
  return letter === '' ? 'Funlet:' : `[${letter.trim()}] Funlet:`;
};
const reply = (context: Context, answer: 'YES' | 'NO'): string =>
  `Reply ${letterOf(context)}${answer}`;
const replyEither = (context: Context): string =>
  `${reply(context, 'YES')} or ${letterOf(context)}NO`;

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

type Question = (context: Context) => string;

/** What the organizer has to say once more, and what is asked with it. */
const news =
  (verb: string, ask: Question) =>
  (context: Context): string =>
    wordings(
      context,
      (what) => `${fromUs(context)} ${whoOf(context)} ${verb} ${what}. ${ask(context)}.`,
    );

const reminder = (ask: Question) => news('reminds you of', ask);
const final = (ask: Question) => news('says it is on:', ask);
const changed = (ask: Question) => news('changed plans:', ask);

/** The bodies by template id; the ids are a registry of the log. */
export const templates = {
  'event-invitation.invite': (context: Context) =>
    wordings(
      context,
      (what) =>
        `${fromUs(context)} ${whoOf(context)} invites you to ${what}. ${replyEither(context)}. Reply STOP to opt out`,
    ),
  'event-invitation.remind': reminder((context) => `Are you in? ${replyEither(context)}`),
  'event-invitation.remind_yes': reminder(
    (context) => `You said YES. Still in? ${replyEither(context)}`,
  ),
  'event-invitation.remind_no': reminder(
    (context) => `You said NO. Changed your mind? ${reply(context, 'YES')}`,
  ),
  'event-invitation.final': final((context) => `Are you in? ${replyEither(context)}`),
  'event-invitation.final_yes': final(
    (context) => `You said YES. Still in? ${replyEither(context)}`,
  ),
  'event-invitation.final_no': final(
    (context) => `You said NO. Changed your mind? ${reply(context, 'YES')}`,
  ),
  'event-invitation.changed': changed((context) => `Are you in? ${replyEither(context)}`),
  'event-invitation.changed_yes': changed(
    (context) => `You said YES. Still in? ${replyEither(context)}`,
  ),
  'event-invitation.changed_no': changed(
    (context) => `You said NO. In now? ${replyEither(context)}`,
  ),
  'event-invitation.cancel': (context: Context) =>
    wordings(context, (what) => `Funlet: ${whoOf(context)} called off ${what}.`),
  'event-invitation.called_off': (context: Context) =>
    `Funlet: ${aboutOf(context)} was called off, so there is nothing to answer any more.`,
  'event-invitation.clarify': (context: Context) =>
    `Funlet: sorry, we did not get that. Are you in for ${aboutOf(context)}? ${replyEither(context)}.`,
  'event-invitation.clarify_again': (context: Context) =>
    `Funlet: still not sure what you mean. Just ${letterOf(context)}YES or ${letterOf(context)}NO, please: ${aboutOf(context)}?`,
  'event-invitation.yes': (context: Context) =>
    `Funlet: you are in for ${aboutOf(context)}. Plans changed? ${reply(context, 'NO')}.`,
  'event-invitation.no': (context: Context) =>
    `Funlet: noted, you are not coming to ${aboutOf(context)}. Changed your mind? ${reply(context, 'YES')}.`,
  'event-invitation.closed': (context: Context) =>
    `Funlet: ${aboutOf(context)} is closed, so your reply came too late to count.`,
} as const;
export type Template = keyof typeof templates;
