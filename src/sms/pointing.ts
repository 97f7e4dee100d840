/*
 * Which question a text speaks of without its letter: it quotes it, says who asked or what about, or has a
 * word of its title in it. What the text answers is not its business.
 */
import type { PromptRow } from '../store/prompts.ts';
import { understand } from './understanding/index.ts';

/**
 * `name` is the organizer's first name, the whole title or two of its words, or one word beside a bare answer
 * ("no to dinner"). Any other single word of a title is a `word`: people say it of other things, too.
 */
export type Points = 'quote' | 'name' | 'word' | null;

/** Names that are everyday words of answers: "yes I will" is not about Will. */
const WORDS_TOO: ReadonlySet<string> = new Set(
  (
    'will may mark hope joy grace art rob sue pat bill drew chase faith summer june april august guy ' +
    'jack rich frank earnest dawn eve holly rose ray sky star sunny max gene don friend'
  ).split(' '),
);
/** Shorter words are in everybody's sentences. */
const LEAST_LETTERS = 3;

/** How a text points at a question; null where it does not. */
export function pointsAt(
  { organizerName, title }: Pick<PromptRow, 'organizerName' | 'title'>,
  { text, quoted }: { readonly text: string; readonly quoted: string | undefined },
): Points {
  const names = [organizerName, title].map((name) => plain(name ?? '')).filter(Boolean);
  if (quoted !== undefined) {
    const said = plain(quoted);
    return names.length === 2 && names.every((name) => said.includes(name)) ? 'quote' : null;
  }
  const said = wordsOf(text);
  const [first = ''] = wordsOf(organizerName ?? '');
  if (said.includes(first) && tells(first)) return 'name';
  const told = new Set(wordsOf(title ?? '').filter((word) => said.includes(word) && tells(word)));
  const [only] = told;
  if (only === undefined) return null;
  const isNamed = told.size > 1 || saysWhole(said, title ?? '') || isBareWith(only, said);
  return isNamed ? 'name' : 'word';
}

const ARTICLES: ReadonlySet<string> = new Set([
  'the',
  'a',
  'an',
  'el',
  'la',
  'los',
  'las',
  'un',
  'una',
]);
const isArticle = (word: string): boolean => ARTICLES.has(word);

/** A title of one word is in too many sentences for that. */
function saysWhole(said: readonly string[], title: string): boolean {
  const words = wordsOf(title).filter((word) => !isArticle(word));
  const phrase = words.join(' ');
  const without = said.filter((word) => !isArticle(word)).join(' ');
  return words.length > 1 && ` ${without} `.includes(` ${phrase} `);
}

const TOWARDS: ReadonlySet<string> = new Set(['to', 'for', 'para', 'al', 'one', 'please', 'pls']);

/** The word is all that is said, but for an answer of one word: "no to dinner", "dinner: yes", "the hike one". */
function isBareWith(word: string, said: readonly string[]): boolean {
  const rest = said.filter((one) => one !== word && !isArticle(one) && !TOWARDS.has(one));
  const [answer, ...more] = rest;
  return answer === undefined || (more.length === 0 && isAnswer(answer));
}

const isAnswer = (word: string): boolean =>
  ['yes', 'no'].includes(understand(word, { ctx: 'event' }).kind);

const PLACES: readonly (readonly [RegExp, number | 'last'])[] = [
  [/^(?:first|1st|primer[oa]?)$/u, 1],
  [/^(?:second|2nd|segund[oa])$/u, 2],
  [/^(?:third|3rd|tercer[oa]?)$/u, 3],
  ...['fourth|4th', 'fifth|5th', 'sixth|6th', 'seventh|7th', 'eighth|8th', 'ninth|9th'].map(
    (word, n) => [new RegExp(`^(?:${word})$`, 'u'), n + 4] as const,
  ),
  [/^(?:last|ultim[oa])$/u, 'last'],
];
const A_PLACE =
  /^\W*(?:(?:it(?:'?s| is)|for|para)\s+)?(?:(?:the|el|la)\s+)?(\w+)(?:\s+(?:one|invite|invitation))?(?:\W+(?:please|pls|thanks|thank you|por favor|gracias))?\W*$/u;

/** The place in a list that a text is and nothing else: "the second one". */
export function placeOf(text: string): number | 'last' | null {
  const word = A_PLACE.exec(plain(text))?.[1] ?? '';
  return PLACES.find(([is]) => is.test(word))?.[1] ?? null;
}

const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/gu, ' ').trim();

const wordsOf = (text: string): readonly string[] => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** A word that is no answer by itself, so that saying it is about the question and not in reply to it. */
const tells = (word: string): boolean =>
  word.length >= LEAST_LETTERS &&
  !WORDS_TOO.has(word) &&
  understand(word, { ctx: 'event' }).rule === 'no_match' &&
  !ORDINARY.has(word);

const ORDINARY: ReadonlySet<string> = new Set(
  'the and for with but not you are can our out day night time get together party one two see there come back'.split(
    ' ',
  ),
);
