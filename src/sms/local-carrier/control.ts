/**
 * Playing the world over HTTP: a person writes, faults are set, what was sent is read. No
 * authentication: the local carrier listens on this machine only.
 */
import Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { readBody } from '../webhook/read-body.ts';
import type { LocalCarrierControl } from './local-carrier-control.ts';
import { faultSchema, inboundSchema, planSchema, webhookSchema } from './schemas.ts';

const LIMIT_BYTES = 64 * 1024;

const MAX_WAIT_MS = 30_000;

export function controlRouter(carrier: LocalCarrierControl): Router {
  const router = new Router({ prefix: '/local' });
  router.post(
    '/inbound',
    takes(inboundSchema, (inbound) => carrier.inbound(inbound)),
  );
  router.post(
    '/plans',
    takes(planSchema, (plan) => carrier.script(plan)),
  );
  router.post(
    '/faults',
    takes(faultSchema, (fault) => carrier.faults(fault)),
  );
  router.post(
    '/webhook',
    takes(webhookSchema, (target) => carrier.setWebhook(target)),
  );
  router.get('/messages', async (ctx) => {
    const waitMs = Math.min(MAX_WAIT_MS, Number(ctx.query.waitMs) || 0);
    ctx.body = await carrier.messagesSince(Number(ctx.query.since) || 0, waitMs);
  });
  return router;
}

const takes =
  <T>(schema: z.ZodType<T>, act: (value: T) => Promise<unknown>) =>
  async (ctx: Context): Promise<void> => {
    const body = await readBody(ctx.req, LIMIT_BYTES);
    const parsed = schema.safeParse(body.ok ? jsonOf(body.bytes) : undefined);
    if (parsed.success) {
      ctx.body = (await act(parsed.data)) ?? {};
    } else {
      ctx.status = 422;
      ctx.body = {
        title: 'This is not what the route takes',
        detail: z.prettifyError(parsed.error),
      };
    }
  };

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
