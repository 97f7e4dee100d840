/*
 * Where a case of the contract is played: the whole server in this process over a database of its own,
 * real HTTP, the real Twilio client against the local carrier, signed webhooks back. Cases of one file share
 * it; each has organizers and phones of its own, so that its rows are its own. Nothing sleeps.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, type TestContext } from 'vitest';
import { charts } from '../../machines/index.ts';
import { judgeInvariants } from '../../src/behavior/reports/invariants.ts';
import type { LogRow } from '../../src/behavior/row.ts';
import { catalogueOfCharts } from '../../src/compose/engine.ts';
import type { ComposeDeps } from '../../src/main.ts';
import type { LocalCarrier } from '../../src/sms/local-carrier/local-carrier.ts';
import { checkCompleteness } from '../../src/store/completeness.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { loggedRows } from '../support/engine.ts';
import { type TestServer, testServer } from '../support/server.ts';
import { onSheet } from '../support/sheet.ts';
import { createOrganizer, type Organizer } from './organizer.ts';
import { isCompared, type Judged, judge } from './verdict.ts';

export type Town = {
  readonly server: () => TestServer;
  readonly sql: () => TestDatabase['sql'];
  readonly carrier: () => LocalCarrier;
  readonly organizer: (platform?: 'web' | 'ios_app') => Promise<Organizer>;
  /** A phone that nobody has had. */
  readonly phone: () => string;
  /** The invitee writes; resolves when the webhook has answered. */
  readonly texts: (phone: string, body: string) => Promise<void>;
  /** Waits for a row, and gives it. */
  readonly row: (is: (row: LogRow) => boolean) => Promise<LogRow>;
  readonly rows: () => Promise<readonly LogRow[]>;
  /** Waits until it is so. */
  readonly when: (isSo: () => Promise<boolean>) => Promise<void>;
  /** Ends the server and starts another on the same database. */
  readonly restart: (whileDown?: () => Promise<void>) => Promise<void>;
  /** Waits until the log holds what is expected and nothing is under way; puts the case on the sheet. */
  readonly expects: (ctx: TestContext, expected: Expected) => Promise<void>;
  /** Every invariant of the contract over all that was logged here, and that nothing is missing. */
  readonly holds: () => Promise<void>;
};

export type Expected = {
  /** The chart that the case is about. */
  readonly machine: string;
  /** In the contract's notation. */
  readonly logged: string;
  /** Which rows of the log are the case's. */
  readonly of: (row: LogRow) => boolean;
  readonly never?: readonly string[];
};

const PATIENCE_MS = 8_000;
const LOOK_EVERY_MS = 20;

