/* What runs our TypeScript: the sources as they are now, whatever was made of them before. */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CACHE = join(ROOT, 'node_modules/.cache/funlet');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'funlet-run-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  for (const name of await madeFiles()) await rm(join(CACHE, name));
});

const madeFiles = async () =>
  (await readdir(CACHE)).filter((name) => name.includes(basename(folder)));

const write = (name: string, text: string) => writeFile(join(folder, name), text);

const run = (...args: string[]) => node(join(folder, 'main.ts'), ...args);
const make = () => node('--make', join(folder, 'main.ts'));

function node(...args: string[]) {
  const command = [join(ROOT, 'src/run.mjs'), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  return { status, said: stdout.trim(), stderr };
}

test('a file runs with what it imports, its arguments and its own address', async () => {
  await write('word.ts', `export const word: string = 'one';`);
  await write(
    'main.ts',
    `import { word } from './word.ts';
    console.log(word, process.argv.slice(2).join('+'), import.meta.url.endsWith('/main.ts'));`,
  );
  expect(run('a', 'b')).toMatchObject({ status: 0, said: 'one a+b true' });
});

test('nothing is made anew while no source has changed', async () => {
  const [name = ''] = (await madeFiles()).filter((made) => made.includes('main'));
  const { mtimeMs } = await stat(join(CACHE, name));
  expect(run()).toMatchObject({ status: 0 });
  expect((await stat(join(CACHE, name))).mtimeMs).toBe(mtimeMs);
});

test('a source that has changed runs as it is now', async () => {
  await write('word.ts', `export const word: string = 'two';`);
  expect(run().said).toContain('two');
});

test('an error names its place in the source', async () => {
  await write('word.ts', `export const word: string = 'two';\n\nthrow new Error('here');`);
  expect(run()).toMatchObject({ status: 1, stderr: expect.stringContaining('word.ts:3') });
});

test('two files whose paths differ by a sign alone are not taken for one another', async () => {
  await mkdir(join(folder, 'a'));
  await write('a/b.ts', `console.log('below');`);
  await write('a-b.ts', `console.log('beside');`);
  const said = ['a/b.ts', 'a-b.ts', 'a/b.ts'].map((name) => node(join(folder, name)).said);
  expect(said).toEqual(['below', 'beside', 'below']);
});

test('a source that cannot be read is told with its place, and nothing old runs', async () => {
  await write('word.ts', 'export const = 1;');
  const { status, said, stderr } = run();
  expect({ status, said }).toEqual({ status: 1, said: '' });
  expect(stderr).toContain('word.ts:1');
  expect(stderr).not.toContain('    at ');
});

test('what is made beforehand is run by a user who may write nothing', async () => {
  await write('word.ts', `export const word: string = 'three';`);
  expect(make()).toMatchObject({ status: 0, said: '' });
  const [name = ''] = (await madeFiles()).filter((made) => made.includes('main'));
  const { mtimeMs } = await stat(join(CACHE, name));
  expect(run().said).toContain('three');
  expect((await stat(join(CACHE, name))).mtimeMs).toBe(mtimeMs);
});
