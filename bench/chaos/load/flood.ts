/*
 * A flood, as a process of its own: steps asked for at a fixed rate, whatever the answers (an open loop),
 * with a bound on what may be under way so that this process outlives it too. Each is an answer that the
 * flow cannot take: a step with a row, after which the flow waits for the next. Reads its orders from the
 * file that its first argument names, and prints what came of it as one line of JSON.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { finished } from 'node:stream/promises';
import { percentile } from './requests.ts';

export type Flood = {
  readonly url: string;
  /** Open flows that ask for a name. */
  readonly flows: readonly { readonly id: string; readonly token: string }[];
  /** A rate, whatever the answers; or so many at once, each asked for when another is answered. */
  readonly load: { readonly perSecond: number } | { readonly atOnce: number };
  readonly seconds: number;
};

export type FloodEnd = {
  readonly sent: number;
  /** Not sent, since too many were under way. */
  readonly heldBack: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly errors: Readonly<Record<string, number>>;
  /** 503 and 429 that did not say when to come again. */
  readonly without: number;
  readonly slowestMs: number;
  readonly takenP99Ms: number;
  readonly refusedP99Ms: number;
  /** How late the flood itself was at worst: so much of the times above is its own. */
  readonly ownLagMs: number;
  /** How many were acknowledged as taken. */
  readonly taken: number;
};

/**
 * Connections, opened before the flood begins, as a load balancer keeps them. Node takes up one new one
 * per turn of its loop (libuv 1.45 and later), so that thousands of new ones would measure only that.
 */
const CONNECTIONS = 1_000;
const OPENING_AT_ONCE = 50;
const TICK_MS = 10;
const LATE_MS = 10_000;

const orders = readFileSync(process.argv[2] ?? '', 'utf8');
const { url, flows, load, seconds } = JSON.parse(orders) as Flood;
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS, maxFreeSockets: CONNECTIONS });
const BODY = JSON.stringify({ type: 'organizer.named_crew', name: '' });
/** What a step that left as invalid input is answered. */
const TAKEN = 422;

const byStatus: Record<string, number> = {};
const errors: Record<string, number> = {};
const taken: number[] = [];
const refused: number[] = [];
let sent = 0;
let heldBack = 0;
let without = 0;
let underWay = 0;
let begunAt = 0;
let endsAt = 0;

const count = (counts: Record<string, number>, name: string) => {
  counts[name] = (counts[name] ?? 0) + 1;
};

function send(): void {
  underWay += 1;
  sent += 1;
  const askedAt = performance.now();
  const flow = flows[sent % flows.length];
  const target = `${url}/v1/instances/${flow?.id}/events`;
  const headers = {
    authorization: `Bearer ${flow?.token}`,
    'content-type': 'application/json',
    'idempotency-key': randomUUID(),
  };
  const over = () => {
    underWay -= 1;
    if ('atOnce' in load && performance.now() < endsAt) send();
  };
  const asked = request(target, { method: 'POST', agent, headers, timeout: LATE_MS }, (answer) => {
    finished(answer.resume())
      .then(() => note(answer, performance.now() - askedAt))
      .catch((error: unknown) => count(errors, codeOf(error)))
      .finally(over);
  });
  asked.on('timeout', () => asked.destroy(new Error('silent')));
  asked.on('error', (error) => {
    count(errors, codeOf(error));
    over();
  });
  asked.end(BODY);
}

function note({ statusCode = 0, headers }: IncomingMessage, ms: number): void {
  count(byStatus, String(statusCode));
  if (statusCode === TAKEN) {
    taken.push(ms);
    return;
  }
  refused.push(ms);
  if (statusCode !== 503 && statusCode !== 429) return;
  if (headers['retry-after'] === undefined) without += 1;
}

const codeOf = (error: unknown): string => {
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  return code ?? message ?? 'unknown';
};

/** Leaves every connection open and idle. */
async function openConnections(): Promise<void> {
  for (let n = 0; n < CONNECTIONS; n += OPENING_AT_ONCE) {
    const more = Math.min(CONNECTIONS, n + OPENING_AT_ONCE);
    // As many at once as there shall be, so that none is used twice.
    await Promise.all(Array.from({ length: more }, probe));
  }
}

const probe = (): Promise<void> =>
  new Promise((resolve, reject) => {
    request(`${url}/healthz`, { agent }, (answer) => {
      finished(answer.resume()).then(resolve, reject);
    })
      .on('error', reject)
      .end();
  });

await openConnections();
const lag = monitorEventLoopDelay({ resolution: 10 });
lag.enable();
begunAt = performance.now();
endsAt = begunAt + seconds * 1_000;
if ('atOnce' in load) for (let n = 0; n < load.atOnce; n += 1) send();
else keepRate(load.perSecond);

function keepRate(perSecond: number): void {
  let owed = 0;
  let last = begunAt;
  const tick = setInterval(() => {
    const now = performance.now();
    owed += ((now - last) / 1_000) * perSecond;
    last = now;
    for (; owed >= 1; owed -= 1) {
      if (underWay < CONNECTIONS) send();
      else heldBack += 1;
    }
    if (now >= endsAt) clearInterval(tick);
  }, TICK_MS);
}

process.once('SIGTERM', () => process.exit(1));
const ending = setInterval(() => {
  if (performance.now() < endsAt || underWay > 0) return;
  clearInterval(ending);
  agent.destroy();
  const end: FloodEnd = {
    ...{ sent, heldBack, byStatus, errors, without, taken: taken.length },
    slowestMs: Math.round(percentile([...taken, ...refused], 1)),
    ownLagMs: Math.round(lag.max / 1e6),
    takenP99Ms: percentile(taken, 0.99),
    refusedP99Ms: percentile(refused, 0.99),
  };
  console.log(JSON.stringify(end));
  process.disconnect?.();
}, TICK_MS);
