import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { sentinels } from '../../src/sms/local-carrier/sentinels.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { testServer, tokenOf } from '../support/server.ts';
import { playConversation } from './conversation.ts';
import { delaysTable, durationOf } from './delays.ts';
import { frontendLines, playFrontend } from './frontend.ts';
import { partOf, readReadme } from './readme.ts';

const MEND = 'README.md differs from what runs: npm run readme mends it.';

let readme: string;
beforeAll(async () => {
  readme = await readReadme();
});

describe("the README's conversation", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());

  test('is what a server says and logs', async () => {
    expect(partOf(readme, 'conversation'), MEND).toBe(await playConversation(database));
  });
});

describe("the README's chat frontend", () => {
  test('is ten lines that compile', async () => {
    expect(partOf(readme, 'frontend'), MEND).toBe(await frontendLines());
    expect((await frontendLines()).split('\n')).toHaveLength(10);
  });

  test('does what it says', async () => {
    const database = await testDatabase();
    const server = await testServer(database);
    try {
      const shown: unknown[] = [];
      const ending = new AbortController();
      await playFrontend({
        ...{ url: server.url, jwt: await tokenOf(), signal: ending.signal },
        show: (one) => {
          shown.push(one);
          if (shown.length === 4) ending.abort();
        },
      });
      expect(shown).toMatchObject([
        { id: 'ask_name' },
        { id: 'ask_people' },
        { kind: 'flow', flow: { step: 'add_contacts' } },
        { kind: 'ready' },
      ]);
    } finally {
      await server.stop();
      await database.drop();
    }
  });
});

describe('the README', () => {
  test('shows what it is, the conversation, both commands and how it works in its first forty lines', () => {
    const first = readme.split('\n').slice(0, 40).join('\n');
    for (const told of [
      partOf(readme, 'conversation'),
      'npm ci && npm run demo',
      'npm ci && npm test',
      'src/engine ──► src/store',
      '(docs/architecture.md)',
    ]) {
      expect(first).toContain(told);
    }
  });

  test('has every delay of every chart in its table, as long as it is', () => {
    expect(partOf(readme, 'delays'), MEND).toBe(delaysTable());
  });

  test('has every number of the local carrier that has a fate', () => {
    const [, table = ''] = /\| number \| what.*\n((?:\|.*\n)+)/.exec(readme) ?? [];
    const named = [...table.matchAll(/`(\+\d+)`/g)].map(([, number]) => number);
    expect(named.sort()).toEqual([...sentinels.keys()].sort());
  });

  test('has every variable that the configuration reads, and no other', () => {
    const rows = [...readme.matchAll(/^\| `([A-Z][A-Z_]+)` \| (?:`(.*?)`)?/gm)];
    const read: string[] = [];
    const env = new Proxy({}, { get: (_, name) => void read.push(String(name)) });
    const config = readConfig(env);
    expect(rows.map(([, name]) => name).sort()).toEqual(read.sort());

    const { port, host, dataDir, carrierHandlesOptOut, smsPaused, env: kind } = config;
    const { logLevel, profile, stateSnapshots } = config;
    const defaults = rows.flatMap(([, name, value]) =>
      value === undefined ? [] : [[name, value]],
    );
    expect(Object.fromEntries(defaults)).toEqual({
      ...{ PORT: String(port), HOST: host, DATA_DIR: dataDir, LOG_LEVEL: logLevel },
      ...{ CARRIER_HANDLES_OPT_OUT: String(carrierHandlesOptOut), SMS_PAUSED: String(smsPaused) },
      STATE_SNAPSHOTS: String(stateSnapshots),
      ...{ FUNLET_ENV: kind, ORGANIZER_COUNTRY: profile.country },
      ORGANIZER_TIME_ZONE: profile.timeZone,
    });
  });

  test('tells a wait in the largest unit that comes out even', () => {
    expect(
      [500, 5_000, 90_000, 1_800_000, 86_400_000, 604_800_000, 608_400_000].map(durationOf),
    ).toEqual(['500 ms', '5 s', '90 s', '30 min', '24 h', '7 days', '7 days 1 h']);
  });
});
