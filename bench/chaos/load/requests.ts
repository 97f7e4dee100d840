/*
 * Requests as a careful app makes them: each with a key, sent again under it until somebody answers, to
 * another server when one is gone. Every single answer is measured; none may take longer than promised.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { signToken } from '../../../src/compose/development-secret.ts';
import { newId } from '../parts/town.ts';

export type Answer = {
  readonly status: number;
  /** Parsed; null where there was none. */
  readonly body: Standing;
  readonly key: string;
  /** It was the answer of an earlier try with the same key. */
  readonly replayed: boolean;
};

/** As much of an instance's body, or of a problem's, as clients read. */
export type Standing = {
  readonly id: string;
  readonly status: string;
  readonly state: string;
  readonly code?: string;
  readonly view: Readonly<Record<string, unknown>>;
};

export type Tally = {
  /** ms of every answer of 2xx to 4xx. */
  readonly answered: number[];
  /** ms of every 503 and 429. */
  readonly refused: number[];
  /** Tries that got no answer: the server died, or was silent for longer than promised. */
  unanswered: number;
  silent: number;
  replayed: number;
  /** 503 or 429 that did not say when to come again, and 5xx that should not be. */
  readonly wrong: string[];
  /** When each request was answered (epoch ms) that changed something. */
  lastSuccessAt: number;
  readonly successes: number[];
};

export const newTally = (): Tally => ({
  ...{ answered: [], refused: [], wrong: [], successes: [] },
  ...{ unanswered: 0, silent: 0, replayed: 0, lastSuccessAt: 0 },
});

export type Requester = {
  readonly owner: string;
  readonly token: string;
  readonly post: (path: string, body: object) => Promise<Answer>;
};

export type RequesterDeps = {
  /** Where servers are, in the order of preference. */
  readonly urls: () => readonly string[];
  readonly secret: string;
  readonly tally: Tally;
  readonly signal: AbortSignal;
  /** Told of each answer that acknowledges something. */
  readonly onAnswer?: () => void;
};

/** Longer than a server may take; only then the client gives the try up. */
const PATIENCE_MS = 9_000;
/** Within which every request is answered. */
export const PROMISED_MS = 5_000;
const PAUSE_MS = 40;

/** Thrown when the run ends while a request is still without an answer: nobody knows what became of it. */
export class GivenUp extends Error {}

export async function createRequester(deps: RequesterDeps): Promise<Requester> {
  const owner = newId();
  const hour = 3_600_000;
  const token = await signToken(deps.secret, {
    ...{ owner, platform: 'web', expiresAt: Date.now() + 12 * hour },
  });
  let session: string | undefined;
  let turn = 0;
  const attempt = async (path: string, body: object, key: string): Promise<Answer | undefined> => {
    const urls = deps.urls();
    const answer = await send(deps, `${urls[turn % urls.length] ?? ''}${path}`, {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': key,
      ...(session === undefined ? {} : { 'x-session-id': session }),
      body: JSON.stringify(body),
    });
    if (answer === undefined) turn += 1;
    session = answer?.session ?? session;
    return answer && { ...answer, key };
  };
  return {
    ...{ owner, token },
    post: async (path, body) => {
      const key = newId();
      for (;;) {
        const answer = await attempt(path, body, key);
        if (answer !== undefined) {
          deps.onAnswer?.();
          return answer;
        }
        if (deps.signal.aborted) throw new GivenUp(`${path} was given up.`);
        await delay(PAUSE_MS);
      }
    },
  };
}

type Sending = Readonly<Record<string, string>> & { readonly body: string };
type Sent = Omit<Answer, 'key'> & { readonly session: string | undefined };

/** One try. Undefined where it must be made again. */
async function send(
  { tally }: RequesterDeps,
  url: string,
  { body, ...headers }: Sending,
): Promise<Sent | undefined> {
  const begunAt = performance.now();
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch(url, { method: 'POST', headers, body, signal });
    const text = await answer.text();
    const ms = performance.now() - begunAt;
    const { status } = answer;
    if (status === 503 || status === 429) {
      tally.refused.push(ms);
      if (!answer.headers.has('retry-after')) tally.wrong.push(`${status} without Retry-After`);
      return undefined;
    }
    tally.answered.push(ms);
    if (status >= 500) tally.wrong.push(`${status} of ${new URL(url).pathname}: ${text}`);
    const now = Date.now();
    tally.lastSuccessAt = now;
    tally.successes.push(now);
    const replayed = answer.headers.get('idempotency-replayed') === 'true';
    if (replayed) tally.replayed += 1;
    const session = answer.headers.get('x-session-id') ?? undefined;
    return { status, replayed, session, body: JSON.parse(text) as Standing };
  } catch (error) {
    tally.unanswered += 1;
    if ((error as { name?: string }).name === 'TimeoutError') tally.silent += 1;
    return undefined;
  }
}

/** The p-th percentile, 0 to 1 (1 is the largest), of some ms, in whole tenths. A flood's are too many to spread into `Math.max`. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? 0;
  return Math.round(value * 10) / 10;
}
