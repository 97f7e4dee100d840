/**
 * Brings a database to the newest schema with drizzle-orm's migrator, one server at a time (two at once collide in it),
 * and says why when it cannot (`drizzle-kit migrate` fails silently).
 */

import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

export type MigrateOptions = {
  readonly url: string;
  /** For tests; absent: the project's. */
  readonly migrationsFolder?: string;
};

const projectFolder = fileURLToPath(new URL('../../drizzle/migrations', import.meta.url));
// Any number, the same in every version of ours: "funlet" on a telephone's keys.
const advisoryLock = 386538;

/**
 * Applies the migrations that the database lacks; all of them or none. Waits while another server does so. Gives
 * PostgreSQL's version: 180004 is 18.4.
 */
export async function migrate({
  url,
  migrationsFolder = projectFolder,
}: MigrateOptions): Promise<number> {
  // One connection of its own: the lock belongs to it, and goes with it when we are killed.
  const sql = postgres(url, { max: 1, onnotice: () => undefined, connect_timeout: 5 });
  try {
    await sql`select pg_advisory_lock(${advisoryLock})`;
    await runMigrations(drizzle(sql), { migrationsFolder });
    await sql`select pg_advisory_unlock(${advisoryLock})`;
    const [server] = await sql<{ version: number }[]>`
      select current_setting('server_version_num')::int as version`;
    return server?.version ?? 0;
  } catch (error) {
    throw new Error(`The migrations in ${migrationsFolder} were not applied: ${causeOf(error)}`, {
      cause: error,
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Drizzle says which statement failed; PostgreSQL, below it, says why. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error ? `${causeOf(cause)} (${error.message.trim()})` : error.message;
}
