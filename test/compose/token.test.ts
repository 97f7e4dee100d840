/* `npm run token`: for development, and never in production. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, jwtVerify } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { printToken, refuseProduction, type TokenFlags } from '../../src/compose/commands/token.ts';
import { DEVELOPMENT_ORGANIZER } from '../../src/compose/development-secret.ts';
import { type Config, isProduction, readConfig } from '../../src/config.ts';

const SECRET = 'a secret that is as long as HS256 asks';
const ORGANIZER = '11111111-1111-4111-8111-111111111111';

let dataDir: string;
let lines: string[];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'funlet-token-'));
  lines = [];
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const print = (flags: TokenFlags, config: Partial<Config> = {}, secret = SECRET) =>
  printToken({ ...readConfig({ DATA_DIR: dataDir }), ...config }, flags, {
    ...{ now: Date.now, secret: () => secret },
    print: (line) => void lines.push(line),
  });

test('a token is of the development organizer, and names a device of its platform', async () => {
  await print({ platform: 'ios_app' });
  expect(lines).toHaveLength(1);
  expect(decodeJwt(lines[0] ?? '')).toMatchObject({
    ...{ sub: DEVELOPMENT_ORGANIZER, platform: 'ios_app', did: 'development-ios_app' },
  });
});

test('a token is of the organizer and the device that are named', async () => {
  await print({ platform: 'web', organizer: ORGANIZER, device: 'a tablet' });
  expect(decodeJwt(lines[0] ?? '')).toMatchObject({ sub: ORGANIZER, did: 'a tablet' });
});

test('tokens are signed with the secret that the server keeps, or has been given', async () => {
  await print({ platform: 'web' });
  await print({ platform: 'web' }, {}, 'another one, which comes too late to be kept');
  await print({ platform: 'web' }, { auth: { kind: 'secret', secret: SECRET } });
  for (const token of lines) await jwtVerify(token, new TextEncoder().encode(SECRET));
});

test('a key set and flags that say nothing are refused, all at once', async () => {
  const auth = { kind: 'jwks', url: 'https://id.example/keys' } as const;
  const flags = { platform: 'web', organizer: 'me', device: '' } as const;
  await expect(print(flags, { auth })).rejects.toMatchObject({
    problems: [
      expect.stringMatching(/^AUTH_JWKS_URL/),
      '--organizer must be a uuid.',
      '--device must be 1 to 200 characters.',
    ],
  });
  expect(lines).toEqual([]);
});

test('production is refused before anything else is asked of its configuration', () => {
  expect(() => refuseProduction(isProduction({ FUNLET_ENV: ' production' }))).toThrow(
    'FUNLET_ENV=production takes tokens from your identity provider',
  );
  expect(() => refuseProduction(isProduction({}))).not.toThrow();
});
