/*
 * Server-sent events: how a stream is answered, and kept open through proxies. A stream lasts no longer than
 * the token that it was asked for with, and there is a bound to how many there are.
 */
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { ApiDeps } from './deps.ts';
import { Refusal } from './problems.ts';
import { type Asked, callerOf } from './route.ts';

export type ServerEvent = {
  /** Where another stream goes on, if it can. */
  readonly id?: string;
  readonly event: string;
  readonly data: unknown;
};

/** A comment now and then keeps proxies from closing a quiet stream. */
const COMMENT_EVERY_MS = 30_000;

/** Devices of one organizer, with tabs; each stream looks at the database by itself. */
const MAX_OF_ONE = 16;
const MAX_IN_ALL = 1_000;

/** How many streams are open: `enter` gives what to call when one has ended, or why there can be no more. */
export type Streams = {
  readonly enter: (owner: string) => (() => void) | 'too many of one' | 'too many';
};

export function createStreams(): Streams {
  const open = new Map<string, number>();
  let all = 0;
  const count = (owner: string, by: number): void => {
    all += by;
    const own = (open.get(owner) ?? 0) + by;
    if (own === 0) open.delete(owner);
    else open.set(owner, own);
  };
  return {
    enter: (owner) => {
      if ((open.get(owner) ?? 0) >= MAX_OF_ONE) return 'too many of one';
      if (all >= MAX_IN_ALL) return 'too many';
      count(owner, 1);
      return () => count(owner, -1);
    },
  };
}

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
