/*
 * How flows stand and how invitees answer, told as it happens. A connection that breaks is made anew; as each
 * begins with all that is open, nothing has to be remembered from the one before.
 */
import type { z } from 'zod';
import type { ProblemCode } from '../api/problems.ts';
import type { TallyBody } from '../api/tallies.ts';
import { type ClientOptions, wait } from './call.ts';
import type { Flow } from './flows.ts';
import { messagesOf, type ServerMessage } from './sse.ts';

export type Change =
  | { readonly kind: 'flow'; readonly flow: Flow }
  | { readonly kind: 'tally'; readonly tally: Readonly<z.output<typeof TallyBody>> }
  /** All that is open has been told; what was not told is over. */
  | { readonly kind: 'ready' }
  /** The connection broke and is made anew. */
  | { readonly kind: 'away' }
  /** The server does not let this caller in: the last that is told. */
  | { readonly kind: 'refused'; readonly code: ProblemCode };

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;
/** The server says something every 30 s. */
const SILENCE_MS = 75_000;

/** Follows until the signal, or until the server refuses. */
export async function* follow(
  options: ClientOptions,
  signal: AbortSignal | undefined,
): AsyncGenerator<Change> {
  let renewed = false;
  let waitMs = FIRST_WAIT_MS;
  while (!signal?.aborted) {
    const response = await connect(options, await options.token(), signal);
    if (response?.status === 401 && !renewed) {
      // The token may have run out just now.
      renewed = true;
      continue;
    }
    if (response !== undefined && response.status < 500 && !response.ok) {
      const problem = (await response.json().catch(() => ({}))) as { code?: ProblemCode };
      yield { kind: 'refused', code: problem.code ?? 'unauthorized' };
      return;
    }
    if (response?.ok && response.body !== null) {
      for await (const change of changesOf(response.body)) {
        yield change;
        waitMs = FIRST_WAIT_MS;
        renewed = false;
      }
    }
    if (signal?.aborted) return;
    yield { kind: 'away' };
    await wait(waitMs, signal).catch(() => undefined);
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  }
}

const connect = (
  { url }: ClientOptions,
  token: string,
  signal: AbortSignal | undefined,
): Promise<Response | undefined> =>
  fetch(`${url}/v1/stream`, {
    headers: { authorization: `Bearer ${token}` },
    ...(signal && { signal }),
  }).catch(() => undefined);

/** Ends when the connection does, or when it has been silent for too long to be one. */
async function* changesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Change> {
  const messages = messagesOf(body);
  try {
    for (;;) {
      const next = await withinSilence(messages.next());
      if (next === undefined || next.done) return;
      const change = changeOf(next.value);
      if (change !== undefined) yield change;
    }
  } finally {
    // Not waited for: a read that never comes would hold it.
    void messages.return(undefined).catch(() => undefined);
  }
}

async function withinSilence<T>(reading: Promise<T>): Promise<T | undefined> {
  const silence = new AbortController();
  const silent = wait(SILENCE_MS, silence.signal).then(() => undefined);
  try {
    return await Promise.race([reading.catch(() => undefined), silent.catch(() => undefined)]);
  } finally {
    silence.abort();
  }
}

/** A kind that this client does not know is passed over: a newer server may tell more. */
function changeOf({ event, data }: ServerMessage): Change | undefined {
  if (data === undefined) return undefined;
  if (event === 'ready') return { kind: 'ready' };
  if (event === 'flow') return { kind: 'flow', flow: JSON.parse(data) };
  return event === 'tally' ? { kind: 'tally', tally: JSON.parse(data) } : undefined;
}
