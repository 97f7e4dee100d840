/**
 * Splits a text where people change the subject: at punctuation, line breaks and "but". A clause
 * knows whether its sentence ended in a question mark and whether it corrects what was said before.
 */
import { plainWords } from './words.ts';

export type Clause = {
  readonly words: string;
  /** The clause stands directly before a question mark. */
  readonly question: boolean;
  /** Opened by "wait", "actually", "i mean" …: what follows replaces what came before. */
  readonly corrects: boolean;
  readonly contrasts: boolean;
};

/** More than anyone writes as an answer; the rest of such a text is not looked at. */
export const MAX_CLAUSES = 40;

const EMOTICON = /(?:^|\s)(?:[:;=8]'?-?[()dp3|/*o]|<3|xd|\^\^|;\))(?=\s|$|[.!,])/giu;
const CORRECTION =
  '(?:no |oh |or |sorry |oops )?(?:wait|actually|i mean|i meant|i mean to say|meant to say|scratch that|strike that|correction|oops|on second thought|on second thoughts|changed my mind|i changed my mind|my mistake|my bad|hold on|digo|perdon|mejor dicho|espera)';
const CORRECTS = new RegExp(
  `^(?:(?:no|oh|or|sorry|and|but|hmm|um|uh) )?${CORRECTION}(?: (?:sorry|no wait|wait|actually|i mean|i meant))?(?: |$)`,
  'u',
);
const ANSWER = '(?:yes|yeah|yep|yup|no|nope|nah|sure|ok|s\u00ed)';
/** "yes wait no", "no actually yes": a correction without punctuation between two answers. */
const INNER_CORRECTION = new RegExp(
  `(?<=(?:^| )${ANSWER}) (?=(?:oh |sorry |oops )?(?:wait|actually|i mean|i meant|scratch that|oops|digo|perdon|espera|mejor dicho|sorry)(?: i meant?)? (?:.{0,24} )?(?:${ANSWER}|can not|i can)(?: |$))`,
  'u',
);

/** The clauses of a cleaned text, at most MAX_CLAUSES, without empty ones. */
export function splitClauses(text: string): readonly Clause[] {
  const prepared = text
    .replace(EMOTICON, ' ')
    .replace(/\b([ap])\.\s?m\b\.?/giu, '$1m')
    .replace(/\bn\/a\b/giu, ' na ')
    .replace(/\bw\/(?:o\b)?/giu, ' with ')
    .replace(/(\d)[.,:](?=\d)/gu, '$1\u0001');
  const clauses: Clause[] = [];
  for (const piece of prepared.split(
    /(?<=[.!?;:,\n\u2026)[\]{}"|/\\\u00bf\u00a1~]) *|(?<![\p{L}\p{N}])(?=\() *| +-+ +| ?--+ ?/u,
  )) {
    const question = /\?\W*$/u.test(piece);
    const words = plainWords(piece.replaceAll('\u0001', ' '));
    addClauses(clauses, words, question);
    if (question && words === '') markQuestion(clauses);
    if (clauses.length >= MAX_CLAUSES) break;
  }
  return clauses.slice(0, MAX_CLAUSES);
}

function markQuestion(clauses: Clause[]): void {
  const last = clauses.pop();
  if (last) clauses.push({ ...last, question: true });
}

function addClauses(clauses: Clause[], words: string, question: boolean): void {
  if (words === '') return;
  const parts = words.split(
    /(?:^| )(?:but|pero|however|although|though(?= [ip])|because|porque)(?= |$) ?/u,
  );
  parts.forEach((part, index) => {
    const last = index === parts.length - 1;
    const halves = part.split(INNER_CORRECTION);
    halves.forEach((half, halfIndex) => {
      const rest = half.replace(CORRECTS, '').trim();
      const corrects = rest !== half.trim() && !/^(?:no )?actually$/u.test(half.trim());
      if (half.trim() === '') return;
      clauses.push({
        words: rest,
        question: question && last && halfIndex === halves.length - 1,
        corrects,
        contrasts: index > 0,
      });
    });
  });
}
