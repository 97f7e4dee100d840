/*
 * The configuration: the environment, read once and held to a schema. Every mistake is told in one
 * go, as sentences that say what is wrong, where, and what to do. It opens nothing and starts nothing.
 */
import { z } from 'zod';
import { contradictions } from './config-rules.ts';
import {
  areDelays,
  areNumbers,
  areOrigins,
  isContact,
  isOn,
  isPace,
  isTimeZone,
  numbersIn,
  originsOf,
} from './config-values.ts';

export type AuthConfig =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'jwks'; readonly url: string }
  /** Made at the first start and kept in `dataDir`, so that tokens survive a restart. */
  | { readonly kind: 'development' };

export type TwilioConfig = {
  readonly accountSid: string;
  /** The one that is in use, and while it is being changed the other; the first signs our requests. */
  readonly authTokens: readonly [string, ...string[]];
  readonly sender:
    | { readonly messagingServiceSid: string }
    /** A phone keeps the one that it was first written from. */
    | { readonly numbers: readonly [string, ...string[]] };
  /** Another base URL, for look-alikes; absent: Twilio's. */
  readonly apiUrl?: string;
};

export type Config = {
  readonly env: 'development' | 'staging' | 'production';
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** Absent: an embedded PostgreSQL under `dataDir`. */
  readonly databaseUrl?: string;
  /** Absent: the log is in the same database. */
  readonly behaviorDatabaseUrl?: string;
  /** Our own address as Twilio sees it; absent: where the server listens. */
  readonly publicUrl?: string;
  /** Absent: the local carrier runs in this process. */
  readonly twilio?: TwilioConfig;
  /** STOP, START and HELP are confirmed by the carrier, as Twilio does unless told otherwise. */
  readonly carrierHandlesOptOut: boolean;
  /** Whom HELP names, where we answer it. */
  readonly helpContact?: string;
  readonly smsPaused: boolean;
  /** Segments a second that each number sends; null does not pace. */
  readonly smsPerSecond: number | null;
  /** Texts that are no answers wait from 21:00 to 8:00 where their reader is. */
  readonly quietHours: boolean;
  /** Errors, and one run in a hundred, leave `state_snapshot` rows. */
  readonly stateSnapshots: boolean;
  readonly auth: AuthConfig;
  readonly corsOrigins: readonly string[];
  /** Delay name → ms, in place of the charts' own. */
  readonly delays: Readonly<Record<string, number>>;
  readonly logLevel: string;
  /** What an organizer has who has not said otherwise. */
  readonly profile: { readonly name: string; readonly country: string; readonly timeZone: string };
};

/** What is wrong with the environment: one sentence each. */
export class ConfigProblems extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The configuration cannot be used:\n- ${problems.join('\n- ')}`);
    this.problems = problems;
  }
}

const url = (schemes: RegExp, like: string) =>
  z.string().refine((text) => schemes.test(text) && URL.canParse(text), `must be like ${like}`);
const httpUrl = url(/^https?:\/\//, 'https://funlet.example');
const postgresUrl = url(/^postgres(ql)?:\/\//, 'postgres://user:password@host:5432/database');
const flag = z.enum(['true', 'false', '1', '0'], { error: "must be 'true' or 'false'" });
const sid = (prefix: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}[0-9a-f]{32}$`, 'i'), `must be ${prefix} and 32 hex digits`);

const variables = {
  PORT: z
    .string()
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) < 65_536, 'must be 0 to 65535'),
  HOST: z.string(),
  DATA_DIR: z.string(),
  DATABASE_URL: postgresUrl,
  BEHAVIOR_DATABASE_URL: postgresUrl,
  PUBLIC_URL: httpUrl,
  TWILIO_ACCOUNT_SID: sid('AC'),
  TWILIO_AUTH_TOKEN: z
    .string()
    .regex(/^[^\s,]+(,[^\s,]+)?$/, 'must be one token, or two with a comma between'),
  TWILIO_MESSAGING_SERVICE_SID: sid('MG'),
  TWILIO_FROM: z
    .string()
    .refine(areNumbers, 'must be a phone number like +14155550100, or several with commas between'),
  TWILIO_API_URL: httpUrl,
  CARRIER_HANDLES_OPT_OUT: flag,
  HELP_CONTACT: z
    .string()
    .refine(
      isContact,
      'must be an e-mail address, phone number or URL of at most 60 plain characters (no spaces but in a number, no ~ ^ | or brackets)',
    ),
  SMS_PAUSED: flag,
  SMS_PER_SECOND: z
    .string()
    .refine(isPace, 'must be a number of segments a second like 1 or 3.75, at least 0.01'),
  QUIET_HOURS: flag,
  STATE_SNAPSHOTS: flag,
  AUTH_SECRET: z
    .string()
    .refine((text) => Buffer.byteLength(text) >= 32, 'must be at least 32 bytes long'),
  AUTH_JWKS_URL: httpUrl,
  CORS_ORIGINS: z
    .string()
    .refine(areOrigins, 'must be origins like https://app.example, with commas between'),
  FUNLET_ENV: z.enum(['development', 'staging', 'production'], {
    error: "must be 'development', 'staging' or 'production'",
  }),
  DELAYS: z
    .string()
    .refine(areDelays, 'must be JSON like {"idle":2000}: delay names with whole ms'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
    error: "must be 'trace', 'debug', 'info', 'warn', 'error', 'fatal' or 'silent'",
  }),
  ORGANIZER_COUNTRY: z.string().regex(/^[A-Z]{2}$/, "must be two letters like 'US'"),
  ORGANIZER_TIME_ZONE: z.string().refine(isTimeZone, "must be a zone like 'Europe/Berlin'"),
} as const;

