/*
 * The composition root: everything is made here, from the configuration and the few things that only a
 * process has (a clock, randomness, a log), and ended here in the opposite order.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { createApp } from './api/app.ts';
import { createAuthenticator } from './api/auth.ts';
import { createMetrics } from './api/metrics.ts';
import { apiChartsOf, delayProblemOfCharts } from './compose/charts.ts';
import { claimDatabases, openPools } from './compose/database.ts';
import { developmentSecret, developmentToken } from './compose/development-secret.ts';
import { engineOf } from './compose/engine.ts';
import { healthOf } from './compose/health.ts';
import { listen } from './compose/http.ts';
import { logReaderOf } from './compose/log-reader.ts';
import { createOperationalLog, type OperationalLog } from './compose/operational-log.ts';
import {
  alarmsOf,
  carrierOf,
  numbersOf,
  openAccount,
  standstillOf,
  webhooksOf,
} from './compose/sms.ts';
import { type Config, ConfigProblems, readConfig } from './config.ts';
import type { Engine } from './engine/index.ts';
import { createLocalDevices } from './push/local-devices.ts';
import type { LocalCarrier } from './sms/local-carrier/local-carrier.ts';

export type ComposeDeps = {
  readonly now: () => number;
  /** Ms since whenever, by a clock that nobody sets. */
  readonly elapsedMs: () => number;
  readonly id: () => string;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly secret: () => string;
  readonly log: OperationalLog;
  readonly version: string;
};

/** A whole running server. */
export type House = {
  readonly url: string;
  /** What tokens are signed with, where they are checked with a secret. */
  readonly secret: string | null;
  readonly engine: Engine;
  /** Where the local carrier runs in this process. */
  readonly localCarrier: { readonly url: string; readonly carrier: LocalCarrier } | null;
  /** Ends requests, then the engine, the carrier and the pools, and the database last of all. */
  readonly stop: () => Promise<void>;
};

