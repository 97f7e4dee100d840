/**
 * `npm run schema:dump` writes drizzle/schema.sql from a freshly migrated database; with `--check` it only compares,
 * so that a change of the tables without its migration, or without its dump, fails the check.
 */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../src/store/connect.ts';
import { dumpSchema } from '../src/store/dump-schema.ts';
import { startEmbedded } from '../src/store/embedded/start.ts';
import { migrate } from '../src/store/migrate.ts';
import { readDrift } from './drift.ts';

const file = new URL('schema.sql', import.meta.url);
const drift = await readDrift();
const dump = await dumpFresh();
if (drift.length > 0) {
  console.error(
    `No migration makes what drizzle/schema.ts says: run npx drizzle-kit generate --name <what-it-does>.\n${drift.join('\n')}`,
  );
  process.exitCode = 1;
} else if (!process.argv.includes('--check')) {
  await writeFile(file, dump);
} else if (dump !== (await readFile(file, 'utf8').catch(() => ''))) {
  console.error(
    'drizzle/schema.sql is not what the migrations make: run npm run schema:dump and review its diff.',
  );
  process.exitCode = 1;
}

async function dumpFresh(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'funlet-schema-'));
  const server = await startEmbedded({ dataDir, settings: { fsync: 'off' } });
  try {
    await migrate({ url: server.url });
    const sql = connect({ url: server.url, max: 1, applicationName: 'schema dump' });
    const text = await dumpSchema(sql);
    await sql.end();
    return text;
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
