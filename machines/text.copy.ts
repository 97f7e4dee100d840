/*
 * What every text obeys: names and titles of people become one clean short line, and letters outside
 * GSM-7 become their nearest inside it, since one of them halves what a text can hold. A text itself
 * says nothing of its own: its body is its starter's.
 */
import type { Lettered } from './letters.ts';
import { cleanLine } from './line.ts';

/** A text asks nothing of a client. */
export const copy = {};

const NAME_MAX = 40;
const ONE_SMS = 160;

// GSM 03.38, the basic table without line ends, and the letters that cost two.
const GSM =
  '@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€';
const INSIDE: ReadonlySet<string> = new Set(GSM);
/** What takes no mark off, as it has none: quotes and dashes, and letters with a stroke or of two. */
const PLAIN: ReadonlyMap<string, string> = new Map([
  ...[...'\u2018\u2019\u201a\u2039\u203a`\u00b4'].map((quote) => [quote, "'"] as const),
  ...[...'\u201c\u201d\u201e\u00ab\u00bb'].map((quote) => [quote, '"'] as const),
  ...[...'\u2010\u2011\u2012\u2013\u2014\u2212'].map((dash) => [dash, '-'] as const),
  ['\u2026', '...'],
  ...['łl', 'ŁL', 'đd', 'ĐD', 'ıi', 'ðd', 'ÐD', 'ħh', 'ĦH', 'ŧt', 'ŦT'].map(
    ([letter = '', bare = '']) => [letter, bare] as const,
  ),
  ...([
    ['œ', 'oe'],
    ['Œ', 'OE'],
    ['þ', 'th'],
    ['Þ', 'Th'],
    ['ẞ', 'SS'],
  ] as const),
]);

/** The text in GSM-7 as far as its script allows: `Tomás` becomes `Tomas`, `李` stays. */
export function gsmOf(text: string): string {
  return [...text.normalize('NFC')]
    .map((letter) => {
      if (INSIDE.has(letter)) return letter;
      const bare = PLAIN.get(letter) ?? letter.normalize('NFKD').replace(/\p{M}/gu, '');
      return [...bare].every((plain) => INSIDE.has(plain)) ? bare : letter;
    })
    .join('');
}

const LINK =
  /\b(?:https?:\/\/|www\.)\S*|\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|io|ly|me|co|app)\b\S*/giu;
// A name that gives orders could speak in our place ("Bo. Reply STOP").
const ORDER = /\breply\s+(?:stop|start|help|yes|no)\b/giu;

/** A name, title or place from a person as it may stand in a text; `otherwise` when nothing is left. */
export function nameOf(text: string, otherwise: string, max = NAME_MAX): string {
  const clean = cleanLine(text)
    .replace(LINK, '')
    .replace(ORDER, '')
    .replace(/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u20e3/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  const letters = [...gsmOf(clean)];
  const short = letters.length > max ? letters.slice(0, max).join('').trimEnd() : letters.join('');
  return short === '' ? otherwise : short;
}

const COSTS_TWO = new Set('^{}\\[~]|€');

/** How many SMS a text takes, or one more: what does not split at their seams is not looked at. */
export function smsOf(text: string): number {
  const letters = [...text];
  if (!letters.every((letter) => INSIDE.has(letter)))
    return text.length <= 70 ? 1 : Math.ceil(text.length / 66);
  const places = letters.length + letters.filter((letter) => COSTS_TWO.has(letter)).length;
  return places <= ONE_SMS ? 1 : Math.ceil(places / 152);
}

/** No text of ours takes more. */
const MOST_SMS = 3;
export const isAllowed = (text: string): boolean => smsOf(text) <= MOST_SMS;

/** The first of these wordings that is one SMS, else one of three, else the last. Longest first. */
export const fitting = (wordings: readonly [string, ...string[]]): string =>
  wordings.find((wording) => smsOf(wording) === 1) ??
  wordings.find(isAllowed) ??
  wordings.at(-1) ??
  wordings[0];

/** The text in the letters that cost least, whatever that leaves of it. */
export const plainOf = (text: string): string =>
  [...gsmOf(text)]
    .filter((letter) => INSIDE.has(letter) && !COSTS_TWO.has(letter))
    .join('')
    .replace(/\s+/gu, ' ')
    .trim();

/** What a text of a question says, and what it says where an answer without a letter may go elsewhere. */
export function bodiesOf<T extends Lettered & { readonly id: string }>(
  context: T,
  say: (context: T) => string,
) {
  const body = say({ ...context, code: null });
  const lettered = say(context);
  return { body, lettered: lettered === body ? null : { promptId: context.id, body: lettered } };
}
