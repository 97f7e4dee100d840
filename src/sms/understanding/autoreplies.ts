/**
 * Texts a phone or a mailbox wrote by itself. They mention "can't" and "yes" as people do, so they
 * are found before any grammar. Each pattern is a known product's wording or the shape they share.
 */

/** All see lower-case text: matching letters of either case is what makes a pattern slow to build. */
const ANYWHERE: readonly RegExp[] = [
  /\bauto(?:matic|mated|matically)?[- ]?(?:reply|replies|response|responder|replied|generated|text|message)\b/,
  /\bdo not disturb while driving\b|\bnot receiving notifications\b|\bdriving mode\b|\bfocus (?:mode )?(?:turned )?on\b/,
  /\bnotifications (?:are )?(?:silenced|turned off|off)\b/,
  /\bout of (?:the )?office\b|\booo\b.{0,40}\b(?:back|until|return)/,
  /\b(?:this|the) (?:number|mailbox|inbox|line|phone|account) (?:is|does|cannot|can't|can not)(?: not| no longer)? (?:monitored|accept|receive|in service|able|active|set up)/,
  /\bnot monitored\b|\bunmonitored\b|\bmessage blocking\b|\bundeliverable\b|\bcould not be delivered\b/,
  /\bcurrently (?:unavailable|away|out|driving|unable|on (?:vacation|leave|holiday|pto))\b/,
  /\b(?:will|i'll|we'll) (?:get back to|respond to|reply to|return|contact|call|text|message|answer) (?:you|your|u)\b.{0,40}\b(?:as soon as|when i|once i|shortly|at my earliest|business day|asap|upon)/,
  /\bthanks?(?: you)? for (?:your (?:message|text|email)|contacting|reaching out|texting)\b.{0,80}\b(?:we|our|team|hours|shortly|soon)\b/,
  /\b(?:respuesta autom[a\u00e1]tica|mensaje autom[a\u00e1]tico|fuera de (?:la )?oficina|estoy (?:conduciendo|manejando))\b/,
  /^free ?msg\b|\bmsg ?& ?data rates\b/,
];
const OPENER = "^(?:hi[,!.]? |hey[,!.]? |hello[,!.]? )?(?:i'm sorry[,.]? |sorry[,.!]? )?";
const I_AM = "(?:i am|i'm|im) (?:currently )?";
/** Quick replies a phone offers when a call is declined: only when they are the beginning. */
const AT_START: readonly RegExp[] = [
  `${I_AM}(?:driving|in a meeting|in class|at the movies|asleep|sleeping|on (?:vacation|holiday|leave)|on another call|away)\\b`,
  "(?:i )?(?:can't|cant|cannot|can not) (?:talk|answer|pick up|take your call|text|chat)(?: (?:right )?now)?\\b",
  "(?:i'll|i will|ill) (?:call|text|ring) (?:you )?(?:right )?(?:back|later)\\b",
  "i missed your|what's up\\?$|(?:can|could) i call you (?:back )?later\\b|call me later\\b",
].map((p) => new RegExp(`${OPENER}(?:${p})`));

/** True for a text no person typed as an answer. */
export function isAutoreply(text: string): boolean {
  const lower = text.toLowerCase();
  return ANYWHERE.some((p) => p.test(lower)) || AT_START.some((p) => p.test(lower));
}
