/**
 * Carrier words and opt-outs. Whole-message words are an exact list, without any fuzzy match
 * ("shop" and "step" are one letter from "stop"). `yes` is deliberately no opt-in word here, though
 * the carrier's default list has it: it is the answer to an invite. A free-text opt-out counts
 * only where it cannot mean anything else; "cancel my rsvp" is a no, never an opt-out.
 */
import { plainWords } from './words.ts';

export type Compliance = {
  readonly kind: 'stop' | 'start' | 'help';
  readonly rule: 'compliance.word' | 'compliance.phrase';
};

const WORDS: ReadonlyMap<string, Compliance['kind']> = new Map([
  ...['stop', 'stopall', 'stop all', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke'].map(
    (w) => [w, 'stop'] as const,
  ),
  ...['optout', 'opt out', 'alto', 'baja', 'unsuscribe', 'unsubscribe me'].map(
    (w) => [w, 'stop'] as const,
  ),
  ...['start', 'unstop'].map((w) => [w, 'start'] as const),
  ...['help', 'info', 'ayuda', 'help me', 'help please', 'please help'].map(
    (w) => [w, 'help'] as const,
  ),
]);

const POLITE =
  '(?:please|just|ok|hey|hi|no|sorry|seriously|omg|dude|and|can you|could you|will you)';
const END =
  '(?: (?:please|now|already|thanks|right now|immediately|asap|at once|again|ever|anymore|any more|it|that|this|all|sir|for good))*';
const MESSAGES =
  '(?:texts?|messages?|msgs?|sms|texting|messaging|notifications?|alerts?|invites?|spam)';
const SENDING =
  '(?:text(?:ing)?|messag(?:e|ing)|contact(?:ing)?|send(?:ing)?|spam(?:ming)?|bother(?:ing)?|bug(?:ging)?|harass(?:ing)?|sms(?:ing)?|call(?:ing)?)';
const THESE = `(?: (?:me|us|this number|my (?:number|phone)|these|those|any|more|your|the|such|stuff|things?|unwanted|random|to|with|this|here|and|or|${MESSAGES}|${SENDING}))*`;
const PHRASES: readonly string[] = [
  `stop${END}`,
  `(?:stop|quit|cease) ${SENDING}${THESE}${END}`,
  `(?:stop|end|no more) (?:the |these |those |your |all |any )*${MESSAGES}${END}`,
  `(?:do not|never) (?:ever )?${SENDING} (?:me|us|this number)(?: any(?: more)?| more)?(?: ${MESSAGES})?${END}`,
  `i (?:do not|no longer|never) (?:want|wish|need|asked|consent|agreed?)(?: to (?:get|receive|be getting))?(?: any(?: more)?| more| these| your)* ${MESSAGES}${THESE}${END}`,
  `(?:remove|delete|erase|take) (?:me|my (?:number|phone|name|info|contact))(?: off| out)?(?: (?:from|off|of))*(?: (?:of|this|your|the|all|any|mailing|contact|text|texting|messaging|phone|list|lists|group|thread|chat|database|system|these|${MESSAGES}))*${END}`,
  `(?:i (?:want|would like|wish|need) to |let me |how do i |i am )?(?:opt(?:ing)?[ -]?out|unsubscrib(?:e|ing))(?: me| us)?(?: (?:of|from|this|these|your|the|all|any|list|${MESSAGES}))*${END}`,
  `opt me out(?: (?:of|from|this|these|all|${MESSAGES}))*${END}`,
  `(?:leave me alone|lose my number|forget my number)${END}`,
  '(?:ya )?no me (?:mandes?|manden|envies?|envien|escribas?|escriban|textees?|texteen|contacten|contactes)(?: mas| nada| mensajes| textos| por favor| gracias)*',
  '(?:ya )?(?:deja|dejen|dejame|dejenme|para|paren)(?: ya)? de (?:mandar|enviar|escribir|textear|molestar)(?:me)?(?: mas| estos| los| mensajes| textos| por favor| gracias)*',
  '(?:quiero |deseo )?(?:darme de baja|cancelar (?:la |mi )?(?:suscripcion|subscripcion)|no (?:quiero )?(?:recibir )?mas mensajes)(?: por favor| gracias)*',
  '(?:borrame|borrenme|quitame|quitenme|eliminame|eliminenme|sacame|saquenme) de (?:la |tu |su |esta )?lista(?: por favor| gracias)*',
];
const OPT_OUT = new RegExp(`^(?:${POLITE} )*(?:${PHRASES.join('|')})$`, 'u');

/** The carrier word or the opt-out that the whole text is, or undefined. */
export function readCompliance(text: string): Compliance | undefined {
  const words = plainWords(text);
  const word = WORDS.get(words);
  if (word) return { kind: word, rule: 'compliance.word' };
  const sentences = text
    .split(/[.!\n]+/u)
    .map(plainWords)
    .filter((s) => s !== '');
  if (sentences.length > 0 && sentences.length <= 4 && !text.includes('?')) {
    const [first = '', second = ''] = sentences;
    if (
      OPT_OUT.test(words) ||
      OPT_OUT.test(first) ||
      (sentences.length === 2 && OPT_OUT.test(second))
    )
      return { kind: 'stop', rule: 'compliance.phrase' };
  }
  return undefined;
}
