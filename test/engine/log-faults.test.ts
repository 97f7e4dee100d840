import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../src/store/connect.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import {
  cause,
  OWNER,
  type TestEngine,
  type TestEngineOptions,
  testEngine,
  until,
} from '../support/engine.ts';
import * as door from './door.machine.ts';

let database: TestDatabase;
let house: TestEngine;

beforeEach(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  await house.close();
  await database.drop();
});

const open = (options: Partial<TestEngineOptions> = {}) => {
  house = testEngine(database, {
    charts: [door],
    actors: { transaction: { saveDoor: async () => ({}) }, jobs: { ringBell: async () => ({}) } },
    now: Date.now,
    ...options,
  });
  house.run();
};

/** A whole flow; it must succeed whatever the log does. */
const crew = async () => {
  const id = randomUUID();
  const stimulus = cause();
  await house.engine.start({ machine: 'door', id, owner: OWNER, input: {}, cause: stimulus });
  const give = (event: { type: string; name?: string }) =>
    house.engine.deliver({ organizerId: OWNER, id, event, cause: stimulus });
  await give({ type: 'organizer.named', name: 'Owls' });
  expect(await give({ type: 'organizer.saved' })).toMatchObject({ instance: { status: 'done' } });
  return id;
};
const FLOW = ['flow_started', 'flow_step', 'flow_step', 'crew_created', 'flow_completed'];
const logged = async () =>
  (
    await database.sql<{ type: string }[]>`select event_type as type from behavior_logs order by id`
  ).map(({ type }) => type);
const codes = async ({ sql }: TestDatabase) =>
  (
    await sql<{ code: string }[]>`
      select metadata ->> 'code' as code from behavior_logs where event_type = 'error'`
  ).map(({ code }) => code);
const quarantined = () =>
  database.sql<
    { reason: string; row: { event_type: string } }[]
  >`select reason, "row" from log_quarantine`;

