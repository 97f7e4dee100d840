import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { afterEach, describe, expect, test } from 'vitest';
import { admission } from '../../src/api/admission.ts';

let server: Server;
afterEach(() => server.close());

/** A server whose answers wait until they are let go. */
async function open(of: { maxRequests: number; busy?: () => number }) {
  const waiting: (() => void)[] = [];
  const app = new Koa();
  app.use(
    admission({ id: () => 'c0ffee', busy: of.busy ?? (() => 0), maxRequests: of.maxRequests }),
  );
  app.use(async (ctx) => {
    if (ctx.path !== '/healthz') await new Promise<void>((resolve) => waiting.push(resolve));
    ctx.body = 'done';
  });
  server = createServer(app.callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const entered = async (count: number) => {
    while (waiting.length < count) await new Promise((resolve) => setImmediate(resolve));
  };
  return { url, waiting, entered };
}

describe('a server with all the requests it can work on', () => {
  test('answers the next at once with 503 and when to come again, and takes it when one has left', async () => {
    const { url, waiting, entered } = await open({ maxRequests: 2 });
    const both = [fetch(`${url}/a`), fetch(`${url}/b`)];
    await entered(2);
    const refused = await fetch(`${url}/c`);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({ code: 'unavailable', correlation_id: 'c0ffee' });
    for (const go of waiting.splice(0)) go();
    await Promise.all(both);
    const taken = fetch(`${url}/d`);
    await entered(1);
    waiting[0]?.();
    expect((await taken).status).toBe(200);
  });

  test('still answers its probes', async () => {
    const { url, entered, waiting } = await open({ maxRequests: 1 });
    const one = fetch(`${url}/a`);
    await entered(1);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    waiting[0]?.();
    await one;
  });

  test('counts the work that goes on after its request was answered as too slow', async () => {
    const { url } = await open({ maxRequests: 9, busy: () => 2_000 });
    expect((await fetch(`${url}/a`)).status).toBe(503);
  });
});
