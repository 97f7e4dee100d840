/** Runs a phrase book over words. */
import { NUMBER, type PhraseBook, type PhraseMatch, step } from './phrase-book.ts';

/** Every place where a phrase beginning at `from` ends, in the order of the ends. */
export function matchesAt(
  book: PhraseBook,
  words: readonly string[],
  from = 0,
): readonly PhraseMatch[] {
  const found: PhraseMatch[] = [];
  let active: readonly number[] = [];
  for (let at = from; ; at++) {
    const word = words[at];
    if (at > from) collect(book, active, { at, word, end: words.length }, found);
    if (word === undefined) return found;
    active = at === from ? firstStep(book, word) : step(book, active, word);
    if (active.length === 0) return found;
  }
}

function firstStep(book: PhraseBook, word: string): readonly number[] {
  return book.first.get(word) ?? (NUMBER.test(word) ? book.firstNumber : book.firstOther);
}

type Place = { readonly at: number; readonly word: string | undefined; readonly end: number };

function collect(
  book: PhraseBook,
  active: readonly number[],
  place: Place,
  found: PhraseMatch[],
): void {
  const { at, word, end } = place;
  for (const state of active) {
    const accept = book.states[state]?.accept;
    if (!accept) continue;
    if (word !== undefined && (accept.not.has(word) || accept.not.has('_'))) continue;
    found.push({ end: accept.open ? end : at, value: accept.value, order: accept.order });
  }
}

/** The longest match at `from`; of two as long, the one written first. */
export function longestAt(
  book: PhraseBook,
  words: readonly string[],
  from = 0,
): PhraseMatch | undefined {
  let best: PhraseMatch | undefined;
  for (const match of matchesAt(book, words, from)) {
    const longer = !best || match.end > best.end;
    if (longer || (best?.end === match.end && match.order < best.order)) best = match;
  }
  return best;
}

/** The words begin with a phrase of the book. */
export function beginsWith(book: PhraseBook, words: readonly string[]): boolean {
  return matchesAt(book, words).length > 0;
}

/** A phrase of the book stands somewhere in the words. */
export function occursIn(book: PhraseBook, words: readonly string[]): boolean {
  return words.some((_, at) => matchesAt(book, words, at).length > 0);
}

/** The words are a phrase of the book and then nothing but words of `tail`. */
export function isOnly(
  book: PhraseBook,
  words: readonly string[],
  tail: ReadonlySet<string>,
): boolean {
  let tailFrom = words.length;
  while (tailFrom > 0 && isTail(words[tailFrom - 1] ?? '', tail)) tailFrom--;
  return matchesAt(book, words).some((m) => m.end >= tailFrom);
}

function isTail(word: string, tail: ReadonlySet<string>): boolean {
  return tail.has(word) || (tail.has('#') && NUMBER.test(word));
}

/** The words are all in `tail`. */
export function areAll(words: readonly string[], tail: ReadonlySet<string>): boolean {
  return words.every((w) => isTail(w, tail));
}
