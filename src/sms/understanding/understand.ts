/**
 * Reads one reply. The order is the design (sms.md 3.1): what the law or the phone wrote comes
 * first, then the words by the grammar of what is open; emoji count only where there are no words.
 * Pure: the same text and context give the same reading, whatever was said before.
 */
import { isAutoreply } from './autoreplies.ts';
import { splitClauses } from './clauses.ts';
import { cleanText } from './clean.ts';
import { readCompliance } from './compliance.ts';
import { meaningOfEmoji, splitEmoji } from './emoji.ts';
import { guestsIn } from './guests.ts';
import { readOtherLanguage } from './other-languages.ts';
import { wordSet } from './phrase-book.ts';
import { areAll } from './phrase-match.ts';
import { readPolarity } from './polarity/read-polarity.ts';
import { readReaction } from './reactions.ts';
import { maybe, type Reading, type ReplyContext, unknown } from './reading.ts';
import { stripSignature } from './signature.ts';
import { readVotes } from './votes/read-votes.ts';
import { wordList } from './words.ts';

/** Beside nothing but these an emoji may speak for itself. */
const POLITE = wordSet('thanks you please haha lol hi hey so much sorry gracias hola');

/** What this text says, given what is open for the phone. Never throws, whatever the value is. */
export function understand(text: string, context: ReplyContext): Reading {
  const cleaned = cleanText(text);
  if (cleaned === '') return unknown('empty', 'empty');
  const reaction = readReaction(cleaned);
  if (reaction) return unknown(reaction.rule);
  const { text: own } = stripSignature(cleaned);
  if (own === '') return unknown('no_match');
  const { words, emoji } = splitEmoji(own);
  const plain = wordList(words);
  const compliance = readCompliance(words, plain);
  if (compliance) {
    const certainty = compliance.rule === 'compliance.word' ? 'exact' : 'strong';
    return { kind: compliance.kind, rule: compliance.rule, certainty };
  }
  if (isAutoreply(plain)) return unknown('autoreply');
  const reading = readWords(words, plain, context);
  const speechless =
    reading.rule === 'no_match' && context.ctx !== 'syncup' && areAll(plain, POLITE);
  return (speechless ? readEmoji(emoji) : undefined) ?? reading;
}

function readWords(text: string, words: readonly string[], context: ReplyContext): Reading {
  if (context.ctx === 'syncup') return readVotes(text, context);
  if (/^[^\p{L}%]*\d[^\p{L}%]*$/u.test(text)) return unknown('number_without_poll');
  const reading = readPolarity(splitClauses(text));
  if (reading.kind === 'unknown') return readOtherLanguage(words) ?? reading;
  if (reading.kind !== 'yes') return reading;
  const guests = guestsIn(words.join(' '));
  return guests === undefined ? reading : { ...reading, guests };
}

function readEmoji(emoji: readonly string[]): Reading | undefined {
  switch (meaningOfEmoji(emoji)) {
    case 'yes':
      return { kind: 'yes', rule: 'emoji.yes', certainty: 'strong' };
    case 'no':
      return { kind: 'no', rule: 'emoji.no', certainty: 'strong' };
    case 'maybe':
      return maybe('emoji.maybe');
    case 'unclear':
      return unknown('emoji.unclear');
    default:
      return undefined;
  }
}

// Engines compile on first use: this makes the first real reply as quick as any other.
for (const ctx of ['event', 'syncup', 'event', 'syncup'] as const)
  understand('sure, 2 or 3?', { ctx });
