/**
 * Ways to say no in a phrase, in the notation of phrase-book.ts. As with yes, the subject is the
 * writer or nobody: a third person's "can't" is no answer.
 */
import { phraseBook } from '../phrase-book.ts';
import { CLASSES } from './word-classes.ts';

const RSVP = `
  <i>? <adv>* (can|could|will|would|shall|may|might|do|should) <adv>* (not|never) <adv>* (be able to)? (<come>|do (it|that|this|<day>|dinner|lunch|# <day>?)|be (able|available|free|around|in town|making it|back|doing|up for|feeling)|get (away|off|out of|there|time off|a (sitter|babysitter))|leave|accept|commit to (it|that|this)|accommodate|squeeze)
  (neither|none) of us (can|will|are|is)
  (i|we) <adv>* do not <adv>* (think|believe|feel like|see how|suppose|reckon|expect) (that)? (i|we|it|that|this) <adv>* (can|could|will|would|am|are|is) <adv>* (be|going to|able to)* (<come>|<coming>|able|work|happening|happen|going|possible|do (it|that|this)|available|free)?
  (i|we) <adv>* do not <adv>* (think|believe) so
  <i>? <am>? <adv>* (not|never) <adv>* (coming|going|attending|joining|available|able|gonna make it|going to (make|be|come|go|attend|happen|work|be able)|up (for|to) (it|that|this|anything)|in town|around|feeling (it|up to|well|good|great)|in the mood|participating|showing|making it|allowed) !(to miss|anywhere)
  <i>? <am>? <adv>* not <adv>* (free|interested|down|in|well|game) !(chicago)
  <i>? <am>? <adv>* unable to ...
  <i>? <am>? <adv>* unable
  <i>? <adv>* (will|would|<am> going to|going to|have to|need to|must|got to|should) <adv>* (have to|need to|choose to|prefer to)* <adv>* (cancel|decline|pass|bail|back out|drop out|bow out|say no|sit (this|it|that) (one)? out|take a rain check|take a raincheck|opt out|pull out|turn (it|this|you) down|refuse|stay home|miss (this|it|out|the _|your _)|skip (this|it|out|the _|tonight|<day>)|reschedule) !(by|along|it along|the salt|that|my)
  <i>? <am>? <adv>* (going to be)? (cancelling|canceling|declining|passing|skipping|bailing|backing out|dropping out|sitting (this|it) (one)? out|opting out|missing (this|it|out))
  count (me|us) (out|as (a)? no)
  (put|mark|rsvp) (me|us)? (down)? (as|for)? (a)? (no|not (going|coming|attending))
  do not (count|wait|plan) (me|us)? (in|on|for) (me|us)?
  (please)? cancel (my|our) (rsvp|spot|seat|seats|place|reservation|reply|yes|attendance|invite|invitation|booking)
  take (me|us) off (the|your) guest list
  (i|we) (must|respectfully|regretfully|politely|have to|will have to)* (decline|regret)
  (regretfully|respectfully|politely) (decline|declining)
  (something|stuff|things) (has|have|just|had)* (came|come|popped) up
  (i|we) (have|had|got)* (something|a thing) (has)? (came|come|coming|going on)
  <i>? <adv>* (have|had|got|have got|made) <adv>* (other|previous|prior|another|conflicting|different|family|some other|a (prior|previous|different|family|conflicting)|my)* (plans|plan|commitment|commitments|engagement|engagements|obligation|obligations|conflict|scheduling conflict|emergency)
  <i> <adv>* (have|had|got) <adv>* (another|a different|a prior|other) (thing|things|event|party|appointment|stuff)
  <i>? <am>? <adv>* (will be|going to be)? <adv>* (out of (town|state|the country|the office)|on (vacation|holiday|a trip)|traveling|travelling|double booked|doublebooked|booked (up|solid)?|fully booked|swamped|tied up|stuck (at work|in)|under the weather|slammed|overbooked|grounded|in quarantine|not well)
  <i> <am> <adv>* (sick|ill|busy|working) !(of|on)
  (i|we)? wish (i|we) could
  (i|we)? would (love to)? if (i|we) could
  (i|we)? (do|did|would) not <adv>* (want|wish|care|plan|intend|desire|like) (to|it|that|any|this|tickets|one|for you)
  maybe (next|another|some other) (time|day|week|year)
  (perhaps|possibly)? (next|another|some other) time (then|though|maybe|perhaps|guys|for sure|hopefully|!)?
  (a|take a|need a)? (rain check|raincheck)
`;

