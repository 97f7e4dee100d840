/** Tells a question by its shape, because on a phone the question mark is often left out. */
import { phraseBook, wordClasses } from '../phrase-book.ts';
import { beginsWith } from '../phrase-match.ts';

const NAMES = wordClasses(`
  aux = is|are|was|were|do|does|did|can|could|will|would|should|shall|has|have|had|may|might|am
  subject = i|you|we|they|he|she|it|this|that|there|the|a|an|my|your|our|anyone|anybody|any|people
    |kids|everyone|these|those
  wh = cuando|donde|quien|como|cual|cuanto|cuantos|a que hora|adonde|por que|para que
`);
const QUESTION = phraseBook(
  `
  (what|when|where|who|whom|which|how|why|whose) !(knows|can|a|an|about)
  (what|how) about ...
  (who|what|which) can (i|we|you|they) ...
  <aux> <subject> ...
  <aux> not (i|you|we|they|he|she|there) ...
  que (hora|dia|es|pasa|onda|tan|tal) ...
  <wh> !_
  <wh> (es|son|va|vamos|esta|estan|empieza|sera|cuesta|seria|hay|le) ...
`,
  NAMES,
);
/** Commands and wishes that only look inverted: "do it", "have a good one". */
const NO_QUESTION = phraseBook(`
  do (it|that|this|the|a|an|not)
  have (a|an|the|fun|it|my)
  may (the|be)
  (will|can|could|would|did|does|do|should) not (be|make|work|come|attend|go|join|happen)
`);

export function isQuestionShaped(words: readonly string[]): boolean {
  return beginsWith(QUESTION, words) && !beginsWith(NO_QUESTION, words);
}
