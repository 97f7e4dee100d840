/*
 * All that runs while the demo runs: the server with its PostgreSQL, and the local carrier as a process
 * of its own, so that texts outlive a kill of the server. Everything lies in one folder, removed at the end.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createLocalCarrierClient } from '../sms/local-carrier/client.ts';
import type { LocalCarrierControl } from '../sms/local-carrier/local-carrier-control.ts';
import { clusterFolder } from '../store/embedded/cluster.ts';
import { findPostmaster } from '../store/embedded/postmaster.ts';
import { startEmbedded } from '../store/embedded/start.ts';
import { type Child, freePort, startChild } from './processes.ts';

export type TownDeps = {
  readonly now: () => number;
  readonly id: () => string;
  /** Aborted when the demo ends before its time. */
  readonly signal: AbortSignal;
};

export type Town = {
  readonly url: string;
  readonly carrier: LocalCarrierControl;
  /** Signs the tokens that the server takes. */
  readonly secret: string;
  /** `npm run complete` on the same database. */
  readonly complete: () => Promise<{ readonly ok: boolean; readonly said: string }>;
  /** Kills the server, not its PostgreSQL, and starts it anew; resolves when it serves again. */
  readonly crash: () => Promise<void>;
  /** What the server said last. */
  readonly said: () => string;
  /** Ends every process and removes the folder; safe at any moment, and more than once. */
  readonly close: () => Promise<void>;
};

const ACCOUNT_SID = `AC${'d'.repeat(32)}`;
const OUR_NUMBER = '+14155550100';
const READY_WITHIN_MS = 60_000;
const ANSWER_MS = 5_000;

/** Starts it all. `delays` takes the place of the charts' own (ms by name). */
export async function openTown(
  { now, id, signal }: TownDeps,
  delays: Readonly<Record<string, number>>,
): Promise<Town> {
  const folder = await mkdtemp(join(tmpdir(), 'funlet-demo-'));
  const dataDir = join(folder, 'data');
  const [port, carrierPort] = await Promise.all([freePort(), freePort()]);
  const { url, carrierUrl, secret, env, carrierArgs } = settingsOf(
    { id, dataDir, port, carrierPort },
    delays,
  );
  const carrierProcess = startChild('src/sms/local-carrier/main.ts', carrierArgs, {});
  const children = new Set<Child>([carrierProcess]);
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= closeAll(children, { folder, dataDir });
    return closing;
  };
  try {
    const launch = async (): Promise<Child> => {
      const server = startChild('src/main.ts', [], env);
      children.add(server);
      await served(server, { url, until: now() + READY_WITHIN_MS, now, signal });
      return server;
    };
    let [server] = await Promise.all([launch(), carrierProcess.firstLine]);
    return {
      ...{ url, secret, close },
      carrier: createLocalCarrierClient(carrierUrl, now),
      said: () => server.said(),
      complete: async () => {
        const command = startChild('src/cli.ts', ['complete'], env);
        children.add(command);
        return { ok: (await command.exit) === 0, said: command.said().trim() };
      },
      crash: async () => {
        if (closing !== undefined) return;
        await server.kill();
        children.delete(server);
        if (closing === undefined) server = await launch();
      },
    };
  } catch (cause) {
    await close();
    throw cause;
  }
}

type Places = {
  readonly id: () => string;
  readonly dataDir: string;
  readonly port: number;
  readonly carrierPort: number;
};

/** What the server and the carrier are told, so that each takes the other for what it knows. */
function settingsOf(
  { id, dataDir, port, carrierPort }: Places,
  delays: Readonly<Record<string, number>>,
) {
  const url = `http://127.0.0.1:${port}`;
  const carrierUrl = `http://127.0.0.1:${carrierPort}`;
  const secret = `${id()}${id()}`;
  const authToken = id().replaceAll('-', '');
  const env = {
    ...{ PORT: String(port), DATA_DIR: dataDir, PUBLIC_URL: url, AUTH_SECRET: secret },
    ...{ TWILIO_ACCOUNT_SID: ACCOUNT_SID, TWILIO_AUTH_TOKEN: authToken },
    ...{ TWILIO_FROM: OUR_NUMBER, TWILIO_API_URL: carrierUrl, CARRIER_HANDLES_OPT_OUT: 'true' },
    ...{ DELAYS: JSON.stringify(delays), LOG_LEVEL: 'warn' },
  };
  const carrierArgs = [
    ...['--account-sid', ACCOUNT_SID, '--auth-token', authToken, '--number', OUR_NUMBER],
    // As a real account would be set up: repeat whatever fails, five times.
    ...['--webhook-url', `${url}/webhooks/twilio/sms#rc=5&rp=all`, '--port', String(carrierPort)],
  ];
  return { url, carrierUrl, secret, env, carrierArgs };
}

type Patience = Pick<TownDeps, 'now' | 'signal'> & {
  readonly url: string;
  readonly until: number;
};

/** Waits until the server serves. */
async function served(server: Child, { url, until, now, signal }: Patience): Promise<void> {
  for (;;) {
    const ready = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ANSWER_MS) }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    signal.throwIfAborted();
    if (server.hasExited() || now() > until) {
      throw new Error(`The server does not serve at ${url}. It said:\n${server.said()}`);
    }
    await delay(50);
  }
}

type Remains = { readonly folder: string; readonly dataDir: string };

async function closeAll(children: ReadonlySet<Child>, { folder, dataDir }: Remains): Promise<void> {
  await Promise.all([...children].map((child) => child.end()));
  await stopPostgres(dataDir);
  await rm(folder, { recursive: true, force: true });
}

/** A PostgreSQL outlives a kill of its server; one that ended cleanly has stopped it itself. */
async function stopPostgres(dataDir: string): Promise<void> {
  if ((await findPostmaster(clusterFolder(dataDir))) === undefined) return;
  await (await startEmbedded({ dataDir })).stop();
}
