/**
 * Cuts a poll reply into clauses and says of each which numbers it holds, whether it refuses them,
 * and how many of its words have nothing to do with choosing.
 */
import { AROUND_A_CHOICE, NEGATIONS, QUESTION_WORDS, TENTATIVE } from '../tables/poll-phrases.ts';
import { plainWords } from '../words.ts';
import { NUMBER_WORDS, numberOf, ORDINAL_WORDS } from './numbers.ts';

export type VoteClause = {
  readonly numbers: readonly number[];
  readonly negated: boolean;
  readonly tentative: boolean;
  readonly question: boolean;
  /** Says yes and no at once: "1 yes 2 no" without a comma. */
  readonly contradicts: boolean;
  /** A refusal with a comma and a bare number behind it: "not 2, 3" may refuse both. */
  readonly dangling: boolean;
  /** Words that are neither numbers nor talk about choosing. */
  readonly foreign: number;
};

/** More clauses than any poll reply has. */
const MAX_CLAUSES = 40;

/** Clauses of a lower-case text, in order. */
export function voteClauses(text: string): readonly VoteClause[] {
  const parts = text
    .replace(/(\d)\s*(?:\)|\.(?=\s|$))/gu, '$1 ')
    .replace(/n't\b/gu, ' not')
    .replace(/\bcan ?not\b/gu, 'can not')
    .split(
      /[.!;\n?]+| - |(?:^|\s)(?:but|pero|aunque)(?=\s)|,(?=\s*[a-z\u00e1\u00e9\u00ed\u00f3\u00fa]*\s*(?:can|not|no|i)\b)|,|(?<=\d\s*)\s(?=(?:not|no|never)\s)/u,
    )
    .slice(0, MAX_CLAUSES)
    .map((p) => (p ?? '').trim())
    .filter((p) => p !== '');
  const clauses = parts.map(readClause);
  return clauses.map((clause, i) => ({
    ...clause,
    dangling: clause.negated && isBareNumber(parts[i + 1] ?? ''),
  }));
}

function isBareNumber(part: string): boolean {
  return (
    part !== '' &&
    plainWords(part)
      .split(' ')
      .every((w) => !Number.isNaN(numberOf(w)) || /^(?:and|or|y|o)$/u.test(w))
  );
}

function readClause(part: string): VoteClause {
  const words = plainWords(
    part.replace(/[&/]/gu, ' and ').replace(/(\d)\s*\+\s*(?=\d)/gu, '$1 and '),
  ).split(' ');
  const numbers: number[] = [];
  let foreign = 0;
  words.forEach((word, i) => {
    if (word === '' || word === '+' || word === '#') return;
    if (isNumber(word, words[i - 1] ?? '', words)) numbers.push(numberOf(word));
    else if (
      !AROUND_A_CHOICE.has(word) &&
      !NEGATIONS.has(word) &&
      !TENTATIVE.has(word) &&
      !QUESTION_WORDS.has(word)
    )
      foreign++;
  });
  const negated = words.some((w, i) => NEGATIONS.has(w) && !isNumero(words, i));
  return {
    numbers,
    negated,
    tentative: words.some((w) => TENTATIVE.has(w)),
    question: words.some((w) => QUESTION_WORDS.has(w)),
    contradicts: negated && words.some((w) => /^(?:yes|yeah|yep|s\u00ed)$/u.test(w)),
    dangling: false,
    foreign,
  };
}

/** "no 2" with a dot before cleaning, "num 2": a number sign spelled out is not a refusal. */
function isNumero(words: readonly string[], i: number): boolean {
  return words[i] === 'no' && /^(?:option|opcion|choice|number)$/u.test(words[i - 1] ?? '');
}

/** "one" is a number, but in "the last one", "this one", "the second one" it is a pronoun. */
function isNumber(word: string, previous: string, words: readonly string[]): boolean {
  if (Number.isNaN(numberOf(word))) return false;
  if (word === 'one' || word === 'una' || word === 'uno') {
    return (
      !/^(?:the|that|this|last|either|any|every|which|first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th|only|no|each)$/u.test(
        previous,
      ) || words.length === 2
    );
  }
  return NUMBER_WORDS.has(word) || ORDINAL_WORDS.has(word) || /\d/u.test(word);
}
