/* The chaos judges by these checks: here each of them is shown what it is there to see. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judgeTown } from '../../bench/chaos/checks/invariants.ts';
import { playFlow } from '../../bench/chaos/load/flows.ts';
import { createLedger, type FlowRecord } from '../../bench/chaos/load/ledger.ts';
import { createRequester, newTally } from '../../bench/chaos/load/requests.ts';
import { createPhoneBook } from '../../bench/chaos/parts/phone-book.ts';
import { createRandom } from '../../bench/chaos/parts/random.ts';
import type { LocalCarrierControl } from '../../src/sms/local-carrier/local-carrier-control.ts';
import { moveOutbox } from '../../src/store/outbox.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { SECRET, testServer } from '../support/server.ts';

const CREW = { crew: 1, event: 0, leftAlone: 0, cancelled: 0 };
const LEFT_ALONE = { crew: 0, event: 0, leftAlone: 1, cancelled: 0 };

const ledger = createLedger();
let database: TestDatabase;
let saved: FlowRecord;
let waiting: FlowRecord;

beforeAll(async () => {
  database = await testDatabase();
  const server = await testServer(database);
  const requester = await createRequester({
    ...{ secret: SECRET, tally: newTally(), signal: new AbortController().signal },
    urls: () => [server.url],
  });
  const deps = { requester, ledger, random: createRandom(1), newPhone: createPhoneBook() };
  saved = await playFlow(deps, CREW);
  waiting = await playFlow(deps, LEFT_ALONE);
  // Whatever is planted from now on is not mended by anybody.
  await server.stop();
  // A server that ends leaves its last entries to the next one, which would begin with this.
  await moveOutbox(database.sql, { limit: 1_000 });
});
afterAll(() => database.drop());

const carrier = { messages: async () => [] } as Partial<LocalCarrierControl> as LocalCarrierControl;

/** What is broken, but for the flow that is still open, which is as it should be. */
const judge = async (): Promise<readonly string[]> => {
  const { broken } = await judgeTown({ sql: database.sql, carrier }, ledger, { withinMs: 100 });
  return broken.filter((sentence) => !sentence.includes('0 of flow_completed and drop_off'));
};

/** Plants something in a transaction's worth of rows, looks, and puts the rows back. */
async function planted(table: string, plant: () => Promise<unknown>): Promise<string> {
  const { sql } = database;
  await sql.unsafe(`create table kept as select * from ${table}`);
  try {
    await plant();
    return (await judge()).join('\n');
  } finally {
    await sql.unsafe(`delete from ${table}`);
    await sql.unsafe(`insert into ${table} select * from kept`);
    await sql.unsafe('drop table kept');
  }
}

describe('the checks of the chaos', () => {
  test('find nothing where nothing is wrong', async () => {
    expect(saved.end).toBe('completed');
    expect(await judge()).toEqual([]);
  });

  test('see a row of the log that is missing', async () => {
    const { sql } = database;
    const found = await planted(
      'behavior_logs',
      () => sql`delete from behavior_logs where event_type = 'crew_created'`,
    );
    expect(found).toContain(`crew-creation ${saved.id} made`);
  });

  test('see a row of the log that is there twice', async () => {
    const { sql } = database;
    const found = await planted(
      'behavior_logs',
      () => sql`
        insert into behavior_logs (id, event_type, "timestamp", organizer_id, invitee_phone, event_id,
          crew_id, syncup_id, session_id, platform, version, metadata)
        select overlay(id::text placing '7fff' from 15 for 4)::uuid, event_type, "timestamp",
          organizer_id, invitee_phone, event_id, crew_id, syncup_id, session_id, platform, version, metadata
        from behavior_logs where event_type = 'crew_created'`,
    );
    expect(found).toContain('invariant 13');
    expect(found).toContain('the log has');
  });

  test('see a request that was acknowledged and not applied, or applied twice', async () => {
    const { sql } = database;
    const lost = await planted(
      'instances',
      () => sql`update instances set keys = keys::jsonb - 1 where id = ${saved.id}`,
    );
    expect(lost).toContain('requests were acknowledged');
    const twice = await planted(
      'instances',
      () =>
        sql`update instances set keys = keys::jsonb || jsonb_build_array(keys -> 1) where id = ${saved.id}`,
    );
    expect(twice).toContain('took a step twice under one key');
  });

  test('see a flow that was begun and is gone, and a crew that lacks somebody', async () => {
    const { sql } = database;
    const gone = await planted(
      'instances',
      () => sql`delete from instances where id = ${waiting.id}`,
    );
    expect(gone).toContain(`${waiting.id} was begun and is not there`);
    const fewer = await planted(
      'crew_members',
      () => sql`delete from crew_members where phone = ${saved.phones[0] ?? ''}`,
    );
    expect(fewer).toContain('crew-creation made');
  });

  test('see a timer that will never fire, fires late, or is overdue', async () => {
    const { sql } = database;
    const wake = (at: Date | null) => () =>
      sql`update instances set wake_at = ${at} where id = ${waiting.id}`;
    expect(await planted('instances', wake(null))).toContain('is woken at null');
    const late = new Date(Date.now() + 7_200_000);
    expect(await planted('instances', wake(late))).toContain('its first timer is due at');
    expect(await planted('instances', wake(new Date(0)))).toContain('there were still 1 timers');
  });

  test('see a job that nobody does, an entry that stays behind and an SMS of nobody', async () => {
    const { sql } = database;
    const job = await planted(
      'jobs',
      () => sql`insert into jobs values (${saved.owner}, ${saved.id}, 'send', ${saved.id}, '{}',
        now() + interval '1 day', 0)`,
    );
    expect(job).toContain('there were still 1 jobs');
    const entry = await planted(
      'log_outbox',
      () => sql`insert into log_outbox values (${saved.owner}, ${saved.id}, 99, now(), '[]')`,
    );
    expect(entry).toContain('there were still 1 outbox');
    const text = await planted(
      'messages',
      () => sql`insert into messages values (${saved.owner}, ${saved.id}, '+14152300000', 'invite',
        'sent', 'SM1', null, now(), now())`,
    );
    expect(text).toContain('The carrier knows no SMS SM1');
  });
});
