/**
 * Carrier words and opt-outs come before everything else and count for the phone, whatever is
 * open. No fuzzy match: "shop" and "step" are one letter from "stop".
 */
import { areAll, isOnly, matchesAt } from './phrase-match.ts';
import { CARRIER_WORDS, OPT_OUT_HINTS, OPT_OUTS } from './tables/opt-out-phrases.ts';
import { wordList } from './words.ts';

export type Compliance = {
  readonly kind: 'stop' | 'start' | 'help';
  readonly rule: 'compliance.word' | 'compliance.phrase';
};

/** An opt-out is short; whoever writes more says something else too. */
const MAX_SENTENCES = 4;
const MAX_WORDS = 24;
const NOTHING: ReadonlySet<string> = new Set();
const GREETING: ReadonlySet<string> = new Set(['hi', 'hey', 'hello', 'hola']);

/** The carrier word or the opt-out that the whole text is; `words` are its plain words. */
export function readCompliance(text: string, words: readonly string[]): Compliance | undefined {
  if (words.length === 0 || words.length > MAX_WORDS) return undefined;
  const word = matchesAt(CARRIER_WORDS, words).find((m) => m.end === words.length);
  if (word) return { kind: kindOf(word.value), rule: 'compliance.word' };
  return isOptOut(text, words) ? { kind: 'stop', rule: 'compliance.phrase' } : undefined;
}

function kindOf(value: string): Compliance['kind'] {
  return value === 'start' || value === 'help' ? value : 'stop';
}

/** The whole text, or its first or second sentence: "Wrong number. Stop texting me." */
function isOptOut(text: string, words: readonly string[]): boolean {
  if (isOnly(OPT_OUTS, words, NOTHING)) return true;
  if (!words.some((w) => OPT_OUT_HINTS.has(w))) return false;
  const sentences = text
    .split(/[.!,;\n]+/u)
    .map(wordList)
    .filter((s) => s.length > 0);
  if (sentences.length > MAX_SENTENCES || text.includes('?')) return false;
  const [first = [], second = []] = sentences;
  if (isOnly(OPT_OUTS, withoutName(first), NOTHING)) return true;
  return isOnly(OPT_OUTS, second, NOTHING) && !first.includes('yes');
}

/** "Sam, stop texting me": one word of address before a comma is dropped with the greeting. */
function withoutName(words: readonly string[]): readonly string[] {
  return areAll(words.slice(0, 1), GREETING) ? words.slice(1) : words;
}
