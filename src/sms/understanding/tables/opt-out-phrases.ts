/**
 * Carrier words and free-text opt-outs. The words are the carrier's exact list (sms.md 1.7) and
 * its Spanish twin; `yes` is left out on purpose, it is the answer to an invite. A phrase stands
 * here only if it cannot mean anything else: "cancel my rsvp" is a no and "i will stop by" a yes.
 */
import { phraseBook, wordClasses, wordSet } from '../phrase-book.ts';
import { CLASSES } from './word-classes.ts';

/** The whole message, with the kind it has. */
export const CARRIER_WORDS = phraseBook(`
  stop|stopall|stop all|unsubscribe|cancel|end|quit|revoke|optout|opt out|alto|baja = stop
  start|unstop = start
  help|info|ayuda = help
  (please|hey|hi)? help (me)? (please)? = help
`);

const NAMES = wordClasses(
  `
  end = please|now|already|thanks|right now|immediately|asap|at once|again|ever|anymore|any more
    |it
    |that|this|all|sir|for good|forever|guys|man|dude|altogether|me|us|just|do not
  about = me|us|this number|my (number|phone)|these|those|any|more|your|the|such|stuff|things
    |unwanted|random|to|with|here|and|or|so many|at all
  polite = please|just|ok|hey|hi|no|sorry|seriously|omg|dude|and|can you|could you|will you
    |would you
    |kindly|yo|sir|i said|i (told|asked) you to|you (need|have) to
`,
  CLASSES,
);

/** The whole sentence. */
export const OPT_OUTS = phraseBook(
  `
  <polite>* stop <end>*
  <polite>* (stop|quit|cease) <sending> (<about>|<sms>|<sending>)* <end>*
  <polite>* (stop|end|no more) (the|these|those|your|all|any|with)* <sms> (<about>|<sms>)* <end>*
  <polite>* (do not|never|not) ever? <sending> (me|us|this number|my (phone|number)) (any more
    |any|more|anymore|your|these)* <sms>? <end>*
  <polite>* i (do not|no longer|never|not) (want|wish|need|consent|agree) (to (get|receive
    |be getting|be on)|you to (text|message|contact))? (any more|any|more|these|your
    |such)* <sms> (<about>|<sms>)* <end>*
  <polite>* i (do not|no longer|not) (want|wish) to be (texted|messaged|contacted|on (this|your
    |the) (list|thread|group)|part of this (group|list|chat|thread)) <end>*
  <polite>* i (do not|no longer|not) (want|wish) to (hear|get|receive) (from you|these|this
    |anything) (anything|from you)* <end>*
  <polite>* (remove|delete|erase|take|drop) (me|my (number|phone|name|info|contact|details)) (off
    |out|from|of|this|your|the|all|any|mailing|contact|text|texting|messaging|phone|list|lists
    |group|thread|chat|database|system|these|records|<sms>)* <end>*
  (<polite>|i|want|would like|wish|need|to|let me|how do i|am|how to)* (opt out|opting out|optout
    |unsubscribe|unsubscribing) (me|us|of|from|this|these|your|the|all|any|list|<sms>)* <end>*
  <polite>* (opt|sign) me out (of|from|this|these|all|the|your|list|<sms>)* <end>*
  <polite>* (leave me alone|lose my number|forget my number|lose this number) <end>*
  (ya|por favor)* no me (mandes|mande|manden|envies|envie|envien|escribas|escriban|textees
    |texteen|contacten|contactes|molesten) (mas|nada|mensajes|textos|por favor|gracias)*
  (ya|por favor)* (deja|dejen|deje|dejame|dejenme|para|paren) ya? de (mandar|mandarme|enviar
    |enviarme|escribir|escribirme|textear|textearme|molestar|molestarme) (mas|estos|los|mensajes
    |textos|por favor|gracias)*
  (quiero|deseo)? (darme de baja|cancelar (la|mi)? (suscripcion|subscripcion)
    |no (quiero)? (recibir)? mas mensajes) (por favor|gracias)*
  (por favor)? (borrame|borrenme|quitame|quitenme|eliminame|eliminenme|sacame|saquenme) de (la|tu
    |su|esta)? lista (por favor|gracias)*
`,
  NAMES,
);

/** No opt-out in several sentences lacks all of these; it saves looking at every sentence. */
export const OPT_OUT_HINTS = wordSet(`
  stop quit cease end more text texting message messaging contact contacting send call remove
  delete erase take drop opt optout opting unsubscribe unsubscribing sign leave lose forget block
  want mandes mande manden envies envie envien escribas escriban textees texteen contacten
  molesten de
`);
