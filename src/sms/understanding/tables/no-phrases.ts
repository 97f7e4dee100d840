/**
 * Ways to say no in a phrase, in the notation of phrase-book.ts. As with yes, the subject is the
 * writer or nobody: a third person's "can't" is no answer.
 */
import { phraseBook, wordClasses } from '../phrase-book.ts';
import { CLASSES } from './word-classes.ts';

const NAMES = wordClasses(
  `
  busy = busy|booked|working|sick|ill|unavailable|away|occupied|gone|exhausted|broke|traveling
    |travelling|double booked|booked (up|solid)|fully booked|swamped|tied up|slammed|stuck at work
    |under the weather|otherwise engaged|out of (town|state|the country|the office)
    |on (vacation|holiday|a trip)
  excuse = work|class|school|a meeting|an appointment|a game|a wedding|practice|the kids|my kids
    |an exam|church|another (event|party|dinner|commitment|thing|engagement)|an emergency|a thing
    |a (family|prior|previous) (thing|event|emergency|commitment|engagement)|a conflict|no time
    |something|something else
  it-all = do (it|that|this|so)|be|say so|want (to|it|that|any|this)|think so|believe so|agree
    |need (it|that|any|anything)|today|tonight|then|sorry
  must = will|would|<am> going to|going to|have to|need to|must|got to|should|may as well
  drop = cancel|pass|decline|skip|bail|back out|drop out|bow out|say no|opt out|pull out|stay home
    |reschedule|refuse|take a (rain check|raincheck)|turn (it|this|you) down|miss (this|it|out
    |this one)
    |(sit|sitting) (this|it|that) one? out
  dropping = cancelling|canceling|declining|passing|skipping|bailing|backing out|dropping out
    |sitting (this|it) one? out|opting out|missing (this|it|out)
  untrue = true|correct|right|accurate|so|the case|it|possible|happening|a yes|my thing|for (me
    |us)|at all
    |going to (work|happen|be possible)|a fact|the truth|factual|valid
  work = work|work out|suit|fit|happen|possible|good|great|working|convenient|ideal|doable
  this = on|it|that|this|this (one|time)|that one|you|guys
`,
  CLASSES,
);

const RSVP = `
  <i>? <adv>* (can|could|will|would|shall|may|might|do|should) <adv>* (not
    |never) <adv>* (be able to)? (<come>|be (able|available|around|in town|making it|back) !to
    |do (it|that|this|<day>|dinner|lunch|# <day>?)|get (away|there|time off|a (sitter|babysitter)
    |out of (work|it))|commit to (it|that|this))
  (neither|none) of us (can|will|are|is)
  (i|we)? <adv>* do not <adv>* (think|believe|feel like|see how|suppose|reckon|expect) that? (i
    |we|it|that|this) <adv>* (can|could|will|would|am|are|is) <adv>* (be|going to
    |able to)* (<come>|<coming>|going|work|happening|happen|possible|available|free)
  <i>? <am>? <adv>* (not|never) <adv>* (<coming>|going|available|around|in town|participating
    |showing) !(to|anywhere|over|down|through|back)
  <i>? <am>? <adv>* not <adv>* going to (make|be|come|go|attend|happen|work|participate
    |join) !(able|charged|paid)
  <i>? <am>? <adv>* not <adv>* (feeling (it|up to it|well|good|great)|up (for|to) (it|that|this)
    |in the mood|allowed (to <come>)?)
  <i>? <am>? <adv>* (unable|not able|not going to be able) to <adv>* (<come>|do (it|that|this))
  count (me|us) (out|as a? no)
  (put|mark|rsvp) (me|us)? down? (as|for)? a? (no|not (going|coming|attending))
  do not (count|wait|plan|expect) (me|us)? up? (in|on|for)? (me|us)?
  (i am)? afraid not
  please? cancel (my|our) (rsvp|spot|seat|seats|reply|yes|attendance|invite)
  take (me|us) off (the|your) guest list
  (i|we) (must|respectfully|regretfully|politely|have to|will have to)* (decline|regret)
  (regretfully|respectfully|politely) (decline|declining)
  (something|stuff|things) (has|have|just|had)* (came|come|popped) up
  (i|we)? (have|had|got)* something has? (came|come|coming) up
  (i|we)? <adv>* (have|had|got|have got|made) <adv>* (other|previous|prior|another|conflicting
    |different|family|some other|a (prior|previous|different|family|conflicting))* (plans
    |commitment|commitments|engagement|engagements|obligation|obligations|conflict
    |scheduling conflict) !to
  (i|we)? would (love to)? if (i|we) could
  (i|we)? (do|did) not <adv>* (want|wish|care|plan|intend|desire) to (go|come|attend|join|do|book
    |reserve|buy|make|proceed|schedule|continue|rsvp|be there|participate|add)
`;

const RSVP_ES = `
  (yo|ya|nosotros|hoy|esta vez|la verdad|creo que|al final|pues|lo siento
    |entonces)* no (creo que?)? (voy|vamos|puedo|podemos|podre|podremos|podria|pueda|podamos|ire
    |iremos|asistire|asistiremos|asisto|llego|llegamos|alcanzo|estare|estaremos) !(mas|esperar
    |faltar|decir|asegurar|confirmar|decirte|confirmarte|entrar|pagar|encontrar)
  (esta vez|hoy|ahora|por ahora|al final|creo que|mejor|ese dia|yo|nosotros) no !(se|estoy|hay)
  no (me|nos) (es posible|va a ser posible|queda|da tiempo|sera posible)
  no (va a (poder ser|ser posible)|sera posible|cuenten conmigo|cuentes conmigo)
  (me|nos)? (es|sera|resulta) imposible
  ya? (tengo|tenemos) ya? (otro|otra|otros|que trabajar|un compromiso|compromiso|compromisos
    |planes) (plan|planes|compromiso|compromisos|evento)?
  (voy a|tendre que|tengo que|tenemos que) (pasar|trabajar|declinar)
  (me|nos) (surgio|salio) (algo|un|una|otra)
  (estoy|estare|ando|estamos|andare) muy? (ocupado|ocupada|ocupados|de viaje|fuera|enfermo
    |enferma|malito|malita|trabajando)
  (para|a|en|sera) (la|para la) proxima
  otro dia sera|otra vez sera|sera en otra ocasion|en otra ocasion
`;

