/**
 * Splits a text where people change the subject: at punctuation, line breaks, "but" and "because".
 * A clause knows whether a question mark follows it and whether it corrects what was said before.
 */
import { longestAt } from './phrase-match.ts';
import {
  CONTRASTS,
  CORRECTIONS,
  REASONS,
  TURNED_FROM,
  TURNED_TO,
  TURNS,
} from './tables/correction-phrases.ts';
import { plainWords } from './words.ts';

export type Clause = {
  readonly words: string;
  /** The clause stands directly before a question mark. */
  readonly question: boolean;
  /** Opened by "wait", "actually", "i mean": what follows replaces what came before. */
  readonly corrects: boolean;
};

/** More than anyone writes as an answer; the rest of such a text is not looked at. */
export const MAX_CLAUSES = 40;
/** How far behind a turn the new answer may stand: "yes wait i am sorry no". */
const TURN_REACH = 5;

/** What an address spells ("www.yes.com") is no answer. */
const LINK = /\b(?:https?:\/\/|www\.)\S+|[^\s@]{1,64}@[^\s@]{1,80}\.\w+/giu;
const EMOTICON = /(?:^|\s)(?:[:;=8]'?-?[()dp3|/*o]|<3|xd|\^\^)(?=\s|$|[.!,])/giu;
/** Behind a mark, before a "(" that opens a remark, or at a dash between spaces. */
const BOUNDARY = new RegExp(
  [
    String.raw`(?<=[.!?;:,\n\u2026)[\]{}"|/\\\u00bf\u00a1~]) *`,
    String.raw`(?<![\p{L}\p{N}])(?=\()`,
    ' +-+ +| ?--+ ?',
  ].join('|'),
  'u',
);
/** Stands for the mark inside "7:30" and "2.5", which ends no clause. */
const INNER_MARK = '\u0001';

/** The clauses of a cleaned text, at most MAX_CLAUSES, without empty ones. */
export function splitClauses(text: string): readonly Clause[] {
  const clauses: Clause[] = [];
  for (const piece of prepare(text).split(BOUNDARY)) {
    const question = /\?\W*$/u.test(piece);
    const words = plainWords(piece.replaceAll(INNER_MARK, ' '));
    if (words !== '') addClauses(clauses, words.split(' '), question);
    else if (question) markQuestion(clauses);
    if (clauses.length >= MAX_CLAUSES) break;
  }
  return clauses.slice(0, MAX_CLAUSES);
}

function prepare(text: string): string {
  return text
    .replace(LINK, ' link ')
    .replace(EMOTICON, ' ')
    .replace(/\b(?:y|yes) ?\/ ?(?:n|no)\b/giu, ' yes or no ')
    .replace(/\b([ap])\.\s?m\b\.?/giu, '$1m')
    .replace(/\b50 ?[/-] ?50\b/gu, ' fifty fifty ')
    .replace(/\bn\/a\b/giu, ' na ')
    .replace(/\bw\/(?:o\b)?/giu, ' with ')
    .replace(/(\d)[.,:](?=\d)/gu, `$1${INNER_MARK}`);
}

function markQuestion(clauses: Clause[]): void {
  const last = clauses.pop();
  if (last) clauses.push({ ...last, question: true });
}

function addClauses(clauses: Clause[], words: readonly string[], question: boolean): void {
  const parts = splitAtTurns(words);
  parts.forEach((part, index) => {
    if (part.length === 0) return;
    const turn = longestAt(CORRECTIONS, part);
    const rest = turn && !isFirm(part) ? part.slice(turn.end) : part;
    const isLast = index === parts.length - 1;
    clauses.push({
      words: rest.join(' '),
      question: question && isLast,
      corrects: rest.length < part.length,
    });
  });
}

/** "No, actually" with nothing behind it takes nothing back. */
function isFirm(words: readonly string[]): boolean {
  return words.length === 2 && words[1] === 'actually';
}

function splitAtTurns(words: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = [[]];
  words.forEach((word, at) => {
    if (CONTRASTS.has(word) || REASONS.has(word)) parts.push([]);
    else if (isTurn(words, at)) parts.push([word]);
    else parts.at(-1)?.push(word);
  });
  return parts;
}

/** A correction between two answers: "no actually yes". */
function isTurn(words: readonly string[], at: number): boolean {
  if (!TURNED_FROM.has(words[at - 1] ?? '')) return false;
  const turn = longestAt(TURNS, words, at);
  return (
    turn !== undefined && words.slice(turn.end, turn.end + TURN_REACH).some((w) => TURNED_TO.has(w))
  );
}
