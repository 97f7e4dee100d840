/* Tokens of an identity provider, by its key set; and what happens when that cannot be reached. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Authenticate, createAuthenticator } from '../../src/api/auth.ts';

const OWNER = '11111111-1111-4111-8111-111111111111';

let provider: Server;
let answer: { status: number; body: string };
let authenticate: Authenticate;
let sign: (claims: Record<string, unknown>) => Promise<string>;

beforeEach(async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const key = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' };
  answer = { status: 200, body: JSON.stringify({ keys: [key] }) };
  provider = createServer((_, response) => {
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  provider.listen(0, '127.0.0.1');
  await once(provider, 'listening');
  const { port } = provider.address() as AddressInfo;
  authenticate = createAuthenticator({ jwksUrl: `http://127.0.0.1:${port}/keys` }, Date.now);
  sign = (claims) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .setExpirationTime('1h')
      .sign(privateKey);
});
afterEach(async () => {
  provider.closeAllConnections();
  provider.close();
  await once(provider, 'close');
});

test("a token that the provider signed is its organizer's", async () => {
  const token = await sign({ sub: OWNER, platform: 'ios_app', did: 'a phone', scope: 'a b' });
  expect(await authenticate(token)).toEqual({
    ...{ owner: OWNER, platform: 'ios_app', deviceId: 'a phone' },
    scopes: new Set(['a', 'b']),
    expiresAt: Number(decodeJwt(token).exp) * 1_000,
  });
});

test('a secret of ours signs nothing here', async () => {
  const token = await new SignJWT({ sub: OWNER, platform: 'web' })
    .setProtectedHeader({ alg: 'HS256', kid: 'one' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode('a secret that is long enough for it'));
  expect(await authenticate(token)).toBe('rejected');
});

test.each([
  ['answers with an error', () => ({ status: 500, body: '' })],
  ['answers with no key set', () => ({ status: 200, body: '<html>' })],
])('nobody can say while the provider %s', async (_, broken) => {
  answer = broken();
  expect(await authenticate(await sign({ sub: OWNER, platform: 'web' }))).toBe('unavailable');
});

test('nobody can say while the provider is away', async () => {
  const token = await sign({ sub: OWNER, platform: 'web' });
  const away = createAuthenticator({ jwksUrl: 'http://127.0.0.1:9/keys' }, Date.now);
  expect(await away(token)).toBe('unavailable');
});
