/*
 * The one place where an answer that is not the wanted one is made: refusals, a database that is away,
 * and exceptions, of which the caller learns nothing but the correlation id.
 */
import type { Middleware } from 'koa';
import { errorFact } from '../behavior/registries.ts';
import { isDatabaseAway } from '../engine/index.ts';
import type { ApiDeps, RequestState } from './deps.ts';
import { noteFailedTurn } from './latency.ts';
import { type ProblemCode, problemOf, Refusal } from './problems.ts';

/** Less than the 5 s in which a caller is promised an answer. */
const ANSWER_WITHIN_MS = 4_500;

export function funnel(deps: ApiDeps): Middleware {
  return async (ctx, next) => {
    const state: RequestState = { correlationId: deps.id(), begunAt: deps.now() };
    Object.assign(ctx.state, state);
    try {
      await within(ANSWER_WITHIN_MS, next());
      if (ctx.status >= 400 && (ctx.body === undefined || ctx.body === null)) {
        throw refusalOfStatus(ctx.status);
      }
    } catch (error) {
      const own = ctx.state as RequestState;
      const refusal = refusalOf(error);
      if (refusal.code === 'internal') noteException(deps, own);
      if (refusal.code === 'internal' || refusal.code === 'unavailable') {
        if (own.stepping === true) noteFailedTurn(deps, own);
        const route = `${ctx.method} ${own.route ?? 'unrouted'}`;
        deps.report({ correlationId: own.correlationId, route, error });
      }
      const problem = problemOf(refusal, own.correlationId);
      ctx.status = problem.status;
      for (const [name, value] of Object.entries(refusal.more.headers ?? {})) ctx.set(name, value);
      ctx.body = JSON.stringify(problem);
      ctx.type = 'application/problem+json';
    }
    count(deps, ctx.state as RequestState, ctx);
  };
}

class TooSlow extends Error {}

/** What is under way goes on and is safe to repeat under its key; only the wait for it ends. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooSlow('The answer took too long.')), ms);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof TooSlow || isDatabaseAway(error) || isDatabaseAway(causeOf(error))) {
    return new Refusal(
      'unavailable',
      'The server cannot store anything just now: send the request again, with the same Idempotency-Key.',
      { headers: { 'Retry-After': '1' } },
    );
  }
  return new Refusal(
    'internal',
    'Something went wrong on our side: name the correlation_id when you report it.',
  );
}

const causeOf = (error: unknown): unknown => (error as { cause?: unknown } | null)?.cause;

/** A status that the router set without saying more. */
function refusalOfStatus(status: number): Refusal {
  const codes: Readonly<Record<number, ProblemCode>> = {
    405: 'method_not_allowed',
    501: 'not_implemented',
  };
  return new Refusal(
    codes[status] ?? 'not_found',
    status === 404
      ? 'There is nothing at this address, or it is not yours: check the id.'
      : 'This address does not take that method: see the Allow header.',
  );
}

/** One row per request: each has a correlation id of its own. */
function noteException({ engine }: ApiDeps, state: RequestState): void {
  const code = state.stepping === true ? 'flow.exception' : 'http.exception';
  engine.notes.take({
    type: 'error',
    ...(state.caller && { owner: state.caller.owner }),
    correlationId: state.correlationId,
    metadata: { ...errorFact(code, false), http_status: 500 },
  });
}

function count(
  { metrics, now }: ApiDeps,
  { route = 'unrouted', begunAt }: RequestState,
  { method, status }: { readonly method: string; readonly status: number },
): void {
  metrics.requests.inc({ route: `${method} ${route}`, status: String(status) });
  metrics.requestMs.observe({ route: `${method} ${route}` }, Math.max(0, now() - begunAt));
}
