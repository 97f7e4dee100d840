/** The page's live stream: server-sent events, one with each conversation that has changed. */
import type { Exchange } from '../exchange.ts';
import { stateOf } from '../memory.ts';
import { nextMessages } from '../wait-for-message.ts';
import { conversationsOf, phoneOf } from './conversations.ts';
import { renderConversation } from './render.ts';

/** Something is said so often at least, so that a broken connection shows. */
const QUIET_MS = 15_000;

const AGAIN_MS = 500;

/** Until the carrier closes or nobody reads. What is older than `since` is on the page. */
export async function* changesSince(exchange: Exchange, since: number): AsyncGenerator<string> {
  const { memory, closing } = exchange;
  yield `retry: ${AGAIN_MS}\n\n`;
  // Another process has taken this one's place, and remembers nothing.
  if (since > stateOf(memory).version) yield 'event: anew\ndata:\n\n';
  for (let seen = since; !closing.aborted; ) {
    const { version, messages } = await nextMessages(memory, {
      ...{ since: seen, waitMs: QUIET_MS, closing },
    });
    seen = version;
    yield messages.length === 0 ? ': quiet\n\n' : eventOf(exchange, new Set(messages.map(phoneOf)));
  }
}

function eventOf({ memory }: Exchange, changed: ReadonlySet<string>): string {
  const { messages, version } = stateOf(memory);
  const shown = conversationsOf(messages).filter(({ phone }) => changed.has(phone));
  const data = JSON.stringify(shown.map((each) => renderConversation(each).html));
  return `event: phones\nid: ${version}\ndata: ${data}\n\n`;
}
