/* The commands, each against a database in which a server has worked. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { program } from '../src/cli.ts';
import { checkLog } from '../src/compose/commands/complete.ts';
import type { CommandDeps } from '../src/compose/commands/deps.ts';
import { endByHand, retryByHand, showInstance } from '../src/compose/commands/instance.ts';
import { printLog } from '../src/compose/commands/logs.ts';
import { listQuarantine, replayQuarantine } from '../src/compose/commands/quarantine.ts';
import { readReplies } from '../src/compose/commands/replies.ts';
import { scoreFile } from '../src/compose/commands/score.ts';
import { snapshotByHand } from '../src/compose/commands/snapshot.ts';
import { openPools, type Pools } from '../src/compose/database.ts';
import { gapOf } from '../src/store/completeness.ts';
import { runCli } from './support/child.ts';
import { type TestDatabase, testDatabase } from './support/database.ts';
import { until } from './support/engine.ts';
import { type Client, type TestServer, testServer } from './support/server.ts';

let database: TestDatabase;
let server: TestServer;
let client: Client;
let pools: Pools;
let flow: string;
let lines: string[];
let ending: AbortController;
let deps: CommandDeps;

const cancelled = { body: { type: 'organizer.cancelled' } };
const named = { body: { type: 'organizer.named_crew', name: 'Night Owls' } };

beforeAll(async () => {
  database = await testDatabase();
  server = await testServer(database);
  client = await server.client();
  pools = openPools({ url: database.url, behaviorUrl: database.url });
  flow = (await client.post('/v1/machines/crew-creation')).body.id;
  await client.post(`/v1/instances/${flow}/events`, named);
  await client.post(`/v1/instances/${flow}/events`, cancelled);
  await settled();
});
afterAll(async () => {
  await pools?.end();
  await server?.stop();
  await database?.drop();
});
beforeEach(() => {
  lines = [];
  ending = new AbortController();
  deps = {
    ...{ pools, now: Date.now, id: randomUUID, version: '0.1.0', signal: ending.signal },
    print: (line) => void lines.push(line),
  };
});

/** Waits until the projector has moved everything. */
const settled = () =>
  until(
    async () => (await database.sql`select from log_outbox`).length,
    (rows) => rows === 0,
  );

const rowsOfFlow = () => database.sql<{ id: string }[]>`
  select id from behavior_logs where metadata ->> 'flow_run_id' = ${flow} order by id`;

describe('complete', () => {
  test('says that the log is complete when every entry is there once', async () => {
    expect(await checkLog(deps)).toBe(0);
    expect(lines[0]).toMatch(/^The log is complete: \d+ entries of 2 instances, 0 of them on/);
  });

  test('counts what still waits in the outbox as not missing', async () => {
    await database.sql.begin(async (tx) => {
      await tx`lock table behavior_logs in share row exclusive mode`;
      const { id } = (await client.post('/v1/machines/crew-creation')).body;
      await client.post(`/v1/instances/${id}/events`, cancelled);
      expect(await checkLog(deps)).toBe(0);
      expect(lines[0]).toMatch(/complete: .*, 3 of them on their way/);
    });
    await settled();
    expect(await checkLog(deps)).toBe(0);
  });

  test('names the instance and the place of a row that is missing', async () => {
    const [, second] = await rowsOfFlow();
    await database.sql`
      with lost as (delete from behavior_logs where id = ${second?.id ?? ''} returning *)
      insert into log_quarantine (id, at, reason, "row", replayed_at)
      select id, "timestamp", 'kept by the test', to_jsonb(lost), "timestamp" from lost`;
    expect(await checkLog(deps)).toBe(1);
    expect(lines.join('\n')).toMatch(
      new RegExp(
        `NOT complete: 1 of .*\ncrew-creation ${flow} made 4 entries and has 3 rows; missing: 1\\.`,
      ),
    );
    // A row that was set aside and not put back is accounted for.
    await database.sql`update log_quarantine set replayed_at = null`;
    expect(await checkLog(deps)).toBe(0);
  });

  test('finds a row that is there twice', async () => {
    const [first] = await rowsOfFlow();
    const twin = `${first?.id.slice(0, 15)}fff${first?.id.slice(18)}`;
    await database.sql`
      insert into behavior_logs (id, event_type, "timestamp", organizer_id, session_id, platform, version, metadata)
      select ${twin}, event_type, "timestamp", organizer_id, session_id, platform, version, metadata
      from behavior_logs where id = ${first?.id ?? ''}`;
    expect(await checkLog(deps)).toBe(1);
    expect(lines.join('\n')).toMatch(/made 4 entries and has 5 rows; doubled: 0\./);
    await database.sql`delete from behavior_logs where id = ${twin}`;
  });

  test('goes on counting past 256 entries of one source', () => {
    const source = { id: flow, machine: 'm', entries: 600 };
    const ids = Array.from(
      { length: 600 },
      (_, n) => `x-${(n % 256).toString(16).padStart(2, '0')}`,
    );
    expect(gapOf(source, ids)).toBeUndefined();
    expect(gapOf(source, ids.toSpliced(300, 2))).toMatchObject({ missing: [300, 301] });
    expect(gapOf(source, ids.toSpliced(400, 0, 'x-8f'))).toMatchObject({ repeated: [399] });
    expect(gapOf({ ...source, entries: 601 }, ids)).toMatchObject({ missing: [600] });
  });
});

