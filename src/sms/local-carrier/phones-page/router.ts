/**
 * A face for the local carrier: what each phone was texted, as it happens, and replies typed as that
 * phone. A reply is an inbound text like any other. No authentication, as in the control: the carrier
 * listens on this machine only, so pages of other sites are kept from writing.
 */
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { flatForm, readForm } from '../../webhook/read-form.ts';
import type { Exchange } from '../exchange.ts';
import { type InboundDelivery, receive } from '../inbound.ts';
import { stateOf } from '../memory.ts';
import { inboundSchema } from '../schemas.ts';
import { changesSince } from './changes.ts';
import { conversationsOf } from './conversations.ts';
import { MAX_TEXT, renderPage } from './render.ts';

/** Even a text that came through as HTML could load nothing and run nothing. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  ...["script-src 'self'", "style-src 'self'", "connect-src 'self'", 'img-src data:'],
  ...["form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"],
].join('; ');

export function phonesRouter(exchange: Exchange): Router {
  const router = new Router();
  router.use(async (ctx, next) => {
    ctx.set('Content-Security-Policy', CONTENT_SECURITY_POLICY);
    ctx.set({ 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' });
    ctx.set('Cache-Control', 'no-store');
    await next();
  });
  router.get('/', (ctx) => showPage(ctx, exchange, ''));
  router.get('/phones.css', asset('./page.css', 'css'));
  router.get('/phones.js', asset('./page.js', 'js'));
  router.get('/phones/changes', (ctx) => {
    // A stream that was cut says itself where it was.
    const since = Number(ctx.get('Last-Event-ID') || ctx.query.since) || 0;
    ctx.type = 'text/event-stream';
    ctx.body = Readable.from(changesSince(exchange, since));
  });
  router.post('/replies', (ctx) => reply(ctx, exchange));
  return router;
}

const asset =
  (path: string, type: string) =>
  async (ctx: Context): Promise<void> => {
    ctx.type = type;
    ctx.body = await readFile(new URL(path, import.meta.url), 'utf8');
  };

function showPage(ctx: Context, { memory }: Exchange, said: string): void {
  const { messages, version } = stateOf(memory);
  ctx.type = 'html';
  ctx.body = renderPage({ conversations: conversationsOf(messages), version, said });
}

/** Blank fields are what a form sends where nothing was typed. */
const replySchema = z.strictObject({
  from: z.string().trim().min(1).max(200),
  to: z.string().max(200).optional(),
  body: z.string().min(1).max(MAX_TEXT),
});

async function reply(ctx: Context, exchange: Exchange): Promise<void> {
  if (!isOfThisPage(ctx)) {
    ctx.status = 403;
    ctx.body = 'A reply is typed on the page of the local carrier: open that.';
    return;
  }
  const read = await readForm(ctx);
  const parsed = replySchema.safeParse(read.ok ? flatForm(read.form) : undefined);
  if (!parsed.success) {
    answer(ctx, exchange, { status: 422, said: 'That is no text: give a number and some words.' });
    return;
  }
  const { from, to, body } = parsed.data;
  const draft = inboundSchema.parse({ from, body, ...(to && { to }) });
  const problem = problemOf(await receive(exchange, draft));
  if (problem !== undefined) {
    answer(ctx, exchange, { status: 502, said: problem });
  } else if (isScript(ctx)) {
    ctx.body = { said: '' };
  } else {
    ctx.status = 303;
    ctx.redirect('/');
  }
}

function answer(
  ctx: Context,
  exchange: Exchange,
  { status, said }: { readonly status: number; readonly said: string },
): void {
  ctx.status = status;
  if (isScript(ctx)) ctx.body = { said };
  else showPage(ctx, exchange, said);
}

const isScript = (ctx: Context): boolean => ctx.get('Accept') === 'application/json';

/** Browsers say where a request comes from; programs say nothing. */
const isOfThisPage = (ctx: Context): boolean =>
  ['', 'none', 'same-origin'].includes(ctx.get('Sec-Fetch-Site'));

function problemOf({ answers }: InboundDelivery): string | undefined {
  const last = answers.at(-1);
  if (last === undefined)
    return 'The text was taken, but the carrier has no webhook to tell of it.';
  if (last.status === null) return 'The text was taken, but the webhook did not answer.';
  if (last.status < 300) return undefined;
  return `The text was taken, but the webhook answered ${last.status}.`;
}
