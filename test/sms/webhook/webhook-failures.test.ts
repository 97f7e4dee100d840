import { afterEach, expect, test } from 'vitest';
import {
  inboundFields,
  post,
  startWebhookServer,
  statusFields,
  type WebhookServer,
} from './webhook-server.ts';

let server: WebhookServer;
afterEach(() => server.close());

const seen = (sids: Set<string>) => (message: { readonly sid: string }) => {
  sids.add(message.sid);
  return Promise.resolve();
};

test('B-03 B-04 every repetition of a request reaches the handler with the same sid', async () => {
  const sids = new Set<string>();
  server = await startWebhookServer({ onInbound: seen(sids) });
  const fields = inboundFields();
  const answers = await Promise.all(Array.from({ length: 10 }, () => post(server, { fields })));
  expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(200));
  expect(sids.size).toBe(1);
});

test.each<[string, () => Promise<void>]>([
  ['rejects', () => Promise.reject(new Error('database away'))],
  [
    'throws at once',
    () => {
      throw new Error('broken');
    },
  ],
  ['never ends', () => new Promise(() => undefined)],
])('B-28 a handler that %s gives 503 with Retry-After', async (_how, handler) => {
  server = await startWebhookServer({ onInbound: handler, onStatus: handler, deadlineMs: 50 });
  for (const request of [{}, { path: '/webhooks/twilio/status', fields: statusFields() }]) {
    const answer = await post(server, request);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await answer.json()).toMatchObject({ code: 'unavailable' });
  }
  expect(server.failures).toHaveLength(2);
  expect(server.outcomes).toEqual(['sms:failed', 'status:failed']);
  expect(server.koaErrors).toEqual([]);
});

test('a handler that fails after its deadline does not end the process', async () => {
  let fail: (error: Error) => void = () => undefined;
  const late = new Promise<void>((_resolve, reject) => {
    fail = reject;
  });
  server = await startWebhookServer({ onInbound: () => late, deadlineMs: 20 });
  expect((await post(server)).status).toBe(503);
  fail(new Error('too late'));
  expect(
    (await post(server, { path: '/webhooks/twilio/status', fields: statusFields() })).status,
  ).toBe(204);
});
