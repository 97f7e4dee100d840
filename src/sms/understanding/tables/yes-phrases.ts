/** Ways to say yes in a phrase, in the notation of phrase-book.ts. */
import { phraseBook } from '../phrase-book.ts';
import { CLASSES } from './word-classes.ts';

/** The writer takes part. Any words may follow. */
export const YES_RSVP = phraseBook(
  `
  <i>? <adv>* (can|will|shall|do plan to|should be able to|<am> able to) <adv>* <come> !(home|up
    |down|back)
  <i>? <adv>* <am>? <adv>* (planning|excited|happy|glad|delighted|thrilled|ready|honored|set
    |looking forward|pumped|stoked|going) to <adv>* (<come>|<coming>|being there)
  <i> <adv>* (plan|intend|expect|<am> planning|<am> intending) (to <come>|on (<coming>|going
    |being there))
  <i> <am> <adv>* <coming> !(with|from|home|down|up|back|off)
  count (me|us) (in|as a? (yes|in|going|coming|attending|confirmed))
  (you can)? (sign|put|mark|pencil|rsvp|add) (me|us) (down|up|in)? (as|for) a? (yes|in|going
    |attending|coming|attendance)
  (you can)? (sign|pencil|put) (me|us) (up|in|down) !(as|for|to|with)
  (save|hold|keep|reserve) (me|us) (a|one|some)? (seat|seats|spot|spots|place|chair|plate|slot)
  (you can)? (count|bank) on (me|us) !to
  (i|we) (happily|gladly|gratefully|hereby|will|would be happy to)* accept (the|your
    |this)* (invite|invitation|offer)
  (i|we)? rsvp (yes|as a? yes|for (yes|one|two|me|us))
  <i> (would|will) be? <adv>* (happy|glad|delighted|thrilled|honored|pleased) to <come>
  (<i> (will|can) <adv>*)? (see|meet|c) <you> (all|guys|both)* (there|then|soon)? (<day>|there
    |then|at|on|this)
  <i> (will|can) <adv>* (see|meet) <you> (all|guys|both)* (there|then)
  (cuenta|cuenten|contad) con (migo|nosotros)
  (cuenta|cuenten|contad) conmigo
  (yo|nosotros|claro|que)* (ahi|alli|alla|aqui) mero? (estare|estaremos|nos vemos|voy a estar
    |vamos a estar|andare|ando|estamos|estoy|te veo|los veo|llego|caigo|le caigo)
  (yo|nosotros|claro|ya|ahi|que|si|s\u00ed)? s\u00ed? (voy|vamos|ire|iremos|asistire|asistiremos
    |confirmo|confirmamos|acepto|me apunto|nos apuntamos|me anoto|nos anotamos|me sumo
    |nos sumamos|le entro|jalo|jalamos|estare|estaremos|asisto|asistimos) !(a|tarde)
  (yo|nosotros)? (voy|vamos) a (ir|estar|asistir|llegar)
  (yo|nosotros|claro que|que)? s\u00ed? (puedo|podemos|podre|podremos) (ir|asistir|estar|llegar
    |acompanarlos)
  con mucho? gusto (voy|vamos|asisto|ire|iremos|estare|ahi)
  nos vemos (ahi|alla|alli|el|manana|entonces|<day>)
`,
  CLASSES,
);

/** The writer takes part, if only small words follow. */
export const YES_RSVP_ALONE = phraseBook(
  `
  <i> <am>? <adv>* (on board|keen|stoked|joining|going|pumped|attending|coming|interested|on it)
  <i> <am>? <adv>* in !(the|a|an|my|our|here|there|time|on|with|to)
  <i> <am>? <adv>* (down|game) !(the|a|an|my|here|there|at|by|with|day|night|time)
  <i>? <am>? <adv>* (up|down|in|game|keen) for (it|that|this|whatever|anything|sure|<day>)
  <i>? (can|will|<am> going to|planning to)? <adv>* (go|be in|swing it|hang|hang out) !(ahead|on
    |for|to)
  <i> <am>? <adv>* (all (for|over) it|there|available|free|confirmed)
  all for it|free (then|that (day|night)|<day>)
  <i> can (do|make) (it|that|this|so|<day>)
  <i> would be <adv>* (delighted|honored|happy|glad|thrilled)
  (planning|plan|counting) on (it|<coming>|being there)
  (can|will) (do|be there)
  (happy|glad|delighted|game|honored) to (<come>|do (it|that))?
  (<i> <am>)? on (my|our) way|be right there|be there|will be there|consider it done|accepted
    |i? accept
    |confirmed|confirming|me too|looking forward
  i (can|do|will|hereby|would like to)* (confirm|accept) (that|it|this|my (attendance|spot|rsvp)
    |for (it|that|<day>)|i <am> <coming>)?
  @glad
  (we|i)? <am>? still (on|good|coming|in|going|down|game)
  (it|we) (is|are) (on|a date|a plan|a deal|happening)
  sounds like a (plan|date|party)
  let us (do|go|roll|party|rock|make it happen|plan on|get it|hang) (it|this|that|for it|with (it
    |that|this))?
  (yo|nosotros)? s\u00ed? (puedo|podemos|podre|podremos)
  vamos|jalo|voy|ahi estoy|ya? (confirmado|confirmada|confirmados)|puesto|puesta|puestisimo
  estoy (dentro|listo|lista|puesto|puesta|disponible|libre|confirmado|confirmada)
  hagamoslo|me late|me encanta la idea|me gusta la idea|ya quedamos|ya esta|a huevo|me animo
    |nos animamos|ya estas|va que va|ya vas|encantado|encantada|encantados
`,
  CLASSES,
);

