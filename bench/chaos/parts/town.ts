/*
 * What a scenario plays in: a database of its own, servers as real processes that can be killed and
 * frozen, and the local carrier as another, so that texts outlive them.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { createLocalCarrierClient } from '../../../src/sms/local-carrier/client.ts';
import type { LocalCarrierControl } from '../../../src/sms/local-carrier/local-carrier-control.ts';
import { connect, type Sql } from '../../../src/store/connect.ts';
import type { Stage } from '../scenario.ts';
import { openBalancer } from './balancer.ts';
import { createPhoneBook } from './phone-book.ts';
import { type Child, freePort, type Nursery, until } from './processes.ts';

/** A server, through all its lives. */
export type Node = {
  readonly name: string;
  readonly url: string;
  readonly child: () => Child;
  /** Kills the process; it stays dead until `start`. */
  readonly kill: () => Promise<void>;
  /** A new process on the same port; resolves when it serves. */
  readonly start: () => Promise<void>;
};

export type Account = { readonly sid: string; readonly token: string; readonly number: string };

export type Town = {
  readonly nodes: readonly Node[];
  /** Stands before all nodes; webhooks are signed for it. */
  readonly publicUrl: string;
  readonly carrier: LocalCarrierControl;
  readonly account: Account;
  /** Signs the tokens that the servers take. */
  readonly secret: string;
  /** As the superuser, past every proxy: for looking and for breaking things. */
  readonly sql: Sql;
  readonly databaseUrl: string;
  /** A number that nobody in this town has had before. */
  readonly newPhone: () => string;
  readonly close: () => Promise<void>;
};

export type TownOptions = {
  readonly name: string;
  readonly servers: number;
  /** Delay name → ms, in place of the charts' own. */
  readonly delays?: Readonly<Record<string, number>>;
  readonly env?: Readonly<Record<string, string>>;
  /** What one server has beside it, in the order of the servers. */
  readonly each?: readonly Readonly<Record<string, string>>[];
  /** How the servers reach the database, given its own url; absent: directly. */
  readonly through?: (url: string) => Promise<string>;
  /** The file of the server; absent: the real one. */
  readonly main?: string;
};

const READY_WITHIN_MS = 60_000;

export async function openTown(stage: Stage, options: TownOptions): Promise<Town> {
  const { nursery, cluster } = stage;
  const databaseUrl = await cluster.database(`chaos_${options.name.replaceAll('-', '_')}`);
  const folder = await mkdtemp(join(cluster.folder, 'town-'));
  const balancer = await openBalancer();
  const account = {
    sid: `AC${randomBytes(16).toString('hex')}`,
    token: randomBytes(16).toString('hex'),
    number: '+14155550100',
  };
  const secret = randomBytes(32).toString('base64url');
  const carrierProcess = startCarrier(nursery, account, balancer.url);
  const sql = connect({ url: databaseUrl, max: 3, applicationName: 'chaos' });
  const children: Child[] = [carrierProcess];
  const close = async () => {
    await Promise.all(children.map((child) => child.end()));
    await sql.end({ timeout: 2 });
    await balancer.close();
  };
  try {
    const said = JSON.parse(await carrierProcess.firstLine) as { readonly url: string };
    const env = {
      ...{ DATABASE_URL: await (options.through?.(databaseUrl) ?? databaseUrl), DATA_DIR: folder },
      ...{ PUBLIC_URL: balancer.url, AUTH_SECRET: secret, LOG_LEVEL: 'warn' },
      ...{ TWILIO_ACCOUNT_SID: account.sid, TWILIO_AUTH_TOKEN: account.token },
      ...{ TWILIO_FROM: account.number, TWILIO_API_URL: said.url },
      DELAYS: JSON.stringify(options.delays ?? {}),
      ...options.env,
    };
    const deps = { nursery, env, main: options.main ?? 'src/main.ts', children };
    const nodes: Node[] = [];
    for (let n = 0; n < options.servers; n += 1) {
      const own = { ...deps, env: { ...env, ...options.each?.[n] } };
      nodes.push(await openNode(own, `node ${n + 1}`));
    }
    balancer.behind(nodes.map(({ url }) => Number(new URL(url).port)));
    await Promise.all(nodes.map((node) => node.start()));
    return {
      ...{ nodes, account, secret, sql, databaseUrl, close, publicUrl: balancer.url },
      ...{ carrier: createLocalCarrierClient(said.url, Date.now), newPhone: createPhoneBook() },
    };
  } catch (cause) {
    await close();
    throw cause;
  }
}

function startCarrier(nursery: Nursery, { sid, token, number }: Account, publicUrl: string): Child {
  return nursery.start(
    'src/sms/local-carrier/main.ts',
    [
      ...['--account-sid', sid, '--auth-token', token, '--number', number],
      // As a real account would be set up: whatever fails is sent again, five times.
      ...['--webhook-url', `${publicUrl}/webhooks/twilio/sms#rc=5&rp=all`],
    ],
    {},
  );
}

type NodeDeps = {
  readonly nursery: Nursery;
  readonly env: Readonly<Record<string, string>>;
  readonly main: string;
  readonly children: Child[];
};

async function openNode({ nursery, env, main, children }: NodeDeps, name: string): Promise<Node> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: Child | undefined;
  const current = () => {
    if (child === undefined) throw new Error(`${name} was never started.`);
    return child;
  };
  return {
    ...{ name, url, child: current },
    kill: () => current().kill(),
    start: async () => {
      const started = nursery.start(main, [], { ...env, PORT: String(port) });
      child = started;
      children.push(started);
      await until(`${name} serves`, READY_WITHIN_MS, async () => {
        if (started.hasExited()) throw new Error(`${name} ended at its start:\n${started.said()}`);
        return isReady(url);
      }).catch((cause: unknown) => {
        throw new Error(`${name} does not serve. It said:\n${started.said()}`, { cause });
      });
    },
  };
}

/** Whether the server serves and has its database. */
export const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
    async (answer) => {
      await answer.text();
      return answer.ok;
    },
    () => false,
  );

/** A uuid, for what clients name. */
export const newId = (): string => randomUUID();
