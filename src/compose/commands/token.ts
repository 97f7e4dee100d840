/*
 * `token`: a token like that of `npm start`, of the platform, organizer and device that are named, for
 * servers whose secret is at hand. In production tokens come from the identity provider alone.
 */
import { type Config, ConfigProblems } from '../../config.ts';
import { developmentSecret, developmentToken, type TokenClaims } from '../development-secret.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MAX_DEVICE = 200;

export type TokenFlags = {
  readonly platform: TokenClaims['platform'];
  readonly organizer?: string;
  readonly device?: string;
};

export type TokenDeps = {
  readonly now: () => number;
  /** A fresh secret; kept where there is none yet, so that a token may be made before the first start. */
  readonly secret: () => string;
  readonly print: (line: string) => void;
};

/** Said before the rest of the configuration is looked at, which is no matter of this command. */
export function refuseProduction(isProduction: boolean): void {
  if (!isProduction) return;
  throw new ConfigProblems([
    'FUNLET_ENV=production takes tokens from your identity provider: this command makes them for development only.',
  ]);
}

/** Prints the token and nothing else. Rejects with `ConfigProblems` where none can be made. */
export async function printToken(
  { auth, dataDir }: Pick<Config, 'auth' | 'dataDir'>,
  { platform, organizer: owner, device: deviceId }: TokenFlags,
  deps: TokenDeps,
): Promise<void> {
  const problems = [
    auth.kind === 'jwks' &&
      'AUTH_JWKS_URL checks tokens with keys that this command does not have: take a token from your identity provider, or unset it.',
    owner !== undefined && !UUID.test(owner) && '--organizer must be a uuid.',
    deviceId !== undefined &&
      (deviceId === '' || deviceId.length > MAX_DEVICE) &&
      `--device must be 1 to ${MAX_DEVICE} characters.`,
  ].filter((problem) => problem !== false);
  if (problems.length > 0) throw new ConfigProblems(problems);
  const secret =
    auth.kind === 'secret' ? auth.secret : await developmentSecret(dataDir, deps.secret);
  deps.print(await developmentToken(secret, { platform, owner, deviceId, at: deps.now() }));
}
