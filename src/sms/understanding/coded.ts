/**
 * Answers that name their prompt by its letter, one or several in a text: "B yes", "A yes, B no",
 * "A and B: yes". All or nothing: where one part of the text fits no answer, it has no codes, and is
 * read as it stands. Whether a prompt with such a letter is open is for the caller to say.
 */
import { PROMPT_CODES, type PromptCode } from '../../../machines/letters.ts';
import { cleanText } from './clean.ts';
import { neutralReading } from './neutral.ts';
import { readReaction } from './reactions.ts';
import { stripSignature } from './signature.ts';

export type CodedAnswer = {
  readonly code: PromptCode;
  /** What was said of it; '' for the letter alone. */
  readonly rest: string;
};

/** Whoever answers more at once is no person in a hurry. */
const MOST = 4;
/** And an answer by letters is short. */
const LONGEST = 160;
const LETTER = `[${PROMPT_CODES.join('')}]`;
/** "A and B: yes", "A, B": letters before an answer that is for each of them. */
const LETTERS_FIRST = new RegExp(
  `^((?:${LETTER}(?:\\s*(?:[,&+/]|and|y)\\s*|\\s+))+${LETTER})\\b[\\s:.)=-]*(.*)$`,
  'isu',
);
/** "yes to A and B". */
const LETTERS_LAST = new RegExp(
  `^(.*?)[\\s,:-]+(?:(?:for|to|on)\\s+)?(${LETTER}(?:\\s*(?:[,&+/]|and|y)\\s*${LETTER})+)\\W*$`,
  'isu',
);
/** A letter that is never a word, to ask whether an answer stands beside it. */
const NO_WORD = 'B';
const BETWEEN = /\s*(?:[,;&+\n]|\.(?=\s)|\band\b|\bbut\b|\by\b|\bpero\b)\s*/giu;
const BEFORE_LETTER = new RegExp(`\\s+(?=${LETTER}(?:[\\s:)=-]|$))`, 'giu');
const AFTER_LETTER = new RegExp(`(?<=\\s${LETTER})\\s+`, 'giu');

/** The answers of a text by their codes; none where it names none. */
export function codedAnswers(text: string): readonly CodedAnswer[] {
  const cleaned = cleanText(text);
  if (cleaned.length > LONGEST || readReaction(cleaned)) return [];
  const own = stripSignature(cleaned).text;
  for (const at of [BETWEEN, BEFORE_LETTER, AFTER_LETTER]) {
    const parts = own.split(at).filter((part) => part.trim() !== '');
    const answers = parts.flatMap(codedIn);
    if (parts.length < 2 || answers.length < parts.length) continue;
    if (answers.every(({ rest }) => rest !== '')) return fewDistinct(answers);
  }
  const shared = sharedAnswer(own);
  return shared.length > 0 ? shared : codedIn(own);
}

function codedIn(part: string): readonly CodedAnswer[] {
  const { code, rest } = neutralReading(part);
  return code === undefined ? [] : coded(code, rest);
}

const coded = (letter: string, rest: string): readonly CodedAnswer[] =>
  PROMPT_CODES.filter((code) => code === letter.toUpperCase()).map((code) => ({ code, rest }));

/** One answer for several letters. */
function sharedAnswer(own: string): readonly CodedAnswer[] {
  const first = LETTERS_FIRST.exec(own);
  const last = first ? null : LETTERS_LAST.exec(own);
  const [letters = '', rest = ''] = first ? [first[1], first[2]] : [last?.[2], last?.[1]];
  const codes = letters.match(new RegExp(`\\b${LETTER}\\b`, 'giu')) ?? [];
  if (codes.length === 0) return [];
  const said = rest.trim();
  if (said !== '' && neutralReading(`${NO_WORD} ${said}`).code === undefined) return [];
  return fewDistinct(codes.flatMap((code) => coded(code, said)));
}

/** Nothing where a letter comes twice: which answer counts would be a guess. */
const fewDistinct = (answers: readonly CodedAnswer[]): readonly CodedAnswer[] =>
  answers.length <= MOST && new Set(answers.map(({ code }) => code)).size === answers.length
    ? answers
    : [];
