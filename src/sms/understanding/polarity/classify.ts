/**
 * Says what one clause is. It looks at nothing outside the clause; read-polarity.ts weighs the
 * clauses against each other.
 */
import { rewriteIdioms } from './idioms.ts';
import { MAYBE, MAYBE_TAIL } from './maybe-phrases.ts';
import { NO_RSVP, NO_RSVP_ALONE, NO_SOFT } from './no-phrases.ts';
import { beginsWith, isExactly, isOnly } from './patterns.ts';
import {
  ADVERB_YES,
  ASSENT,
  FILLERS,
  NO_CONTINUES,
  PLAIN_NO,
  PLAIN_YES,
  TAIL,
} from './words-of-answer.ts';
import {
  GO_AHEAD_AFTER,
  GO_AHEAD_ALONE,
  YES_RSVP,
  YES_RSVP_ALONE,
  YES_RSVP_SHORT,
  YES_SOFT,
} from './yes-phrases.ts';

/**
 * From firm to faint: `word` answers by itself; `rsvp` speaks of taking part; `soft` judges the
 * proposal; `assent` may be mere politeness. `go-ahead` continues an agreement. `condition`,
 * `maybe` and `mixed` keep a reply from counting. `reported` tells what somebody else said.
 */
export type ClauseKind =
  | 'yes-word'
  | 'yes-rsvp'
  | 'yes-soft'
  | 'assent'
  | 'go-ahead'
  | 'no-word'
  | 'no-rsvp'
  | 'no-soft'
  | 'maybe'
  | 'condition'
  | 'mixed'
  | 'retract'
  | 'question'
  | 'reported'
  | 'polite'
  | 'note';

export type Classified = {
  readonly kind: ClauseKind;
  /** The clause is the bare answer word. */
  readonly bare: boolean;
};

const FILLER = new RegExp(`^(?:${FILLERS})(?: |$)`, 'u');
const plainYes = new RegExp(`^(?:${PLAIN_YES})(?= |$)`, 'u');
const adverbYes = new RegExp(`^(?:${ADVERB_YES})(?= |$)`, 'u');
const assent = new RegExp(`^(?:${ASSENT})(?= |$)`, 'u');
const plainNo = new RegExp(`^(?:${PLAIN_NO})(?= |$)`, 'u');
const onlyTail = new RegExp(`^(?:(?:${TAIL})(?: |$))*$`, 'u');
const yesRsvp = beginsWith(YES_RSVP);
const yesRsvpAlone = isOnly(YES_RSVP_ALONE, TAIL);
const yesRsvpShort = isExactly(YES_RSVP_SHORT);
const yesSoft = isOnly(YES_SOFT, TAIL);
const goAheadAlone = isExactly(GO_AHEAD_ALONE);
const goAheadAfter = beginsWith(GO_AHEAD_AFTER);
const noRsvp = beginsWith(NO_RSVP);
const noRsvpAlone = isOnly(NO_RSVP_ALONE, TAIL);
const noSoft = isOnly(NO_SOFT, TAIL);
const undecided = isOnly(MAYBE, MAYBE_TAIL);

const WH =
  /^(?:what|when|where|who|whom|which|how|why|whose|que(?= (?:hora|dia|es|pasa|onda))|cuando|donde|quien|como|cual|cuanto|cuantos|a que hora)(?= |$)(?! (?:knows|can say|can tell|a |an ))/u;
const INVERTED =
  /^(?:is|are|was|were|do|does|did|can|could|will|would|should|shall|has|have|had|may|might|am)(?: not)? (?:i|you|we|they|he|she|it|this|that|there|the|a|an|my|your|our|anyone|anybody|any|people|kids|everyone|these|those)(?= |$)/u;
const NOT_INVERTED =
  /^(?:do (?:it|that|this|the|a|an)|have (?:a|an|the|fun|it)|may the|can not|do not|will not)(?= |$)/u;
const CONDITION =
  /(?:^| )(?:if|unless|depends|depending|as long as|so long as|provided|providing|assuming|only when|on condition|on the condition|contingent|subject to|once i (?:know|hear|check|see)|si (?=(?:puedo|podemos|dios|me|no|llego|salgo|tengo|consigo|alcanzo|hay|quieres|se|mi|el|la|todo|voy|vamos|va|es|queda|encuentro))|siempre y cuando|a menos que|con tal)(?= |$)/u;
