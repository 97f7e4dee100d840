/*
 * One call over a network that may fail: sent again with the same key until there is an answer, so that it
 * counts once. It knows requests and statuses, nothing of flows.
 */

export type ClientOptions = {
  /** Where the server is: https://funlet.example */
  readonly url: string;
  /** Gives the bearer token; asked before each request, so that it may be a new one. */
  readonly token: () => string | Promise<string>;
  /** Makes idempotency keys: `() => crypto.randomUUID()`. */
  readonly id: () => string;
  /** The app's build, for the log: '4.2.0'. */
  readonly appVersion?: string;
  /** A session to go on with, after a page was loaded anew. */
  readonly sessionId?: string;
  /** How long a call is tried while there is no answer; 30 s by default. */
  readonly patienceMs?: number;
  /** Ends all that is under way: calls and streams reject with its reason. */
  readonly signal?: AbortSignal;
};

export type Request = {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: object;
  readonly key?: string;
  readonly sessionId?: string | undefined;
};

export type Received = {
  readonly status: number;
  readonly text: string;
  readonly sessionId: string | null;
  readonly replayed: boolean;
};

const PATIENCE_MS = 30_000;
/** The server promises an answer within 5 s. */
const ANSWER_MS = 10_000;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;
/** Nobody could say anything: come again. Every other status is an answer. */
const AWAY: readonly number[] = [502, 503, 504];

/** The answer; the last 503 or undefined where none came within the patience. */
export async function call(
  options: ClientOptions,
  request: Request,
): Promise<Received | undefined> {
  const patience = AbortSignal.timeout(options.patienceMs ?? PATIENCE_MS);
  let renewed = false;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    const received = await attempt(options, request, await options.token());
    if (received?.status === 401 && !renewed) {
      // It may have run out just now. If the next one is no better, the caller is refused for good.
      renewed = true;
      continue;
    }
    if (received !== undefined && !AWAY.includes(received.status)) return received;
    if (patience.aborted) return received;
    await wait(waitMs, options.signal);
  }
}

/** Undefined where the connection broke or nothing came, so that nobody knows what happened. */
async function attempt(
  { url, appVersion, signal }: ClientOptions,
  { method, path, body, key, sessionId }: Request,
  token: string,
): Promise<Received | undefined> {
  try {
    const response = await fetch(`${url}${path}`, {
      method,
      signal: eitherOf(AbortSignal.timeout(ANSWER_MS), signal),
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
        ...(sessionId !== undefined && { 'x-session-id': sessionId }),
        ...(appVersion !== undefined && { 'x-app-version': appVersion }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return {
      status: response.status,
      text: await response.text(),
      sessionId: response.headers.get('x-session-id'),
      replayed: response.headers.get('idempotency-replayed') === 'true',
    };
  } catch (error) {
    if (signal?.aborted) throw error;
    return undefined;
  }
}

export const eitherOf = (one: AbortSignal, other: AbortSignal | undefined): AbortSignal =>
  other === undefined ? one : AbortSignal.any([one, other]);

/** Resolves after so many ms; rejects when the signal says so. */
export function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, ms);
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}
