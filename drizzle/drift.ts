/** What the newest migration's snapshot lacks of drizzle/schema.ts: the statements that nobody has generated yet. */

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import * as schema from './schema.ts';

// The package's ES module needs a global `require`; its types fail without skipLibCheck's help. We use two functions.
type DrizzleKit = {
  readonly generateDrizzleJson: (schema: object, previousId: string) => object;
  readonly generateMigration: (from: object, to: object) => Promise<string[]>;
};
const kit: DrizzleKit = createRequire(import.meta.url)('drizzle-kit/api');

const meta = new URL('migrations/meta/', import.meta.url);

export async function readDrift(tables: object = schema): Promise<readonly string[]> {
  const journal = JSON.parse(await readFile(new URL('_journal.json', meta), 'utf8'));
  const newest = String(journal.entries.at(-1).idx).padStart(4, '0');
  const snapshot = JSON.parse(await readFile(new URL(`${newest}_snapshot.json`, meta), 'utf8'));
  return kit.generateMigration(snapshot, kit.generateDrizzleJson(tables, snapshot.id));
}
