/*
 * How an app talks to the server: with a token, and with a key for each request, so that one whose answer
 * never came is sent again and counts once.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { SignJWT } from 'jose';

export type ClientDeps = {
  readonly url: string;
  readonly token: string;
  readonly now: () => number;
  readonly id: () => string;
  /** How long a server that does not answer is asked again. */
  readonly patienceMs: number;
  /** Aborted when the demo ends. */
  readonly signal: AbortSignal;
};

/** What the server says of a flow or a session. */
export type Standing = {
  readonly id: string;
  readonly status: string;
  readonly prompt: { readonly text: string } | null;
  readonly view: Readonly<Record<string, unknown>>;
};

export type Client = {
  readonly get: <T>(path: string) => Promise<T>;
  readonly put: (path: string, body: object) => Promise<void>;
  readonly post: (path: string, body: object) => Promise<Standing>;
};

const AGAIN_MS = 100;
/** The server promises an answer within 5 s. */
const ANSWER_MS = 10_000;

export function createClient(deps: ClientDeps): Client {
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const key = deps.id();
    const until = deps.now() + deps.patienceMs;
    for (;;) {
      const answer = await send(deps, { method, path, body, key });
      // 503 says to come again; any other answer is one, a 500 too.
      const mayCome = answer === undefined || answer.status === 503;
      if (!mayCome) return readAnswer(answer, `${method} ${path}`);
      if (deps.now() > until) {
        throw new Error(
          `The server has answered ${method} ${path} with ${answer?.status ?? 'nothing'} for ${deps.patienceMs} ms.`,
        );
      }
      await delay(AGAIN_MS, undefined, { signal: deps.signal });
    }
  };
  return {
    get: async <T>(path: string) => (await call('GET', path)) as T,
    put: async (path, body) => void (await call('PUT', path, body)),
    post: async (path, body) => (await call('POST', path, body)) as Standing,
  };
}

type Request = {
  readonly method: string;
  readonly path: string;
  readonly body: object | undefined;
  readonly key: string;
};

/** The answer; undefined where the connection gave none, so that nobody knows what happened. */
async function send(
  { url, token, signal }: ClientDeps,
  { method, path, body, key }: Request,
): Promise<Answer | undefined> {
  try {
    const answer = await fetch(`${url}${path}`, {
      method,
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
      headers: {
        authorization: `Bearer ${token}`,
        'x-app-version': '4.2.0',
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, text: await answer.text() };
  } catch (error) {
    if (signal.aborted) throw error;
    return undefined;
  }
}

type Answer = { readonly status: number; readonly text: string };

function readAnswer({ status, text }: Answer, request: string): unknown {
  if (status < 300) return text === '' ? null : JSON.parse(text);
  throw new Error(`${request} was answered ${status}: ${text}`);
}

export type Claims = {
  readonly sub: string;
  readonly platform: 'ios_app' | 'web';
  readonly scope?: string;
};

/** A token as the house that runs the app would give it. */
export const tokenOf = (secret: string, claims: Claims): Promise<string> =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret));
