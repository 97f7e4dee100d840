/**
 * Cuts a poll reply into clauses and says of each which numbers it holds, whether it refuses them,
 * and how many of its words have nothing to do with choosing.
 */
import { wordSet } from '../phrase-book.ts';
import { AROUND_A_CHOICE, NEGATIONS, QUESTION_WORDS, TENTATIVE } from '../tables/poll-phrases.ts';
import { plainWords } from '../words.ts';
import { NUMBER_WORDS, numberOf } from './numbers.ts';

export type VoteClause = {
  readonly numbers: readonly number[];
  readonly negated: boolean;
  readonly tentative: boolean;
  readonly question: boolean;
  /** Says yes and no at once: "1 yes 2 no" without a comma. */
  readonly contradicts: boolean;
  /** A refusal with a bare number behind its comma: "not 2, 3" may refuse both. */
  readonly dangling: boolean;
  /** Words that are neither numbers nor talk about choosing. */
  readonly foreign: number;
};

/** More clauses than any poll reply has. */
const MAX_CLAUSES = 40;
/** "All but 1" refuses; elsewhere "but" begins another clause. */
const ALL_BUT =
  /\b(all|any\w*|every\w*|both|none|nothing|tod[ao]s?)(?: of \w+)? (?:but|pero|menos)\b/gu;
const BOUNDARY = /[.!;\n?,:()]+| - |\b(?:but|pero|aunque|because)\b|(?<=\d) (?=(?:not|no|never) )/u;
/** Before it "one" is a pronoun and "three" counts all of them. */
const NOT_A_CHOICE_AFTER = wordSet(`
  the that this last either any every which only no each first second third fourth fifth 1st 2nd 3rd
  4th 5th primera segunda tercera
`);

/** Clauses of a lower-case text, in order. */
export function voteClauses(text: string): readonly VoteClause[] {
  const parts = text
    .replace(ALL_BUT, '$1 except')
    .replace(/(\d)\s*(?:\)|\.(?=\s|$))/gu, '$1 ')
    .replace(/n't\b/gu, ' not')
    .split(BOUNDARY)
    .slice(0, MAX_CLAUSES)
    .map((p) => p.trim())
    .filter((p) => p !== '');
  const clauses = parts.map(readClause);
  return clauses.map((clause, i) => ({
    ...clause,
    dangling: clause.negated && isBareNumber(parts[i + 1] ?? ''),
  }));
}

function isBareNumber(part: string): boolean {
  const words = plainWords(part).split(' ');
  return words.every((w) => !Number.isNaN(numberOf(w)) || /^(?:and|or|y|o)$/u.test(w));
}

function readClause(part: string): VoteClause {
  const listed = part.replace(/[&/]/gu, ' and ').replace(/(\d)\s*\+\s*(?=\d)/gu, '$1 and ');
  const words = plainWords(listed).split(' ');
  const isChoice = (word: string, i: number) =>
    !Number.isNaN(numberOf(word)) && !isPronoun(word, words[i - 1] ?? '');
  const has = (set: ReadonlySet<string>) => words.some((w) => set.has(w));
  const negated = has(NEGATIONS);
  return {
    numbers: words.filter(isChoice).map(numberOf),
    negated,
    tentative: has(TENTATIVE),
    question: has(QUESTION_WORDS),
    contradicts: negated && words.some((w) => /^(?:yes|yeah|yep|s\u00ed)$/u.test(w)),
    dangling: false,
    foreign: words.filter((w, i) => !isChoice(w, i) && !isKnown(w)).length,
  };
}

function isPronoun(word: string, previous: string): boolean {
  if (previous === 'all') return true;
  return NUMBER_WORDS.has(word) && NOT_A_CHOICE_AFTER.has(previous);
}

function isKnown(word: string): boolean {
  return (
    !Number.isNaN(numberOf(word)) ||
    [AROUND_A_CHOICE, NEGATIONS, TENTATIVE, QUESTION_WORDS].some((set) => set.has(word)) ||
    /^[+#]?$/u.test(word)
  );
}