/** One word that takes part; next to nothing may follow ("in", not "in the morning"). */
export const YES_BARE = phraseBook(
  `
  <adv>* (in|down|game|going|coming|attending|there|rsvp|joining)
`,
  CLASSES,
);

/** "I will", "we are": a yes only by itself or with politeness. */
export const YES_SHORT = phraseBook(
  `
  <i> <adv>* (can|will|do|would|am|are|shall) (too|<thanks>|as well|definitely|for sure|totally
    |absolutely|indeed|@surely|please|see you|then)*
  <adv>* (would|do) want to (come|go)?
  confirm
`,
  CLASSES,
);

/** What was proposed is good. Only small words may follow. */
export const YES_SOFT = phraseBook(
  `
  <it>? <very>* (sounds|sound|looks|look|seems|seem|is|are|feels|be) <very>* <good> (to|for|with
    |by)? (me|us)?
  <it>? (can|could|will|would|should)? <very>* (works|work|suits|suit|fits|fit|do|does|is working
    |will do|would do) (out|great|perfectly|fine|well|good|just fine|best|nicely|better|ok|for
    |with|to|me|us|my schedule)*
  (fine|good|ok|great|cool|perfect|alright|works|right) (by|with|for|to) (me|us)
  <i> <am> <adv>* (good|fine|ok|cool|happy|great|down|alright|on board|all right|satisfied
    |pleased) (with|for) (that|it|this|<day>|everything)
  <i> <adv>* (agree|concur|approve|like (it|that|this)|(like|love) the (idea|plan|sound of (that
    |it))|love (it|that|this)|want (that|it|this|to|in)|think so|believe so|suppose so|guess so
    |hope so|do|would think so|expect so|am with you|say so|do want (that|it|this|to)) (one)?
  <i> (would|will|do) (say|think|believe|agree|have to agree|concur) (so|that is <good>
    |with (that|you|this|it)|to (that|it|this))
  <i>? (would|will|do) <adv>* (love|like|enjoy) (that|it|this|one|to)? (<come>|go|do (that|it
    |this)|see <you>)?
  (you <am>|you have got that|you got that|you have it) <very>* (right|correct|accurate|spot on
    |on the money|it right|that right|it) (about (that|it)|in that)?
  you got it|so it is|so be it|it is (so|true|yes|indeed)|true (that|enough|story|statement)
    |(that|it|this) is (it exactly|exactly it|the one|all (right|correct|good))
  love to (<come>|see <you>)?
  (<i> <am>)? <adv>* good to go
  (it|that) sure (is|does|would|will)|(i|we) will take it
  <i> (would|will|do|have to|must|would have to) (agree|concur)
  <i> <adv>* want to <come>
  @fine (here|by me|with me|for me|with that)?
  (count|consider) (it|that) (done|a yes)
  <i> (will|can)? do (it|that|this|so)
  (eso|todo|la verdad|me)? (suena|se oye|se escucha|esta|estaria|parece|queda) (muy|super
    |bastante|re)? (bien|perfecto|genial|padre|bueno|excelente|chido|de acuerdo|buena idea
    |increible)
  me funciona|encantado|todo bien|estoy de acuerdo|buena idea|me gusta (la idea|mucho|el plan)?
    |por mi (bien|perfecto|esta bien|encantado|encantada)
  me (gustaria|encantaria) (ir|asistir|estar ahi|acompanarlos|mucho)*
`,
  CLASSES,
);

/** "Please do", "go ahead": the writer tells us to go on. Alone only as short as this. */
export const GO_AHEAD = phraseBook(
  `
  (please|just|yes|you can|you may|kindly|and|then|so|let us)* (do (it|so|that|this)|go (ahead
    |for it|on|right ahead)|proceed|make it (so|happen)|carry on|continue|do) (please|thanks
    |ahead|with (it|that|this)|now|then)*
  please let us (do|go|proceed|book|get|start|reserve|try|see|have|make|buy) (it|that|this|for it
    |with (it|that|this)|ahead|one)?
  adelante|hazlo|hagale|procede|procedan
`,
  CLASSES,
);

/** What an agreement may go on with: "sure, could you book it". Any words may follow. */
export const GO_AHEAD_AFTER = phraseBook(
  `
  (please|just|yes|then|you can|you may|kindly|go ahead and|and|also|so|let us|could you
    |would you|can you|will you|i would like (for you|you)? to|i want you to
    |i would love (for you|you)? to|i need you to)* (do|go|proceed|book|reserve|buy|purchase|make
    |play|schedule|add|get|find|confirm|send|transfer|put|set|order|start|rent|pay|call|text|save
    |include|complete|finalize|search|select|choose|pick|take|use|have|create|hold|secure|arrange
    |request|share|provide|count|sign|continue|look|subscribe|stay|watch|listen|attend|ride|hire
    |invite|pencil|stream|begin|open|submit|process|help|bring) !(you|i|we)
  (please|and|also|then)* (i|we) (want|need|would (like|love|prefer)|will (take|have|book|go with
    |buy|get)) ...
  (please|just|with|them|two|it|that|this|one|tickets) !(is|are|was|not|does|were|has|should|will
    |would)
`,
  CLASSES,
);