describe('quarantine', () => {
  test('lists rows with their reason, and replays those that keep the contract now', async () => {
    await database.sql`
      update log_quarantine set "row" = "row" || jsonb_build_object('timestamp', (extract(epoch from at) * 1000)::bigint)`;
    expect(await listQuarantine(deps)).toBe(0);
    expect(lines).toEqual([
      expect.stringMatching(/flow_step: kept by the test$/),
      '1 rows are in quarantine.',
    ]);
    expect(await replayQuarantine(deps)).toBe(0);
    expect(await rowsOfFlow()).toHaveLength(4);
    expect(await listQuarantine(deps)).toBe(0);
    expect(lines.at(-1)).toBe('Nothing is in quarantine.');
    expect(await checkLog(deps)).toBe(0);
  });

  test('keeps what still breaks the contract, and says why without its values', async () => {
    await database.sql`
      insert into log_quarantine (id, at, reason, "row")
      select gen_random_uuid(), now(), 'no such key',
        to_jsonb(b) || jsonb_build_object('timestamp', 1.0, 'metadata', '{"name":"Night Owls"}'::jsonb)
      from behavior_logs b limit 1`;
    expect(await replayQuarantine(deps)).toBe(1);
    expect(lines.join('\n')).toMatch(/stays: metadata/);
    expect(lines.join('\n')).not.toContain('Night Owls');
    await database.sql`delete from log_quarantine where replayed_at is null`;
  });
});

describe('logs', () => {
  const options = { limit: '100' };

  test('prints a line a row, filtered, the last ones', async () => {
    expect(await printLog(deps, { ...options, run: flow })).toBe(0);
    expect(lines.map((line) => line.split(' ')[1])).toEqual([
      ...['flow_started', 'flow_step', 'flow_step', 'drop_off'],
    ]);
    lines.length = 0;
    await printLog(deps, { limit: '1', run: flow, json: true });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event_type: 'drop_off' });
  });

  test('follows rows as they come, until it is told to end', async () => {
    const following = printLog(deps, { ...options, follow: true, type: 'flow_started' });
    const before = await until(
      async () => lines.length,
      (count) => count >= 1,
    );
    await client.post('/v1/machines/crew-creation');
    await until(
      async () => lines.length,
      (count) => count > before,
    );
    ending.abort();
    expect(await following).toBe(0);
  });

  test('refuses a time that is none', async () => {
    expect(await printLog(deps, { ...options, since: 'yesterday' })).toBe(1);
  });
});

describe('instance', () => {
  test('shows where it stands, and nothing of what it remembers', async () => {
    const { id } = (await client.post('/v1/machines/crew-creation')).body;
    await client.post(`/v1/instances/${id}/events`, named);
    expect(await showInstance(deps, id)).toBe(0);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ id, state: 'asking.people', tries: 0 });
    expect(lines[0]).not.toContain('Night Owls');
  });

  test('puts where it stands into the log, in counts', async () => {
    const { id } = (await client.post('/v1/machines/crew-creation')).body;
    await client.post(`/v1/instances/${id}/events`, named);
    expect(await snapshotByHand(deps, id)).toBe(0);
    await settled();
    const rows = await database.sql`
      select metadata, platform from behavior_logs where metadata ->> 'run_id' = ${id}`;
    const said = { machine: 'crew-creation', state: 'asking.people', status: 'active' };
    expect(rows).toMatchObject([
      { platform: 'system', metadata: { ...said, trigger: 'manual', counts: { members: 0 } } },
    ]);
    expect(await snapshotByHand(deps, randomUUID())).toBe(1);
  });

  test('lets a parked one try again, and ends one', async () => {
    const { id } = (await client.post('/v1/machines/crew-creation')).body;
    await database.sql`
      update instances set parked_at = now(), tries = 8, wake_at = null where id = ${id}`;
    expect(await retryByHand(deps, id)).toBe(0);
    const [row] =
      await database.sql`select tries, parked_at, wake_at from instances where id = ${id}`;
    expect(row).toMatchObject({ tries: 0, parked_at: null, wake_at: expect.any(Date) });
    expect(await endByHand(deps, id)).toBe(0);
    const answer = await client.post(`/v1/instances/${id}/events`, named);
    expect(answer.status).toBe(410);
    expect(await endByHand(deps, id)).toBe(1);
  });

  test('says so when there is none', async () => {
    expect(await showInstance(deps, "1' or '1'='1")).toBe(1);
    expect(lines[0]).toMatch(/^There is no open instance/);
  });
});

