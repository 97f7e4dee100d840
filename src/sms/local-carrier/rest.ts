/** Twilio's REST API for messages: create, fetch, list, with scripted faults. */
import { setTimeout as delay } from 'node:timers/promises';
import Router from '@koa/router';
import type { Context } from 'koa';
import { type Form, flatForm, readForm } from '../webhook/read-form.ts';
import { stepsFor, walk } from './carry.ts';
import { restError } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { messageBySid, stateOf, takeFault } from './memory.ts';
import { API, type ListQuery, pageOf, resourceOf } from './resource.ts';
import type { Fault } from './schemas.ts';
import { refusalOf, takeMessage } from './take-message.ts';

export function restRouter(exchange: Exchange): Router {
  const { accountSid } = exchange.deps;
  const router = new Router({ prefix: `${API}/Accounts/${accountSid}` });
  router.use(async (ctx, next) => {
    if (isAuthentic(ctx, exchange)) await next();
    else restError(ctx, 20003);
  });
  router.post('/Messages.json', (ctx) => create(ctx, exchange));
  router.get('/Messages.json', async (ctx) => {
    const fault = takeFault(exchange.memory, 'read', String(ctx.query.To ?? ''));
    if (fault && (await isSpoilt(ctx, exchange, fault))) return;
    ctx.body = pageOf(stateOf(exchange.memory).messages, ctx.query as ListQuery, accountSid);
  });
  router.get('/Messages/:sid.json', (ctx) => {
    const message = messageBySid(exchange.memory, String(ctx.params.sid));
    if (message) ctx.body = resourceOf(message, accountSid);
    else restError(ctx, 20404);
  });
  return router;
}

function isAuthentic(ctx: Context, { deps }: Exchange): boolean {
  const expected = Buffer.from(`${deps.accountSid}:${deps.authToken}`).toString('base64');
  return ctx.get('Authorization') === `Basic ${expected}`;
}

async function create(ctx: Context, exchange: Exchange): Promise<void> {
  const read = await readForm(ctx);
  const form = read.ok ? flatForm(read.form) : undefined;
  if (form === undefined) {
    ctx.status = 400;
    return;
  }
  const fault = takeFault(exchange.memory, 'create', form.To ?? '');
  if (fault && !fault.recorded && fault.kind !== 'late') {
    await isSpoilt(ctx, exchange, fault);
    return;
  }
  const refusal = refusalOf(exchange, form);
  if (refusal !== undefined) {
    restError(ctx, refusal);
    return;
  }
  await take(ctx, exchange, { form, fault });
}

async function take(
  ctx: Context,
  exchange: Exchange,
  { form, fault }: { readonly form: Form; readonly fault: Fault | undefined },
): Promise<void> {
  const message = takeMessage(exchange, form);
  const steps = stepsFor(exchange, message);
  const later = steps.filter((step) => !step.beforeAnswer);
  const earlier = steps.filter((step) => step.beforeAnswer);
  await walk(exchange, message.sid, earlier);
  exchange.deps.log?.('message_taken', { sid: message.sid, fault: fault?.kind ?? null });
  // The message is on its way, whether or not the one who sent it gets an answer.
  if (fault) {
    void walk(exchange, message.sid, later);
    if (await isSpoilt(ctx, exchange, fault)) return;
  } else {
    // Closed, not finished: a sender that dies before the answer arrives has sent all the same.
    ctx.res.once('close', () => void walk(exchange, message.sid, later));
  }
  ctx.status = 201;
  ctx.body = resourceOf(message, exchange.deps.accountSid);
}

/** True if the fault has taken the place of the answer. */
async function isSpoilt(ctx: Context, { closing }: Exchange, fault: Fault): Promise<boolean> {
  switch (fault.kind) {
    case 'late':
      await delay(fault.delayMs, undefined, { signal: closing }).catch(() => undefined);
      return false;
    case 'throttle':
      if (fault.retryAfterS !== undefined) ctx.set('Retry-After', String(fault.retryAfterS));
      restError(ctx, 20429);
      return true;
    case 'reject':
      restError(ctx, fault.code);
      return true;
    case 'server_error':
      restError(ctx, 20500, fault.status);
      return true;
    case 'reset':
      ctx.respond = false;
      ctx.req.socket.resetAndDestroy();
      return true;
    case 'hang':
      ctx.respond = false;
      return true;
  }
}
