/** Answers in languages without a grammar here: a closed list, the whole message only. */
import { matchesAt } from './phrase-match.ts';
import { maybe, type Reading } from './reading.ts';
import { OTHER_LANGUAGES } from './tables/other-languages.ts';

/** The answer that all these plain words are in another language, or undefined. */
export function readOtherLanguage(words: readonly string[]): Reading | undefined {
  const match = matchesAt(OTHER_LANGUAGES, words).find((m) => m.end === words.length);
  if (match?.value === 'yes') return { kind: 'yes', rule: 'yes.language', certainty: 'strong' };
  if (match?.value === 'no') return { kind: 'no', rule: 'no.language', certainty: 'strong' };
  return match ? maybe('maybe.phrase') : undefined;
}
