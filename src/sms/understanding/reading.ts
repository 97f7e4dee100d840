/**
 * What the parser hands to the rest of the program. It knows nothing of phones, prompts or the
 * log: one text and what is open go in, one reading comes out.
 */
import type { Rule } from './rules.ts';

/** Raised whenever a text could be read differently than before; logged with each reading. */
export const PARSER_VERSION = '1.2.0';

/** Why a text was not understood: the part of the log's list that a text alone can decide. */
export const UNKNOWN_REASONS = [
  'no_match',
  'maybe',
  'ambiguous',
  'out_of_range',
  'multiple_intents',
  'media_only',
  'empty',
] as const;
export type UnknownReason = (typeof UNKNOWN_REASONS)[number];

/**
 * What is open for the phone that wrote: an invite, a poll, an organizer's follow-up, or nothing.
 */
export type ReplyContext = {
  readonly ctx: 'event' | 'syncup' | 'confirm' | 'none';
  /** How many numbered choices the poll has. */
  readonly options?: number;
  /** The texts of those choices, in order, where they have any ("Sat Jun 6, 12pm"). */
  readonly optionLabels?: readonly string[];
  /** False where the poll takes one choice only; a reply with several is then ambiguous. */
  readonly multi?: boolean;
};

export type ReadingKind = 'yes' | 'no' | 'vote' | 'maybe' | 'unknown' | 'stop' | 'start' | 'help';

/**
 * `exact`: the whole text is a known answer. `strong`: the grammar decided. `weak`: nothing may
 * move because of it; `yes`, `no`, `vote`, `stop` and `start` are never weak.
 */
export type Certainty = 'exact' | 'strong' | 'weak';

export type Reading = {
  readonly kind: ReadingKind;
  /** 1-based, ascending, unique, each within the poll; only on `vote`. */
  readonly choices?: readonly number[];
  /** People who come along, the writer not counted; only on `yes`. */
  readonly guests?: number;
  /** Only on `maybe` and `unknown`. */
  readonly reason?: UnknownReason;
  readonly rule: Rule;
  readonly certainty: Certainty;
};

/** A reading nobody acts on. */
export function unknown(rule: Rule, reason: UnknownReason = 'no_match'): Reading {
  return { kind: 'unknown', reason, rule, certainty: 'weak' };
}

/** The writer has not decided, or named a condition. */
export function maybe(rule: Rule): Reading {
  return { kind: 'maybe', reason: 'maybe', rule, certainty: 'strong' };
}
