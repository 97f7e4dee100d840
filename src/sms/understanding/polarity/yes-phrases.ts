/**
 * Ways to say yes, as patterns over plain words. `i` stands for "i", "we" or nobody at all, so that
 * "she can come" never fits. Each pattern is anchored at a clause's beginning.
 */
const I =
  '(?:(?:i|we|(?:my )?\\w+ and i|me and (?:my )?\\w+|i and (?:my )?\\w+|all of us|both of us|the \\w+ of us|\\d of us) )';
const AM = '(?:(?:am|are|is|we are|be) )';
const ADV =
  '(?:(?:definitely|totally|absolutely|so|all|very|really|also|still|surely\\*|for sure|certainly|just|gladly|most definitely|100%?|always|both|of course|happily) )*';
const TO_COME =
  '(?:make it(?: work| out| there)?|be there|be able to (?:make it|come|attend|go|join|be there)|come(?: along| over| by| out| through)?|attend|be attending|be coming|be joining|be going|join(?: you| in| us| everyone)?|be in|be here|stop by|swing by|show up|participate|be participating)';

/** The writer takes part. Any words may follow. */
export const YES_RSVP: readonly string[] = [
  `${I}?${ADV}(?:can|will|shall|do plan to|should be able to) ${ADV}${TO_COME}`,
  `${I}?${ADV}${AM}?${ADV}(?:going to|planning to|planning on|plan to|plan on|intend to|excited to|able to|able|happy to|glad to|delighted to|thrilled to|ready to|honored to) ${TO_COME.replace('(?:make it', '(?:coming|attending|going|joining|making it|being there|make it')}`,
  `${I}${AM}${ADV}(?:coming|attending|joining|rsvping yes)(?! (?:down|up|out) with)`,
  `${ADV}(?:coming|attending)`,
  'count (?:me|us) (?:in|as (?:a )?(?:yes|in|going|coming|attending))',
  '(?:you can )?(?:sign|put|mark|pencil|rsvp|add) (?:me|us) (?:up|down|in|as (?:a )?yes|as (?:going|attending|coming)|for (?:a )?yes)(?! (?:for|as) (?:a )?(?:no|maybe))',
  '(?:save|hold|keep|reserve) (?:me|us) (?:a )?(?:seat|spot|place|chair|plate|slot)',
  '(?:you can )?(?:count|bank) on (?:me|us|it)',
  '(?:i )?(?:accept|rsvp yes|am rsvping yes)(?: (?:the|your|this) (?:invite|invitation))?',
  `${I}(?:would|will) (?:be )?(?:\\w+ )?(?:happy|glad|delighted|thrilled|honored) to(?: ${TO_COME})?`,
  `${I}?(?:will|can) (?:\\w+ )?(?:see|meet) (?:you|ya|yall|you all|everyone|everybody|u)(?: (?:all|guys))?(?: (?:there|then|soon))?`,
  '(?:see|c) (?:you|ya|yall|everyone|everybody)(?: (?:all|guys|both))? (?:there|then|friday|saturday|sunday|monday|tuesday|wednesday|thursday|tonight|tomorrow|at|on|this|in a bit|in the)',
  '(?:me|us) (?:too|as well) (?:i|we) (?:will|can|am|are)',
  '(?:cuenta|cuenten|contad) con(?:migo| nosotros)',
  '(?:yo |nosotros )?(?:ahi|alli|alla|aqui) (?:estare|estaremos|estoy|nos vemos|voy a estar|vamos a estar|andare|ando|estamos|te veo|los veo|llego|caigo)',
  '(?:yo |nosotros |claro |ya |ahi )?(?:s\u00ed )?(?:voy|vamos|ire|iremos|asistire|asistiremos|confirmo|confirmamos|llego|llegamos|acepto|me apunto|nos apuntamos|me anoto|nos anotamos|me sumo|nos sumamos|le entro|jalo|jalamos|estare|estaremos)',
  '(?:yo |nosotros |claro que )?(?:s\u00ed )?(?:puedo|podemos|podre|podremos)(?: (?:ir|asistir|estar|llegar))?',
  'me encantaria(?: ir| asistir| estar)?(?! (?:pero|si))|con gusto (?:voy|vamos|asisto|ire|estare)|nos vemos (?:ahi|alla|alli|el|manana|entonces|luego ahi)',
  '(?:fine\\*|glad\\*|noise\\*) (?:i|we) (?:will|can|am|are) (?:be )?(?:there|coming|in|make it|come)',
];

