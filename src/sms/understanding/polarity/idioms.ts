/** Replaces idioms by their markers, from left to right, the longest first. */
import { longestAt } from '../phrase-match.ts';
import { IDIOMS } from '../tables/idioms.ts';

/** A clause's words with every idiom of the table replaced. */
export function rewriteIdioms(words: readonly string[]): readonly string[] {
  const out: string[] = [];
  for (let at = 0; at < words.length; ) {
    const match = longestAt(IDIOMS, words, at);
    if (match && match.end > at) {
      out.push(...match.value.split(' '));
      at = match.end;
    } else {
      out.push(words[at] ?? '');
      at++;
    }
  }
  return out;
}
