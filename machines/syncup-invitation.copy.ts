/*
 * Every text that an invitation to vote sends. All name the organizer and the sync-up, so that a vote
 * that went to the wrong one is seen at once; those that ask number the options. Options are cut
 * where all of them together would take more than three SMS: their times last, as they tell them apart.
 */
import type { Context } from './syncup-invitation.model.ts';
import { nameOf } from './text.copy.ts';

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
const LABEL_MAX = [40, 28, 20, 12, 0] as const;

/** "Beach, Fri Jun 5, 7 PM"; with no letters left for words, its time alone. */
function optionOf({ label, whenText }: Option, max: number): string {
  const words = label === null || (max === 0 && whenText !== null) ? '' : nameOf(label, '', max);
  return [words, whenText].filter(Boolean).join(', ');
}

/** What each option is called in full: what a reply may call it, too. */
export const labelsOf = ({ options }: Context): readonly string[] =>
  options.map((option) => optionOf(option, LABEL_MAX[0]));

/** Three SMS, in letters: of GSM-7, and of any script. */
const THREE_SMS = 459;
const THREE_SMS_ANY = 201;
const ANY_SCRIPT = /[^ -~¡-ÿΔΦΓΛΩΠΨΣΘΞ€]/u;

const numbered = (options: readonly Option[], max: number): string =>
  options.map((option, n) => `${n + 1}) ${optionOf(option, max)}`).join(' ');

/** The longest wording that fits three SMS. */
function wordings({ options }: Context, say: (listed: string) => string): string {
  const said = LABEL_MAX.map((max) => say(numbered(options, max)));
  const fits = (text: string) => text.length <= (ANY_SCRIPT.test(text) ? THREE_SMS_ANY : THREE_SMS);
  return said.find(fits) ?? said.at(-1) ?? '';
}

function howOf(context: Context): string {
  const letter = letterOf(context);
  const example = letter === '' ? '' : `, like ${letter}1`;
  return context.voting === 'multi'
    ? `Reply with one or more numbers, like ${letter}1 2.`
    : `Reply with one number${example}.`;
}

/** "2) Sat Jun 6, 7 PM": what was voted for, as it was numbered. */
function chosenOf({ options, choices }: Context): string {
  const chosen = options.flatMap((option, n) =>
    choices?.includes(n + 1) ? [`${n + 1}) ${optionOf(option, LABEL_MAX[1])}`] : [],
  );
  return chosen.join(' ');
}

const asking =
  (opening: (context: Context) => string) =>
  (context: Context): string =>
    wordings(
      context,
      (listed) => `${fromUs(context)} ${opening(context)}: ${listed}. ${howOf(context)}`,
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
  'syncup-invitation.invite': (context: Context) => {
    const what = nameOf(context.title ?? '', 'a get-together');
    return wordings(
      context,
      (listed) =>
        `${fromUs(context)} ${whoOf(context)} asks what works for ${what}: ${listed}. ${howOf(context)} Reply STOP to opt out`,
    );
  },
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
    `Funlet: your vote for ${aboutOf(context)} is ${chosenOf(context)}. Changed your mind? ${againBy(context, 'another number')}`,
  'syncup-invitation.no': (context: Context) =>
    `Funlet: noted, none of it works for you: ${aboutOf(context)}. Changed your mind? ${againBy(context, 'a number')}`,
  'syncup-invitation.closed': (context: Context) =>
    `Funlet: the vote for ${aboutOf(context)} is closed, so your reply came too late to count.`,
} as const;
export type Template = keyof typeof templates;