/** Call it where the cases are described. `delays` by the charts' names, in ms; `deps` of the composition. */
export function openTown(
  delays: Readonly<Record<string, number>> = {},
  deps: Partial<ComposeDeps> = {},
): Town {
  const catalogue = catalogueOfCharts();
  let database: TestDatabase;
  let server: TestServer;
  let phones = 0;
  const start = () =>
    testServer(database, {
      env: { DELAYS: JSON.stringify(delays), STATE_SNAPSHOTS: 'true' },
      deps,
    });
  beforeAll(async () => {
    database = await testDatabase();
    server = await start();
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  afterEach((ctx) => {
    const { task } = ctx;
    if (!CASE_ID.test(caseOf(ctx)) || task.meta.sheet !== undefined) return;
    const unknown = { machine_version: '', platform: '', expected: '' };
    const logged = 'It was not played to its end: see the test.';
    onSheet(ctx, { case: caseOf(ctx), ...unknown, logged, verdict: 'missing' });
  });

  const rows = () => loggedRows(database.sql);
  const judged = async ({ logged, of, never = [] }: Expected): Promise<Judged> => {
    const all = await rows();
    const refused = await quarantinedRows(database);
    const given = { expected: logged, never, rows: all.filter(of), all: [...all, ...refused] };
    return judge({ ...given, catalogue });
  };
  const town: Town = {
    server: () => server,
    sql: () => database.sql,
    carrier: () => carrierOf(server),
    organizer: async (platform = 'web') =>
      createOrganizer(server, { owner: randomUUID(), platform, deviceId: randomUUID() }),
    phone: () => {
      phones += 1;
      return `+1206234${String(phones).padStart(4, '0')}`;
    },
    texts: async (from, body) => {
      const { answers } = await carrierOf(server).inbound({ from, body });
      expect(answers.map(({ status }) => status)).toEqual([200]);
    },
    rows,
    when: async (isSo) => {
      await waitFor(isSo, Boolean);
    },
    row: async (is) => {
      const found = await waitFor(rows, (seen) => seen.some(is));
      return found.find(is) ?? Promise.reject(new Error('It was there a moment ago.'));
    },
    restart: async (whileDown = async () => undefined) => {
      await server.stop();
      await whileDown();
      server = await start();
    },
    expects: async (ctx, expected) => {
      const isSettled = async () =>
        (await isQuiet(database)) && (await judged(expected)).verdict === 'exact';
      const quiet = await waitFor(isSettled, Boolean).catch(() => isQuiet(database));
      const { verdict, logged, detail } = await judged(expected);
      const shown = (await rows()).filter(expected.of).filter(isCompared);
      const platforms = shown.map(({ platform }) => platform);
      onSheet(ctx, {
        case: caseOf(ctx),
        machine_version: `${expected.machine}@${versionOf(expected.machine)}`,
        platform: [...new Set(platforms)].sort().join(', '),
        expected: expected.logged,
        ...{ logged, verdict },
      });
      expect({ verdict, detail, quiet }, logged).toEqual({
        ...{ verdict: 'exact', detail: [], quiet: true },
      });
    },
    holds: async () => {
      await waitFor(() => isQuiet(database), Boolean);
      const logged = await rows();
      const whole = [...logged, ...(await quarantinedRows(database))];
      const sids = await sidsOf(database);
      const of = { catalogue, sids, endedBy: 0 };
      const verdicts = [
        ...judgeInvariants({ ...of, rows: logged }).filter(({ id }) => id !== '20'),
        ...judgeInvariants({ ...of, rows: whole }).filter(({ id }) => id === '20'),
      ];
      expect(verdicts.filter(({ broken }) => broken.length > 0)).toEqual([]);
      expect(verdicts.length).toBeGreaterThan(10);
      const { gaps, waiting } = await checkCompleteness({ app: database.sql, log: database.sql });
      expect({ gaps, waiting }).toEqual({ gaps: [], waiting: 0 });
    },
  };
  return town;
}

const carrierOf = ({ house }: TestServer): LocalCarrier => {
  if (house.localCarrier === null) throw new Error('This server has no local carrier.');
  return house.localCarrier.carrier;
};

const CASE_ID = /^[A-Z]+-\d+$/;

/** A test of a case bears its id first. */
const caseOf = ({ task }: TestContext): string => task.name.split(' ', 1)[0] ?? '';

const versionOf = (id: string): string =>
  String(charts.findLast(({ machine }) => machine.id === id)?.machine.version);

export async function waitFor<T>(
  look: () => Promise<T>,
  isSo: (seen: T) => boolean,
  withinMs = PATIENCE_MS,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (isSo(seen)) return seen;
    if (Date.now() > deadline) throw new Error('What this test waits for never came true.');
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** No send, start or call is under way, and everything that was said is in the log. */
async function isQuiet({ sql }: TestDatabase): Promise<boolean> {
  const [found] = await sql<{ quiet: boolean }[]>`
    select not exists (select from jobs) and not exists (select from log_outbox) as quiet`;
  return found?.quiet === true;
}

async function quarantinedRows({ sql }: TestDatabase): Promise<readonly LogRow[]> {
  const found = await sql<{ row: LogRow }[]>`select "row" from log_quarantine`;
  return found.map(({ row }) => row);
}

async function sidsOf({ sql }: TestDatabase): Promise<readonly string[]> {
  const found = await sql<{ sid: string }[]>`select sid from messages where sid is not null`;
  return found.map(({ sid }) => sid);
}
