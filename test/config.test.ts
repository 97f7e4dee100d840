import { describe, expect, test } from 'vitest';
import { delayProblemOfCharts } from '../src/compose/charts.ts';
import { ConfigProblems, readConfig } from '../src/config.ts';

const ACCOUNT = `AC${'0'.repeat(32)}`;
const twilio = {
  TWILIO_ACCOUNT_SID: ACCOUNT,
  TWILIO_AUTH_TOKEN: 'token',
  TWILIO_FROM: '+14155550100',
  PUBLIC_URL: 'https://funlet.example/',
};
const secret = { AUTH_SECRET: 'x'.repeat(32) };

/** The sentences with which an environment is refused. */
function problemsOf(env: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigProblems) return error.problems;
    throw error;
  }
}

test('an empty environment gives a development server on 127.0.0.1:3000 with all of its own', () => {
  const config = readConfig({ DATABASE_URL: '', PORT: ' ' });
  expect(config).toMatchObject({
    ...{ env: 'development', host: '127.0.0.1', port: 3000, dataDir: '.data' },
    ...{ auth: { kind: 'development' }, delays: {}, corsOrigins: [], smsPaused: false },
    quietHours: false,
  });
  expect(config.databaseUrl).toBeUndefined();
  expect(config.twilio).toBeUndefined();
});

test('everything that is set is read', () => {
  const config = readConfig({
    ...twilio,
    ...{ TWILIO_AUTH_TOKEN: 'new,old', TWILIO_API_URL: 'http://127.0.0.1:4010' },
    ...{ AUTH_JWKS_URL: 'https://id.example/keys', SMS_PAUSED: 'true', LOG_LEVEL: 'warn' },
    ...{ DELAYS: '{"idle":2000}', CORS_ORIGINS: 'https://a.example, http://localhost:5173' },
    ...{
      PORT: '0',
      HELP_CONTACT: 'help@funlet.example',
      ORGANIZER_COUNTRY: 'DE',
      ORGANIZER_TIME_ZONE: 'Europe/Berlin',
    },
    ...{ DATABASE_URL: 'postgres://u:p@h/d', FUNLET_ENV: 'staging' },
  });
  expect(config).toMatchObject({
    helpContact: 'help@funlet.example',
    ...{ port: 0, smsPaused: true, logLevel: 'warn', env: 'staging' },
    ...{ publicUrl: 'https://funlet.example', delays: { idle: 2000 } },
    corsOrigins: ['https://a.example', 'http://localhost:5173'],
    auth: { kind: 'jwks', url: 'https://id.example/keys' },
    twilio: { authTokens: ['new', 'old'], sender: { numbers: ['+14155550100'] } },
    profile: { country: 'DE', timeZone: 'Europe/Berlin' },
  });
});

test('every mistake is told at once, each once, and no value is repeated', () => {
  const problems = problemsOf({
    ...{ PORT: '99999', DATABASE_URL: 'mysql://secret', AUTH_SECRET: 'short-secret' },
    ...{ DELAYS: '{"idle":"soon"}', CORS_ORIGINS: 'https://a.example/path', FUNLET_ENV: 'prod' },
    ...{ LOG_LEVEL: 'loud', SMS_PAUSED: 'maybe', TWILIO_ACCOUNT_SID: 'AC1' },
    ...{ ORGANIZER_TIME_ZONE: 'Mars/Olympus', ORGANIZER_COUNTRY: 'usa' },
  });
  const names = problems.map((problem) => problem.split(' ')[0]);
  expect(names).toEqual([
    ...['PORT', 'DATABASE_URL', 'TWILIO_ACCOUNT_SID', 'SMS_PAUSED', 'AUTH_SECRET', 'CORS_ORIGINS'],
    ...['FUNLET_ENV', 'DELAYS', 'LOG_LEVEL', 'ORGANIZER_COUNTRY', 'ORGANIZER_TIME_ZONE'],
    ...['Twilio', 'Twilio', 'Twilio'],
  ]);
  for (const problem of problems) expect(problem).toMatch(/ (must|set|needs).*\.$/);
  expect(problems.join()).not.toMatch(/short-secret|mysql|Olympus/);
});

