/**
 * What Twilio gets to read. Never text/plain with a 2xx: it would be sent to the person as an SMS.
 * Nothing of the request is echoed.
 */
import type { Context } from 'koa';
import type { FormRefusal } from './read-form.ts';

/** Received, and nothing to say by way of the answer: replies go out as texts of our own. */
export function emptyTwiml(ctx: Context): void {
  ctx.status = 200;
  ctx.type = 'text/xml';
  ctx.body = '<Response></Response>';
}

export function noContent(ctx: Context): void {
  ctx.status = 204;
}

/** Empty on purpose: whoever guesses learns nothing. */
export function forbidden(ctx: Context): void {
  ctx.status = 403;
  ctx.body = '';
  ctx.remove('Content-Type');
}

/** Not stored: Twilio then calls the fallback URL, and retries where its own rules say so. */
export function unavailable(ctx: Context): void {
  ctx.set('Retry-After', '5');
  problem(ctx, 503, 'unavailable', 'The message could not be stored just now: send it again.');
}

/** A request that is no webhook at all. */
export function refuse(ctx: Context, why: FormRefusal): void {
  if (why === 'method_not_allowed') ctx.set('Allow', 'POST');
  const [status, detail] = refusals[why];
  problem(ctx, status, why, detail);
}

const refusals: Readonly<Record<FormRefusal, readonly [status: number, detail: string]>> = {
  method_not_allowed: [405, 'Webhooks are sent by POST.'],
  unsupported_media_type: [
    415,
    'Send the webhook as application/x-www-form-urlencoded in UTF-8, without content encoding.',
  ],
  body_too_large: [413, 'A webhook has at most 64 kB.'],
  invalid_encoding: [400, 'The body is not valid UTF-8.'],
  body_interrupted: [400, 'The body ended before its time.'],
};

function problem(ctx: Context, status: number, code: string, detail: string): void {
  ctx.status = status;
  ctx.body = JSON.stringify({ type: 'about:blank', title: ctx.message, status, code, detail });
  ctx.type = 'application/problem+json';
}
