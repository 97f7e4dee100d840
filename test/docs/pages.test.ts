import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import lock from '../../package-lock.json' with { type: 'json' };
import { root } from '../house/files.ts';

const read = (page: string) => readFile(join(root, page), 'utf8');

/** All that a pattern's first group finds. */
const found = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, group]) => String(group));

/** Made when the first version is superseded, or only examples. */
const NOT_YET = /crew-update|^machines\/archive\/|^test\/machines\/recorded\/|\*/;

describe.each([
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs/architecture.md',
  'docs/behavior-log.md',
  'bench/README.md',
  'bench/chaos/README.md',
])('%s', (page) => {
  test('names only commands that there are', async () => {
    const commands = found(await read(page), /npm run ([a-z:]+)/g);
    expect(commands.filter((name) => !Object.hasOwn(manifest.scripts, name))).toEqual([]);
  });

  test('names only files and pages that there are', async () => {
    const text = await read(page);
    const paths = found(text, /`((?:src|machines|drizzle|test|bench|docs|patches)\/[^` ]*)`/g);
    const missing = paths.filter((path) => !NOT_YET.test(path) && !existsSync(join(root, path)));
    expect(missing).toEqual([]);
    const links = found(text, /\]\((?!https?:)([^)#]+)/g);
    expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
  });
});

test('CONTRIBUTING.md is no longer than a hundred lines', async () => {
  expect((await read('CONTRIBUTING.md')).split('\n').length).toBeLessThanOrEqual(101);
});

test('CHANGELOG.md tells of the version that package.json has', async () => {
  expect(found(await read('CHANGELOG.md'), /^## (\S+)/gm)[0]).toBe(manifest.version);
});

test('docs/architecture.md gives each dependency a reason and its licence', async () => {
  const text = await read('docs/architecture.md');
  const rows = [...text.matchAll(/^\| `([^`]+)` \| (\S.*?) \| (.+?) \|$/gm)];
  const told = rows.map(([, name, , licence]) => `${name}: ${licence}`);
  const packages: Readonly<Record<string, { readonly license?: string }>> = lock.packages;
  const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  const used = names.map((name) => `${name}: ${packages[`node_modules/${name}`]?.license}`);
  expect(told.sort()).toEqual(used.sort());
});
