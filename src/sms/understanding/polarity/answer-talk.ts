/**
 * Reads clauses that talk about the answer and hold one: "i would have to say the answer is no".
 */
import { wordSet } from '../phrase-book.ts';
import type { ClauseKind } from './clause-kind.ts';

export const ANSWER_YES = wordSet('yes yeah yep yup affirmative s\u00ed');
export const ANSWER_NO = wordSet('no nope nah negative');
/**
 * All a clause may say besides. A name or a third person is not here: "dave says no" is no answer.
 */
const ABOUT_ANSWERS = wordSet(`
  for has had know my the answer answers response respond reply to that this is it i would will
  have say says saying said go going with guess think believe am a an definite big hard firm
  strong solid resounding absolute definitely absolutely as from me so put down mean meant vote
  choose pick want can confirm must need be in simply just emphatic clear certain most well
  question your you on here at all still unfortunately sadly please final afraid giving give
  getting responding replying answering answered replied respectfully thanks sorry enthusiastic
  fat huge total complete pretty sure very course of and then ok mine its was like we our us both
  let consider count mark regarding about too gonna respectful safe decision choice verdict
  response's happy pleased currently right now certainly surely positive guys man indeed by que
  digo respuesta mi es la un una rotundo definitivo seria yo
`);

/** What such a clause answers; undefined if it says anything else. */
export function answerTalk(words: readonly string[]): ClauseKind | undefined {
  let yes = 0;
  let no = 0;
  for (const word of words) {
    if (ANSWER_YES.has(word)) yes++;
    else if (ANSWER_NO.has(word)) no++;
    else if (!ABOUT_ANSWERS.has(word)) return undefined;
  }
  if (yes > 0 && no > 0) return 'mixed';
  if (yes + no === 0) return undefined;
  return yes > 0 ? 'yes-word' : 'no-word';
}
