/*
 * What a phone line says on its own behalf, where no invitation speaks. It names organizers and events
 * only where it must ask which one was meant.
 */
import type { Asked } from './phone-line.model.ts';
import { fitting, nameOf } from './text.copy.ts';

/** Raised with any wording. */
export const COPY_VERSION = '1.1.0';

/** A phone line asks nothing of a client. */
export const copy = {};

/** The bodies by template id; the ids are a registry of the log. */
export const templates = {
  'phone-line.opted_out':
    'Funlet: you are opted out and get no more texts from us. Reply START to get them again.',
  'phone-line.help':
    'Funlet: invites from people you know. Answer them YES or NO; ask whoever invited you for more. Reply STOP to opt out.',
  'phone-line.which': 'Funlet: more than one invite is open for you. Which one do you mean?',
  'phone-line.ask_again':
    'Funlet: you get our texts again. To answer an invite, please reply YES or NO once more.',
} as const;
export type Template = keyof typeof templates;

/** Who and what, by their letters; names are cut where they would cost a second SMS. */
export function whichText(asked: readonly Asked[]): string {
  const list = (who: number, what: number) =>
    asked
      .map(({ code, organizerName, title }) => {
        const from = nameOf(organizerName ?? '', 'A friend', who);
        return `${code}: ${from}, ${nameOf(title ?? '', 'a get-together', what)}.`;
      })
      .join(' ');
  const say = (names: string) =>
    `Funlet: ${asked.length} invites open. ${names} ${question(asked)}`;
  const titles = (what: number) =>
    asked.map(({ code, title }) => `${code}: ${nameOf(title ?? '', 'invite', what)}.`).join(' ');
  return fitting([
    ...([say(list(40, 40)), say(list(16, 20)), say(list(8, 12))] as const),
    ...[say(titles(5)), say(titles(2))],
  ]);
}

const SAID = { yes: 'YES', no: 'NO', vote: 'vote' } as const;

function question(asked: readonly Asked[]): string {
  const codes = asked.map(({ code }) => code);
  const letters = `${codes.slice(0, -1).join(', ')} or ${codes.at(-1)}`;
  const [first] = asked;
  const said = first && asked.every(({ reading }) => reading.kind === first.reading.kind);
  const kind = said ? first.reading.kind : 'unknown';
  if (kind === 'yes' || kind === 'no' || kind === 'vote') {
    return `Which one is your ${SAID[kind]} for? Reply ${letters}.`;
  }
  return `Which one do you mean? Reply ${letters} with your answer, like ${codes[0]} YES.`;
}
