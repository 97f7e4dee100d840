/**
 * The HTTP side of the `twilio` client: another base URL (the library has no option for it; its
 * `edge` and `region` only rewrite host names), the one header the library drops, Retry-After, and
 * a last question before a request leaves. Authentication, form encoding, parsing and errors stay the library's.
 */

import { AsyncLocalStorage } from 'node:async_hooks';
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { RequestClient } from 'twilio';
import twilio from 'twilio';
import type { default as responses } from 'twilio/lib/http/response.js';

/** Connect and answer within this, so that a job knows its outcome well inside its lease. */
const TIMEOUT_MS = 10_000;

/** An answer 429: never processed. `retryAfterMs` is null where the carrier does not say. */
export class Throttled extends Error {
  readonly providerCode: number | null;
  readonly retryAfterMs: number | null;

  constructor(providerCode: number | null, retryAfterMs: number | null) {
    super('The carrier took no request: too many at once. Repeat it later.');
    this.name = 'Throttled';
    this.providerCode = providerCode;
    this.retryAfterMs = retryAfterMs;
  }
}

type RequestOptionsOfNode = https.RequestOptions;
type OnAnswer = (answer: IncomingMessage) => void;
type RequestOptions<T> = Parameters<RequestClient['request']>[0] & { readonly data?: T };

/** Retries nothing by itself: each attempt must leave its row in the log. */
export class ApiClient extends twilio.RequestClient {
  readonly #base: URL | undefined;
  readonly #mayLeave = new AsyncLocalStorage<(() => boolean) | undefined>();

  constructor(apiUrl: string | undefined, timeoutMs = TIMEOUT_MS) {
    super({ timeout: timeoutMs, autoRetry: false });
    this.#base = apiUrl === undefined ? undefined : new URL(apiUrl);
    const request = (options: RequestOptionsOfNode, onAnswer: OnAnswer) => {
      const { request: make } = options.protocol === 'https:' ? https : http;
      const made = endIn(timeoutMs, make(options, onAnswer));
      return holdUntilIt(this.#mayLeave.getStore(), made);
    };
    Object.assign(this.axios.defaults, { transport: { request } });
  }

  /** What `work` asks for leaves only where `mayLeave` says so then. */
  guarded<T>(mayLeave: (() => boolean) | undefined, work: () => T): T {
    return this.#mayLeave.run(mayLeave, work);
  }

  override async request<T>(options: RequestOptions<T>): Promise<responses.default<T>> {
    const answer = await super.request<T>({ ...options, uri: this.#rebased(options.uri) });
    if (answer.statusCode === 429) throw new Throttled(codeOf(answer.body), retryAfterOf(answer));
    return answer;
  }

  #rebased(uri: string): string {
    if (this.#base === undefined) return uri;
    const url = new URL(uri);
    url.protocol = this.#base.protocol;
    url.host = this.#base.host;
    return url.href;
  }
}

/**
 * From now to the head of its answer, the wait for a connection included: a timeout of the socket's begins when there is
 * one. (axios has such a timer for its own transports alone.)
 */
function endIn(timeoutMs: number, request: ClientRequest): ClientRequest {
  const timer = setTimeout(() => request.destroy(new Error('No answer in time.')), timeoutMs);
  const end = () => clearTimeout(timer);
  return request.once('response', end).once('close', end);
}

/**
 * A request waits for one of the agent's connections, or for a new one, and nothing of it is written before 'socket' and
 * 'connect' have been heard here. (Over TLS a handshake follows, of a tenth of a second, in which nobody is asked.)
 */
function holdUntilIt(mayLeave: (() => boolean) | undefined, request: ClientRequest): ClientRequest {
  if (mayLeave === undefined) return request;
  const ask = () => {
    if (!mayLeave()) request.destroy(new Error('It may no longer be sent: nothing was.'));
  };
  return request.once('socket', (socket) => {
    ask();
    if (socket.connecting) socket.once('connect', ask);
  });
}

function codeOf(body: unknown): number | null {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : null;
  return typeof code === 'number' ? code : null;
}

function retryAfterOf(answer: { readonly headers?: unknown }): number | null {
  const headers = answer.headers as Readonly<Record<string, unknown>> | undefined;
  const seconds = Number(headers?.['retry-after'] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}
