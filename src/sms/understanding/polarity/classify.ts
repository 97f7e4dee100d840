/**
 * Says what one clause is. It looks at nothing outside the clause; read-polarity.ts weighs the
 * clauses against each other.
 */
import { type PhraseBook, phraseBook } from '../phrase-book.ts';
import { areAll, beginsWith, isOnly, longestAt, matchesAt } from '../phrase-match.ts';
import { ADVERB_YES, ASSENT, NO_CONTINUES, PLAIN_NO, PLAIN_YES } from '../tables/answer-words.ts';
import { CONTINUES, LATER, REPORTED, RETRACT, TAKES_BACK } from '../tables/aside-phrases.ts';
import { NO_BARE, NO_RSVP, NO_RSVP_ALONE, NO_SOFT } from '../tables/no-phrases.ts';
import { FILLERS, SMALL_TAIL, TAIL, UNDECIDED_TAIL } from '../tables/small-words.ts';
import { HEDGES, UNDECIDED } from '../tables/undecided-phrases.ts';
import {
  GO_AHEAD,
  GO_AHEAD_AFTER,
  YES_BARE,
  YES_RSVP,
  YES_RSVP_ALONE,
  YES_SHORT,
  YES_SOFT,
} from '../tables/yes-phrases.ts';
import { ANSWER_NO, ANSWER_YES, answerTalk } from './answer-talk.ts';
import { type ClauseKind, isNo, isYes } from './clause-kind.ts';
import { type Condition, conditionIn } from './condition.ts';
import { rewriteIdioms } from './idioms.ts';
import { isQuestionShaped } from './question.ts';

export type Classified = {
  readonly kind: ClauseKind;
  /** The clause is the bare answer word. */
  readonly bare: boolean;
};

/** Nobody answers in a longer clause; what stands behind these words is a note. */
const MAX_WORDS = 60;
const NOTHING: ReadonlySet<string> = new Set();
const NO_WORD = phraseBook('no');

/**
 * What a clause in plain words is; `question` says whether a question mark follows it directly.
 */
export function classifyClause(plain: string, question: boolean): Classified {
  const all = plain.split(' ').slice(0, MAX_WORDS);
  if (isOnly(RETRACT, all, NOTHING) || all.some((_, at) => takesBack(all, at)))
    return { kind: 'retract', bare: false };
  const words = stripFillers(rewriteIdioms(all));
  if (words.length === 0) return { kind: 'polite', bare: false };
  if (words.includes('@mixed')) return { kind: 'mixed', bare: false };
  const kind = questionKind(words, question) ?? kindOf(words);
  const first = words[0] ?? '';
  const bare = words.length === 1 && (ANSWER_YES.has(first) || ANSWER_NO.has(first));
  return { kind, bare: bare && kind !== 'question' };
}

/** True for a clause that may follow assent as the same agreement: "great, book it". */
export function continuesAgreement(plain: string): boolean {
  return beginsWith(
    GO_AHEAD_AFTER,
    stripFillers(rewriteIdioms(plain.split(' ').slice(0, MAX_WORDS))),
  );
}

/** A retraction at the end of the clause: "yes just kidding". */
function takesBack(words: readonly string[], at: number): boolean {
  return matchesAt(TAKES_BACK, words, at).some((m) => m.end === words.length);
}

function stripFillers(words: readonly string[]): readonly string[] {
  let at = 0;
  for (let match = longestAt(FILLERS, words, at); match && match.end > at; ) {
    at = match.end;
    match = longestAt(FILLERS, words, at);
  }
  return words.slice(at);
}

/** The words behind a leading phrase of the book, without openers; undefined if none leads. */
function restAfter(book: PhraseBook, words: readonly string[]): readonly string[] | undefined {
  const match = longestAt(book, words);
  return match ? stripFillers(words.slice(match.end)) : undefined;
}

function questionKind(words: readonly string[], question: boolean): ClauseKind | undefined {
  const answered =
    restAfter(PLAIN_YES, words) ??
    restAfter(ADVERB_YES, words) ??
    restAfter(PLAIN_NO, words) ??
    restAfter(NO_WORD, words);
  if (!question) return answered === undefined && isQuestionShaped(words) ? 'question' : undefined;
  if (answered === undefined) return 'question';
  return isQuestionShaped(answered) && answered.length >= 3 ? undefined : 'question';
}

