/** What people say beside an answer: taking it back, putting it off, telling what others said. */
import { phraseBook, wordSet } from '../phrase-book.ts';

/** A clause that leaves what was said before in doubt. */
export const RETRACT = phraseBook(`
  not|no wait|wait
`);

/** At the end of a clause: what was said is not meant. */
export const TAKES_BACK = phraseBook(`
  (i am)? (just|only)? (kidding|joking|messing with you) !(about|around)
  never mind|psych|sike|es broma|broma|mentira
`);

/** What somebody else says or can do: no answer of the writer. */
export const REPORTED = phraseBook(`
  (my|your|the|mi)? _ (says|said|told|thinks|thought|wants|asked|wrote|replied|answered) ...
  (my|your|the|mi)? _ (dijo|dice) ...
  (my|your|the|mi) _ (can|will|is|might|may|could) ...
  (he|she|they|everyone|everybody|nobody|someone|people|@nobody) _ ...
`);

/** With one of these a "maybe" behind a no puts it off: "no, maybe next time". */
export const LATER = wordSet('later next another other future someday tomorrow soon proxima');

/** How an answer goes on after "sure" or "absolutely": about the writer, the plan, the organizer. */
export const CONTINUES = wordSet(`
  i we please it that this let my the + plus with if as me thanks can could would will what when
  how who where do
`);
