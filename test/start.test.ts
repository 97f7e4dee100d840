/* `npm start`: what it prints works, and a signal ends it in order, its database last. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clusterFolder } from '../src/store/embedded/cluster.ts';
import { findPostmaster } from '../src/store/embedded/postmaster.ts';
import { startEmbedded } from '../src/store/embedded/start.ts';
import { type RunningServer, runCli, startServer } from './support/child.ts';
import { until } from './support/engine.ts';
import { request } from './support/server.ts';

/** Several processes start one after the other, on a machine that may have other work. */
const START_MS = 180_000;

let dataDir: string;
let server: RunningServer | undefined;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'funlet-start-'));
});
afterEach(async () => {
  server?.child.kill('SIGKILL');
  await server?.ran;
  // After a test that failed half-way the database may still run.
  if (await findPostmaster(clusterFolder(dataDir))) await (await startEmbedded({ dataDir })).stop();
  await rm(dataDir, { recursive: true, force: true });
});

const env = () => ({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'info' });

/** What the server printed: what a shell exports, and the one curl. */
async function begun() {
  server = startServer(env());
  const said = await server.saying(/curl .*\n/);
  const [, exported = ''] = /^export (.*)/m.exec(said) ?? [];
  const { URL: url = '', ...others } = Object.fromEntries(
    exported.split(' ').map((pair) => pair.split('=')),
  ) as Record<string, string>;
  const { TOKEN: token = '', CARRIER: carrier = '' } = others;
  return { said, exported, url, token, carrier, curl: /^curl .*/m.exec(said)?.[0] ?? '' };
}

describe('npm start', () => {
  test(
    'prints lines that work when they are pasted into a shell, and ends cleanly at SIGTERM',
    async () => {
      const { said, exported, url, token, carrier, curl } = await begun();
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      const pasted = await promisify(execFile)('sh', ['-c', `export ${exported}\n${curl}`]);
      expect(JSON.parse(pasted.stdout)).toMatchObject({ machine: 'crew-creation' });
      const headers = { authorization: `Bearer ${token}` };
      const open = () => request(`${url}/v1/sessions`, { method: 'POST', body: {}, headers });
      expect((await open()).body.id).toBe((await open()).body.id);
      expect((await request(`${carrier}/local/messages`)).body.messages).toEqual([]);

      const invite =
        /```sh\n(post\(\) .*?)```/s.exec(await readFile('README.md', 'utf8'))?.[1] ?? '';
      await promisify(execFile)('sh', ['-c', `export ${exported}\n${invite}`]);
      const { messages } = await until(
        async () => (await request(`${carrier}/local/messages`)).body,
        ({ messages }) => messages.length > 0,
      );
      expect(messages).toMatchObject([
        { to: '+14155550111', body: expect.stringMatching(/Picnic/) },
      ]);

      const phones = await fetch(/Its phones, to read and answer: (\S+)/.exec(said)?.[1] ?? '');
      expect(await phones.text()).toContain('4155550111');

      const app = await runCli(['token', '--platform', 'ios_app'], env());
      const device = await request(`${url}/v1/device`, {
        ...{ method: 'PUT', body: { token: 'local-device-1' } },
        headers: { authorization: `Bearer ${app.out.trim()}` },
      });
      expect(device.status).toBe(200);

      // While it runs, a command visits its database and leaves it running.
      const complete = await runCli(['complete'], env());
      expect(complete.out).toMatch(/^The log is complete/);
      expect((await request(`${url}/readyz`)).status).toBe(200);

      const stream = await fetch(`${url}/v1/behavior/logs/stream`, { headers });
      server?.child.kill('SIGTERM');
      const ran = await server?.ran;
      expect(ran?.code).toBe(0);
      expect(await stream.text()).toContain(': the behavior log');
      expect(ran?.err).not.toMatch(/"level":[56]0/);
      expect(await findPostmaster(clusterFolder(dataDir))).toBeUndefined();

      const again = await begun();
      const me = await request(`${again.url}/v1/me`, { headers });
      expect(me.status).toBe(200);
      server?.child.kill('SIGINT');
      expect((await server?.ran)?.code).toBe(0);
    },
    START_MS,
  );

  test(
    'ends in order, its database last, at a Ctrl-C that comes from the terminal and once more from npm',
    async () => {
      await begun();
      server?.child.kill('SIGINT');
      server?.child.kill('SIGINT');
      expect((await server?.ran)?.code).toBe(0);
      expect(await findPostmaster(clusterFolder(dataDir))).toBeUndefined();
    },
    START_MS,
  );

  test(
    'refuses a wrong configuration with sentences and exit code 1',
    async () => {
      server = startServer({ ...env(), FUNLET_ENV: 'production', PORT: 'http' });
      const { code, err } = await server.ran;
      expect(code).toBe(1);
      expect(err).toMatch(/PORT must be 0 to 65535\.\n- FUNLET_ENV=production does not run on/);
      expect(err).not.toContain('    at ');
    },
    START_MS,
  );
});
