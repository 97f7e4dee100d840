/* Which web pages may call: those of the configured origins, and no others. */
import type { Middleware } from 'koa';

const EXPOSED = 'X-Session-Id, Idempotency-Replayed';
const TAKEN =
  'Authorization, Content-Type, Idempotency-Key, X-Session-Id, X-App-Version, Last-Event-ID';
const REMEMBER_S = '600';

export function cors(origins: readonly string[]): Middleware {
  return async (ctx, next) => {
    ctx.vary('Origin');
    const origin = ctx.get('Origin');
    const allowed = origin !== '' && origins.includes(origin);
    if (allowed) {
      ctx.set('Access-Control-Allow-Origin', origin);
      ctx.set('Access-Control-Expose-Headers', EXPOSED);
    }
    const asks = ctx.method === 'OPTIONS' && ctx.get('Access-Control-Request-Method') !== '';
    if (!asks || !allowed) return next();
    ctx.set('Access-Control-Allow-Methods', 'GET, POST, PUT');
    ctx.set('Access-Control-Allow-Headers', TAKEN);
    ctx.set('Access-Control-Max-Age', REMEMBER_S);
    ctx.status = 204;
  };
}
