/* The generated parts of the README: found by their marks, put in place, and compared. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../house/files.ts';

const path = join(root, 'README.md');

/** The parts that are generated, by name; each stands between two marks of its own. */
const MARKS = {
  conversation: ['```text conversation\n', '\n```'],
  frontend: ['```ts frontend\n', '\n```'],
  delays: ['<!-- delays: written by npm run readme -->\n', '\n<!-- /delays -->'],
} as const;
export type Part = keyof typeof MARKS;

export const readReadme = (): Promise<string> => readFile(path, 'utf8');

/** What the README has for a part. */
export function partOf(readme: string, part: Part): string {
  const { start, end } = placeOf(readme, part);
  return readme.slice(start, end);
}

/** Writes the parts into the README. */
export async function writeParts(parts: Readonly<Record<Part, string>>): Promise<void> {
  let readme = await readReadme();
  for (const part of Object.keys(MARKS) as Part[]) {
    const { start, end } = placeOf(readme, part);
    readme = readme.slice(0, start) + parts[part] + readme.slice(end);
  }
  await writeFile(path, readme);
}

function placeOf(readme: string, part: Part): { readonly start: number; readonly end: number } {
  const [open, close] = MARKS[part];
  const before = readme.indexOf(open);
  const end = readme.indexOf(close, before + open.length);
  if (before < 0 || end < 0) {
    throw new Error(`README.md has no part '${part}': put ${JSON.stringify([open, close])} back.`);
  }
  return { start: before + open.length, end };
}
