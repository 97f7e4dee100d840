import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claimDataDir, serverOf } from '../../src/compose/data-dir.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'funlet-data-dir-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Another process, so that there is a living pid that is not ours. */
const living = async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log(1)']);
  await once(child.stdout, 'data');
  return {
    pid: Number(child.pid),
    end: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
};

describe('the folder of an embedded database', () => {
  test('is refused to a second server while the first lives, with its process and what to do', async () => {
    const server = await living();
    await writeFile(join(folder, 'server.pid'), `${server.pid}`);
    await expect(claimDataDir(folder)).rejects.toThrow(
      `Another server (process ${server.pid}) runs on the embedded database in ${folder}: give this one a DATA_DIR of its own`,
    );
    expect(await serverOf(folder)).toBe(server.pid);
    await server.end();
  });

  test('is claimed after a server that was killed, and free when it is released', async () => {
    const server = await living();
    await writeFile(join(folder, 'server.pid'), `${server.pid}`);
    await server.end();
    expect(await serverOf(folder)).toBeUndefined();
    const release = await claimDataDir(folder);
    expect(await readFile(join(folder, 'server.pid'), 'utf8')).toBe(`${process.pid}`);
    await release();
    expect(await serverOf(folder)).toBeUndefined();
  });
});
