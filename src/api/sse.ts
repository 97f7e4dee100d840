/* Server-sent events: how a stream is answered, and kept open through proxies. */
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Asked } from './route.ts';

export type ServerEvent = {
  /** Where another stream goes on, if it can. */
  readonly id?: string;
  readonly event: string;
  readonly data: unknown;
};

/** A comment now and then keeps proxies from closing a quiet stream. */
const COMMENT_AFTER_LOOKS = 60;

/** Answers with a stream that begins with a comment; `quiet` is a look that found nothing. */
export function answerStream(
  ctx: Asked,
  comment: string,
  events: AsyncIterable<ServerEvent | 'quiet'>,
): void {
  ctx.type = 'text/event-stream; charset=utf-8';
  ctx.set('Cache-Control', 'no-store');
  ctx.set('X-Accel-Buffering', 'no');
  ctx.body = Readable.from(written(comment, events), { objectMode: false });
}

/** Waits so many ms, or until the server ends. */
export const waitUntil =
  (closing: AbortSignal) =>
  (ms: number): Promise<void> =>
    delay(ms, undefined, { signal: closing }).catch(() => undefined);

async function* written(
  comment: string,
  events: AsyncIterable<ServerEvent | 'quiet'>,
): AsyncGenerator<string> {
  yield `: ${comment}\n\n`;
  let quiet = 0;
  for await (const next of events) {
    if (next === 'quiet') {
      quiet += 1;
      if (quiet % COMMENT_AFTER_LOOKS === 0) yield ': still here\n\n';
    } else {
      const { id, event, data } = next;
      yield `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    }
  }
}
