/** The words and short phrases that answer by themselves, by how firmly they do. */
import { phraseBook, wordSet } from '../phrase-book.ts';
import { CLASSES } from './word-classes.ts';

/** Yes whatever follows, unless it takes it back. */
export const PLAIN_YES = phraseBook(
  `
  yes|yeah|yep|yup|aye|s\u00ed
  (yes|yeah|yep|yup|s\u00ed) (yes|yeah|yep|yup|s\u00ed|sir|maam|of course|sure|man|dude)*
  ya !(no|voy|estoy|tengo|se|quede|me|lo|te|va|veremos|vas|esta)
  si (claro|gracias|por favor|senor|senora|amigo|seguro|perfecto|con gusto|ahi estare
    |ahi estaremos|cuenta conmigo|cuenten conmigo|dale|va|ok)
  si !_
  si si
`,
  CLASSES,
);

/**
 * Yes if what follows is about the writer or nothing: "sure, i want to", not "sure about that".
 */
export const ADVERB_YES = phraseBook(
  `
  sure (thing|sure)?|for (sure|certain)|absolutely|definitely|certainly|totally|of course|surely
    |@surely
    |obviously|naturally|indeed|gladly|happily
  (most|very) (definitely|certainly|assuredly|likely yes)
  very much so|with pleasure|my pleasure|by all means|you bet (ya|cha)?|you betcha|you know it
    |affirmative|affirm|most assuredly
  (100|hundred|one hundred|100%) (%|percent)?
  (bet|deal|word|done) !_
  roger that?|copy that|10 4|say no more
  claro|dale|vale|va|sale|orale|simon|obvio|seguro|con (mucho)? gusto|de una|listo|hecho|asi es
    |afirmativo|andale|sale (pues|y vale)|sale y vale|va que va|ya vas|de acuerdo|encantado
    |encantada
`,
  CLASSES,
);

/** Agrees, or is only polite: a yes alone, with small words, or before "book it". */
export const ASSENT = phraseBook(
  `
  (very|so|too) true
  (ok|alright|okie dokie|ok (dokie|dokey|doke)|all right|righto|right o) (then|cool|great|good|ok
    |perfect|sure)*
  great|perfect|fine|cool|awesome|excellent|wonderful|fantastic|sweet|lovely|amazing|brilliant
    |terrific|splendid|superb|marvelous|super|dope|nice|fabulous|beautiful|fab|grand|outstanding
  very (good|well|nice|cool)|good (deal|idea|plan)|great (idea|plan)|sounds|fair enough|right on
    |works
  correct|right|exactly|true|agreed|precisely|accurate|spot on|totally right|that is (that
    |all right)
  uh huh|uhuh|mhm|mm hmm|mmhmm|mm hm|mhmm|mmm hmm|yuh huh|y
  perfecto|excelente|genial|esta bien|ta bien|okis|estupendo|buenisimo|chido|padre|que padre
    |que bien|me parece|correcto|exacto|bueno
`,
  CLASSES,
);

/** No whatever follows. The word "no" itself is stricter: see NO_CONTINUES. */
export const PLAIN_NO = phraseBook(
  `
  nope|nah|negative|nuh uh|nu uh|no no|nein|no thanks|no sir|no maam|no can do|no go|no dice
    |no chance|no bueno|not a chance|negatory|negativo|no siree|no sirree
  no way (jose|in hell|man)?
  n !_
  (hard|firm|big|solid) no
`,
  CLASSES,
);

/**
 * After a bare "no" these continue an answer; another word ("parking") makes "no" a determiner.
 */
export const NO_CONTINUES = wordSet(`
  thanks thank you i we it that this these those there is am are was can could will would not do
  does did have has had sorry please sir maam man bro dude guys girl friend buddy mate need and
  or at for right now maybe because since as so unfortunately sadly really never ever just all
  everything nothing actually go get leave keep cancel forget lol haha ha too already only than
  then still but if unless until by in on later today tonight tomorrow way absolutely definitely
  additional further other else done everybody everyone my our me us he she they what why how let
  make its dont never book wrong false incorrect negative to not thx nothing anything cheers ok
  great puedo podemos puede podre podremos voy vamos ire iremos gracias creo quiero queremos me
  nos lo la asistire asistiremos estare estaremos va muchas por hoy ese esa este esta alcanzo
  llego tengo senor senora manana hermano amigo
`);
