/**
 * Ways to say no, as patterns over plain words, anchored at a clause's beginning. As with yes, the
 * subject is the writer or nobody: a third person's "can't" is no answer.
 */
const I =
  '(?:(?:i|we|(?:my )?\\w+ and i|me and (?:my )?\\w+|neither of us|none of us|both of us) )';
const ADV =
  '(?:(?:definitely|totally|absolutely|so|really|also|still|just|probably|unfortunately|sadly|actually|honestly|certainly|simply|will|would|regretfully|regrettably|now|already|surely\\*|for sure) )*';
const TO_COME =
  '(?:make (?:it|this|that|\\w+day|tonight|tomorrow|the \\w+|your \\w+|any)|be (?:there|able|attending|coming|joining|going|available|in|free|around|in town|participating|making|back|here)|come|attend|go|join|participate|swing|do (?:it|that|this|\\w+day|tonight|tomorrow|dinner|lunch)|show|commit to (?:it|that|this)|get (?:away|off|out of|there|time off)|leave|get a (?:sitter|babysitter)|partake|accept|accommodate|squeeze|fit it)';

/** The writer stays away. Any words may follow. */
export const NO_RSVP: readonly string[] = [
  `${I}?${ADV}(?:can|could|will|would|shall|may|might|do|should) ${ADV}(?:not|never|no) ${ADV}(?:be able to )?(?:${TO_COME})`,
  `(?:i|we) (?:do not|really do not|just do not) (?:think|believe|feel like|see how|suppose|reckon|expect)(?: that)? (?:i|we|it|that|this) (?:can|could|will|would|am|are|is)(?: (?:be|going to|gonna))?(?: ${TO_COME}| coming| going| able| work| happening| happen| attending)?`,
  `${I}?(?:am |are |is )?${ADV}(?:not|never) ${ADV}(?:coming|going|attending|joining|available|free|able|interested|gonna make it|going to (?:make|be|come|go|attend|happen|work)|up (?:for|to) (?:it|that|this)|in town|around|feeling (?:it|up to|well|good)|in the mood|participating|showing|down|making it|allowed|well)(?! (?:to miss|to cancel|anywhere|out of town))`,
  `${I}?(?:am |are )?${ADV}(?:unable|not able)(?: to)?`,
  `${I}?${ADV}(?:(?:will |am going to |are going to |am |are )?(?:have to|need to|must|going to have to|going to|got to|will)) ${ADV}(?:cancel|decline|pass|skip|bail|miss|back out|drop out|bow out|say no|sit (?:this|it|that) (?:one )?out|take a rain ?check|opt out|pull out|turn (?:it|this|you) down|reschedule|refuse|stay home)(?! (?:it|that|this|them|the \\w+) (?:along|on|to|up))(?! by)`,
  `${I}?(?:am |are )?(?:going to )?(?:cancelling|canceling|declining|passing|skipping|bailing|backing out|dropping out|sitting (?:this|it) (?:one )?out)`,
  'count (?:me|us) (?:out|as (?:a )?no)|(?:put|mark) (?:me|us) (?:down )?(?:as|for) (?:a )?(?:no|not)|rsvp no|do not count (?:me|us) in|(?:do not|not to) (?:count|wait|plan) (?:on|for) (?:me|us)',
  '(?:please )?cancel (?:my|our) (?:rsvp|spot|seat|place|reservation|reply|yes|attendance|invite|invitation)|take (?:me|us) off the (?:guest )?list|(?:i|we) (?:must |respectfully |regretfully |politely |have to )?(?:decline|regret|regret that)',
  `something (?:has |just )?(?:came|come|popped) up|(?:i |we )?(?:have |had |got |has )?something (?:has )?(?:came|come) up`,
  `(?:i |we )?${ADV}(?:have|had|got|have got|made) (?:${ADV})?(?:other|previous|prior|another|conflicting|different|family|a prior|a previous|some other) (?:plans?|commitments?|engagements?|obligations?|thing|event|party|appointment)`,
  `(?:i |we )${ADV}(?:have|had|got|have got|made|already have) ${ADV}(?:plans|a conflict|a scheduling conflict|a prior engagement|a family (?:thing|emergency|event)|an emergency|no time|no way to get there)`,
  `(?:i |we )?(?:am |are |will be |going to be )${ADV}(?:out of (?:town|state|the country|the office)|on (?:vacation|a trip|call that)|traveling|travelling|away that|double ?booked|booked up|fully booked|sick(?! of)|under the weather|ill$|swamped|tied up|otherwise engaged|stuck at work)`,
  'out of town|double ?booked',
  `(?:i )?wish i could(?! (?:be more|stay))|(?:i )?would if i could`,
  `${I}?(?:would |will )?(?:have to |need to )?(?:respectfully |politely )?(?:decline|rather not|prefer not(?: to)?|rather stay)`,
  '(?:i |we )?(?:do|did|would) not (?:really )?(?:want|wish|care|plan|intend|wanna) (?:to (?:go|come|attend|join|book|do|be|make|reserve|buy|participate|rsvp|proceed|continue)|any|it|that|this|tickets)',
  'maybe (?:next time|another time|some other time|some other day|another day)|(?:next time|another time|some other time|some other day)(?: (?:maybe|perhaps|then|for sure|though))?|(?:a )?rain ?check|perhaps (?:next|another) time',
  '(?:yo |ya |nosotros |hoy |esta vez |la verdad |creo que |al final )*no (?:(?:creo (?:que )?)?(?:voy|vamos|puedo|podemos|podre|podremos|podria|pueda|podamos|ire|iremos|asistire|asistiremos|asisto|llego|llegamos|alcanzo|estare|estaremos|iba)(?! (?:mas|esperar|faltar|decir|asegurar|confirmar))|me es posible|me va a ser posible|va a poder ser|va a ser posible|me queda|me da tiempo|me funciona|nos es posible|sera posible|cuenten conmigo|cuentes conmigo|puedo ir)',
  '(?:me es |es |sera )?imposible(?: ir| para mi)?|(?:tengo|tenemos|ya tengo|ya tenemos) (?:otro|otros|que trabajar|trabajo|otra cosa|un compromiso|compromiso|otros planes|planes)|(?:voy a|tendre que|tengo que) (?:pasar|cancelar|trabajar|declinar)|(?:me|nos) (?:surgio|salio) (?:algo|un)|(?:estoy|estare) (?:ocupad[oa]|de viaje|fuera|enferm[oa]|malit[oa]|trabajando)|(?:esta|sera en) (?:vez|otra|otra ocasion) (?:no|paso)|para la proxima|sera para la proxima|(?:a la|en la) proxima|otro dia sera|otra vez sera',
];

