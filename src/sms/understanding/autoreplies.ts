/** Says whether a text was written by a phone or a mailbox instead of a person. */
import { beginsWith, occursIn } from './phrase-match.ts';
import { AUTOREPLY_ANYWHERE, AUTOREPLY_AT_START } from './tables/autoreply-phrases.ts';

/** They say what they are early; looking further would only cost time. */
const MAX_WORDS = 80;

/** True for the plain words of a text no person typed as an answer. */
export function isAutoreply(all: readonly string[]): boolean {
  const words = all.slice(0, MAX_WORDS);
  return beginsWith(AUTOREPLY_AT_START, words) || occursIn(AUTOREPLY_ANYWHERE, words);
}
