/*
 * The secret of a development server: made at its first start and kept under its data folder, so that
 * tokens survive a restart; and a token made with it.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { derivedId, NIL_ID } from '../behavior/derived-id.ts';

const FILE = 'development-secret';

/** Reads the secret, or keeps `fresh` as the secret from now on. */
export async function developmentSecret(dataDir: string, fresh: () => string): Promise<string> {
  const path = join(dataDir, FILE);
  await mkdir(dataDir, { recursive: true });
  // Written only if it is not there: of two servers that start at once, both use the first one's.
  await writeFile(path, fresh(), { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  });
  return (await readFile(path, 'utf8')).trim();
}

export const DEVELOPMENT_ORGANIZER = derivedId(NIL_ID, 'development organizer');

export type TokenClaims = {
  readonly owner: string;
  readonly platform: 'web' | 'ios_app';
  readonly deviceId?: string;
  readonly scope?: string;
  /** Epoch ms. */
  readonly expiresAt: number;
};

const TOKEN_DAYS = 365;

/** What `npm start` and `npm run token` print: of the development organizer unless somebody else is named. */
export const developmentToken = (
  secret: string,
  of: {
    readonly platform: TokenClaims['platform'];
    readonly owner?: string | undefined;
    readonly deviceId?: string | undefined;
    /** Epoch ms. */
    readonly at: number;
  },
): Promise<string> =>
  signToken(secret, {
    owner: of.owner ?? DEVELOPMENT_ORGANIZER,
    platform: of.platform,
    // Without a device `POST /v1/sessions` could not join the session that lives there.
    deviceId: of.deviceId ?? `development-${of.platform}`,
    scope: 'behavior:read behavior:read_all',
    expiresAt: of.at + TOKEN_DAYS * 86_400_000,
  });

/** A token as an identity provider would give it. */
export function signToken(secret: string, claims: TokenClaims): Promise<string> {
  const { owner, platform, deviceId, scope, expiresAt } = claims;
  return new SignJWT({ platform, ...(deviceId && { did: deviceId }), ...(scope && { scope }) })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(owner)
    .setExpirationTime(Math.floor(expiresAt / 1000))
    .sign(new TextEncoder().encode(secret));
}
