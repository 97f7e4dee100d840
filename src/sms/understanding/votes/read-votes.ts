/**
 * Reads a reply to a poll. A number is a vote only if everything beside it is talk about choosing;
 * one doubtful part makes the whole reply unknown, because a wrong vote is worse than a question.
 */
import { splitClauses } from '../clauses.ts';
import { isOnly, longestAt } from '../phrase-match.ts';
import { readPolarity } from '../polarity/read-polarity.ts';
import { maybe, type Reading, type ReplyContext, unknown } from '../reading.ts';
import type { Rule } from '../rules.ts';
import { ALL, ALL_TAIL, LAST, LAST_TAIL, NONE, NONE_TAIL } from '../tables/poll-phrases.ts';
import { plainWords } from '../words.ts';
import { matchLabels } from './labels.ts';
import { NOT_CHOICES } from './numbers.ts';
import { type VoteClause, voteClauses } from './vote-clauses.ts';

/** Longer replies mean more than all or none. */
const MAX_WORDS = 40;

/** The vote in a cleaned text without emoji. */
export function readVotes(text: string, context: ReplyContext): Reading {
  const options = Math.max(0, Math.trunc(context.options ?? 0));
  return (
    readLabels(text, context, options) ??
    readNumbers(text, context, options) ??
    readSweeping(text, context, options) ??
    readWords(text, options)
  );
}

function vote(
  choices: readonly number[],
  rule: Rule,
  context: ReplyContext,
  exact = false,
): Reading {
  if (choices.length > 1 && context.multi === false)
    return unknown('vote.too_many', 'multiple_intents');
  return { kind: 'vote', choices, rule, certainty: exact ? 'exact' : 'strong' };
}

function readLabels(text: string, context: ReplyContext, options: number): Reading | undefined {
  const labels = (context.optionLabels ?? []).slice(0, options);
  if (labels.length === 0) return undefined;
  const match = matchLabels(text, labels);
  if (!match) return undefined;
  const clauses = voteClauses(match.rest);
  const doubt = doubtIn(text, clauses);
  if (doubt) return doubt;
  if (clauses.some((c) => c.foreign > 0)) return unknown('vote.not_a_choice');
  const numbers = new Set(clauses.flatMap((c) => c.numbers));
  const agrees = [...numbers].every((n) => match.choices?.includes(n));
  if (match.choices === undefined || !agrees) return unknown('vote.not_a_choice', 'ambiguous');
  return vote(match.choices, 'vote.label', context);
}

function doubtIn(text: string, clauses: readonly VoteClause[]): Reading | undefined {
  if (text.includes('?') || clauses.some((c) => c.question)) return unknown('vote.question');
  if (clauses.some((c) => c.tentative)) return unknown('vote.tentative', 'maybe');
  if (clauses.some((c) => c.negated)) return unknown('vote.negated', 'ambiguous');
  return undefined;
}

function readNumbers(text: string, context: ReplyContext, options: number): Reading | undefined {
  const lower = text.toLowerCase();
  const clauses = voteClauses(lower);
  const numbered = clauses.filter((c) => c.numbers.length > 0);
  if (numbered.length === 0) return undefined;
  if (NOT_CHOICES.some((p) => p.test(lower))) return unknown('vote.not_a_choice');
  const wanted = numbered.filter((c) => !c.negated);
  if (text.includes('?') || clauses.some((c) => c.question))
    return unknown('vote.question', 'ambiguous');
  if (clauses.some((c) => c.tentative)) return unknown('vote.tentative', 'maybe');
  if (numbered.some((c) => c.foreign > 0 || c.contradicts)) return unknown('vote.not_a_choice');
  if (wanted.length === 0) return unknown('vote.negated', 'ambiguous');
  const refused = new Set(numbered.filter((c) => c.negated).flatMap((c) => c.numbers));
  const numbers = wanted.flatMap((c) => c.numbers);
  if ([...numbers, ...refused].some((n) => n < 1 || n > options))
    return unknown('vote.out_of_range', 'out_of_range');
  if (
    numbers.some((n) => refused.has(n)) ||
    clauses.some((c) => c.negated && (c.numbers.length === 0 || c.dangling))
  )
    return unknown('vote.negated', 'ambiguous');
  const choices = [...new Set(numbers)].sort((a, b) => a - b);
  return vote(choices, 'vote.numbers', context, /^\W*\d\W*$/u.test(text));
}

/** "Any works", "none of them", "the last one". */
function readSweeping(text: string, context: ReplyContext, options: number): Reading | undefined {
  const words = plainWords(text).split(' ').slice(0, MAX_WORDS);
  if (isOnly(NONE, words, NONE_TAIL)) return { kind: 'no', rule: 'vote.none', certainty: 'strong' };
  if (options < 1 || text.includes('?')) return undefined;
  if (isOnly(LAST, words, LAST_TAIL)) return vote([options], 'vote.numbers', context);
  if (!isOnly(ALL, words, ALL_TAIL)) return undefined;
  if (longestAt(ALL, words)?.value === 'two' && options !== 2) return undefined;
  return vote(
    Array.from({ length: options }, (_, i) => i + 1),
    'vote.all',
    context,
  );
}

/** Without a number: a yes is a vote only where there is one choice, a no refuses the poll. */
function readWords(text: string, options: number): Reading {
  const reading = readPolarity(splitClauses(text));
  if (reading.kind === 'yes') {
    if (options === 1)
      return { kind: 'vote', choices: [1], rule: 'vote.only_option', certainty: 'strong' };
    return unknown('vote.yes_to_poll', 'ambiguous');
  }
  if (reading.kind === 'no' && reading.rule === 'no.soft')
    return unknown('vote.negated', 'ambiguous');
  return reading.kind === 'maybe' ? maybe(reading.rule) : reading;
}
