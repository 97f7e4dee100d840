/*
 * How many requests are let in at once. Past that, a request is answered at once with 503 and when to
 * come again, which costs next to nothing; a queue without a bound would answer everybody too late and
 * grow until the process dies.
 */
import type { Middleware } from 'koa';
import { problemOf, Refusal } from './problems.ts';

export type AdmissionDeps = {
  /** Instances with work under way: also of requests that were answered already, as too slow. */
  readonly busy: () => number;
  readonly id: () => string;
  readonly maxRequests?: number;
};

/** Some tenths of a second of work on one core; each holds a body of 100 kB at most. */
const MAX_REQUESTS = 512;
const MAX_BUSY = 2_000;
/** Streams last as long as they are read; probes must be answered under load most of all. */
const ALWAYS = /\/stream$|^\/(healthz|readyz|metrics)$/;

export function admission({ busy, id, maxRequests = MAX_REQUESTS }: AdmissionDeps): Middleware {
  let requests = 0;
  return async (ctx, next) => {
    if (ALWAYS.test(ctx.path)) return next();
    if (requests >= maxRequests || busy() >= MAX_BUSY) {
      const full = new Refusal(
        'unavailable',
        'The server has all the requests it can work on: send this one again in a second.',
      );
      ctx.status = 503;
      ctx.set('Retry-After', '1');
      ctx.body = JSON.stringify(problemOf(full, id()));
      ctx.type = 'application/problem+json';
      return;
    }
    requests += 1;
    try {
      await next();
    } finally {
      requests -= 1;
    }
  };
}
