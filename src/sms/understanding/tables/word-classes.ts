/**
 * The named classes of the phrase tables. `i` is the writer, alone or with others, so that "she can
 * come" never fits; `adv` strengthens or regrets without changing the answer.
 */
import { wordClasses } from '../phrase-book.ts';

export const CLASSES = wordClasses(`
  i = i|we|my? _ and (i|me)|(me|i) and (my|the)? _|(all|both) of us|the # of us|# of us|us all
  adv = definitely|totally|absolutely|completely|so|all|very|really|also|still|for sure|certainly
    |just|gladly|most definitely|always|of course|happily|probably|unfortunately|sadly|actually
    |honestly|simply|regretfully|regrettably|now|already|truly|100%|100|surely|@surely|obviously
    |most certainly|likely|only|too|currently|both|even
  day = monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues|wed|weds|thu|thur
    |thurs|fri|sat|sun|today|tonight|tomorrow|mondays|tuesdays|wednesdays|thursdays|fridays
    |saturdays|sundays|weekend|lunes|martes|miercoles|jueves|viernes|sabado|domingo|hoy|manana
  event = party|dinner|lunch|event|game|meeting|wedding|birthday|show|trip|hike
  come = make it|make (this|that|<day>|(the|your) (<event>|time|date)|any|anything)|be there
    |be here
    |be able to (make it|come|attend|go|join|be there|do it)|come|attend|join|show up|participate
    |be (attending|coming|joining|going|participating|present)|(stop|swing|drop) by|partake
    |fit it in
  coming = coming|attending|joining|participating|rsvping yes|making it|coming along|coming over
  it = that|it|this|these|those|they|all that|that all|it all|this all|both|all|everything|which
    |all of (it|that|this)|(the|your|that|this) (<matter>)|<day> (at? #)?|# (on <day>)?|eso|esa
    |ese
  matter = time|date|day|plan|place|idea|one|details|price|rating|cost|location|address|info
    |information|order|reservation|schedule|option
  good = good|great|perfect|fine|ok|alright|awesome|excellent|wonderful|fantastic|fun|lovely|nice
    |amazing|cool|fabulous|terrific|swell|right|correct|fair|exciting|delightful|ideal|doable
    |super|brilliant|delicious|reasonable|acceptable|accurate|true|so|suitable|convenient|splendid
    |superb|marvelous|incredible|lit|dope|sweet|solid|valid|factual
    |like (a|so much)? (good|great|lot of)? (plan|fun|idea|time|blast|winner|party|deal|treat)
    |a (good|great|wonderful|brilliant|fine|nice) (idea|plan|time|choice|one|option)
    |a (deal|go|plan|yes|fact|date|treat|winner)|the (truth|case|one|plan)
    |(exactly|just|precisely)? what (i|we) (want|wanted|need|needed|would like|am looking for)
    |all (i|we) need
  very = very|really|so|pretty|totally|just|absolutely|all|perfectly|quite|super|also|definitely
    |certainly|indeed|100%|will|would|should|is|are|be|sounds|sound|looks|look|seems|seem|truly
    |completely|exactly|entirely|simply|most|actually|honestly|extremely|to be|still|too
    |pretty much
  some = _|_ _|_ _ _|_ _ _ _|_ _ _ _ _|_ _ _ _ _ _
  thanks = thanks (you|again)? (so|very|a)* (much|lot|bunch|ton|million)? (anyway|again|though
    |for <some>)?
  am = am|are|is
  you = you|ya|yall|you all|everyone|everybody|you guys|u|them|the gang|all of you
  say = say|tell|tell you|know|decide|answer|commit|guess|determine|confirm|promise
  yes = yes|yeah|yep|yup|s\u00ed|ya
  no = no|nope|nah
  sms = text|texts|message|messages|msg|msgs|sms|texting|messaging|notification|notifications
    |alert|alerts|spam|reminders|reminder|invites
  sending = text|texting|message|messaging|contact|contacting|send|sending|spam|spamming|bother
    |bothering|bugging|harassing|calling|pestering
`);
