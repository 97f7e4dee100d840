/**
 * Ways to be undecided, in the notation of phrase-book.ts. What may follow is limited to talk
 * about the answer, so that "i do not know how to reset my pin" stays what it is: no reply.
 */
import { phraseBook, wordClasses } from '../phrase-book.ts';
import { CLASSES } from './word-classes.ts';

const NAMES = wordClasses(
  `
  degree = really|just|honestly|still|completely|totally|quite|entirely|exactly|100%|100|so|too
    |very
    |definitely|simply|actually|truly|absolutely|personally|currently|do|a bit|a little|pretty
    |kind of|sort of|rather|somewhat|all that|fully|at all|even|particularly|overly|for sure|yet
    |percent|super|terribly
  maybe = maybe|perhaps|possibly|potentially|probably|prob|probs|likely|presumably|conceivably
    |tentative|tentatively|undecided|unsure|uncertain|unclear|unknown|inconclusive|tbd|tba|@dunno
    |unlikely|highly unlikely|could be|might be|may be|kinda|sorta|kind of|sort of|50 50
    |fifty fifty|half and half|iffy
`,
  CLASSES,
);

const WORDS = `
  (and|or|i guess|i would? say|i will say|a|an|it is a?|that is a?|my answer (is|would be)
    |the answer (is|would be)|so|just|definitely|most|very|quite|solid|big|strong|well|i am a
    |put me down (as|for) a?|call it a)* <maybe> (so|not|one|other|<yes>|<no>|possible|true|right
    |correct|a|an|can|could|will|would|go|going|come|coming|make|it|in|out|either|or|and|maybe
    |perhaps|both|else)*
  (<i>|it|that|this)? <am>? <degree>* (not|never) <degree>* (sure|certain|positive|confident
    |clear|decided|convinced|ready to (say|commit|decide|answer)|settled|set)
  (<i>|it|that|this)? (<am>|feel|remain)? <degree>* (unsure|uncertain|undecided|torn|on the fence
    |conflicted|ambivalent|of two minds|in two minds|iffy|up in the air|hesitant|indecisive
    |clueless|stumped|tentative|at a loss|unclear|doubtful|skeptical|neutral|indifferent
    |fifty fifty|leaning (toward
    |towards)? (<yes>|<no>))
  (<i>|who)? <degree>* (do|did|would|could|can|will) <degree>* not <degree>* (<say>|be (sure
    |certain|positive)|have (an|a|any|the|much of an|enough|the slightest|the foggiest
    |a single)? (idea|clue|answer|opinion|response|info|information|preference|definite answer
    |clear answer|firm answer|good answer|real answer|definitive answer)|give (you)? (a|an
    |the)? (definite|clear|straight|definitive|firm)? (answer|response)|answer that
    |say either way|figure (it|that) out)
  <i>? <degree>* (have|got|has|have got) (@dunno|no (way of knowing|way to (know|tell)|answer
    |preference
    |opinion)|not yet? (decided|made up my mind|figured (it|that) out|a clue|the foggiest
    |got a clue|checked))
  <i>? have not <degree>* (decided|made up my mind|figured (it|that) out|thought about it|checked
    |made a decision)
  no telling|there is no (way of knowing|way to (know|tell|be sure)|telling)|no way (of knowing
    |to (know|tell|be sure))|no certainty|no preference
  (it|that)? is? <degree>* (hard (for me)?|too early|too soon|difficult|tough|impossible
    |tricky) to (say|tell|know
    |call|decide|answer)
  who (knows|can say|can tell|is to say|could say)|your guess is as good as mine|beats me
    |search me|only? time will tell|(god|lord|heaven) only? knows|(it|that) is anyones guess
    |the jury is (still)? out
  (that|it|there|a|an|definite|definitely|is|could be|might be|would be|all|just|really
    |quite)* (possibility|chance|toss up|tossup|coin flip|coin toss|maybe|mystery|tough (call|one
    |question)|hard (call|one|question|decision)|close call|grey area|gray area)
  (it|that|this|anything|either) (is|could be|might be|may be) <degree>* (possible|plausible
    |conceivable|either|anything|undecided|unclear|uncertain|unknown|up in the air|debatable
    |questionable|a possibility)
  (it|that|this) (could|might|may) <degree>* well? (be|go|work|happen)? <degree>* (so|true|right
    |correct|the case|either way|false|wrong|yes|no|out|any _)*
  (it|that|this|all|really|just|kind of|well)* (depends|depending)
  (it|that|this|all|really|just|kind of|well)* (depends|depending) (on|upon|who|what|when|if|how
    |where) ...
  (could|can|might) go either way|either way|that? remains to be seen|up in the air|in between
    |somewhere in between|so so|ish|a (little|bit) of both
  (it|that|i|we)? may or may not|(i|we) have yet to decide|(i|we) have not the (faintest|foggiest
    |slightest)
  i? (really|highly|seriously)* doubt (it|that)|i wish i knew|(i|we) will do (my|our) best
  possible|it could be|could be either (way|one)?
`;
const LATER = `
  <i>? (may|might) (be able to|make it|come|go|be there|not|have to|need to|join|attend|be|could
    |can)?
  <i>? (will|shall|would|have to|need to|am going to|going to|let me|let us|allow me to|should
    |still need to|still have to|first need to|got to) (have to|need to|just|still|first|probably
    |try to)* (see|check|think (about|on|it|over)*|get back to (you|ya|u|everyone)|let (you|ya|u
    |everyone|him|her|them|_) know|look at my (calendar|schedule)|find out|figure (it|that
    |things) out|ask (my|the|around)|talk (to|with) my|confirm (later|soon|with|by|asap|tomorrow)
    |update you|decide|sleep on it|try|keep you posted|give it (a think|some thought)|run it by)
  (try|trying|hope|hoping|hopefully|fingers crossed|with luck|with any luck|god willing) (i|we|to
    |it|that|can|will|am|are|be|able|make|come|there|attend|go|join|so|works|work|out|get|off|yes
    |of)*
  <i> <adv>* <am>? (hope|hoping|trying|try) (to|so|i|we|that)
  (i|we) (think|guess|suppose|assume|believe) (maybe|probably|possibly|perhaps|(i|we) (can|could
    |will|might|should|may|am|would))
  <i>? <adv>* (should|could|ought to) (be able to)? (make it|come|be there|go|attend|join
    |be (free|fine|ok|good|able))? (probably|hopefully|maybe|i think|be)* !not
  (just|i)* (give me|need) (a (few|minute|sec|second|moment|day|bit|couple)|some (more)? time
    |more (time|info|details|information)|time to think|# (minutes|days|hours))
  (not|no) just? yet|maybe (later|next|tomorrow|another|some other|on|<day>|a|i|we|if|this|in
    |after)|later|perhaps (later|next|<day>|<i>)
  ask me? again? (later|tomorrow|next week|another time|again|<day>)
  (i|we)? <am>? still? (thinking|debating|deciding|considering|waiting|figuring) (about|on|it|out
    |that|this)*
  i (guess|suppose)
`;
const ES = `
  (yo|la verdad|todavia|aun|ahorita|pues|ay|ahora)* no lo? (se|estoy muy? (seguro|segura)|sabria
    |sabemos|estamos (seguros|seguras)|he decidido|te sabria decir|puedo (confirmar|asegurar
    |decir)|tengo idea) !puede
  no lo? se (si|cuando|como|que|todavia|aun|bien) ...
  (tal vez|quiza|quizas|a lo mejor|puede ser|puede que|posiblemente|probablemente|depende
    |ya veremos|veremos|a ver|vere|vemos|capaz|igual y|de pronto|hay que ver|quien sabe
    |mas o menos|si dios quiere|primero dios|ojala|espero (poder|que s\u00ed|ir)|intentare
    |tratare|voy a (tratar|intentar|ver|checar)) ...
  tal vez|quiza|quizas|a lo mejor|puede ser|puede que|posiblemente|probablemente|depende
    |ya veremos|veremos|a ver|vere|capaz|igual y|hay que ver|quien sabe|mas o menos|ojala
  (ahi|luego|despues|mas tarde|manana|al rato|yo)* (te|les|le) (aviso|confirmo|digo|dejo saber
    |cuento) ...
  (ahi|luego|despues|mas tarde|manana|al rato|yo)* (te|les|le) (aviso|confirmo|digo|dejo saber
    |cuento)
  (dejame|dejeme|deja|tengo que|tendria que|necesito|lo voy a|lo) (ver|veo|checar|pensar|revisar
    |preguntar|consultar|checo|pienso|pensare|consulto|reviso) ...
  (dejame|dejeme|deja|tengo que|tendria que|necesito|lo voy a|lo) (ver|veo|checar|pensar|revisar
    |preguntar|consultar|checo|pienso|pensare|consulto|reviso)
`;

export const UNDECIDED = phraseBook(WORDS + LATER + ES, NAMES);

/** After a yes: what makes it less than one ("yeah probably", "yes i think i can"). */
export const HEDGES = phraseBook(`
  maybe|probably|prob|probs|perhaps|possibly|depends|depending|most likely|likely|hopefully|might
    |i might|tentatively|tal vez|quiza|quizas|a lo mejor
  i think !so
  i guess !(so|yes)
  creo !que
`);
