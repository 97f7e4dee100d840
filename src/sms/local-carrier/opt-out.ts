/**
 * The carrier's own dealing with STOP, START and HELP: whole messages of one word, remembered per
 * person and sender, answered by the carrier. Words as in Twilio's default handling, YES included.
 */
import { type Exchange, optOutKey } from './exchange.ts';
import { stateOf } from './memory.ts';
import { say } from './say.ts';

export type OptOutType = 'STOP' | 'START' | 'HELP';

const words: Readonly<Record<OptOutType, ReadonlySet<string>>> = {
  STOP: new Set(['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke', 'optout']),
  START: new Set(['start', 'yes', 'unstop']),
  HELP: new Set(['help', 'info']),
};

const answers: Readonly<Record<OptOutType, string>> = {
  STOP: 'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.',
  START:
    'You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
  HELP: 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
};

export type OptOutInput = {
  readonly person: string;
  readonly number: string;
  readonly body: string;
};

/** Remembers and answers; says which word it was, if any. */
export function handleOptOut(exchange: Exchange, input: OptOutInput): OptOutType | undefined {
  const mode = exchange.deps.optOut ?? 'default';
  const type = mode === 'none' ? undefined : typeOf(input.body);
  if (type === undefined) return undefined;
  const key = optOutKey(exchange, input.person, input.number);
  const wasOut = stateOf(exchange.memory).optOuts.includes(key);
  if (type === 'STOP') exchange.memory.trigger.optedOut({ key });
  if (type === 'START') exchange.memory.trigger.optedIn({ key });
  if (isAnswered(type, { wasOut, mode })) {
    const confirmation = ({ STOP: 'stop', START: 'start', HELP: 'help' } as const)[type];
    say(exchange, { from: input.number, to: input.person, body: answers[type], confirmation });
  }
  return type;
}

function typeOf(body: string): OptOutType | undefined {
  const word = body.trim().toLowerCase();
  return (['STOP', 'START', 'HELP'] as const).find((type) => words[type].has(word));
}

/** No HELP for who is opted out; only Advanced Opt-Out confirms a START that changes nothing. */
function isAnswered(
  type: OptOutType,
  { wasOut, mode }: { readonly wasOut: boolean; readonly mode: string },
): boolean {
  if (type === 'START') return wasOut || mode === 'advanced';
  return !wasOut;
}
