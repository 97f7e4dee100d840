import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './files.ts';

const read = (path: string) => readFile(join(root, path), 'utf8');

describe('the repository', () => {
  test('locks its packages without naming a registry', async () => {
    const lock: { packages: Record<string, { resolved?: string; integrity?: string }> } =
      JSON.parse(await read('package-lock.json'));
    const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
    expect(packages.length).toBeGreaterThan(100);
    expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(packages.filter(([, { integrity }]) => integrity === undefined)).toEqual([]);
  });

  test('pins the packages whose insides it relies on, and patches the version it has', async () => {
    const manifest = JSON.parse(await read('package.json'));
    const exact = Object.values<string>({ ...manifest.dependencies, ...manifest.devDependencies });
    // @types follow the line of Node that we run on.
    expect(exact.filter((version) => !/^\d+(\.\d+){2}(-[\w.]+)?$/.test(version))).toEqual(['20']);
    expect(await readdir(join(root, 'patches'))).toContain(
      `postgres+${manifest.dependencies.postgres}.patch`,
    );
  });

  test('keeps every migration named, and together with its snapshot', async () => {
    const journal: { entries: { idx: number; tag: string }[] } = JSON.parse(
      await read('drizzle/migrations/meta/_journal.json'),
    );
    const tags = journal.entries.map(({ tag }) => tag);
    expect(tags.length).toBeGreaterThan(0);
    const files = await readdir(join(root, 'drizzle/migrations'));
    expect(files.filter((file) => file.endsWith('.sql')).sort()).toEqual(
      tags.map((tag) => `${tag}.sql`).sort(),
    );
    for (const tag of tags) {
      expect(tag).toMatch(/^\d{4}_[a-z0-9_]+$/);
      const snapshot = join(root, 'drizzle/migrations/meta', `${tag.slice(0, 4)}_snapshot.json`);
      expect((await stat(snapshot)).isFile()).toBe(true);
    }
  });
});
