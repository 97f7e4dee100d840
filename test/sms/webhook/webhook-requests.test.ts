import { once } from 'node:events';
import { connect } from 'node:net';
import { stringify } from 'node:querystring';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  inboundFields,
  post,
  secondToken,
  signatureOf,
  startWebhookServer,
  type WebhookServer,
} from './webhook-server.ts';

let server: WebhookServer;
beforeAll(async () => {
  server = await startWebhookServer();
});
afterAll(() => server.close());
afterEach(() => {
  expect(server.koaErrors).toEqual([]);
  server.messages.length = 0;
  server.malformed.length = 0;
  server.outcomes.length = 0;
});

test('a signed webhook is taken and answered with empty TwiML', async () => {
  const answer = await post(server);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/xml/);
  expect(await answer.text()).toBe('<Response></Response>');
  expect(server.messages).toHaveLength(1);
  expect(server.outcomes).toEqual(['sms:taken']);
});

test('a webhook signed with either of the two configured tokens is taken', async () => {
  expect((await post(server, { token: secondToken })).status).toBe(200);
});

const fields = inboundFields();
const https = (path: string) => `https://${new URL(server.publicUrl).host}${path}`;
const path = '/webhooks/twilio/sms';

test.each<[string, () => string | null]>([
  ['no signature', () => null],
  ['an empty signature', () => ''],
  ['a signature that is none', () => 'not-a-signature'],
  ['another token', () => signatureOf(server.publicUrl + path, fields, 'foreign')],
  ['another path', () => signatureOf(`${server.publicUrl}/webhooks/twilio/status`, fields)],
  ['a path with a slash more', () => signatureOf(`${server.publicUrl}${path}/`, fields)],
  ['https instead of http', () => signatureOf(https(path), fields)],
])('B-01 a webhook with %s is refused with an empty 403', async (_what, signature) => {
  const answer = await post(server, { fields, signature: signature() });
  expect(answer.status).toBe(403);
  expect(await answer.text()).toBe('');
  expect(server.messages).toEqual([]);
  expect(server.malformed).toEqual([]);
  expect(server.outcomes).toEqual(['sms:forbidden']);
});

test('B-01 a forged Host header does not change what is signed', async () => {
  const forged = `http://evil.example${path}`;
  const answer = await post(server, {
    fields,
    signature: signatureOf(forged, fields),
    headers: { 'x-forwarded-host': 'evil.example' },
  });
  expect(answer.status).toBe(403);
});

test.each<[string, object]>([
  ['one byte changed', { Body: 'Yet' }],
  ['a parameter added', { Extra: '1' }],
  ['a parameter removed', { FromCity: undefined }],
])('B-02 a signed webhook with %s is refused with 403', async (_what, change) => {
  const spoilt = JSON.parse(JSON.stringify({ ...fields, ...change }));
  const answer = await post(server, { fields, body: stringify(spoilt) });
  expect(answer.status).toBe(403);
  expect(server.messages).toEqual([]);
});

test('B-06 a webhook that is no form is refused with 415', async () => {
  for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x', '']) {
    const answer = await post(server, {
      body: '{"Body":"Yes"}',
      headers: { 'content-type': type },
    });
    expect(answer.status).toBe(415);
    expect(await answer.json()).toMatchObject({ status: 415, code: 'unsupported_media_type' });
  }
  const latin = { 'content-type': 'application/x-www-form-urlencoded; charset=latin1' };
  expect((await post(server, { headers: latin })).status).toBe(415);
  expect((await post(server, { headers: { 'content-encoding': 'gzip' } })).status).toBe(415);
});

test('B-07 a webhook by another method is refused with 405 and Allow', async () => {
  for (const method of ['GET', 'PUT', 'HEAD', 'OPTIONS', 'DELETE', 'PATCH']) {
    const answer = await post(server, { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
  }
});

test('B-08 a body of 10 MB is refused with 413', async () => {
  const answer = await post(server, { body: new Uint8Array(10_000_000).fill(97) });
  expect(answer.status).toBe(413);
  expect(await answer.json()).toMatchObject({ code: 'body_too_large' });
});

test('B-08 a chunked body without a length is refused with 413 at 64 kB', async () => {
  const socket = connect(Number(new URL(server.publicUrl).port), '127.0.0.1');
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n`,
  );
  const chunk = 'a'.repeat(8_192);
  for (let sent = 0; sent < 9; sent++) socket.write(`2000\r\n${chunk}\r\n`);
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1.1 413 /);
  socket.destroy();
});

test('B-08 a body of exactly 64 kB is read', async () => {
  const answer = await post(server, { body: 'a'.repeat(65_536) });
  expect(answer.status).toBe(403);
});

test('B-08 a body that stops half-way hurts nobody', async () => {
  const socket = connect(Number(new URL(server.publicUrl).port), '127.0.0.1');
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nBody=a`,
  );
  await once(socket, 'connect');
  socket.destroy();
  await expect.poll(() => server.outcomes).toEqual(['sms:refused']);
  expect((await post(server)).status).toBe(200);
});

test('B-08 a body that trickles for ever is cut off', async () => {
  const socket = connect(Number(new URL(server.publicUrl).port), '127.0.0.1');
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nBody=a`,
  );
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1.1 408 /);
  socket.destroy();
});

test('B-09 repeated keys and more than 200 parameters are malformed, if signed', async () => {
  const many = Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`K${n}`, '1']));
  for (const odd of [
    inboundFields({ Body: ['a', 'b'] }),
    inboundFields({ Body: Array.from({ length: 1_000 }, (_, n) => `${n}`) }),
    inboundFields({ AccountSid: ['a', 'b'] }),
    inboundFields(many),
  ]) {
    const answer = await post(server, { fields: odd });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('<Response></Response>');
    expect((await post(server, { fields: odd, signature: 'wrong' })).status).toBe(403);
  }
  expect(server.messages).toEqual([]);
  expect(server.malformed).toEqual(Array(4).fill('sms:malformed_webhook'));
});

test('B-09 a key with brackets stays a mere key', async () => {
  const answer = await post(server, { fields: inboundFields({ 'Body[]': 'x', 'AddOns[x]': '1' }) });
  expect(answer.status).toBe(200);
  expect(server.messages[0]?.body).toBe('Yes');
});

test('B-10 a body of invalid UTF-8 is refused with 400', async () => {
  const answer = await post(server, { body: Buffer.from([0x42, 0x3d, 0xff, 0xfe]) });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: 'invalid_encoding' });
});

test('B-10 percent-encoded invalid UTF-8 has no right signature and is refused with 403', async () => {
  const odd = inboundFields();
  const body = stringify(odd).replace('Body=Yes', 'Body=%ff%fe');
  expect((await post(server, { fields: { ...odd, Body: '%ff%fe' }, body })).status).toBe(403);
});

test('B-11 keys named like members of objects pollute nothing', async () => {
  const odd = Object.assign(Object.create(null), inboundFields(), {
    constructor: 'x',
    hasOwnProperty: 'x',
    toString: 'x',
  });
  Object.defineProperty(odd, '__proto__', { value: 'x', enumerable: true });
  expect((await post(server, { fields: odd })).status).toBe(200);
  expect(server.messages).toHaveLength(1);
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});

test('the fallback address takes the same request with ErrorCode and ErrorUrl', async () => {
  const answer = await post(server, {
    path: `${path}/fallback`,
    fields: inboundFields({ ErrorCode: '11200', ErrorUrl: `${server.publicUrl}${path}` }),
  });
  expect(answer.status).toBe(200);
  expect(server.messages).toHaveLength(1);
});
