/*
 * Server-sent events: how a stream is answered, and kept open through proxies. A stream lasts no longer than
 * the token that it was asked for with, and there is a bound to how many there are.
 */
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { ApiDeps } from './deps.ts';
import { Refusal } from './problems.ts';
import { type Asked, callerOf } from './route.ts';
import { MAX_OF_ONE } from './streams.ts';

export type ServerEvent = {
  /** Where another stream goes on, if it can. */
  readonly id?: string;
  readonly event: string;
  readonly data: unknown;
};

/** A comment now and then keeps proxies from closing a quiet stream. */
const COMMENT_EVERY_MS = 30_000;

type Told = { readonly comment: string; readonly events: AsyncIterable<ServerEvent | 'quiet'> };

/** Answers with a stream that begins with a comment; `quiet` is a look that found nothing. */
export function answerStream(
  { streams, now }: Pick<ApiDeps, 'streams' | 'now'>,
  ctx: Asked,
  told: Told,
): void {
  const { owner, expiresAt } = callerOf(ctx);
  const leave = streams.enter(owner);
  if (leave === 'too many of one') {
    throw new Refusal(
      'too_many_streams',
      `Nobody follows more than ${MAX_OF_ONE} streams at once: close one, then ask again.`,
    );
  }
  if (leave === 'too many') {
    throw new Refusal(
      'unavailable',
      'The server has all the streams it can feed: ask again in half a minute.',
      { headers: { 'Retry-After': '30' } },
    );
  }
  ctx.res.once('close', leave);
  ctx.type = 'text/event-stream; charset=utf-8';
  ctx.set('Cache-Control', 'no-store');
  ctx.set('X-Accel-Buffering', 'no');
  ctx.body = Readable.from(written(told, { now, expiresAt }), { objectMode: false });
}

/** Waits so many ms, or until the server ends. */
export const waitUntil =
  (closing: AbortSignal) =>
  (ms: number): Promise<void> =>
    delay(ms, undefined, { signal: closing }).catch(() => undefined);

async function* written(
  { comment, events }: Told,
  { now, expiresAt }: { readonly now: () => number; readonly expiresAt: number },
): AsyncGenerator<string> {
  yield `: ${comment}\n\n`;
  let saidAt = now();
  for await (const next of events) {
    if (now() >= expiresAt) {
      yield ': the token has run out, come again with a new one\n\n';
      return;
    }
    if (next === 'quiet') {
      if (now() - saidAt < COMMENT_EVERY_MS) continue;
      yield ': still here\n\n';
    } else {
      const { id, event, data } = next;
      yield `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    }
    saidAt = now();
  }
}