/** The writer stays away. Any words may follow. */
export const NO_RSVP = phraseBook(RSVP + RSVP_ES, CLASSES);

/** No, if only small words follow ("i am busy", not "i am busy with the new card"). */
export const NO_RSVP_ALONE = phraseBook(
  `
  <i>? <am>? <adv>* (will be|going to be)? <adv>* <busy>
  <i>? <am>? <adv>* (will be|going to be)? <adv>* out !(here|there|front|the|of|on|in|at|with)
  <i>? <adv>* (have to|got to|need to|must) (work|study|babysit|stay (home|in)|be at work)
  <i> <adv>* (have|got) <excuse>
  <i>? <adv>* (will|can|could|would|do|did|shall) not <it-all>?
  (i|we)? <adv>* do not <adv>* (think|believe) (so|(i|we) (can|will|could|am))
  <i> <am> <adv>* not
  <i>? <adv>* (will|would|can) not be able to?
  feeling under the weather
  not (on|that) (day|<day>)
  <i>? <am>? <adv>* (not|never) <adv>* (free|interested|down|in|game|able|going|coming|attending)
  <i>? <am>? <adv>* (unable|not able|not available) to?
  <i> <am> a (hard|definite|firm)? (<no>|pass)
  <i>? <adv>* <must> <adv>* (have to|need to|choose to|prefer to)* <adv>* <drop> <this>*
  <i>? <am>? <adv>* (going to be)? <dropping>
  i? (refuse|deny|denied|declined|disagree)
  a (hard|big|solid|firm)? pass|my? regrets|with regrets|thanks but no thanks
  <i>? (would|do)? (rather|prefer) not to?
  (i|we)? wish (i|we) could (come|make it|go|be there|join|attend)?
  (maybe|perhaps|possibly)? (next|another|some other) (time|day) (then|though|maybe|for sure)?
  (a|take a|need a)? (rain check|raincheck)
  paso|imposible|ocupado|ocupada|yo paso|hoy no|esta vez no|mejor no|no creo|no quiero
    |no se puede|no gracias
  no (creo|quiero) (poder|ir|que pueda)|no (me|nos) (funciona|sirve|es conveniente)
`,
  NAMES,
);

/** One word that stays away; next to nothing may follow ("pass", not "pass it on"). */
export const NO_BARE = phraseBook(`
  out|busy|i? (hard|big|solid|firm)? pass (on (it|this|that))?|decline|skip|skipping|passing|bail
  (pass|skip) this (one|time)
`);

/** What was proposed is not good, or not now. Only small words may follow. */
export const NO_SOFT = phraseBook(
  `
  <it>? (is|are|was|would|will be|seems|sounds|be) <very>* not be? <very>* <untrue>
  <it>? (is|are|was|would|will be|seems|sounds|be|looks) <very>* not be? <very>* <good> (for
    |with) (me|us)
  <it>? <very>* (does|do|will|would|can|could|is) not <very>* (going to|be|quite)* <work> (for
    |with) (me|us)
  (that|this|those|these|<day>) <very>* (does|do|will|would|can|could) not <very>* (going to|be
    |quite)* <work>
  will not <work>
  <it>? <very>* (is|was|sounds|seems|are) <very>* (false|incorrect|untrue|impossible|not|a lie
    |fake|bad for (me|us)|a bad (time|day)|out of the question)
  not (really|at all|particularly|quite|exactly|necessarily|likely|in the (slightest|least)
    |on your life|by any means|even (close|remotely|a little)|today|tonight|tomorrow|now
    |happening|possible|true|correct|right|accurate|so|me|good|interested|this|that|necessary
    |needed|a fan|ever) (at all|now|though|true|right|correct|happening|interested|this (time|one
    |week|year)|for (me|us))*
  not (right now|just now|at (this|the) (time|moment|point|present)|this (time|week|weekend|year
    |one|round)|for (me|us|now|today|the moment)|going to happen|in (a million|my) (years|life
    |lifetime)|any time soon|anytime soon|in this case|that i know of)
  false|incorrect|untrue|never|never ever|impossible|fat chance
  no (more|further|other|additional) (questions|help|requests|assistance|queries) (needed
    |required|is)*
  nothing (else|more|for now|right now)?|none|no need
  i (do|would|could|can) not (agree|think so|believe so|say so|believe that|think (that
    |it) is (right|true|correct)|buy (that|it)|support (that|it|this)) (with (that|it))?
  i? (strongly|completely|totally|respectfully)? (disagree|object|reject (that|it))
  (there is)? no way|there is no (way|chance)|under no (circumstance|circumstances)|by no means
    |in no way|far from it|hardly|nothing doing
  please? do not (do (it|that|this|so)|bother|go (ahead|on)|proceed|book (it|that|this|them
    |anything)?|make (it|that)|reserve (it|that)|add (it|that|any|anything _?|any _)|schedule (it
    |that)|buy (it|that|them)|confirm (it|that)?)?
`,
  NAMES,
);
