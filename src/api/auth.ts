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
  /** Epoch ms: what lasts longer than its token ends then. */
  readonly expiresAt: number;
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

/** A token that was found good is not looked at again for so long: a key that is withdrawn works on until then. */
const TRUSTED_MS = 30_000;
const MAX_TRUSTED = 4_096;

type Trusted = { readonly caller: Caller; readonly until: number };

export function createAuthenticator(keys: AuthKeys, now: () => number): Authenticate {
  const verify = verifierOf(keys);
  const trusted = new Map<string, Trusted>();

  /** Never beyond what the token itself says. */
  const trust = (token: string, caller: Caller): void => {
    trusted.delete(token);
    trusted.set(token, { caller, until: Math.min(caller.expiresAt, now() + TRUSTED_MS) });
    const oldest = trusted.keys().next();
    if (trusted.size > MAX_TRUSTED && !oldest.done) trusted.delete(oldest.value);
  };

  return async (token) => {
    const known = trusted.get(token);
    if (known !== undefined && isBetween(now(), known.until - TRUSTED_MS, known.until)) {
      return known.caller;
    }
    try {
      const { payload } = await verify(token, new Date(now()));
      const claims = Claims.safeParse(payload);
      if (!claims.success || claims.data.sub === NIL_ID) return 'rejected';
      const { sub: owner, platform, did, scope = '' } = claims.data;
      const expiresAt = (payload.exp ?? 0) * 1_000;
      const scopes = new Set(scope.split(' '));
      const caller = { owner, platform, deviceId: did ?? null, scopes, expiresAt };
      trust(token, caller);
      return caller;
    } catch (error) {
      return isAboutToken(error) ? 'rejected' : 'unavailable';
    }
  };
}

const isBetween = (at: number, from: number, to: number): boolean => from <= at && at < to;

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
