/**
 * Texts a phone or a mailbox wrote by itself. They mention "can't" and "yes" as people do, so they
 * are found before any grammar. Each line is a known product's wording or the shape they share.
 */
import { phraseBook, wordClasses } from '../phrase-book.ts';

const NAMES = wordClasses(`
  auto = auto|automatic|automated|automatically
  reply = reply|replies|response|responder|replied|generated|text|message|email
  you = you|your|u
  time = as soon as|when i|once i|shortly|at my earliest|business|asap|upon|when we
  address = number|mailbox|inbox|line|phone|account
  writing = your (message|text|email)|contacting|reaching out|texting
  opener = (hi|hey|hello|sorry|i am sorry)*
`);

/** Wherever they stand. */
export const AUTOREPLY_ANYWHERE = phraseBook(
  `
  <auto> <reply>
  sent automatically|autoreply|autoresponse|autoresponder
  do not disturb while driving
  not receiving notifications|driving mode|focus mode? turned? on
  notifications (are|is)? (silenced|turned off|off)
  out of the? office
  ooo _* (back|until|return|returning)
  (this|the) <address> (is|does|can) not? (no longer)? (monitored|accept|receive|in service|able
    |active)
  not monitored|unmonitored|message blocking|undeliverable|could not be delivered
  currently (unavailable|away|driving|unable|out|on (vacation|leave|holiday|pto))
  will (get back to|respond to|reply to|return|contact|call|text|message|answer) <you> _* <time>
  thanks you? for <writing> _* (we|our|team|hours|shortly|soon)
  (respuesta|mensaje) (automatica|automatico)
  fuera de la? oficina
  estoy (conduciendo|manejando)
  msg data rates
`,
  NAMES,
);

/** Quick replies a phone offers when a call is declined: only when they are the beginning. */
export const AUTOREPLY_AT_START = phraseBook(
  `
  <opener> i am currently? (driving|in a meeting|in class|at the movies|asleep|sleeping|away)
  <opener> i am currently? on (vacation|holiday|leave|another call|a call)
  <opener> i? can not (talk|answer (now|right now|the phone|calls)|pick up|take your call|text
    |chat)
  <opener> i will (call|text|ring) you? right? (back|later)
  sorry? i missed your
  (can|could) i call you back? later
  call me later
  free msg|freemsg
`,
  NAMES,
);
