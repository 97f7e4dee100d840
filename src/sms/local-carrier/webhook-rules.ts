/**
 * How long Twilio waits for a webhook and when it repeats it. Defaults and overrides in the URL's
 * fragment as in twilio.com/docs/usage/webhooks/webhooks-connection-overrides: `rc` retry count,
 * `rp` retry policy, `rt` read timeout, `tt` total time.
 */
export type WebhookRules = {
  /** Without the fragment, which is neither sent nor signed. */
  readonly url: string;
  readonly retries: number;
  readonly retryOn: ReadonlySet<string>;
  readonly timeoutMs: number;
};

/** By default only a failed connection is repeated: neither a 5xx nor a timeout is. */
export function webhookRulesOf(address: string): WebhookRules {
  const [url = address, fragment = ''] = address.split('#', 2);
  const overrides = new URLSearchParams(fragment);
  return {
    url,
    retries: numberOf(overrides.get('rc'), { fallback: 1, max: 5 }),
    retryOn: new Set((overrides.get('rp') ?? 'ct').split(',')),
    timeoutMs: Math.min(
      numberOf(overrides.get('rt'), { fallback: 15_000, max: 15_000 }),
      numberOf(overrides.get('tt'), { fallback: 15_000, max: 15_000 }),
    ),
  };
}

export type AttemptEnd =
  | { readonly end: 'answered'; readonly status: number }
  | { readonly end: 'no_connection' | 'timed_out' | 'broken' };

/** Whether this end is one that the rules repeat. */
export function isRepeated(rules: WebhookRules, attempt: AttemptEnd): boolean {
  const policy = policyOf(attempt);
  return policy !== undefined && (rules.retryOn.has(policy) || rules.retryOn.has('all'));
}

function policyOf(attempt: AttemptEnd): string | undefined {
  if (attempt.end === 'no_connection') return 'ct';
  if (attempt.end !== 'answered') return 'rt';
  if (attempt.status >= 500) return '5xx';
  return attempt.status >= 400 ? '4xx' : undefined;
}

function numberOf(text: string | null, { fallback, max }: { fallback: number; max: number }) {
  return text !== null && /^\d+$/.test(text) ? Math.min(max, Number(text)) : fallback;
}
