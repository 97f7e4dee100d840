/*
 * Every text that an invitation to vote sends. All name the organizer and the sync-up, so that a vote
 * that went to the wrong one is seen at once; those that ask number the options. Options are cut
 * where all of them together would take more than three SMS: their times last, as they tell them apart.
 */
import type { Context } from './syncup-invitation.model.ts';
import { isAllowed, nameOf, plainOf } from './text.copy.ts';

/** Raised with any wording. */
export const COPY_VERSION = '1.1.0';

/** An invitation asks by text, never in a chat. */
export const copy = {};

const whoOf = ({ organizerName }: Context): string => nameOf(organizerName, 'A friend');
const aboutOf = (context: Context): string =>
  `${nameOf(context.title ?? '', 'a get-together')} with ${whoOf(context)}`;

/** Who asks and about what, as every text says it. */
export const saidOf = (context: Context) => ({
  organizerName: whoOf(context),
  title: nameOf(context.title ?? '', 'a get-together'),
});

/** With its letter in the context, a text says by which one this question is answered; without, none. */
const letterOf = ({ code }: Context): string => (code ? `${code} ` : '');
const fromUs = (context: Context): string => {
  const letter = letterOf(context);
  return letter === '' ? 'Funlet:' : `[${letter.trim()}] Funlet:`;
};

type Option = Context['options'][number];

/** Letters of an option's words: all that they may have, and what is left when that is too much. */
const LABEL_MAX = [40, 28, 20, 12, 6, 3, 0] as const;

/** "Beach, Fri Jun 5, 7 PM"; with no letters left for words, its time alone. */
function optionOf({ label, whenText }: Option, max: number): string {
  const isLeftOut = label === null || (max === 0 && whenText !== null);
  const words = isLeftOut ? '' : nameOf(label, '', Math.max(max, 3));
  return [words, whenText].filter(Boolean).join(', ');
}

/** What each option is called in full: what a reply may call it, too. */
export const labelsOf = ({ options }: Context): readonly string[] =>
  options.map((option) => optionOf(option, LABEL_MAX[0]));

/** With their numbers: all options, or those that were chosen. */
const numbered = ({ options }: Context, max: number, chosen?: readonly number[] | null): string =>
  options
    .flatMap((option, n) =>
      chosen === undefined || chosen?.includes(n + 1) ? [`${n + 1}) ${optionOf(option, max)}`] : [],
    )
    .join(' ');

/** Names and words in letters that cost least: what is left where a script takes too much. */
const plainly = (context: Context): Context => ({
  ...context,
  organizerName: plainOf(context.organizerName),
  title: plainOf(context.title ?? ''),
  options: context.options.map(({ label, whenText }) => ({
    label: whenText === null || label === null ? label : plainOf(label),
    whenText,
  })),
});

/** The longest wording that fits three SMS. */
function wordings(context: Context, say: (context: Context, max: number) => string): string {
  const said = [context, plainly(context)].flatMap((of) => LABEL_MAX.map((max) => say(of, max)));
  return said.find(isAllowed) ?? said.at(-1) ?? '';
}

function howOf(context: Context): string {
  const letter = letterOf(context);
  const example = letter === '' ? '' : `, like ${letter}1`;
  return context.voting === 'multi'
    ? `Reply with one or more numbers, like ${letter}1 2.`
    : `Reply with one number${example}.`;
}

const asking =
  (opening: (context: Context) => string) =>
  (context: Context): string =>
    wordings(
      context,
      (of, max) => `${fromUs(of)} ${opening(of)}: ${numbered(of, max)}. ${howOf(of)}`,
    );

/** How to vote once more, after an answer. */
function againBy(context: Context, what: 'a number' | 'another number'): string {
  const letter = letterOf(context);
  return letter === '' ? `Reply with ${what}.` : `Reply ${letter}and ${what}.`;
}

/** "a number from 1 to 3", after the letter where there is one. */
function numberOf(context: Context): string {
  const letter = letterOf(context);
  return `${letter === '' ? '' : `${letter}and `}a number from 1 to ${context.options.length}`;
}

/** The bodies by template id; the ids are a registry of the log. */
export const templates = {
  'syncup-invitation.invite': (context: Context) =>
    wordings(context, (of, max) => {
      const what = nameOf(of.title ?? '', 'a get-together');
      return `${fromUs(of)} ${whoOf(of)} asks what works for ${what}: ${numbered(of, max)}. ${howOf(of)} Reply STOP to opt out`;
    }),
  'syncup-invitation.remind': asking(
    (context) => `what works for you? It is about ${aboutOf(context)}`,
  ),
  'syncup-invitation.remind_vote': asking(
    (context) => `you voted ${(context.choices ?? []).join(' ')} for ${aboutOf(context)}. Still so`,
  ),
  'syncup-invitation.remind_no': asking(
    (context) => `you said that none works for ${aboutOf(context)}. Perhaps one does`,
  ),
  'syncup-invitation.clarify': asking(
    (context) => `sorry, we did not get that. What works for ${aboutOf(context)}`,
  ),
  'syncup-invitation.clarify_again': (context: Context) =>
    `Funlet: still not sure what you mean. For ${aboutOf(context)}, just ${numberOf(context)}, please, or ${letterOf(context)}NONE.`,
  'syncup-invitation.vote': (context: Context) =>
    wordings(context, (of, max) => {
      const chosen = numbered(of, Math.min(max, LABEL_MAX[1]), of.choices);
      return `Funlet: your vote for ${aboutOf(of)} is ${chosen}. Changed your mind? ${againBy(of, 'another number')}`;
    }),
  'syncup-invitation.no': (context: Context) =>
    `Funlet: noted, none of it works for you: ${aboutOf(context)}. Changed your mind? ${againBy(context, 'a number')}`,
  'syncup-invitation.closed': (context: Context) =>
    `Funlet: the vote for ${aboutOf(context)} is closed, so your reply came too late to count.`,
} as const;
export type Template = keyof typeof templates;
