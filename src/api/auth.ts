/*
 * Who calls: a bearer JWT, checked with `jose` against a secret or a key set. It knows organizers by
 * their id only and looks nothing up.
 */
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { NIL_ID } from '../behavior/derived-id.ts';

export type Scope = 'behavior:read' | 'behavior:read_all';

export type Caller = {
  /** The organizer's id. */
  readonly owner: string;
  readonly platform: 'web' | 'ios_app';
  readonly deviceId: string | null;
  readonly scopes: ReadonlySet<string>;
};

/** `unavailable`: nobody can say now, because the key set cannot be fetched. */
export type Authenticate = (token: string) => Promise<Caller | 'rejected' | 'unavailable'>;

export type AuthKeys = { readonly secret: string } | { readonly jwksUrl: string };

const Claims = z.object({
  sub: z.uuid().toLowerCase(),
  platform: z.enum(['web', 'ios_app']),
  did: z.string().min(1).max(200).optional(),
  scope: z.string().max(1_000).optional(),
});

const CLOCK_TOLERANCE_S = 5;
const PUBLIC_KEY_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA', 'Ed25519'];

export function createAuthenticator(keys: AuthKeys, now: () => number): Authenticate {
  const verify = verifierOf(keys);
  return async (token) => {
    try {
      const { payload } = await verify(token, new Date(now()));
      const claims = Claims.safeParse(payload);
      if (!claims.success || claims.data.sub === NIL_ID) return 'rejected';
      const { sub: owner, platform, did, scope = '' } = claims.data;
      return { owner, platform, deviceId: did ?? null, scopes: new Set(scope.split(' ')) };
    } catch (error) {
      return isAboutToken(error) ? 'rejected' : 'unavailable';
    }
  };
}

function verifierOf(keys: AuthKeys) {
  const options = { requiredClaims: ['sub', 'exp'], clockTolerance: CLOCK_TOLERANCE_S };
  if ('secret' in keys) {
    const secret = new TextEncoder().encode(keys.secret);
    return (token: string, currentDate: Date) =>
      jwtVerify(token, secret, { ...options, algorithms: ['HS256'], currentDate });
  }
  const keySet = createRemoteJWKSet(new URL(keys.jwksUrl), { timeoutDuration: 3_000 });
  return (token: string, currentDate: Date) =>
    jwtVerify(token, keySet, { ...options, algorithms: PUBLIC_KEY_ALGORITHMS, currentDate });
}

/** The plain JOSEError is that of a key set that cannot be read. */
const isAboutToken = (error: unknown): boolean =>
  error instanceof errors.JOSEError &&
  !(error instanceof errors.JWKSTimeout) &&
  !(error instanceof errors.JWKSInvalid) &&
  error.code !== 'ERR_JOSE_GENERIC';
