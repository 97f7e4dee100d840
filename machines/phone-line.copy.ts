/*
 * What a phone line says on its own behalf, where no invitation speaks. It names organizers and events
 * only where it must ask which one was meant.
 */
import type { Asked } from './phone-line.model.ts';
import type { Reading } from './replies.ts';
import { fitting, nameOf } from './text.copy.ts';

/** Raised with any wording. */
export const COPY_VERSION = '1.3.0';

/** A phone line asks nothing of a client. */
export const copy = {};

/** The bodies by template id; the ids are a registry of the log. */
export const templates = {
  'phone-line.opted_out':
    'Funlet: you are opted out and get no more texts from us. Reply START to get them again.',
  'phone-line.help':
    'Funlet: invites from people you know. Answer them YES or NO; ask whoever invited you for more. Reply STOP to opt out.',
  'phone-line.which': 'Funlet: more than one invite is open for you. Which one do you mean?',
  'phone-line.noted': 'Funlet: noted, each of your answers counts.',
  'phone-line.ask_again':
    'Funlet: you get our texts again. To answer an invite, please reply YES or NO once more.',
} as const;
export type Template = keyof typeof templates;

/** Names the contact, if there is one: last, so that no full stop sticks to a link, and within one SMS. */
export const helpText = (contact?: string): string =>
  contact === undefined
    ? templates['phone-line.help']
    : fitting([
        `${templates['phone-line.help']} Help: ${contact}`,
        `Funlet: invites from people you know. Answer YES or NO. Reply STOP to opt out. Help: ${contact}`,
      ]);

/** Who and what, by their letters; names are cut where they would cost a second SMS. */
export const whichText = (asked: readonly Asked[]): string =>
  listing(
    asked,
    () => '',
    (names) => `Funlet: ${asked.length} invites open. ${names} ${question(asked)}`,
  );

/** What counts for each, by their letters. */
export const notedText = (noted: readonly Asked[]): string =>
  listing(
    noted,
    ({ reading }) => `: ${answerOf(reading)}`,
    (names) =>
      `Funlet: noted. ${names} Changed your mind? Reply ${lettersOf(noted)} with your new answer.`,
  );

const answerOf = ({ kind, choices }: Reading): string =>
  kind === 'vote' ? choices.join(' ') : kind.toUpperCase();

function listing(
  asked: readonly Asked[],
  end: (one: Asked) => string,
  say: (names: string) => string,
): string {
  const list = (who: number, what: number) =>
    asked
      .map((one) => {
        const from = nameOf(one.organizerName ?? '', 'A friend', who);
        const about = nameOf(one.title ?? '', 'a get-together', what);
        return `${one.code}: ${from}, ${about}${end(one)}.`;
      })
      .join(' ');
  const titles = (what: number) =>
    asked
      .map((one) => `${one.code}: ${nameOf(one.title ?? '', 'invite', what)}${end(one)}.`)
      .join(' ');
  return fitting([
    ...([say(list(40, 40)), say(list(16, 20)), say(list(8, 12))] as const),
    ...[say(titles(5)), say(titles(2))],
  ]);
}

const lettersOf = (asked: readonly Asked[]): string => {
  const codes = asked.map(({ code }) => code);
  return `${codes.slice(0, -1).join(', ')} or ${codes.at(-1)}`;
};

const SAID = { yes: 'YES', no: 'NO', vote: 'vote' } as const;

function question(asked: readonly Asked[]): string {
  const letters = lettersOf(asked);
  const [first] = asked;
  const said = first && asked.every(({ reading }) => reading.kind === first.reading.kind);
  const kind = said ? first.reading.kind : 'unknown';
  if (kind === 'yes' || kind === 'no' || kind === 'vote') {
    return `Which one is your ${SAID[kind]} for? Reply ${letters}.`;
  }
  return `Which one do you mean? Reply ${letters} with your answer, like ${first?.code} YES.`;
}
