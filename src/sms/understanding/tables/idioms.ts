/**
 * Phrases whose words say the opposite of what they mean, or only look like an answer. They are
 * replaced by one word before the grammar looks for "no", "not" or "if": @glad an eager yes, @fine
 * "no problem", @dunno undecided, @polite and @noise nothing, @mixed two answers at once, @surely
 * an adverb, yes and no the plain words. The longest that fits wins.
 */
import { phraseBook } from '../phrase-book.ts';
import { CLASSES } from './word-classes.ts';

const UNDECIDED = `
  <yes> and <no> = @dunno
  (neither|not) <yes> (nor|or) <no> = @dunno
  (i|we)? (can|could|do|will|would) not (really|honestly)? <say> (for (sure|certain))? (either|a
    |if it is|whether it is)? (a|definite)* <yes> (or|nor) a? <no> = @dunno
  (neither|not|can not|could not|can neither) confirm (nor|or) deny = @dunno
  (could|might|may) be a? <yes> (or|and)? (it|and)* (could|might|may) be a? <no> = @dunno
  (i am)? leaning (toward|towards)? a? (<yes>|<no>) = @dunno
  maybe a? <yes> (or|and|but)? maybe a? (<no>|not) = @dunno
  maybe a? <no> (or|and|but)? maybe a? <yes> = @dunno
  no (clue|idea|ideas|earthly idea|inkling) = @dunno
  (i|we)? (can not|could not|<am>? not able to|<am>? unable to) (make up my mind|decide|be (sure
    |certain)|say for (sure|certain)) = @dunno
`;

const NOT_A_NO = `
  why (the|hell|heck)* not = @glad
  (i|we)? (can|could) (not|hardly|barely) wait ((to|for) (it|that|this|see _ (there)?)?)? !(until
    |till|much|that|any|long|because) = @glad
  (i|we)? would not (want to)? miss (it|this|that|out|the _|your _)? (for (the world
    |anything))? = @glad
  (i|we)? (will not|would never|will never|<am> not (going to)?|not going to|not) (miss
    |missing) (it|this|that|the _|your _) (for (the world|anything))? = @glad
  no way that? (i|we) (would|will|could|am|are) (going to)? ever? (miss|missing|skip
    |skipping) (it|this|that|out|the _|your _)? = @glad
  (could|can) not (be (happier|more excited)|agree more|say no (to that)?|possibly refuse
    |turn (that|it|this) down|resist) = @glad
  (looking|look|looks) forward to (it|that|this|seeing <you>|<coming>|the _|your _|the _ _
    |your _ _) = @glad
  no (doubt|doubts|question) (about (it|that))? = @surely
  without (a|any)? (doubt|question|fail|hesitation) = @surely
  (no|not a|not an|zero) (problem|problems|prob|probs|problemo|issue|issues|trouble|biggie
    |big deal|sweat|objection|objections|complaints) (at all|for me|here|with (that|me|it
    |this))? = @fine
  (no hay|sin|ningun) problema = @fine
  (no me (lo|la)) (pierdo|perderia|voy a perder) (por nada)? = @glad
  no (falto|faltare|faltaria|podria faltar) = @glad
  (ahi)? sin falta = @surely
  (como no|claro que (s\u00ed|si)|por supuesto (que (s\u00ed|si))?|desde luego (que (s\u00ed
    |si))?|(obvio|seguro|pues|que|eso) (que)? s\u00ed) = s\u00ed
  pues claro = s\u00ed
`;

const NEITHER = `
  no (worries|worry|harm|harm done|hard feelings|offense|hurry|rush|pressure|matter|matter what
    |joke|kidding|lie|cap|wonder|comment|te preocupes|se preocupen|hay prisa|pasa nada
    |hay de que) = @noise
  (do not|never) (you)? (worry|fret|mind me|be silly|stress|mention it|sweat it
    |forget) (about (it|that|me|us|a thing))? = @noise
  (do not|would not) mind (at all)? = @noise
  (oh|aw|ah|ay|uh) no = @noise
  (not|never) (saying|said) (<no>|<yes>) = @noise
  (would|did|do) not say (<no>|<yes>) = @noise
  not not = @noise
  not a (<no>|<yes>) = @noise
  no one = @nobody
  as if = @noise
  (let|please let) (me|us) know (if|when|what|how|where|whether|who|which) ... = @polite
  tell (me|us) (if|when|what|how|where|whether) ... = @polite
  (it|that)? (goes without saying) = @surely
`;

const POLITE_IF = `
  if you (do not|would not|will not) mind (me asking)? = @polite
  if you (could|can|would|will|want|like|wish|please|insist|say so|do|need|need anything|need (me
    |help) (to)?|want (me|us)? to|have (room|space|time|one|any)|are ok with (it|that|this)
    |would like|would be so kind|ask me) = @polite
  if (possible|so|that is possible|anything (changes|comes up)|something (changes|comes up)|i may
    |needed|necessary) = @polite
  if (that|it|this) (is|would be)? (still|also|all)* (ok|fine|alright|cool|good|possible
    |an option|available|not (too much trouble|too late|a problem|an issue|@fine)) (with (you
    |<you>|everyone))? = @polite
  if (that|it|this) works (for (you|everyone|everybody|all|the group))? = @polite
  what if = what about
`;

const FIRM_NO = `
  (absolutely|definitely|certainly|surely|sure|of course|for sure|obviously|totally
    |most definitely|most certainly|clearly|indeed|hell|heck|god|hells|positively|emphatically
    |assuredly|fuck|fuk|oh hell|oh heck|dear god) (no|not|nope|nah) !(sure|certain|problem
    |worries|doubt|bad|going|coming|able|available|attending|interested|a) = no
  (claro|por supuesto|desde luego|obvio|seguro|que) que? no = no
  (unfortunately|sadly|regrettably|alas|i am afraid|afraid) not !_ = no
  para nada = no
  ni (loco|loca|modo|de broma|pensarlo|hablar) = no
  de ninguna manera = no
  (hell|heck|fuck|fuk|damn|hells|oh) (yes|yeah|yea|ya|yah|yep) = yes
  (yes|yeah|yep|ya) (no|nah|nope) !_ = @mixed
  (yes|yeah|yep|ya) (no|nah|nope) (sorry|thanks|i|we|maybe|or|wait|yes|yeah) = @mixed
  (no|nah|nope) (yes|yeah|yep|ya) = @mixed
  <yes> (and|or|vs|versus|slash) <no> = @mixed
  <no> (and|or|vs|versus|slash) <yes> = @mixed
  (i|we)? would (love to|come|go)? if (i|we) could = no
  no way that? (i|we) (can|could|will|am|are) = no
  <yes> (to|for|on) _ _? (and|or|but)? <no> (to|for|on) = @mixed
  <yes> (to|for|on) _ _? (and|or|but) <no> !_ = @mixed
  no longer = not
  not any? more = not
`;

export const IDIOMS = phraseBook(UNDECIDED + NOT_A_NO + NEITHER + POLITE_IF + FIRM_NO, CLASSES);
