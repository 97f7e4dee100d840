/** Calls a webhook as Twilio does: a signed form, a time limit, few repetitions. */
import { stringify } from 'node:querystring';
import { setTimeout as delay } from 'node:timers/promises';
import twilio from 'twilio';
import type { Exchange } from './exchange.ts';
import { type AttemptEnd, isRepeated, type WebhookRules, webhookRulesOf } from './webhook-rules.ts';

export type Fields = Readonly<Record<string, string>>;

/** How the last attempt ended. */
export type WebhookAnswer = {
  readonly end: AttemptEnd['end'];
  /** Null where none came. */
  readonly status: number | null;
  readonly contentType: string;
  readonly body: string;
  readonly attempts: number;
};

/** Never rejects. */
export async function callWebhook(
  exchange: Exchange,
  address: string,
  fields: Fields,
): Promise<WebhookAnswer> {
  const rules = webhookRulesOf(address);
  const token = exchange.deps.id();
  for (let attempts = 1; ; attempts++) {
    const answer = { ...(await attempt(exchange, { rules, fields, token })), attempts };
    const ended = answer.status === null ? answer : { end: 'answered', status: answer.status };
    const mayRepeat = attempts <= rules.retries && !exchange.closing.aborted;
    if (!mayRepeat || !isRepeated(rules, ended as AttemptEnd)) return answer;
    await delay(exchange.deps.retryDelayMs ?? 250, undefined, { signal: exchange.closing }).catch(
      () => undefined,
    );
  }
}

type Attempt = { readonly rules: WebhookRules; readonly fields: Fields; readonly token: string };

async function attempt(
  { deps, closing }: Exchange,
  { rules, fields, token }: Attempt,
): Promise<Omit<WebhookAnswer, 'attempts'>> {
  try {
    const answer = await fetch(rules.url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.any([closing, AbortSignal.timeout(rules.timeoutMs)]),
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        'user-agent': 'TwilioProxy/1.1',
        'i-twilio-idempotency-token': token,
        'x-twilio-signature': signatureOf(deps.authToken, rules.url, fields),
      },
      body: stringify(fields),
    });
    const contentType = answer.headers.get('content-type') ?? '';
    return { end: 'answered', status: answer.status, contentType, body: await answer.text() };
  } catch (error) {
    return { end: endOf(error), status: null, contentType: '', body: '' };
  }
}

const signatureOf = (authToken: string, url: string, fields: Fields): string =>
  twilio.getExpectedTwilioSignature(authToken, url, { ...fields });

const NO_CONNECTION: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function endOf(error: unknown): Exclude<AttemptEnd['end'], 'answered'> {
  if (!(error instanceof Error)) return 'broken';
  if (error.name === 'TimeoutError') return 'timed_out';
  const code = error.cause instanceof Error && 'code' in error.cause ? error.cause.code : undefined;
  return NO_CONNECTION.has(code) ? 'no_connection' : 'broken';
}
