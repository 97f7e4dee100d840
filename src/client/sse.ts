/* Server-sent events read with fetch, which unlike EventSource can carry a bearer token. */

export type ServerMessage = {
  readonly id?: string;
  readonly event?: string;
  readonly data?: string;
};

/**
 * The messages of a response, until it ends; a comment is a message without anything. Reads with a reader,
 * since not every browser iterates over streams.
 */
export async function* messagesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerMessage> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (text + decoder.decode(value, { stream: true })).split('\n\n');
      text = blocks.pop() ?? '';
      yield* blocks.map(messageOf);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** As far as our own server writes them: one line of data each. */
function messageOf(block: string): ServerMessage {
  const fields = block.split('\n').map((line) => line.split(/: ?(.*)/s, 2));
  return Object.fromEntries(
    fields.filter(([name]) => name === 'id' || name === 'event' || name === 'data'),
  );
}