function kindOf(words: readonly string[]): ClauseKind {
  const condition = conditionIn(words);
  if (condition) return isConditional(condition) ? 'condition' : 'note';
  return (
    yesLead(words) ??
    noLead(words) ??
    answerTalk(words) ??
    phraseKind(words) ??
    assentLead(words) ??
    (beginsWith(REPORTED, words) ? 'reported' : areAll(words, TAIL) ? 'polite' : 'note')
  );
}

/**
 * "Yes if …" and "i will come if …" hang on it; "see if my card works" is about something else.
 */
function isConditional({ before, answers }: Condition): boolean {
  if (before.length === 0 || answers) return answers;
  const kind = kindOf(stripFillers(before));
  return isYes(kind) || isNo(kind) || kind === 'maybe' || kind === 'mixed';
}

function yesLead(words: readonly string[]): ClauseKind | undefined {
  const plain = restAfter(PLAIN_YES, words);
  const rest = plain ?? restAfter(ADVERB_YES, words);
  if (!rest) return undefined;
  if (rest.length === 0) return 'yes-word';
  if (beginsWith(HEDGES, rest)) return 'maybe';
  const inner = restKind(rest);
  if (plain) {
    if (inner === 'no-rsvp' || inner === 'no-word' || inner === 'mixed') return 'mixed';
    return inner === 'maybe' ? 'maybe' : 'yes-word';
  }
  if (inner && !isYes(inner)) return inner;
  const continues = CONTINUES.has(rest[0] ?? '') || beginsWith(GO_AHEAD_AFTER, rest);
  return inner || continues || areAll(rest, TAIL) ? 'yes-word' : undefined;
}

/** What stands behind an answer word, undefined if it is a note. */
function restKind(rest: readonly string[]): ClauseKind | undefined {
  if (beginsWith(PLAIN_YES, rest)) return 'yes-word';
  return noLead(rest) ?? phraseKind(rest) ?? (beginsWith(ASSENT, rest) ? 'assent' : undefined);
}

function noLead(words: readonly string[]): ClauseKind | undefined {
  const plain = restAfter(PLAIN_NO, words);
  const rest = plain ?? restAfter(NO_WORD, words);
  if (!rest) return undefined;
  if (rest.length === 0) return 'no-word';
  const whole = phraseKind(words);
  if (whole === 'no-rsvp' || whole === 'maybe') return whole;
  const inner = phraseKind(rest);
  const next = words[1] ?? '';
  const continues =
    NO_CONTINUES.has(next) ||
    next.startsWith('@') ||
    areAll(words.slice(1), TAIL) ||
    inner !== undefined;
  if (!plain && !continues) return undefined;
  if (beginsWith(PLAIN_YES, rest) || inner === 'yes-rsvp') return 'mixed';
  return inner === 'maybe' && !rest.some((w) => LATER.has(w)) ? 'maybe' : 'no-word';
}

function phraseKind(words: readonly string[]): ClauseKind | undefined {
  if (beginsWith(NO_RSVP, words)) return 'no-rsvp';
  if (isOnly(UNDECIDED, words, UNDECIDED_TAIL)) return 'maybe';
  if (isOnly(NO_RSVP_ALONE, words, TAIL) || isOnly(NO_BARE, words, SMALL_TAIL)) return 'no-rsvp';
  if (
    beginsWith(YES_RSVP, words) ||
    isOnly(YES_RSVP_ALONE, words, TAIL) ||
    isOnly(YES_SHORT, words, NOTHING) ||
    isOnly(YES_BARE, words, SMALL_TAIL)
  )
    return 'yes-rsvp';
  if (isOnly(NO_SOFT, words, TAIL)) return 'no-soft';
  if (isOnly(YES_SOFT, words, TAIL)) return 'yes-soft';
  return isOnly(GO_AHEAD, words, NOTHING) ? 'go-ahead' : undefined;
}

function assentLead(words: readonly string[]): ClauseKind | undefined {
  const rest = restAfter(ASSENT, words);
  if (!rest) return undefined;
  if (areAll(rest, SMALL_TAIL)) return 'assent';
  if (isQuestionShaped(rest)) return 'question';
  const inner = restKind(rest);
  if (inner === 'assent') return assentLead(rest);
  if (inner === 'go-ahead') return 'yes-soft';
  return inner ?? (beginsWith(GO_AHEAD_AFTER, rest) ? 'yes-soft' : undefined);
}