/** The writer takes part, if nothing but small words follows ("i am in", not "i am in chicago"). */
export const YES_RSVP_ALONE: readonly string[] = [
  `${I}?${AM}?${ADV}(?:in|down|game|on board|up for (?:it|that|this)|up to it|down for (?:it|that|this|whatever)|in for (?:it|that|this)|keen|stoked|so there|all for it|there|available|free|going|joining|confirmed|on it|interested|happy to|glad to|all over it|coming|attending|pumped|in like flynn)`,
  `${I}?(?:would|will|do) ${ADV}(?:love|like|enjoy|be up for|be down for) (?:to|that|it|this)(?: (?:very much|a lot|alot|so much))?`,
  `${I}?would ${ADV}(?:love|like) to ${TO_COME}`,
  `${I}could do (?:that|it)`,
  `${I}?(?:can|will) (?:do(?: (?:that|it|this))?)`,
  '(?:happy|glad|love|delighted) to(?: (?:come|join|attend|be there|go|do (?:it|that)))?',
  'on my way|on our way|be right there|be there|there|rsvp|going|in|down|game|attending|consider it done|my pleasure|accepted|confirmed|confirm|i confirm|confirming|i (?:can|do|will|hereby) confirm(?: (?:that|it|this|i am (?:coming|going|attending)))?|looking forward|glad\\*|still (?:on|good|coming|in|going|down|game)|we are on|it is (?:on|a date|a plan|a deal)|sounds like a plan',
  'let us (?:do (?:it|this|that)|go|gooo+|roll|party|make it happen|plan on it)',
  'me apunto|vamos|jalo|voy|ahi estoy|nos vemos(?: ahi| alla)?|(?:ya )?confirmado|confirmada|puesto|puestisimo|estoy (?:dentro|listo|lista|puesto|puesta|disponible|libre)|hagamoslo|me late|me encanta la idea|me gusta la idea|me gustaria|encantado|encantada|encantados|ya quedamos|ya vas|ya esta|si senor|a huevo',
];

/** "I will", "we are": a yes only by itself or with politeness behind it. */
export const YES_RSVP_SHORT: readonly string[] = [
  `${I}(?:can|will|do|would|am|are|am in|shall)(?: (?:too|thanks|as well|definitely|for sure|totally|absolutely|indeed|surely\\*|please|see you|ok|yes|then|there))*`,
];

const IT =
  '(?:(?:that|it|this|these|those|all that|that all|it all|this all|both|all|all of (?:it|that|this)|everything|everything there|the (?:time|date|day|plan|place|details)|(?:that|this|the) (?:time|date|day|plan|place|one)|mon|tue|tues|wed|thu|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|tonight|tomorrow|\\d{1,2}(?:am|pm)?|which) )';
const GOOD =
  '(?:good|great|perfect|fine|ok|alright|awesome|excellent|wonderful|fantastic|fun|lovely|amazing|nice|cool|fabulous|terrific|swell|right|correct|fair|like (?:a )?(?:plan|fun|good plan|great plan|good idea|great idea|good time|great time|blast|winner|party)|exciting|delightful|ideal|doable|super|brilliant|delicious|reasonable|acceptable|accurate|just right|just fine|a good idea|a great idea|a good plan|a deal|a go|a plan|true|a fact|the truth|so|exactly right|the case|suitable|convenient|what i (?:want|wanted|need|needed|would like|am looking for|think)|what we (?:want|need)|exactly what i (?:want|wanted|need|am looking for)|all i need|a yes|bueno)';