const RSVP_ES = `
  (yo|ya|nosotros|hoy|esta vez|la verdad|creo que|al final|pues|lo siento|nosotros)* no (creo (que)?)? (voy|vamos|puedo|podemos|podre|podremos|podria|pueda|podamos|ire|iremos|asistire|asistiremos|asisto|llego|llegamos|alcanzo|estare|estaremos) !(mas|esperar|faltar|decir|asegurar|confirmar|decirte|confirmarte)
  (esta vez|hoy|ahora|por ahora|al final|creo que|mejor|ese dia|yo|nosotros) no !(se|estoy|hay)
  no (me|nos) (es posible|va a ser posible|queda|da tiempo|funciona|sirve|es conveniente|sera posible)
  no (va a (poder ser|ser posible)|sera posible|cuenten conmigo|cuentes conmigo|hay manera|hay forma)
  (me|nos)? (es|sera|resulta) imposible
  (ya)? (tengo|tenemos) (ya)? (otro|otra|otros|que trabajar|trabajo|un compromiso|compromiso|planes|examen|cita) (plan|planes|compromiso|compromisos|cosa|cosas|evento)?
  (voy a|tendre que|tengo que|tenemos que) (pasar|cancelar|trabajar|declinar|rechazar)
  (me|nos) (surgio|salio) (algo|un|una|otra)
  (estoy|estare|ando|estamos|andare) (muy)? (ocupado|ocupada|ocupados|de viaje|fuera|enfermo|enferma|malito|malita|trabajando)
  (para|a|en|sera) (la|para la) proxima
  otro dia sera|otra vez sera|sera en otra ocasion|en otra ocasion
`;

/** The writer stays away. Any words may follow. */
export const NO_RSVP = phraseBook(RSVP + RSVP_ES, CLASSES);

/** No, if only small words follow ("i am out", not "i am out of milk"). */
export const NO_RSVP_ALONE = phraseBook(
  `
  <i>? <am>? <adv>* (will be)? <adv>* (out|busy|booked|working|sick|unavailable|away|occupied|gone|exhausted|broke|otherwise engaged) ((on|until|all|at|with) (day|night|weekend|week|evening|the time|work|kids|family|then|<day>))?
  <i>? <adv>* (have to|got to|need to|must) (work|study|babysit|stay (home|in)|be at work) (late|early)?
  <i> <adv>* (have|got) (work|class|school|a meeting|an appointment|a game|a wedding|practice|the kids|my kids|an exam|another (event|party|dinner)|church)
  <i>? <adv>* (will|can|could|would|do|did|shall) not (do (it|that|this|so)|be|come|say so|want (to|it|that|any)|think so|believe so|agree|need (it|that|any|anything)|today|tonight|then|sorry)?
  <i> <am> <adv>* not
  <i> <am> a (hard|definite|firm)? (<no>|pass)
  <i>? (will|am going to|have to|going to|would like to|should)? <adv>* (pass|decline|skip|bail) (on)? (it|that|this|this (one|time)|that one|<thanks>)*
  (i (will|am going to|have to|need to)* )? (sit|sitting) (this|it|that) (one)? out
  i? (refuse|deny|denied|declined|declining|decline|disagree)
  (a)? (hard|big|solid|firm)? pass|out|busy|(my)? regrets|with regrets|thanks but no thanks
  <i>? (would|do)? (rather|prefer) not (to)?
  paso|imposible|ocupado|ocupada|yo paso|hoy no|esta vez no|mejor no|no creo|no quiero|no se puede|no gracias|no (creo|quiero) (poder|ir|que pueda)
`,
  CLASSES,
);

/** What was proposed is not good, or not now. Only small words may follow. */
export const NO_SOFT = phraseBook(
  `
  <it>? (is|are|was|would|will be|seems|sounds|looks|be|sound) <very>* not (be)? <very>* (a|quite|the)? (<good>|possible|happening|going to (work|happen|be possible)|working|for (me|us)|my thing|it|at all|convenient|accurate|right at all|what i (meant|said|asked for))
  <it>? <very>* (does|do|will|would|can|could|did|is) not <very>* (going to|gonna|be|quite)* (work|suit|fit|happen|good|possible|working|work out|happening|sound <good>|look <good>|seem <good>)
  <it>? <very>* (is|was|sounds|seems|are) <very>* (false|incorrect|wrong|untrue|impossible|not|a lie|fake|inaccurate|bad for (me|us)|a bad (time|day|idea)|nonsense|out of the question)
  not (really|at all|particularly|quite|exactly|necessarily|likely|in the (slightest|least)|on your life|by any means|even (close|remotely|a little)|today|tonight|tomorrow|now|yet|happening|possible|true|correct|right|accurate|so|me|good|interested|this|that|necessary|needed|a fan|ever) (at all|now|though|true|right|correct|happening|interested|this (time|one|week|year)|for (me|us))*
  not (right now|just now|at (this|the) (time|moment|point|present)|this (time|week|weekend|year|one|round)|for (me|us|now|today|the moment)|going to happen|gonna happen|in (a million|my) (years|life|lifetime)|any time soon|anytime soon)
  false|incorrect|untrue|never|never ever|impossible|fat chance|unlikely|highly unlikely
  nothing (else|more|for now|right now)?|none|no need
  i (do|would|could|can) not (agree|think so|believe so|say so|believe that|think that is (right|true|correct)|buy (that|it)|support (that|it|this))
  (i)? (strongly|completely|totally|respectfully)? disagree
  you <am>? <very>* (wrong|incorrect|mistaken|not (right|correct))
  there is no (way|chance)|under no circumstances|by no means|in no way|far from it|hardly|nothing doing
  please? do not (do (it|that|this|so)|bother|go (ahead|on)|proceed|book (it|that|this|them|anything)?|make (it|that|the _)|reserve (it|that)|add (it|that|any|anything _?|any _)|schedule (it|that)|buy (it|that|them)|confirm (it|that)?)?
`,
  CLASSES,
);
