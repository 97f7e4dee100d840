/* npm run dictionary: writes the pages of the log's dictionary; with `--check` it only compares. */
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { dictionaryPages } from './dictionary.ts';

for (const [path, text] of dictionaryPages()) {
  if (!process.argv.includes('--check')) await writeFile(path, text);
  else if ((await readFile(path, 'utf8').catch(() => '')) !== text) {
    console.error(
      `docs/${basename(path)} differs from the log's catalogue: npm run dictionary mends it.`,
    );
    process.exitCode = 1;
  }
}
