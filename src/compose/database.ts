/* The databases: ours or the configured ones, migrated, and the pools by the role that each acts as. */
import type { Config } from '../config.ts';
import { connect, type Sql } from '../store/connect.ts';
import { startEmbedded } from '../store/embedded/start.ts';
import { migrate } from '../store/migrate.ts';
import { claimDataDir, serverOf } from './data-dir.ts';

export type Databases = {
  readonly url: string;
  readonly behaviorUrl: string;
  /** Of the servers behind them, as `migrate` gives it. */
  readonly versions: { readonly own: number; readonly behavior: number };
  /** Whether somebody else uses the embedded database, so that a visitor leaves it running. */
  readonly inUse: () => Promise<boolean>;
  /** Ends an embedded database; nothing to do for one that is not ours. */
  readonly stop: () => Promise<void>;
};

type DatabaseConfig = Pick<Config, 'databaseUrl' | 'behaviorDatabaseUrl' | 'dataDir'>;

/** As `openDatabases`, for a server: an embedded database is claimed until it is stopped. */
export async function claimDatabases(
  config: DatabaseConfig,
  log: (line: string) => void,
): Promise<Databases> {
  if (config.databaseUrl !== undefined) return openDatabases(config, log);
  const release = await claimDataDir(config.dataDir);
  try {
    const databases = await openDatabases(config, log);
    return { ...databases, stop: () => databases.stop().finally(release) };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Starts or finds the databases and brings them to the newest schema. */
export async function openDatabases(
  { databaseUrl, behaviorDatabaseUrl, dataDir }: DatabaseConfig,
  log: (line: string) => void,
): Promise<Databases> {
  const embedded = databaseUrl === undefined ? await startEmbedded({ dataDir, log }) : undefined;
  const url = databaseUrl ?? embedded?.url ?? '';
  const behaviorUrl = behaviorDatabaseUrl ?? url;
  const stop = async () => embedded?.stop();
  try {
    const own = await migrate({ url });
    const behavior = behaviorUrl === url ? own : await migrate({ url: behaviorUrl });
    const inUse = async () => embedded?.adopted === true || (await serverOf(dataDir)) !== undefined;
    return { url, behaviorUrl, versions: { own, behavior }, inUse, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

export type Pools = {
  /** All of the server's own work. */
  readonly app: Sql;
  /** Readers of the log: few, so that they cannot take the connections of users. */
  readonly reader: Sql;
  /** The projector's, over the outbox and over the log; the same where they are one database. */
  readonly outbox: Sql;
  readonly log: Sql;
  readonly end: () => Promise<void>;
};

const APP = 'funlet_app';
const PROJECTOR = 'funlet_projector';
const APP_CONNECTIONS = 10;

/** Twice what the longest transaction of a server may take. */
const SERVER_TRANSACTION_MS = 16_000;
const limitOf = (version: number): number | undefined =>
  version >= 170_000 ? SERVER_TRANSACTION_MS : undefined;

/**
 * Pools connect when first asked, and recover by themselves. With `versions` what they begin is ended after a
 * while where the server can do that; a tool may take its time.
 */
export function openPools({
  url,
  behaviorUrl,
  versions = { own: 0, behavior: 0 },
}: Pick<Databases, 'url' | 'behaviorUrl'> & Partial<Pick<Databases, 'versions'>>): Pools {
  const pool = (of: { name: string; url: string; role: string; max: number; version?: number }) =>
    connect({
      ...{ url: of.url, role: of.role, max: of.max, applicationName: `funlet ${of.name}` },
      transactionMs: limitOf(of.version ?? 0),
    });
  const { own, behavior } = versions;
  const app = pool({ name: 'app', url, role: APP, max: APP_CONNECTIONS, version: own });
  // Holds no locks, and exports take as long as their reader.
  const reader = pool({ name: 'reader', url: behaviorUrl, role: APP, max: 3 });
  const outbox = pool({ name: 'projector', url, role: PROJECTOR, max: 2, version: own });
  const log =
    behaviorUrl === url
      ? outbox
      : pool({ name: 'log', url: behaviorUrl, role: PROJECTOR, max: 2, version: behavior });
  return {
    ...{ app, reader, outbox, log },
    end: async () => {
      const pools = new Set([app, reader, outbox, log]);
      await Promise.all([...pools].map((sql) => sql.end({ timeout: 5 })));
    },
  };
}
