/**
 * The named classes of the phrase tables. `i` is the writer, alone or with others, so that "she can
 * come" never fits; `adv` strengthens or regrets without changing the answer.
 */
import type { WordClasses } from '../phrase-book.ts';

const I =
  'i|we|(my)? _ and (i|me)|(me|i) and (my|the)? _|(all|both) of us|the # of us|# of us|us all';
const ADV =
  'definitely|totally|absolutely|completely|so|all|very|really|also|still|for sure|certainly|just|gladly|' +
  'most definitely|always|of course|happily|probably|unfortunately|sadly|actually|honestly|simply|' +
  'regretfully|regrettably|now|already|truly|100%|100|surely|@surely|most certainly|obviously|likely|only|too|currently|both|even';
const DAY =
  'monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun|' +
  'today|tonight|tomorrow|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|weekend|christmas|' +
  'lunes|martes|miercoles|jueves|viernes|sabado|domingo|hoy|manana';
const COME =
  'make it|make (this|that|<day>|the (party|dinner|event|game|meeting|time|date)|your (party|dinner|event|wedding|birthday))|be there|be here|be able to (make it|come|attend|go|join|be there|do it)|' +
  'come|attend|join|be (attending|coming|joining|going|participating|present)|show up|stop by|swing by|drop by|participate|partake|fit it in';
const COMING =
  'coming|attending|joining|participating|rsvping yes|making it|coming along|coming over';
const IT =
  'that|it|this|these|those|they|all that|that all|it all|this all|both|all|all of (it|that|this)|everything|which|' +
  '(the|your|that|this) (time|date|day|plan|place|idea|one|details|price|rating|cost|location|address|info|information|order|reservation|schedule|option)|<day>|# (on <day>)?|eso|esa|ese';
const GOOD =
  'good|great|perfect|fine|ok|alright|awesome|excellent|wonderful|fantastic|fun|lovely|amazing|nice|cool|fabulous|terrific|' +
  'swell|right|correct|fair|exciting|delightful|ideal|doable|super|brilliant|delicious|reasonable|acceptable|accurate|' +
  'true|so|suitable|convenient|splendid|superb|marvelous|incredible|lit|dope|sweet|solid|valid|factual|' +
  'like (a|so much)? (good|great|lot of)? (plan|fun|idea|time|blast|winner|party|deal|blast|treat|hoot)|' +
  'a (good|great|wonderful|brilliant|fine|nice) (idea|plan|time|choice|one|option)|a (deal|go|plan|yes|fact|date|treat|winner)|' +
  'the (truth|case|one|plan)|(exactly|just|precisely)? what (i|we) (want|wanted|need|needed|would like|am looking for|think|was thinking|had in mind)|all (i|we) need';
const VERY =
  'very|really|so|pretty|totally|just|absolutely|all|perfectly|quite|super|also|definitely|certainly|indeed|100%|will|would|should|' +
  'is|are|be|sounds|sound|looks|look|seems|seem|completely|exactly|entirely|simply|truly|most|actually|honestly|extremely|to be|still|too|pretty much';
const THANKS =
  'thanks (you|again)? (so|very|a)* (much|lot|bunch|ton|million)? (anyway|again|though|for (_|_ _|_ _ _|_ _ _ _|_ _ _ _ _|_ _ _ _ _ _))?';

export const CLASSES: WordClasses = new Map(
  Object.entries({
    i: I,
    adv: ADV,
    day: DAY,
    come: COME,
    coming: COMING,
    it: IT,
    good: GOOD,
    very: VERY,
    thanks: THANKS,
    am: 'am|are|is',
    you: 'you|ya|yall|you all|everyone|everybody|you guys|u|them|the gang|all of you',
    say: 'say|tell|tell you|know|decide|answer|commit|guess|determine|confirm|promise',
    yes: 'yes|yeah|yep|yup|s\u00ed|ya',
    no: 'no|nope|nah',
    sms: 'text|texts|message|messages|msg|msgs|sms|texting|messaging|notification|notifications|alert|alerts|spam|reminders|reminder|invites',
    sending:
      'text|texting|message|messaging|contact|contacting|send|sending|spam|spamming|bother|bothering|bugging|harassing|calling|pestering|hitting up',
  }),
);
