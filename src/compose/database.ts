/* The databases: ours or the configured ones, migrated, and the pools by the role that each acts as. */
import type { Config } from '../config.ts';
import { connect, type Sql } from '../store/connect.ts';
import { startEmbedded } from '../store/embedded/start.ts';
import { migrate } from '../store/migrate.ts';
import { claimDataDir, serverOf } from './data-dir.ts';

export type Databases = {
  readonly url: string;
  readonly behaviorUrl: string;
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
    await migrate({ url });
    if (behaviorUrl !== url) await migrate({ url: behaviorUrl });
  } catch (error) {
    await stop();
    throw error;
  }
  const inUse = async () => embedded?.adopted === true || (await serverOf(dataDir)) !== undefined;
  return { url, behaviorUrl, inUse, stop };
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

/** Pools connect when first asked, and recover by themselves. */
export function openPools({ url, behaviorUrl }: Pick<Databases, 'url' | 'behaviorUrl'>): Pools {
  const pool = (name: string, to: string, role: string, max: number) =>
    connect({ url: to, role, max, applicationName: `funlet ${name}` });
  const app = pool('app', url, APP, APP_CONNECTIONS);
  const reader = pool('reader', behaviorUrl, APP, 3);
  const outbox = pool('projector', url, PROJECTOR, 2);
  const log = behaviorUrl === url ? outbox : pool('log', behaviorUrl, PROJECTOR, 2);
  return {
    ...{ app, reader, outbox, log },
    end: async () => {
      const pools = new Set([app, reader, outbox, log]);
      await Promise.all([...pools].map((sql) => sql.end({ timeout: 5 })));
    },
  };
}