test('a delay that no chart has is told with the names there are, beside every other mistake', () => {
  const read = () => readConfig({ PORT: 'x', DELAYS: '{"firstreply":1}' }, delayProblemOfCharts);
  expect(read).toThrow(/PORT must .*\n- DELAYS names firstreply, .*: the delays are .*firstReply/);
  expect(() => readConfig({ DELAYS: '{"firstReply":1}' }, delayProblemOfCharts)).not.toThrow();
});

describe('production is refused', () => {
  const production = { ...twilio, ...secret, FUNLET_ENV: 'production' };

  test('without Twilio, without authentication, with shortened delays: each with what to set', () => {
    expect(problemsOf({ FUNLET_ENV: 'production', DELAYS: '{"idle":1}' })).toEqual([
      expect.stringMatching(/local carrier.*set TWILIO_ACCOUNT_SID/),
      expect.stringMatching(/development secret.*set AUTH_SECRET or AUTH_JWKS_URL/),
      expect.stringMatching(/unset DELAYS/),
    ]);
  });

  test('and taken with all of it', () => {
    expect(problemsOf(production)).toEqual([]);
  });

  test('while a staging server may shorten its delays', () => {
    expect(problemsOf({ ...production, FUNLET_ENV: 'staging', DELAYS: '{"idle":1}' })).toEqual([]);
  });
});

describe('Twilio in part is refused', () => {
  test.each([
    ['without a token', { ...twilio, TWILIO_AUTH_TOKEN: '' }],
    ['with a pool of which one is no number', { ...twilio, TWILIO_FROM: '+14155550100,415' }],
    ['without a sender', { ...twilio, TWILIO_FROM: '' }],
    ['with two senders', { ...twilio, TWILIO_MESSAGING_SERVICE_SID: `MG${'0'.repeat(32)}` }],
    ['without an address to be reached at', { ...twilio, PUBLIC_URL: '' }],
  ])('%s', (_, env) => {
    expect(problemsOf(env)).toHaveLength(1);
  });

  test('but a look-alike at TWILIO_API_URL needs no public address', () => {
    const env = { ...twilio, PUBLIC_URL: '', TWILIO_API_URL: 'http://127.0.0.1:4010' };
    expect(problemsOf(env)).toEqual([]);
  });
});

test('several numbers are a pool, each once', () => {
  const { twilio: read } = readConfig({
    ...twilio,
    TWILIO_FROM: '+14155550100, +14155550101,+14155550100',
  });
  expect(read?.sender).toEqual({ numbers: ['+14155550100', '+14155550101'] });
});

test('texts are paced at Twilio, and not at a look-alike unless it is said', () => {
  const at = (env: object) => readConfig({ ...twilio, ...env }).smsPerSecond;
  expect(at({})).toBe(1);
  expect(at({ SMS_PER_SECOND: '3.75' })).toBe(3.75);
  expect(at({ TWILIO_API_URL: 'http://127.0.0.1:4010' })).toBeNull();
  for (const wrong of ['0', '-1', 'fast', '1e3']) {
    expect(problemsOf({ ...twilio, SMS_PER_SECOND: wrong })).toHaveLength(1);
  }
});

describe('a contact for HELP', () => {
  test.each([
    ...['help@funlet.example', 'https://funlet.example/help?a=1_2', 'funlet.example'],
    ...['+14155550100', '(415) 555-0100', '+1 415 555 0100', `${'a'.repeat(52)}.example`],
  ])('may be %j', (contact) => {
    expect(readConfig({ HELP_CONTACT: contact }).helpContact).toBe(contact);
  });

  test.each([
    ...['call me', 'hélp@funlet.example', 'help @funlet.example', 'https://funlet.example/~help'],
    ...['[help@funlet.example]', `${'a'.repeat(53)}.example`, 'a.b\nc.d'],
  ])('is refused as %j, and says what it may be', (contact) => {
    expect(problemsOf({ HELP_CONTACT: contact })).toEqual([
      expect.stringMatching(/^HELP_CONTACT must be an e-mail address.*at most 60.*\.$/),
    ]);
  });

  test('is none unless it is said', () => {
    expect(readConfig({}).helpContact).toBeUndefined();
  });
});

test('two ways of checking tokens are one too many', () => {
  expect(problemsOf({ ...secret, AUTH_JWKS_URL: 'https://id.example/keys' })).toHaveLength(1);
});
