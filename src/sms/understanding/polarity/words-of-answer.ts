/**
 * The single words that answer by themselves, and the small words that may stand around an answer
 * without changing it. Data only; the grammar is in classify.ts.
 */

/** Yes whatever follows, unless it takes it back. */
export const PLAIN_YES =
  'yes|yeah|yep|yup|aye|affirmative|affirm|s\u00ed|ya(?! (?:no|voy|estoy|tengo|se|quede|me|lo|te|va))';
/** Yes if what follows is about the writer or about nothing: "sure, i want to", not "sure about that". */
export const ADVERB_YES =
  'sure thing|for sure|sure|absolutely|definitely|certainly|totally|of course|surely|surely\\*|most definitely|most certainly|indeed|you bet(?: ya|cha)?|you betcha|yes sir|by all means|without fail|obviously|naturally|(?:100|hundred|one hundred|100%)(?: %| percent)?|very much so|with pleasure|gladly|happily|claro|dale|vale|va|sale|orale|simon|obvio|seguro|con (?:mucho )?gusto|de una|listo|hecho|asi es|afirmativo|andale|sale pues|sale y vale|bueno|bet|deal|roger(?: that)?|copy that|10 4|word|done';
/** Assent that may also be mere politeness: only alone, with small words, or before a go-ahead. */
export const ASSENT =
  'ok|alright|okie dokie|ok dokie|great|perfect|fine|cool|awesome|excellent|wonderful|fantastic|sweet|lovely|amazing|brilliant|terrific|splendid|superb|marvelous|right on|correct|right|exactly|true|agreed|agree|super|dope|nice|very (?:good|well|nice|cool)|good deal|all good|all right|that is good|uh huh|mhm|mm hmm|mmhmm|mhmm|hmm yes|fair enough|y|perfecto|excelente|genial|de acuerdo|esta bien|ta bien|okis|estupendo|buenisimo|chido|padre|que padre|que bien|me parece(?: bien)?|correcto|exacto|por mi bien|no falta mas';
/** No whatever follows. "no" itself is stricter: see NO_CONTINUES. */
export const PLAIN_NO =
  'nope|nah|negative|nuh uh|no no|n|nein|no thanks|no way(?: jose| in hell)?|no sir|no maam|no can do|no go|no dice|no chance|no bueno|not a chance|negatory|negativo|tampoco';

/** After a bare "no": these words continue an answer. Another ("no parking") makes "no" a determiner. */
export const NO_CONTINUES = new Set(
  (
    'thanks thank you i we it that this these those there is am are was can could will would not do does did have has had ' +
    'sorry please sir maam man bro dude guys girl friend buddy mate need and or at for right now maybe because since as so ' +
    'unfortunately sadly really never ever just all everything nothing actually go get leave keep cancel forget lol haha ha ' +
    'too already only than then still but if unless until by in on later today tonight tomorrow way absolutely definitely not no ' +
    'additional further other else done everybody everyone my our me us he she they you what why how let make please ' +
    'puedo podemos puede podre podremos voy vamos ire iremos gracias creo quiero queremos me nos lo la asistire asistiremos estare estaremos va se muchas por hoy ese esa este esta ' +
    'alcanzo llego tengo senor senora esta manana'
  ).split(' '),
);

/** Openers that carry no answer and are skipped. */
export const FILLERS =
  'hi|hey|hello|hiya|yo|oh|ohh|ah|aww|aw|ooh|ay|well|um|umm|uh|uhm|er|erm|hmm|hm|hmmm|so|and|also|lol|lmao|haha|hahaha|ha|omg|omfg|wow|whoa|gosh|honestly|frankly|tbh|please|thanks(?: you)?(?: so much| very much| a lot)?(?: for (?:the invite|inviting me|inviting us|asking|thinking of (?:me|us)|the invitation|having (?:me|us)|letting me know))?|many thanks|sorry(?: guys| all| man| everyone)?|so sorry|i am (?:so |very |really )?sorry|my apologies|apologies|unfortunately|sadly|regrettably|regretfully|alas|i am afraid(?: that)?|afraid|just|like|man|dude|bro|buddy|girl|guys|everyone|all right so|then|good (?:morning|afternoon|evening|day)|dear|happily|luckily|fortunately|to be honest|for (?:my|our) part|personally|as for me|as of now|looks like|it looks like|turns out|oye|hola|buenas|buenos dias|buenas tardes|buenas noches|pues|ay|amigo|amiga|lo siento|perdon|disculpa|disculpen|gracias(?: por (?:la invitacion|invitarme|invitar|avisar))?|muchas gracias|mil gracias|lamentablemente|desafortunadamente|por desgracia|que pena|la verdad|mira|bueno pues|noise\\*|pol\\*';

/** Small words that may follow a whole answer and leave it as it is. */
const TAIL_EN =
  'thanks|thank|you|so|much|very|a|an|lot|lots|again|please|too|also|as|well|really|definitely|absolutely|totally|certainly|surely\\*|for|sure|of|course|to|with|by|about|on|in|at|the|this|that|these|those|it|its|then|there|here|my|mine|me|us|our|i|we|am|be|is|are|will|would|can|have|had|man|dude|bro|buddy|mate|guys|guy|girl|friend|friends|sir|maam|maam|everyone|everybody|all|yall|folks|fam|team|haha|lol|ha|now|right|today|tonight|tomorrow|tmrw|later|soon|next|week|weekend|time|times|date|day|night|morning|afternoon|evening|noon|end|part|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|pm|am|\\d{1,2}(?:am|pm|th|st|nd|rd)?|ish|dinner|lunch|brunch|breakfast|party|hike|game|bbq|barbecue|event|meeting|meetup|drinks|show|movie|trip|picnic|wedding|shower|birthday|bday|invite|invitation|plan|plans|idea|glad\\*|noise\\*|pol\\*|fine\\*|yes|yeah|yep|yup|ok|good|great|perfect|nice|fun|awesome|cool|amazing|exciting|excited|love|happy|like|sounds|see|ya|both|and|just|go|ahead|up|anytime|any|always|exactly|actually|honestly|indeed|no|matter|what|kind|invite|inviting|asking|help|support|info|update|everything|reminder|heads|thinking';
const TAIL_ES =
  'gracias|muchas|mucho|por|favor|amigo|amiga|amigos|hermano|bro|ahi|alla|alli|aqui|nos|vemos|todo|todos|todas|bien|muy|que|el|la|los|las|de|con|en|para|mi|a|al|hoy|manana|noche|tarde|dia|lunes|martes|miercoles|jueves|viernes|sabado|domingo|claro|seguro|yo|si|s\u00ed|se|eso|invitacion|invitar|invitarme|avisar|entonces|tambien|ya|pues|gusto|fiesta|cena|comida|senor|senora|jaja|jajaja|jeje|saludos|abrazo|esta|vez|semana|cosa|nada';
export const TAIL = `${TAIL_EN}|${TAIL_ES}`;
