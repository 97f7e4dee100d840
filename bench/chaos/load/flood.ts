/*
 * A flood, as a process of its own: flows begun at a fixed rate, whatever the answers (an open loop), with
 * a bound on what may be under way so that this process outlives it too. Takes its orders as JSON in its
 * first argument, and prints what came of it as one line of JSON.
 */
import { randomUUID } from 'node:crypto';
import { Agent, type IncomingMessage, request } from 'node:http';
import { percentile } from './requests.ts';

export type Flood = {
  readonly url: string;
  readonly tokens: readonly string[];
  readonly perSecond: number;
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
  /** What was acknowledged as begun. */
  readonly ids: readonly string[];
};

const MOST_UNDER_WAY = 3_000;
const TICK_MS = 10;
const LATE_MS = 10_000;

const { url, tokens, perSecond, seconds } = JSON.parse(process.argv[2] ?? '{}') as Flood;
const agent = new Agent({ keepAlive: true, maxSockets: MOST_UNDER_WAY });
const target = `${url}/v1/machines/crew-creation`;

const byStatus: Record<string, number> = {};
const errors: Record<string, number> = {};
const taken: number[] = [];
const refused: number[] = [];
const ids: string[] = [];
let sent = 0;
let heldBack = 0;
let without = 0;
let underWay = 0;

const count = (counts: Record<string, number>, name: string) => {
  counts[name] = (counts[name] ?? 0) + 1;
};

function send(): void {
  underWay += 1;
  sent += 1;
  const begunAt = performance.now();
  const headers = {
    authorization: `Bearer ${tokens[sent % tokens.length]}`,
    'content-type': 'application/json',
    'idempotency-key': randomUUID(),
  };
  const over = () => {
    underWay -= 1;
  };
  const asked = request(target, { method: 'POST', agent, headers, timeout: LATE_MS }, (answer) => {
    read(answer)
      .then((text) => note(answer, text, performance.now() - begunAt))
      .catch((error: unknown) => count(errors, codeOf(error)))
      .finally(over);
  });
  asked.on('timeout', () => asked.destroy(new Error('silent')));
  asked.on('error', (error) => {
    count(errors, codeOf(error));
    over();
  });
  asked.end('{}');
}

async function read(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of answer.setEncoding('utf8')) text += piece;
  return text;
}

function note({ statusCode = 0, headers }: IncomingMessage, text: string, ms: number): void {
  count(byStatus, String(statusCode));
  if (statusCode === 201) {
    taken.push(ms);
    ids.push((JSON.parse(text) as { readonly id: string }).id);
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

const begunAt = performance.now();
let owed = 0;
let last = begunAt;
const tick = setInterval(() => {
  const now = performance.now();
  owed += ((now - last) / 1_000) * perSecond;
  last = now;
  for (; owed >= 1; owed -= 1) {
    if (underWay < MOST_UNDER_WAY) send();
    else heldBack += 1;
  }
  if (now - begunAt >= seconds * 1_000) clearInterval(tick);
}, TICK_MS);

process.once('SIGTERM', () => process.exit(1));
const ending = setInterval(() => {
  if (performance.now() - begunAt < seconds * 1_000 || underWay > 0) return;
  clearInterval(ending);
  agent.destroy();
  const end: FloodEnd = {
    ...{ sent, heldBack, byStatus, errors, without, ids },
    slowestMs: Math.round(Math.max(0, ...taken, ...refused)),
    takenP99Ms: percentile(taken, 0.99),
    refusedP99Ms: percentile(refused, 0.99),
  };
  console.log(JSON.stringify(end));
  process.disconnect?.();
}, TICK_MS);