const FIRST_PERSON =
  /(?:^| )(?:i|we|me|my|us|our|it|puedo|podemos|voy|salgo|llego|dios|me|mi|alcanzo|consigo|tengo)(?= |$)/u;
const REPORTED =
  /^(?!(?:i|we|my answer|the answer) )(?:\w+ ){1,3}?(?:says?|said|told|thinks?|thought|wants?|asks?|asked|wrote|replied|answered|dijo|dice|is a|are a)(?= |$)/u;
const RETRACT =
  /^(?:just kidding|kidding|i am (?:just )?kidding|joking|just joking|never mind|no wait|not|psych|broma|es broma)$/u;
const HEDGED_YES =
  /^(?:maybe|probably|perhaps|possibly|i think(?! so)|i guess(?! so| yes)|most likely|likely|hopefully|might|i might|but maybe|at some point|tentatively|tal vez|quiza|creo(?! que s\u00ed))(?= |$)/u;
/** One clause that is about answering and has one answer word: "i would have to say no". */
const ANSWER_TALK = new Set(
  (
    'my the answer answers response respond reply to that this is it i would will have say says saying said go going with for guess think ' +
    'believe am a an definite big hard firm strong solid resounding absolute definitely as from me so put down mean meant vote choose ' +
    'pick want can confirm must need be in simply just emphatic clear certain most well question your you on here at all still ' +
    'unfortunately sadly please final afraid giving give getting going responding replying answering answered replied respectfully thanks sorry ' +
    'gonna enthusiastic fat huge total complete pretty sure very course of and then ok mine its was like love leaning we our us both ' +
    'would\u00edve que digo respuesta mi es la un una rotundo definitivo thats let me lets consider count mark regarding about too'
  ).split(' '),
);
const ANSWER_YES = /^(?:yes|yeah|yep|yup|affirmative|s\u00ed)$/u;
const ANSWER_NO = /^(?:no|nope|nah|negative)$/u;

/** What this clause is; `question` says whether a question mark follows it directly. */
export function classifyClause(plain: string, question: boolean): Classified {
  if (RETRACT.test(plain)) return { kind: 'retract', bare: false };
  const words = stripFillers(rewriteIdioms(plain));
  if (words === '') return { kind: 'polite', bare: false };
  if (/(?:^| )mixed\*/u.test(words)) return { kind: 'mixed', bare: false };
  const bare = ANSWER_YES.test(words) || ANSWER_NO.test(words);
  const kind = questionKind(words, question) ?? kindOf(words);
  return { kind, bare: bare && kind !== 'question' };
}

function stripFillers(words: string): string {
  let rest = words;
  for (let i = 0; i < 8; i++) {
    const next = rest.replace(FILLER, '');
    if (next === rest) return rest;
    rest = next;
  }
  return rest;
}

function questionKind(words: string, question: boolean): ClauseKind | undefined {
  const rest = afterAnswerWord(words);
  const shaped = isQuestionShaped(rest ?? words);
  if (!question) return shaped && rest === undefined ? 'question' : undefined;
  if (rest === undefined) return 'question';
  return shaped && rest.split(' ').length >= 3 && !assent.test(words) ? undefined : 'question';
}

function isQuestionShaped(words: string): boolean {
  return (WH.test(words) || INVERTED.test(words)) && !NOT_INVERTED.test(words);
}

/** What follows a leading answer word, undefined if the clause has none. */
function afterAnswerWord(words: string): string | undefined {
  for (const lead of [plainYes, adverbYes, assent, plainNo, /^no(?= |$)/u]) {
    const match = lead.exec(words);
    if (match) return stripFillers(words.slice(match[0].length).trim());
  }
  return undefined;
}

function kindOf(words: string): ClauseKind {
  if (CONDITION.test(words) && !/^(?:no|nope|nah) (?:i am|thanks)/u.test(words))
    return FIRST_PERSON.test(words) || plainYes.test(words) || adverbYes.test(words)
      ? 'condition'
      : 'note';
  return (
    yesLead(words) ??
    noLead(words) ??
    answerTalk(words) ??
    phraseKind(words) ??
    assentLead(words) ??
    fallback(words)
  );
}

