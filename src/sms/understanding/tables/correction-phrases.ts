/** How people take an answer back and give another. */
import { phraseBook, wordClasses, wordSet } from '../phrase-book.ts';

const NAMES = wordClasses(`
  turn = wait|actually|i mean|i meant|i mean to say|meant to say|scratch that|strike that
    |correction
    |oops|on second thought|on second thoughts|i? changed my mind|my mistake|my bad|hold on|digo
    |perdon|mejor dicho|espera
`);

/** At the beginning of a clause: what follows replaces what came before. */
export const CORRECTIONS = phraseBook(
  `
  (no|oh|or|sorry|and|hmm|um|uh|oops)* (<turn>) (sorry|no wait|wait|actually|i mean|i meant)*
`,
  NAMES,
);

/** Between two answers without a comma: "yes wait no". */
export const TURNS = phraseBook(
  `
  (oh|sorry|oops)? (<turn>|sorry) (i (mean|meant))?
`,
  NAMES,
);

/** Answers a turn can stand between. */
export const TURNED_FROM = wordSet('yes yeah yep yup no nope nah sure ok s\u00ed');
export const TURNED_TO = wordSet('yes yeah yep yup no nope nah sure s\u00ed can not');

/** A new clause begins here, and what it says stands against what came before. */
export const CONTRASTS = wordSet('but pero however although');
/** A new clause begins here, and gives a reason. */
export const REASONS = wordSet('because porque');