type Environment = Readonly<Record<string, string | undefined>>;
type Name = keyof typeof variables;
type Read = Readonly<Partial<Record<Name, string>>>;

/**
 * Reads the environment. Throws `ConfigProblems` with everything that is wrong with it; `delayProblem` says
 * what is wrong with the names of delays, which only the charts know.
 */
export function readConfig(
  env: Environment = process.env,
  delayProblem: (delays: Config['delays']) => string | undefined = () => undefined,
): Config {
  const given = readVariables(env);
  const { DELAYS: delays = '{}' } = given.read;
  const unknown = areDelays(delays) ? delayProblem(delaysOf(delays)) : undefined;
  const problems = [
    ...given.problems,
    ...(unknown === undefined ? [] : [unknown]),
    ...contradictions(given.read),
  ];
  if (problems.length > 0) throw new ConfigProblems(problems);
  return configOf(given.read);
}

const delaysOf = (text: string) => JSON.parse(text) as Record<string, number>;

/** What a command asks that is not for production, before it minds anything else. */
export const isProduction = ({ FUNLET_ENV: name }: Environment = process.env): boolean =>
  name?.trim() === 'production';

function readVariables(env: Environment) {
  const read: Partial<Record<Name, string>> = {};
  const problems: string[] = [];
  for (const name of Object.keys(variables) as Name[]) {
    // An empty value is how shells and compose files say that a variable is unset.
    const text = env[name]?.trim();
    if (text === undefined || text === '') continue;
    // Kept also where it is wrong, so that one mistake is not told as two.
    read[name] = text;
    const checked = variables[name].safeParse(text);
    if (!checked.success) {
      problems.push(`${name} ${checked.error.issues[0]?.message ?? 'is not valid'}.`);
    }
  }
  return { read, problems };
}

function configOf(read: Read): Config {
  const twilio = twilioOf(read);
  return {
    env: (read.FUNLET_ENV ?? 'development') as Config['env'],
    host: read.HOST ?? '127.0.0.1',
    port: Number(read.PORT ?? 3000),
    dataDir: read.DATA_DIR ?? '.data',
    ...(read.DATABASE_URL && { databaseUrl: read.DATABASE_URL }),
    ...(read.BEHAVIOR_DATABASE_URL && { behaviorDatabaseUrl: read.BEHAVIOR_DATABASE_URL }),
    ...(read.PUBLIC_URL && { publicUrl: read.PUBLIC_URL.replace(/\/+$/, '') }),
    ...(twilio && { twilio }),
    carrierHandlesOptOut: isOn(read.CARRIER_HANDLES_OPT_OUT ?? 'true'),
    ...(read.HELP_CONTACT && { helpContact: read.HELP_CONTACT }),
    smsPaused: isOn(read.SMS_PAUSED),
    smsPerSecond: perSecondOf(read, twilio),
    // Look-alikes wake nobody.
    quietHours: isOn(read.QUIET_HOURS ?? String(twilio !== undefined && !twilio.apiUrl)),
    stateSnapshots: isOn(read.STATE_SNAPSHOTS ?? 'true'),
    auth: authOf(read),
    corsOrigins: originsOf(read.CORS_ORIGINS ?? ''),
    delays: delaysOf(read.DELAYS ?? '{}'),
    logLevel: read.LOG_LEVEL ?? 'info',
    profile: {
      name: '',
      country: read.ORGANIZER_COUNTRY ?? 'US',
      timeZone: read.ORGANIZER_TIME_ZONE ?? 'America/New_York',
    },
  };
}

function twilioOf(read: Read): TwilioConfig | undefined {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: tokens } = read;
  if (accountSid === undefined || tokens === undefined) return undefined;
  const [first = tokens, ...others] = tokens.split(',');
  const { TWILIO_MESSAGING_SERVICE_SID: messagingServiceSid, TWILIO_FROM: from = '' } = read;
  return {
    accountSid,
    authTokens: [first, ...others],
    sender:
      messagingServiceSid === undefined ? { numbers: numbersIn(from) } : { messagingServiceSid },
    ...(read.TWILIO_API_URL && { apiUrl: read.TWILIO_API_URL }),
  };
}

/** A number of Twilio's that nobody has registered may send 1; look-alikes have no carriers behind them. */
const perSecondOf = ({ SMS_PER_SECOND: given }: Read, twilio?: TwilioConfig): number | null =>
  given === undefined ? (twilio && !twilio.apiUrl ? 1 : null) : Number(given);

function authOf({ AUTH_SECRET: secret, AUTH_JWKS_URL: jwksUrl }: Read): AuthConfig {
  if (secret !== undefined) return { kind: 'secret', secret };
  return jwksUrl === undefined ? { kind: 'development' } : { kind: 'jwks', url: jwksUrl };
}