describe('replies', () => {
  test('reads plain lines and JSON lines', () => {
    readReplies('yes!\n{"text":"1 and 3","ctx":"syncup","options":3}\n\n', deps.print);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { text: 'yes!', ctx: 'event', kind: 'yes' },
      { text: '1 and 3', ctx: 'syncup', kind: 'vote', choices: [1, 3] },
    ]);
  });
});

describe('the score of labelled replies', () => {
  const labelled = {
    ...{ text: 'yes!', label: 'yes', accept: ['yes'], tier: 'direct', source: 'ours' },
    ...{ ctx: 'event', lang: 'en' },
  };
  const scored = async (...content: readonly (object | string)[]) => {
    const folder = await mkdtemp(join(tmpdir(), 'funlet-replies-'));
    const file = join(folder, 'labelled.jsonl');
    const said = content.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
    await writeFile(file, said.join('\n'));
    try {
      return await scoreFile(file, deps.print);
    } finally {
      await rm(folder, { recursive: true });
    }
  };

  test('is a table that ends with the verdict', async () => {
    expect(
      await scored(labelled, '', { ...labelled, text: 'no', label: 'no', accept: ['no'] }),
    ).toBe(true);
    expect(lines.join('\n')).toMatch(/^group .*strict[\s\S]*\nALL +2 +100\.0/);
    expect(lines.at(-1)).toBe('The bar is passed.');
  });

  test('fails where the bar is missed', async () => {
    expect(await scored({ ...labelled, text: 'no' })).toBe(false);
    expect(lines.at(-1)).toMatch(/^The bar is missed: direct strict/);
  });

  test.each([
    ['that is no JSON', [labelled, '{'], /^Line 2 of .* is not JSON\.$/],
    ['without a label', [{ ...labelled, label: undefined }], /^Line 1 of .*'label' invalid input/],
    ['with a label that is none', [{ ...labelled, label: 'vote:[0]' }], /'label' must be yes, no/],
    ['that is a number', [7], /^Line 1 of .* is no labelled reply: invalid input/],
  ])('names the line %s, and what is wrong with it', async (_, content, sentence) => {
    await expect(scored(...(content as object[]))).rejects.toThrow(sentence);
  });

  test('says in a sentence that there is no such file', async () => {
    const missing = await runCli(['replies', 'nowhere.jsonl'], {});
    expect(missing).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^There is no file nowh/),
    });
    expect(missing.err).not.toContain('    at ');
  }, 60_000);
});

describe('the command line itself', () => {
  const run = (...args: readonly string[]) =>
    program(deps.print).parseAsync(args, { from: 'user' });

  test('refuses what it does not know, and tells what there is', async () => {
    await expect(run('logs', '--type', 'nonsense')).rejects.toMatchObject({ exitCode: 1 });
    await expect(run('fly')).rejects.toMatchObject({ code: 'commander.unknownCommand' });
    await expect(run('--help')).rejects.toMatchObject({ exitCode: 0 });
    expect(lines.join('\n')).toMatch(/complete .*quarantine|quarantine[\s\S]*complete/);
  });

  test('reads replies from a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'funlet-replies-'));
    const file = join(folder, 'replies.txt');
    await writeFile(file, 'no thanks\n');
    await run('replies', '--each', file);
    await rm(folder, { recursive: true });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ kind: 'no' });
  });

  test('exits with 1 and a sentence where the configuration is wrong', async () => {
    const wrong = await runCli(['complete'], { DATABASE_URL: 'nowhere' });
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('DATABASE_URL must be') });
    expect(wrong.err).not.toContain('    at ');
  }, 60_000);
});
