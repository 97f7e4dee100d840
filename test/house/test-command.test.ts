import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { root } from './files.ts';

describe('npm test', () => {
  let project: string;

  beforeEach(async () => {
    project = await mkdtemp(join(tmpdir(), 'funlet-planted-'));
    await symlink(join(root, 'node_modules'), join(project, 'node_modules'));
    await writeFile(join(project, 'package.json'), '{ "type": "module" }');
    await writeFile(
      join(project, 'vitest.config.ts'),
      `export default { test: { pool: 'forks' } };`,
    );
  });
  afterEach(() => rm(project, { recursive: true, force: true }));

  test.each([
    ['passes when every test does', `test('a', () => {});`, '1 passed, 0 failed', 0],
    [
      'fails with one failing test',
      `test('a', () => {}); test('b', () => { throw new Error('b'); });`,
      '1 passed, 1 failed',
      1,
    ],
    ['fails with a file that does not load', `import './nowhere.ts';`, '0 passed, 1 failed', 1],
    [
      'fails with an error outside every test',
      `test('a', () => { setImmediate(() => { throw new Error('late'); }); });`,
      '1 passed, 1 failed',
      1,
    ],
    [
      'fails when a test ends its process',
      `test('a', () => { process.kill(process.pid, 'SIGKILL'); });`,
      '0 passed, 1 failed',
      1,
    ],
    ['fails when no test runs', `test.skip('a', () => {});`, '0 passed, 1 failed', 1],
  ])('%s, and says so in its last line', async (_name, planted, lastLine, code) => {
    const { lines, code: ended } = await runTests(planted);
    expect({ lastLine: lines.at(-1), code: ended }).toEqual({ lastLine, code });
  });

  test('counts no test that did not run, and says that there was one', async () => {
    const { lines, code } = await runTests(`test('a', () => {}); test.skip('b', () => {});`);
    expect(lines.slice(-2)).toEqual([
      '1 did not run: the output above says why.',
      '1 passed, 0 failed',
    ]);
    expect(code).toBe(0);
  });

  async function runTests(
    planted: string,
  ): Promise<{ readonly lines: readonly string[]; readonly code: number | null }> {
    const text = `import { test } from 'vitest';\n${planted}`;
    await writeFile(join(project, 'planted.test.ts'), text);
    const tsx = join(root, 'node_modules/tsx/dist/loader.mjs');
    const args = ['--import', tsx, join(root, 'test/run.ts'), '--root', project];
    return new Promise((resolve) => {
      const child = execFile(process.execPath, args, { cwd: project }, (_error, stdout) =>
        resolve({ lines: stdout.trimEnd().split('\n'), code: child.exitCode }),
      );
    });
  }
});
