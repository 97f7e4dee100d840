/**
 * Twilio's webhooks over HTTP: read, verify, parse, hand over, answer. Mount it before any body
 * parser. It stores nothing itself and answers only after the handler is done; a handler that
 * fails or takes too long is a 503, so that Twilio goes to the fallback URL. Never a 500.
 */
import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import { emptyTwiml, forbidden, noContent, refuse, unavailable } from './answers.ts';
import { type InboundMessage, parseInbound } from './inbound.ts';
import { type Form, readForm } from './read-form.ts';
import { settlesWithin } from './settles-within.ts';
import { parseStatus, type StatusCallback } from './status.ts';
import { type Recipient, verify } from './verify.ts';

export type WebhookRoute = 'sms' | 'status';

/** How a request ended; the label of a counter. */
export type WebhookOutcome =
  | 'taken'
  | 'refused'
  | 'forbidden'
  | 'malformed'
  | 'own_number'
  | 'failed';

/** A signed webhook that makes no sense: worth an `error` row, and no answer but the silent one. */
export type MalformedKind = 'malformed_webhook' | 'own_number';

export type WebhookDeps = {
  readonly authTokens: readonly string[];
  readonly publicUrl: string;
  readonly accountSid: string;
  readonly ownNumbers: ReadonlySet<string>;
  readonly messagingServiceSid?: string;
  /** Resolves once the message is stored. Called again for each repetition: dedupe by sid. */
  readonly onInbound: (message: InboundMessage) => Promise<void>;
  /** Resolves once the status is stored or known to be of no use. */
  readonly onStatus: (status: StatusCallback) => Promise<void>;
  readonly onMalformed: (kind: MalformedKind, route: WebhookRoute) => void;
  readonly counter: (route: WebhookRoute, outcome: WebhookOutcome) => void;
  /** A handler's error, for the operational log; it may contain personal data. */
  readonly onFailure: (error: unknown, route: WebhookRoute) => void;
  /** How long a handler may take; the answer must leave within 5 s. */
  readonly deadlineMs?: number;
};

const DEADLINE_MS = 4_000;

/** The webhook routes, `/webhooks/twilio/{sms,sms/fallback,status}`. */
export function webhookRouter(deps: WebhookDeps): Middleware {
  const router = new Router();
  const route =
    (name: WebhookRoute, handle: Handle, recipient?: Recipient) =>
    async (ctx: Context): Promise<void> => {
      deps.counter(
        name,
        await receive(ctx, { deps, name, handle, ...(recipient && { recipient }) }),
      );
    };
  const recipient = recipientOf(deps);
  router.all('/webhooks/twilio/sms', route('sms', takeInbound, recipient));
  // Twilio's fallback repeats the request here, with ErrorCode and ErrorUrl added.
  router.all('/webhooks/twilio/sms/fallback', route('sms', takeInbound, recipient));
  router.all('/webhooks/twilio/status', route('status', takeStatus));
  return router.routes() as Middleware;
}

type Handle = (ctx: Context, form: Form, deps: WebhookDeps) => Promise<WebhookOutcome>;

type Receiving = {
  readonly deps: WebhookDeps;
  readonly name: WebhookRoute;
  readonly handle: Handle;
  readonly recipient?: Recipient;
};

async function receive(ctx: Context, receiving: Receiving): Promise<WebhookOutcome> {
  const { deps, name, handle, recipient } = receiving;
  const read = await readForm(ctx);
  if (!read.ok) {
    refuse(ctx, read.why);
    return 'refused';
  }
  const { authTokens, publicUrl, accountSid } = deps;
  const signature = ctx.get('X-Twilio-Signature');
  const { originalUrl } = ctx;
  const verified = verify({
    ...{ authTokens, publicUrl, accountSid, originalUrl, signature, form: read.form },
    ...(recipient && { recipient }),
  });
  if (!verified.ok && verified.why !== 'repeated') {
    forbidden(ctx);
    return 'forbidden';
  }
  acknowledge(ctx, name);
  if (!verified.ok) {
    deps.onMalformed('malformed_webhook', name);
    return 'malformed';
  }
  return handle(ctx, verified.form, deps);
}

function acknowledge(ctx: Context, name: WebhookRoute): void {
  if (name === 'sms') emptyTwiml(ctx);
  else noContent(ctx);
}

async function takeInbound(ctx: Context, form: Form, deps: WebhookDeps): Promise<WebhookOutcome> {
  const parsed = parseInbound(form, { ownNumbers: deps.ownNumbers });
  if (parsed.kind === 'message')
    return settle(ctx, deps, 'sms', () => deps.onInbound(parsed.message));
  const isLoop = parsed.kind === 'own_number';
  deps.onMalformed(isLoop ? 'own_number' : 'malformed_webhook', 'sms');
  return isLoop ? 'own_number' : 'malformed';
}

async function takeStatus(ctx: Context, form: Form, deps: WebhookDeps): Promise<WebhookOutcome> {
  const parsed = parseStatus(form, ctx.query);
  if (parsed.kind === 'status')
    return settle(ctx, deps, 'status', () => deps.onStatus(parsed.status));
  deps.onMalformed('malformed_webhook', 'status');
  return 'malformed';
}

async function settle(
  ctx: Context,
  deps: WebhookDeps,
  name: WebhookRoute,
  work: () => Promise<void>,
): Promise<WebhookOutcome> {
  try {
    if (await settlesWithin(work(), deps.deadlineMs ?? DEADLINE_MS)) return 'taken';
    deps.onFailure(
      new Error(`The ${name} webhook's handler took too long: 503 was answered.`),
      name,
    );
  } catch (error) {
    deps.onFailure(error, name);
  }
  unavailable(ctx);
  return 'failed';
}

const recipientOf = ({ ownNumbers, messagingServiceSid }: WebhookDeps): Recipient =>
  messagingServiceSid === undefined ? { ownNumbers } : { ownNumbers, messagingServiceSid };
