/*
 * What somebody writes who has no engine: the same writes in SQL, from the same process, driver and
 * kind of pool, on the same tables. It decides nothing: the row to write is one that the engine wrote,
 * so that only storing is measured on this side. Both forms are prepared statements.
 */
import { randomUUID } from 'node:crypto';
import { entryId } from '../../src/behavior/row.ts';
import { connect } from '../../src/store/connect.ts';
import type { InstanceKey, InstanceRow } from '../../src/store/instances.ts';
import type { Sql } from '../../src/store/orm.ts';

/** Stores one step of an instance with its one log entry. */
export type Store = (key: InstanceKey) => Promise<void>;

export type Payload = {
  readonly row: InstanceRow;
  readonly entry: Readonly<Record<string, unknown>>;
};

/** A pool like the engine's, of any size. */
export const handPool = (url: string, max: number): Sql =>
  connect({ url, max, role: 'funlet_app', applicationName: 'bench hand-written' });

/** The row of an instance as the engine left it, and the last entry that it made. */
export async function payloadOf(sql: Sql, row: InstanceRow): Promise<Payload> {
  const [found] = await sql<{ entry: Record<string, unknown> }[]>`
    select to_jsonb(b) || jsonb_build_object('timestamp', extract(epoch from b."timestamp") * 1000) as entry
    from behavior_logs b where organizer_id = ${row.organizerId} order by id desc limit 1`;
  if (found === undefined) throw new Error('The template has left no log entry.');
  return { row, entry: found.entry };
}

/** (a) One transaction: select for update, update, insert into the outbox. */
export const inTransaction =
  (sql: Sql, payload: Payload): Store =>
  async ({ organizerId, id }) => {
    await sql.begin(async (tx) => {
      const [held] = await tx<InstanceRow[]>`
        select snapshot, timers, keys, trace, seq, entries, status from instances
        where organizer_id = ${organizerId} and id = ${id} for update`;
      if (held === undefined) throw new Error(`There is no instance ${id}.`);
      const { row, at, wakeAt, log } = written(payload, { organizerId, id });
      await tx`
        update instances set
          state = ${row.state}, snapshot = ${json(row.snapshot)}, seq = ${held.seq + 1},
          entries = ${held.entries + 1}, timers = ${json(row.timers)},
          wake_at = to_timestamp(${wakeAt}::float8 / 1000), keys = ${json(row.keys)},
          trace = ${json(row.trace)}, stepped_at = to_timestamp(${at}::float8 / 1000)
        where organizer_id = ${organizerId} and id = ${id}`;
      await tx`
        insert into log_outbox (organizer_id, source, seq, at, entries)
        values (${organizerId}, ${id}, ${held.seq + 1}, to_timestamp(${at}::float8 / 1000), ${log})`;
    });
  };

/** (b) Two plain statements: update … returning, insert into the outbox. A crash between them loses an entry. */
export const inTwoStatements =
  (sql: Sql, payload: Payload): Store =>
  async ({ organizerId, id }) => {
    const { row, at, wakeAt, log } = written(payload, { organizerId, id });
    const [moved] = await sql<{ seq: number }[]>`
      update instances set
        state = ${row.state}, snapshot = ${json(row.snapshot)}, seq = seq + 1,
        entries = entries + 1, timers = ${json(row.timers)},
        wake_at = to_timestamp(${wakeAt}::float8 / 1000), keys = ${json(row.keys)},
        trace = ${json(row.trace)}, stepped_at = to_timestamp(${at}::float8 / 1000)
      where organizer_id = ${organizerId} and id = ${id}
      returning seq`;
    if (moved === undefined) throw new Error(`There is no instance ${id}.`);
    await sql`
      insert into log_outbox (organizer_id, source, seq, at, entries)
      values (${organizerId}, ${id}, ${moved.seq}, to_timestamp(${at}::float8 / 1000), ${log})`;
  };

/** What one step writes, at its own time: every value is new, as the engine's are. */
function written({ row, entry }: Payload, { organizerId, id }: InstanceKey) {
  const at = Date.now();
  const wakeAt = at + 1_800_000;
  const timers = Object.fromEntries(
    Object.entries(row.timers).map(([name, timer]) => [
      name,
      { ...timer, armedAt: at, dueAt: wakeAt },
    ]),
  );
  const keys = [...row.keys.slice(1), randomUUID().slice(0, 20)];
  const own = { id: entryId({ at, position: 0, source: id, ordinal: at % 256 }), timestamp: at };
  const log = json([{ ...entry, ...own, organizer_id: organizerId }]);
  return { row: { ...row, timers, keys }, at, wakeAt, log };
}

const json = (value: unknown): string => JSON.stringify(value);
