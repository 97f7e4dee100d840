/**
 * Finds what an answer hangs on: "if", "unless", "depends". Polite ifs are gone by now (idioms).
 */
import { phraseBook, wordSet } from '../phrase-book.ts';
import { beginsWith } from '../phrase-match.ts';

const CONDITION = phraseBook(`
  if|unless|assuming|provided|providing
  (as|so) long as
  (only|but only) (when|after|with)
  on (the)? condition
  contingent (on|upon)
  subject to
  once (i|we) (know|hear|check|see|confirm|find)
  si (puedo|podemos|dios|me|no|llego|salgo|tengo|consigo|alcanzo|hay|quieres|se|mi|el|la|todo|voy)
  si (vamos|va|es|queda|encuentro|nos|termino|acabo)
  siempre (y cuando|que)
  a menos que
  con tal (de)? que
`);
/** "Check if they have parking": an if that asks and hangs nothing on it. */
const ASKING = wordSet(
  'know check see find ask tell wonder wondering sure confirm verify look out',
);
const ABOUT_OTHERS = wordSet('there they the that he she you your');
/** "If i can get a sitter" alone is an answer too, if it is short and about the writer. */
const ALONE = phraseBook(`
  (only|well|yeah|maybe)* if (i|we) (can|could|get|am|are|have|find|finish|manage|feel|do not|make)
  (only|well)* (if|unless) (it|that|this|something|work|the (weather|rain)) _
  only if _
  unless (i|we|my) _
  (as|so) long as (i|we|it|my|there) _
  si (puedo|podemos|dios|llego|salgo|consigo|alcanzo|me da|me dan|encuentro|termino)
`);
const MOST_WORDS_ALONE = 12;

export type Condition = {
  /** What is said before the condition: the answer it hangs on. */
  readonly before: readonly string[];
  /** The condition itself is an answer of the writer. */
  readonly answers: boolean;
};

/** The condition in a clause, undefined without one. */
export function conditionIn(words: readonly string[]): Condition | undefined {
  const at = words.findIndex(
    (_, i) => beginsWith(CONDITION, words.slice(i, i + 5)) && !isAsking(words, i),
  );
  if (at < 0) return undefined;
  return {
    before: words.slice(0, at),
    answers: words.length <= MOST_WORDS_ALONE && beginsWith(ALONE, words),
  };
}

function isAsking(words: readonly string[], at: number): boolean {
  return (
    words[at] === 'if' && ASKING.has(words[at - 1] ?? '') && ABOUT_OTHERS.has(words[at + 1] ?? '')
  );
}
