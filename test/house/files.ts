/** Our own source files, as the house's tests read them. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export type SourceFile = {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Without comments, so that a sentence about a rule does not break it. */
  readonly code: string;
};

export async function readSources(...folders: readonly string[]): Promise<readonly SourceFile[]> {
  const files: SourceFile[] = [];
  for (const folder of folders) {
    const names = await readdir(join(root, folder), { recursive: true }).catch(() => []);
    for (const name of names.filter((one) => one.endsWith('.ts')).sort()) {
      const path = join(folder, name);
      const text = await readFile(join(root, path), 'utf8');
      files.push({ path, text, code: withoutComments(text) });
    }
  }
  return files;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}