describe('a flow is not touched, and every row is there afterwards, when the log', () => {
  test('is renamed away', async () => {
    open();
    await database.sql`alter table behavior_logs rename to elsewhere`;
    await crew();
    await until(
      async () => house.errors.length,
      (count) => count > 0,
    );
    await database.sql`alter table elsewhere rename to behavior_logs`;
    const types = await until(logged, (seen) => seen.length === 6);
    expect(types.filter((type) => type !== 'error')).toEqual(FLOW);
    expect(await codes(database)).toEqual(['logging.unavailable']);
  });

  test('is locked', async () => {
    open();
    const locker = await database.sql.reserve();
    await locker`begin`;
    await locker`lock table behavior_logs in access exclusive mode`;
    await crew();
    await locker`commit`;
    locker.release();
    expect(await until(logged, (types) => types.length === 5)).toEqual(FLOW);
  });

  test('has no partition for the month', async () => {
    open({ now: () => Date.UTC(2031, 0, 15) });
    await crew();
    expect(await until(logged, (types) => types.length === 5)).toEqual(FLOW);
    const [{ month } = { month: '' }] = await database.sql<{ month: string }[]>`
      select tableoid::regclass::text as month from behavior_logs limit 1`;
    expect(month).toBe('behavior_logs_2031_01');
  });

  test('has some of the rows already: they stay as they are, once each', async () => {
    open();
    await crew();
    await until(logged, (types) => types.length === 5);
    const again = await database.sql`
      insert into log_outbox (organizer_id, source, seq, at, entries)
      select organizer_id, gen_random_uuid(), 1, now(), jsonb_agg(
        to_jsonb(b) || jsonb_build_object('timestamp', extract(epoch from "timestamp") * 1000))
      from behavior_logs b group by organizer_id`;
    expect(again.count).toBe(1);
    await crew();
    expect(await until(logged, (types) => types.length === 10)).toEqual([...FLOW, ...FLOW]);
    expect(await database.sql`select from log_outbox`).toHaveLength(0);
    expect(await quarantined()).toEqual([]);
    expect(house.errors).toEqual([]);
  });

  test('X-2 refuses a row: that one goes to quarantine and one error row says so', async () => {
    await database.sql`alter table behavior_logs add constraint no_crews check (event_type <> 'crew_created')`;
    open();
    await crew();
    const types = await until(logged, (seen) => seen.includes('error'));
    expect(types.filter((type) => type !== 'error')).toEqual(
      FLOW.filter((type) => type !== 'crew_created'),
    );
    expect(types.filter((type) => type === 'error')).toHaveLength(1);
    expect(await quarantined()).toMatchObject([
      { reason: 'insert refused: 23514', row: { event_type: 'crew_created' } },
    ]);
    expect(await database.sql`select from log_outbox`).toHaveLength(0);
  });

  test('X-5 cannot be described: describe throws, or gives a wrong shape', async () => {
    const throwing = {
      ...door,
      describe: {
        ...door.describe,
        crew_created: () => {
          throw new Error('no words');
        },
      },
    };
    open({ charts: [throwing] });
    await crew();
    const types = await until(logged, (seen) => seen.length === 5);
    expect(types).toEqual(['flow_started', 'flow_step', 'flow_step', 'error', 'flow_completed']);
    expect(await quarantined()).toMatchObject([{ row: { event_type: 'crew_created' } }]);
  });

  test('X-5 holds an open string: the row goes to quarantine, its words go nowhere else', async () => {
    const leaking = {
      ...door,
      describe: {
        ...door.describe,
        crew_created: () => ({ members: 1, source: 'Ana', has_custom_name: true }),
      },
    };
    open({ charts: [leaking] });
    await crew();
    await until(logged, (seen) => seen.length === 5);
    const [row] = await quarantined();
    expect(row?.reason).toBe('metadata.source: invalid_value');
    const [error] =
      await database.sql`select metadata from behavior_logs where event_type = 'error'`;
    expect(error?.metadata).toMatchObject({
      code: 'logging.schema_violation',
      component: 'logging',
    });
  });

  test('X-5 has an inspector that throws', async () => {
    open({
      catalogue: (good) => {
        let isWhole = true;
        return {
          ...good,
          check: (row) => {
            if (isWhole && row.event_type === 'flow_step') {
              isWhole = false;
              throw new Error('the inspector broke');
            }
            return good.check(row);
          },
        };
      },
    });
    await crew();
    const types = await until(logged, (seen) => seen.length === 5);
    expect(types).toEqual(['flow_started', 'error', 'flow_step', 'crew_created', 'flow_completed']);
    expect(house.errors).toHaveLength(1);
  });

  test('is on another server that is away for a while', async () => {
    const other = await testDatabase();
    await other.sql`alter table behavior_logs rename to elsewhere`;
    open({ logUrl: other.url });
    await crew();
    await until(
      async () => house.errors.length,
      (count) => count > 0,
    );
    await other.sql`alter table elsewhere rename to behavior_logs`;
    const there = async () =>
      (await other.sql`select event_type from behavior_logs order by id`).map(
        (row) => row.event_type,
      );
    const types = await until(there, (seen) => seen.length === 6);
    expect(types.filter((type) => type !== 'error')).toEqual(FLOW);
    expect(await codes(other)).toEqual(['logging.unavailable']);
    expect(await logged()).toEqual([]);
    await house.close();
    await other.drop();
  });
});

describe('only the projector', () => {
  test('may insert into behavior_logs; the server can only read it', async () => {
    open();
    await crew();
    await until(logged, (types) => types.length === 5);
    const server = connect({
      url: database.url,
      max: 1,
      role: 'funlet_app',
      applicationName: 'server',
    });
    await expect(
      server`insert into behavior_logs select * from behavior_logs`,
    ).rejects.toMatchObject({ code: '42501' });
    await expect(server`delete from behavior_logs`).rejects.toMatchObject({ code: '42501' });
    expect(await server`select from behavior_logs`).toHaveLength(5);
    await server.end();
  });
});
