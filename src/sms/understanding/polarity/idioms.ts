/**
 * Phrases whose words say the opposite of what they mean, or that only look like an answer. They
 * are rewritten to one marker word before the grammar looks for "no", "not" or "if". Order counts:
 * the first that fits wins. Markers: glad* = eager yes; fine* = "no problem"; dunno* = undecided;
 * pol* = politeness; noise* = neither; no / yes = the plain word.
 */
const RSVP_VERB = '(?:come|be there|attend|go|join|see|party|celebrate|hang|hang out|meet)';

export const IDIOMS: readonly (readonly [string, string])[] = [
  // Undecided, before the words inside them count.
  ['(?:neither|not) yes (?:nor|or) no', 'dunno*'],
  ['yes and no', 'dunno*'],
  [
    '(?:i )?(?:can not|could not|do not|will not|would not) (?:really )?(?:say|tell you|decide|choose|tell)(?: for sure| for certain| with certainty)?(?: (?:yes|either|whether it is yes|if it is yes|a yes|a definite yes) (?:or|nor) (?:a )?no)',
    'dunno*',
  ],
  ['(?:neither|not) (?:confirm|agree) (?:nor|or) (?:deny|disagree)', 'dunno*'],
  [
    '(?:(?:could|might|may) be (?:a )?yes )(?:or |and )?(?:it )?(?:(?:could|might|may) be (?:a )?)?no',
    'dunno*',
  ],
  ['maybe (?:a )?yes (?:or )?maybe (?:a )?no', 'dunno*'],
  ['maybe (?:a )?no (?:or )?maybe (?:a )?yes', 'dunno*'],
  ['no (?:clue|idea|ideas|opinion|earthly idea)', 'dunno*'],
  [
    '(?:can not|could not|not able to|unable to) (?:make up my mind|decide|commit(?: yet| right now| either way)?|say for sure|say for certain|be sure|be certain|tell)',
    'dunno*',
  ],
  // Double negatives nobody can be held to.
  ['(?:not|never) (?:saying|said|say) (?:no|yes)', 'noise*'],
  ['would not say (?:no|yes)', 'noise*'],
  ['not not', 'noise*'],
  // "not" and "no" that mean yes.
  ['why (?:the (?:hell|heck) )?not', 'glad*'],
  ['(?:i )?(?:can|could) (?:not|hardly) wait(?: (?:to|for)(?: (?:it|that|this))?)?', 'glad*'],
  [
    `(?:i )?would not (?:want to |wanna )?miss (?:it|this|that|out|the \\w+|your \\w+)(?: for (?:the world|anything))?`,
    'glad*',
  ],
  [
    '(?:i )?(?:will not|am not going to|not going to|am not|would never|will never|not) (?:gonna )?(?:miss|missing) (?:it|this|that|the \\w+|your \\w+)(?: for (?:the world|anything))?',
    'glad*',
  ],
  ['could not (?:be (?:happier|more excited)|agree more)', 'glad*'],
  [
    'no (?:doubts?|question)(?: about (?:it|that))?|without (?:a )?(?:doubt|question|fail)',
    'surely*',
  ],
  [
    '(?:no|not an?|zero) (?:problem|problems|prob|probs|problemo|issue|issues|trouble|biggie|big deal|sweat|objections?|complaints?)(?: (?:at all|for me|with (?:that|me|it)))?|(?:sin|no hay|ningun) problema',
    'fine*',
  ],
  [
    'no (?:worries|worry|harm|harm done|hard feelings|offense|hurry|rush|pressure|hay prisa|matter(?: what)?|joke|kidding|lie|cap|shit|wonder|te preocupes|se preocupen)',
    'noise*',
  ],
  [
    '(?:do not|never) (?:you )?(?:worry|fret|mind me|be silly|bother replying|let me down|stress|mention it)(?: about (?:it|that|me|a thing))?',
    'noise*',
  ],
  ['(?:oh|aw|ah|ay) no', 'noise*'],
  ['(?:do not|would not) mind(?: (?:at all|if i do))?', 'noise*'],
  ['(?:do|would) not (?:really )?(?:hesitate|forget)', 'noise*'],
  [
    'como no|claro que (?:s\u00ed|si)|por supuesto(?: que (?:s\u00ed|si))?|desde luego(?: que (?:s\u00ed|si))?|obvio que (?:s\u00ed|si)|seguro que (?:s\u00ed|si)|eso (?:s\u00ed|si)',
    's\u00ed',
  ],
  [
    '(?:no me lo|no me la) (?:pierdo|perderia|voy a perder)(?: por nada)?|no (?:falto|faltare|faltaria|podria faltar)|ahi sin falta|sin falta',
    'glad*',
  ],
  // Adverb and no: a firmer no.
  [
    '(?:claro|por supuesto|desde luego|obvio|seguro) que no|(?:para|pues) nada|ni (?:loco|loca|modo|de broma|pensarlo|hablar)|de ninguna manera',
    'no',
  ],
  [
    '(?:absolutely|definitely|certainly|surely|sure|of course|for sure|obviously|totally|most definitely|most certainly|clearly|indeed|hell|heck|helll|god|hells|fuck|fuk|oh hell|oh heck|probably definitely|most assuredly|emphatically|decidedly|positively) (?:no|not|nope|nah)(?! (?:sure|certain|problem|worries|doubt|bad))',
    'no',
  ],
  [
    '(?:hell|heck|oh hell|fuck|fuk|oh|aw|damn|hells|oh my god|omg|shit|helll) (?:yes|yeah|yea|ya|yah)',
    'yes',
  ],
  [
    '(?:yes|yeah|yep|ya) (?:no|nah|nope)(?=$| (?:sorry|thanks|i|we|maybe|or|wait|yes)(?: |$))',
    'mixed*',
  ],
  ['(?:no|nah|nope) (?:yes|yeah|yep)', 'mixed*'],
  // Politeness with an if in it.
  ['(?:please )?(?:let|tell) (?:me|us) know (?:if|when|what|how|where|whether)', 'pol*'],
  [
    'if (?:you (?:do not mind|(?:will|would) not mind|(?:could|can|would|will|want|like|wish|please|insist|say so|do|need|are ok with (?:it|that)|would like|have (?:one|any|it|time|room|space))(?: (?:so|to|me|help|anything|please))?)|possible|so|that is (?:ok|fine|alright|cool|good|possible|all right)(?: with you(?: all| guys)?)?|it is (?:ok|fine|alright|cool|not too (?:late|much trouble)|no trouble|possible)(?: with you(?: all| guys)?)?|that works(?: for (?:you|everyone|everybody|you guys|all))?|anything (?:changes|comes up)|something changes|i may|i do say so myself)',
    'pol*',
  ],
  [
    '(?:see|check|find out|ask|know|tell|wonder|sure|confirm|verify|look) (?:me )?if (?=(?:there|they|the|it|that|this|he|she|you|is|are) )',
    'noise* ',
  ],
  ['as if', 'noise*'],
  ['what if', 'what about'],
  // A verb's "go", "in" or "down" that is no answer.
  [
    `(?:look|looking|looks) forward to (?:it|that|this|seeing (?:you|everyone|ya|yall|you all|everybody)|${RSVP_VERB}ing|(?:the|your) \\w+)`,
    'glad*',
  ],
  ['yes (?:and|or|vs|versus) no', 'mixed*'],
  ['(?:no|not) (?:longer)', 'not'],
  ['not any ?more', 'not'],
];

const COMPILED: readonly (readonly [RegExp, string])[] = IDIOMS.map(([pattern, marker]) => [
  new RegExp(`(?<= |^)(?:${pattern})(?= |$)`, 'gu'),
  marker,
]);

/** A clause's words with every idiom replaced by its marker. */
export function rewriteIdioms(words: string): string {
  let out = words;
  for (const [pattern, marker] of COMPILED) out = out.replace(pattern, marker);
  return out.replace(/ +/gu, ' ').trim();
}
