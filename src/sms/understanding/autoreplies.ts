/**
 * Texts a phone or a mailbox wrote by itself. They mention "can't" and "yes" as people do, so they
 * are found before any grammar. Each pattern is a known product's wording or the shape they share.
 */
const ANYWHERE: readonly RegExp[] = [
  /\bauto(?:matic|mated|matically)?[- ]?(?:reply|replies|response|responder|replied|generated|text|message)\b/iu,
  /\bautomated (?:message|response|reply|text)\b/iu,
  /\bdo not disturb while driving\b|\bnot receiving notifications\b|\bdriving mode\b|\bfocus (?:mode )?(?:turned )?on\b/iu,
  /\bnotifications (?:are )?(?:silenced|turned off|off)\b/iu,
  /\bout of (?:the )?office\b|\booo\b.{0,40}\b(?:back|until|return)/iu,
  /\b(?:this|the) (?:number|mailbox|inbox|line|phone|account) (?:is|does|cannot|can't|can not)(?: not| no longer)? (?:monitored|accept|receive|in service|able|active|set up)/iu,
  /\bnot monitored\b|\bunmonitored\b|\bmessage blocking\b|\bundeliverable\b|\bcould not be delivered\b/iu,
  /\bcurrently (?:unavailable|away|out|driving|unable|on (?:vacation|leave|holiday|pto))\b/iu,
  /\b(?:will|i'll|we'll) (?:get back to|respond to|reply to|return|contact|call|text|message|answer) (?:you|your|u)\b.{0,40}\b(?:as soon as|when i|once i|shortly|at my earliest|business day|asap|upon)/iu,
  /\bthanks? (?:you )?for (?:your (?:message|text|email)|contacting|reaching out|texting)\b.{0,80}\b(?:we|i|our|team|hours|shortly|soon)\b/iu,
  /\b(?:respuesta autom[aá]tica|fuera de (?:la )?oficina|estoy (?:conduciendo|manejando))\b/iu,
  /^free ?msg\b|\bmsg ?& ?data rates\b/iu,
];
/** Quick replies a phone offers when a call is declined: only when they are the beginning. */
const AT_START: readonly RegExp[] = [
  /^(?:hi,? |hey,? |hello,? )?(?:sorry,? )?(?:i am|i'm|im) (?:currently )?driving\b/iu,
  /^(?:sorry,? )?(?:i )?(?:can't|cant|cannot|can not) (?:talk|answer|pick up|take your call|text|chat)(?: (?:right )?now)?\b/iu,
  /^(?:sorry,? )?(?:i'll|i will|ill) (?:call|text|ring) (?:you )?(?:right )?(?:back|later)\b/iu,
  /^(?:sorry,? )?(?:i am|i'm|im) (?:currently )?(?:in a meeting|in class|at the movies|asleep|sleeping|on (?:vacation|holiday|leave)|on another call|away)\b/iu,
  /^(?:sorry,? )?(?:i missed your|what's up\?)/iu,
  /^(?:can|could) i call you (?:back )?later\b|^call me later\b|^i'm on my way\.? ?\(auto/iu,
];

/** True for a text no person typed as an answer. */
export function isAutoreply(text: string): boolean {
  return ANYWHERE.some((p) => p.test(text)) || AT_START.some((p) => p.test(text));
}