const VERY =
  '(?:(?:very|really|so|pretty|totally|just|absolutely|all|perfectly|quite|super|also|definitely|will|would|should|is|are|be|sounds|sound|looks|look|seems|100%?|certainly|indeed|to be) )*';

/** What was proposed is good: a yes to an invite, but less firm than taking part. */
export const YES_SOFT: readonly string[] = [
  `${IT}?${VERY}(?:sounds?|looks?|seems?|is|are|will be|would be|should be|feels) ${VERY}${GOOD}`,
  `${IT}?${VERY}(?:works?|suits?|fits?|will work|would work|should work|could work|can work|is working|will do|would do|suit|fit)(?: (?:out|great|perfectly|fine|well|good|just fine|best|nicely|better|ok))*`,
  '(?:fine|good|ok|great|cool|perfect|alright|works) (?:by|with|for|to) (?:me|us)',
  `${I}(?:am|are) ${ADV}(?:good|fine|ok|cool|happy|great|down|alright|onboard|on board|all right) (?:with|for) (?:that|it|this|the \\w+|\\w+day)`,
  `${I}(?:agree|concur|approve|like (?:it|that|this|the (?:idea|plan|sound of (?:that|it)))|love (?:it|that|this|the (?:idea|plan))|want (?:that|it|this|to|in)|think so|believe so|suppose so|guess so|hope so|do think so|do believe so|do agree|would agree|am with you|would say so|say so)`,
  '(?:you are|you got it|you have it) ?(?:right|correct|absolutely right|spot on)?',
  '(?:that|it|this) is (?:it exactly|exactly it|the one)|so it is|so be it|it is (?:so|true|a yes|yes|indeed)|true (?:that|enough|story)',
  'fine\\*(?: (?:here|by me|with me|for me))?|(?:count|consider) it (?:done|a yes)',
  '(?:eso )?(?:suena|se oye|se escucha|esta|estaria) (?:muy |super )?(?:bien|perfecto|genial|padre|bueno|excelente|chido|de acuerdo)|me parece (?:muy |super )?(?:bien|perfecto|genial|excelente|buena idea)|me queda (?:bien|perfecto)|me funciona|(?:por mi )?(?:perfecto|esta bien|encantad[oa]|todo bien)|estoy de acuerdo|buena idea|me gusta(?: la idea)?|me late',
];

const DO = '(?:please |just |yes |pls |then |you can |you may |kindly |go ahead and |and |also )*';
/** "Please do", "go ahead, book it": the writer tells us to go on. Only after assent, or alone where short. */
export const GO_AHEAD_ALONE: readonly string[] = [
  `${DO}(?:do (?:it|so|that|this)|do|go (?:ahead|for it|on|right ahead)|proceed|make it so|make it happen|carry on|continue|let us (?:do|go|proceed|book|get|start|reserve|try|see|have|make|buy)(?: (?:it|that|this|for it|with (?:it|that|this)|ahead))?)(?: please)?`,
  'adelante|hazlo|hagale|procede',
];
/** Verbs of a request that only continues an agreement: "sure, could you book it". Any words may follow. */
export const GO_AHEAD_AFTER: readonly string[] = [
  `${DO}(?:could you |would you |can you |will you |may you |i would like (?:you )?to |i want (?:you )?to |i want |i would like |i need |we need |we want |i would (?:love|prefer) |let us )?${DO}(?:do|go|proceed|book|reserve|buy|purchase|make|play|schedule|add|get|find|confirm|send|transfer|put|set|order|start|rent|pay|show|call|text|save|include|complete|finalize|tell|search|select|choose|check|pick|take|use|have|create|let|give|hold|secure|arrange|request|share|provide|count|sign|continue|look|subscribe|see|try|stay|watch|listen|attend|ride|hire|invite|pencil|it|that|this|one|to|the|a|an|them|some|two|tickets)`,
];