export async function compose(config: Config, deps: ComposeDeps): Promise<House> {
  const { now, elapsedMs, id, log, version } = deps;
  const closers: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) {
      await close().catch((error: unknown) => log.trouble('closing', error));
    }
  };
  try {
    const databases = await claimDatabases(config, (line) => log.info(line));
    closers.push(databases.stop);
    const pools = openPools(databases);
    closers.push(pools.end);
    const http = await listen(config);
    closers.push(http.close);
    const publicUrl = config.publicUrl ?? http.url;
    const secret = await secretOf(config, deps);
    const account = await openAccount(config, { secret: secret ?? '', publicUrl, now, id });
    const { local, apiUrl } = account;
    if (local !== undefined) closers.push(() => local.close());

    const metrics = createMetrics();
    const carrier = carrierOf(account, {
      ...{ publicUrl, now, handlesOptOut: config.carrierHandlesOptOut },
    });
    const standstill = standstillOf({ metrics, log, now });
    const onLost = alarmsOf({ sql: pools.app, metrics, log, now });
    // No push service is built in: where pushes must not stay in memory, there are none.
    const localDevices = config.env === 'production' ? null : createLocalDevices();
    const { engine, registry } = engineOf({
      ...{ pushes: localDevices, sql: pools.app, carrier, standstill, onLost, config },
      ...{ now, elapsedMs, id },
      ...{ numbers: numbersOf(account), backendVersion: version, random: deps.random },
      onInspectorFailure: (error) => log.trouble('inspector', error),
      onBatch: (size) => metrics.batchSize.observe(size),
      hooks: {
        onLoopError: (loop, error) => log.trouble('loop', error, { loop }),
        onUndeliverable: () => metrics.events.inc({ event: 'undeliverable_send' }),
        onRefusedRow: (sqlState) => log.warn('log row refused', { sqlState }),
      },
    });
    const running = engine.run({ outbox: pools.outbox, log: pools.log });
    closers.push(running.stop);

    const closing = new AbortController();
    const trouble = (
      error: unknown,
      facts: { readonly route: string; readonly correlationId?: string },
    ) => log.trouble('request', error, facts);
    const app = createApp({
      ...{ engine, metrics, version, now, id, random: deps.random, closing: closing.signal },
      ...{ charts: apiChartsOf(registry), corsOrigins: config.corsOrigins },
      domain: { engine, sql: pools.app, now, id, defaultProfile: config.profile },
      localDevices,
      log: logReaderOf(pools, now),
      health: healthOf(pools, { now, smsPaused: config.smsPaused }),
      authenticate: createAuthenticator(keysOf(config, secret), now),
      webhooks: webhooksOf({
        ...{ account, carrier, standstill, onLost, engine, sql: pools.app },
        ...{ publicUrl, metrics, log, now, id },
        onFailure: (error, route) => trouble(error, { route: `webhook ${route}` }),
      }),
      report: ({ error, route, correlationId }) => trouble(error, { route, correlationId }),
    });
    http.serve(app.callback());
    closers.push(async () => {
      closing.abort();
      await http.close();
    });
    return {
      ...{ url: http.url, secret, engine, stop },
      localCarrier: local === undefined ? null : { url: apiUrl ?? '', carrier: local },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function secretOf(
  { auth, twilio, dataDir }: Config,
  deps: ComposeDeps,
): Promise<string | null> {
  if (auth.kind === 'secret') return auth.secret;
  // The local carrier signs its webhooks; its account must be the same after a restart.
  const needed = auth.kind === 'development' || twilio === undefined;
  return needed ? developmentSecret(dataDir, deps.secret) : null;
}

const keysOf = ({ auth }: Config, secret: string | null) =>
  auth.kind === 'jwks' ? { jwksUrl: auth.url } : { secret: secret ?? '' };

async function main(): Promise<void> {
  const config = readConfig(undefined, delayProblemOfCharts);
  const log = createOperationalLog(config.logLevel);
  const { version } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  ) as { version: string };
  const composing = compose(config, {
    ...{ log, version, now: Date.now, elapsedMs: () => performance.now() },
    ...{ id: randomUUID, random: Math.random },
    secret: () => randomBytes(32).toString('base64url'),
  });
  // From the first moment: what was started until then is ended too.
  endBySignals(async () => (await composing).stop(), log);
  await greet(config, await composing);
}

/** A terminal's Ctrl-C comes to the whole group, and npm passes it on: the same wish, heard twice. */
const SAME_SIGNAL_MS = 1_000;

/** One signal ends everything in order; another one, later, ends it at once. */
function endBySignals(stop: () => Promise<void>, log: OperationalLog): void {
  let endingSince: number | undefined;
  const end = async (exitCode: number) => {
    const at = performance.now();
    if (endingSince !== undefined) {
      if (at - endingSince > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    endingSince = at;
    // A house that could not be made has ended itself.
    await stop().catch(() => undefined);
    process.exit(exitCode);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => void end(0));
  }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.trouble(event, error);
      void end(1);
    });
  }
}

async function greet({ auth, env }: Config, { url, secret, localCarrier }: House): Promise<void> {
  console.log(`Funlet listens on ${url}`);
  if (localCarrier !== null) {
    console.log(`The local carrier listens on ${localCarrier.url}`);
    if (env === 'development') console.log(`Its phones, to read and answer: ${localCarrier.url}/`);
  }
  const exported = [`URL=${url}`, ...(localCarrier ? [`CARRIER=${localCarrier.url}`] : [])];
  if (auth.kind !== 'development' || secret === null) {
    console.log(`To paste into a shell:\nexport ${exported.join(' ')}`);
    return;
  }
  const token = await developmentToken(secret, { platform: 'web', at: Date.now() });
  console.log(
    `To paste into a shell, a token for development among it:\nexport ${exported.join(' ')} TOKEN=${token}`,
  );
  console.log(
    `And then try:\ncurl -s -X POST "$URL/v1/machines/crew-creation" -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{}'`,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof ConfigProblems ? error.message : error);
    process.exit(1);
  }
}
