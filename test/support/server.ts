/*
 * The whole server in this process, as main composes it, over a test file's database: real HTTP, real
 * PostgreSQL, the local carrier. And a small client with tokens.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signToken } from '../../src/compose/development-secret.ts';
import type { OperationalLog } from '../../src/compose/operational-log.ts';
import { readConfig } from '../../src/config.ts';
import { type ComposeDeps, compose, type House } from '../../src/main.ts';
import type { TestDatabase } from './database.ts';

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed where it is JSON, else the text. */
  readonly body: Record<string, never> & Json;
  readonly text: string;
};

// What a test reads of an answer; a wrong path is undefined and fails its expectation.
// biome-ignore lint/suspicious/noExplicitAny: answers are judged by what the test expects of them.
type Json = any;

export type Ask = {
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly raw?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Client = {
  readonly owner: string;
  readonly token: string;
  readonly get: (path: string, ask?: Ask) => Promise<Answer>;
  readonly post: (path: string, ask?: Ask) => Promise<Answer>;
  readonly put: (path: string, ask?: Ask) => Promise<Answer>;
  readonly send: (method: string, path: string, ask?: Ask) => Promise<Answer>;
};

export type TokenOptions = {
  readonly owner?: string;
  readonly platform?: 'web' | 'ios_app';
  readonly deviceId?: string;
  readonly scope?: string;
  readonly secret?: string;
  /** Epoch ms. */
  readonly expiresAt?: number;
};

export type TestServer = {
  readonly url: string;
  readonly house: House;
  /** A client of a new organizer, or of the one given. */
  readonly client: (options?: TokenOptions) => Promise<Client>;
  readonly token: (options?: TokenOptions) => Promise<string>;
  /** What went to the operational log: never a message of an error. */
  readonly troubles: { readonly what: string; readonly error: unknown }[];
  /** What it warned of there. */
  readonly warnings: readonly string[];
  readonly stop: () => Promise<void>;
};

export const SECRET = 'a secret of the tests that is long enough for HS256';

export type TestServerOptions = {
  /** Environment variables beside the database's. */
  readonly env?: Readonly<Record<string, string>>;
  readonly deps?: Partial<ComposeDeps>;
};

/** Give `stop` to `afterAll`, before the database's `drop`. */
export async function testServer(
  database: Pick<TestDatabase, 'url'>,
  options: TestServerOptions = {},
): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'funlet-server-'));
  const troubles: { what: string; error: unknown }[] = [];
  const warnings: string[] = [];
  const log: OperationalLog = {
    info: () => undefined,
    warn: (line) => void warnings.push(line),
    trouble: (what, error) => troubles.push({ what, error }),
  };
  const config = readConfig({
    ...{ PORT: '0', DATABASE_URL: database.url, DATA_DIR: dataDir, AUTH_SECRET: SECRET },
    // One run in a hundred would have rows that most tests do not expect.
    STATE_SNAPSHOTS: 'false',
    ...options.env,
  });
  const house = await compose(config, {
    ...{ log, now: Date.now, elapsedMs: () => performance.now() },
    ...{ id: randomUUID, random: Math.random },
    ...{ secret: () => SECRET, version: '0.1.0' },
    ...options.deps,
  });
  return {
    ...{ url: house.url, house, troubles, warnings, token: tokenOf },
    client: (of) => clientOf(house.url, of),
    stop: async () => {
      await house.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export const tokenOf = (options: TokenOptions = {}): Promise<string> =>
  signToken(options.secret ?? SECRET, {
    owner: options.owner ?? randomUUID(),
    platform: options.platform ?? 'web',
    expiresAt: options.expiresAt ?? Date.now() + 3_600_000,
    ...(options.deviceId && { deviceId: options.deviceId }),
    ...(options.scope && { scope: options.scope }),
  });

export async function clientOf(url: string, options: TokenOptions = {}): Promise<Client> {
  const owner = options.owner ?? randomUUID();
  const token = await tokenOf({ ...options, owner });
  const send = (method: string, path: string, ask: Ask = {}) =>
    request(url + path, {
      method,
      ...ask,
      headers: { authorization: `Bearer ${token}`, ...ask.headers },
    });
  return {
    ...{ owner, token, send },
    get: (path, ask) => send('GET', path, ask),
    post: (path, ask) => send('POST', path, { body: {}, ...ask }),
    put: (path, ask) => send('PUT', path, ask),
  };
}

/** One request, without a token unless the headers have one. */
export async function request(url: string, ask: Ask & { readonly method?: string } = {}) {
  const payload = ask.raw ?? (ask.body === undefined ? undefined : JSON.stringify(ask.body));
  const isJson = payload !== undefined && ask.method !== 'GET';
  const response = await fetch(url, {
    method: ask.method ?? 'GET',
    headers: { ...(isJson && { 'content-type': 'application/json' }), ...ask.headers },
    ...(isJson && { body: payload }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) } as Answer;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