function yesLead(words: string): ClauseKind | undefined {
  const plain = plainYes.exec(words);
  const match = plain ?? adverbYes.exec(words);
  if (!match) return undefined;
  const rest = stripFillers(words.slice(match[0].length).trim());
  if (rest === '') return 'yes-word';
  if (HEDGED_YES.test(rest)) return 'maybe';
  const inner = kindOfRest(rest);
  if (plain) {
    if (inner === 'no-rsvp' || inner === 'no-word') return 'mixed';
    return inner === 'maybe' ? 'maybe' : 'yes-word';
  }
  if (inner === 'no-rsvp' || inner === 'no-word' || inner === 'no-soft' || inner === 'maybe')
    return inner;
  if (inner?.startsWith('yes') || inner === 'go-ahead' || inner === 'assent') return 'yes-word';
  const opens =
    /^(?:i|we|please|it|that|this|let|my|the|\+|plus|with|if|as|me|thanks|can|could|would|will|what|when|how)(?= |$)/u;
  return onlyTail.test(rest) || opens.test(rest) || goAheadAfter.test(rest)
    ? 'yes-word'
    : undefined;
}

function kindOfRest(rest: string): ClauseKind | undefined {
  if (plainYes.test(rest)) return 'yes-word';
  return noLead(rest) ?? phraseKind(rest) ?? (assent.test(rest) ? 'assent' : undefined);
}

function noLead(words: string): ClauseKind | undefined {
  const plain = plainNo.exec(words);
  const match = plain ?? /^no(?= |$)/u.exec(words);
  if (!match) return undefined;
  const rest = stripFillers(words.slice(match[0].length).trim());
  if (rest === '') return 'no-word';
  if (/^n$/u.test(match[0]) && !onlyTail.test(rest)) return undefined;
  const raw = words.slice(match[0].length).trim().split(' ')[0] ?? '';
  if (
    !plain &&
    !NO_CONTINUES.has(raw) &&
    !onlyTail.test(words.slice(3)) &&
    phraseKind(rest) === undefined &&
    !raw.includes('*')
  )
    return undefined;
  const inner = phraseKind(rest);
  if (plainYes.test(rest) || inner === 'yes-rsvp') return 'mixed';
  if (
    inner === 'maybe' &&
    !/(?:^| )(?:later|next|another|other|future|someday|tomorrow)(?= |$)/u.test(rest)
  )
    return 'maybe';
  return 'no-word';
}

function answerTalk(words: string): ClauseKind | undefined {
  let yes = 0;
  let no = 0;
  const all = words.split(' ');
  for (const word of all) {
    if (ANSWER_YES.test(word)) yes++;
    else if (ANSWER_NO.test(word)) no++;
    else if (!ANSWER_TALK.has(word)) return undefined;
  }
  if (yes > 0 && no > 0) return 'mixed';
  if (yes === 0 && no === 0) return undefined;
  return yes > 0 ? 'yes-word' : 'no-word';
}

function phraseKind(words: string): ClauseKind | undefined {
  if (noRsvp.test(words)) return 'no-rsvp';
  if (undecided.test(words)) return 'maybe';
  if (noRsvpAlone.test(words)) return 'no-rsvp';
  if (yesRsvp.test(words) || yesRsvpAlone.test(words) || yesRsvpShort.test(words))
    return 'yes-rsvp';
  if (noSoft.test(words)) return 'no-soft';
  if (yesSoft.test(words)) return 'yes-soft';
  if (goAheadAlone.test(words)) return 'go-ahead';
  return undefined;
}

function assentLead(words: string): ClauseKind | undefined {
  const match = assent.exec(words);
  if (!match) return undefined;
  const rest = stripFillers(words.slice(match[0].length).trim());
  if (rest === '' || onlyTail.test(rest)) return 'assent';
  if (isQuestionShaped(rest)) return 'question';
  const inner = kindOfRest(rest);
  if (inner === 'yes-word' || inner === 'go-ahead') return 'yes-soft';
  if (inner) return inner === 'assent' && !onlyTail.test(rest) ? assentLead(rest) : inner;
  return goAheadAfter.test(rest) ? 'yes-soft' : undefined;
}

function fallback(words: string): ClauseKind {
  if (REPORTED.test(words)) return 'reported';
  return onlyTail.test(words) ? 'polite' : 'note';
}

/** True for a clause that may follow assent as the same agreement: "great, book it". */
export function continuesAgreement(plain: string): boolean {
  return goAheadAfter.test(stripFillers(rewriteIdioms(plain)));
}