/** No, if nothing but small words follows ("i am out", not "i am out of milk"). */
export const NO_RSVP_ALONE: readonly string[] = [
  `${I}?(?:am |are |will be )?${ADV}(?:out|busy|booked|working|sick|slammed|unavailable|away|occupied|gone|tied up|exhausted)(?: (?:that|this|on|until|all|at|with) (?:day|night|weekend|week|evening|time|work|kids|family|then|\\w+day))?`,
  `${I}?${ADV}(?:have to|got to|need to|must) (?:work|study|babysit|stay home)(?: late)?`,
  `${I}?${ADV}(?:have|got) (?:work|class|school|a meeting|an appointment|a game|a wedding|practice|the kids|my kids|an exam)`,
  `${I}?${ADV}(?:will|can|could|would|do|did|shall) not(?: (?:do (?:it|that|this)|be|come|say so|want (?:to|it|that|any)|think so|believe so|agree|need (?:it|that|any)|today|tonight|then|sorry))?`,
  `${I}(?:am|are) not`,
  `${I}(?:am|are) (?:not )?(?:a no|a hard no)`,
  `${I}?(?:will |am going to |have to |going to |would like to )?(?:pass|decline|skip|bail)(?: (?:on )?(?:it|that|this|this (?:one|time)|that one))?`,
  '(?:i (?:will )?(?:have to |need to |am going to )?)?(?:sit|sitting) (?:this|it|that)(?: one)? out|i refuse|deny|denied|i deny|declined|declining|(?:hard|big|solid) (?:pass|no)|a hard pass|out|busy|thanks glad\\* no thanks|(?:my )?regrets|with regrets',
  `${I}?would rather not|rather not|i prefer not to|prefer not(?: to)?`,
  'paso|imposible|ocupad[oa]|yo paso|hoy no|esta vez no|mejor no|no creo|no quiero|no se puede|no gracias|no cuento|no asistire',
];

const IT =
  '(?:(?:that|it|this|these|those|all that|both|the (?:time|date|day|plan)|(?:that|this|the) (?:time|date|day|one)|\\w+day|tonight|tomorrow|\\d{1,2}(?:am|pm)?) )';
const GOOD =
  '(?:good|great|fine|ok|right|correct|true|possible|accurate|so|the case|doable|convenient|ideal|acceptable|what i (?:want|wanted|need|needed|am looking for|meant|said)|going to (?:work|happen|be possible)|happening|gonna (?:work|happen)|working|for me|for us|my thing|a good (?:time|day|idea)|a yes|it|at all|exactly|a fact|a thing)';

/** What was proposed is not good, or not now. Only small words may follow. */
export const NO_SOFT: readonly string[] = [
  `${IT}?(?:is|are|was|would|will be|seems|sounds) (?:just |really |definitely |absolutely |simply |certainly |totally )*not (?:be )?(?:really |quite |a |very |too |gonna |actually |exactly )*${GOOD}`,
  `${IT}?(?:does|do|will|would|can|could|did|is) not (?:really |quite |actually |gonna |going to |be )*(?:work|suit|fit|happen|be (?:good|possible)|working|work out|happening)`,
  `${IT}?(?:just |really )?(?:is|was|sounds|seems) (?:absolutely |totally |completely |definitely |just |very |certainly |really )*(?:false|incorrect|wrong|untrue|impossible|not|a lie|fake|bad for (?:me|us)|a bad (?:time|day))`,
  `${IT}?works? (?:badly|poorly)`,
  'not (?:really|at all|at this (?:time|moment|point)|at the moment|right now|now|today|tonight|tomorrow|this (?:time|week|weekend|year|one)|for (?:me|us|now|today)|happening|quite|particularly|necessary|needed|gonna happen|going to happen|in (?:a million|my) (?:years|life(?:time)?)|on your life|possible|true|correct|right|so|me|good(?: for me)?|a fan|interested|just now|just yet|in the slightest|in the least|this|that|any time soon|anytime soon|even (?:close|a little|remotely)|likely|too likely|by any means|a bit)',
  '(?:false|incorrect|untrue|never|never ever|impossible|unlikely|fat chance|nothing|nothing else|nothing more|none|no need|thanks but no thanks|i disagree|disagree|you are (?:wrong|incorrect|mistaken)|i (?:do not|would not|cannot|could not) (?:agree|think so|believe so|say so|believe that|think that is (?:right|true|correct))|i do not (?:think|believe) (?:that|it|so)(?: is (?:right|true|correct|accurate|the case))?|i am (?:good|all set|fine|ok) (?:not|no)|there is no (?:way|chance)|under no circumstances?|by no means|in no way|far from it|hardly|nothing doing|do not|please do not|do not (?:do (?:it|that|this)|bother)|i (?:highly |seriously |really )?doubt (?:it|that))',
];
