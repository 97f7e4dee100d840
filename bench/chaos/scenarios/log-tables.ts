/*
 * What may happen to the log's tables while people go on: renamed away, locked, full, of another shape,
 * or on a server that is not there. Each fault is done and undone here; what it does to anybody is judged
 * elsewhere.
 */
import type { PostgresProxy } from '../parts/proxy.ts';
import type { Town } from '../parts/town.ts';

export type Fault = {
  readonly name: string;
  /** A lock that is short is no fault: the projector waits, and nobody need hear of it. */
  readonly maySayNothing?: true;
  /** Does it; what it gives undoes it. */
  readonly begin: () => Promise<() => Promise<void>>;
};

type LogSql = Town['sql'];

export const tableFaults = (sql: LogSql): readonly Fault[] => [
  {
    name: 'renamed away',
    begin: async () => {
      await sql`alter table behavior_logs rename to behavior_logs_elsewhere`;
      return async () =>
        void (await sql`alter table behavior_logs_elsewhere rename to behavior_logs`);
    },
  },
  { name: 'locked', maySayNothing: true, begin: () => lock(sql) },
  {
    name: 'disk full',
    begin: async () => {
      await sql`create function chaos_disk_full() returns trigger language plpgsql as $$
        begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`;
      await sql`create trigger chaos_disk_full before insert on behavior_logs
        for each statement execute function chaos_disk_full()`;
      return async () => {
        await sql`drop trigger chaos_disk_full on behavior_logs`;
        await sql`drop function chaos_disk_full`;
      };
    },
  },
  {
    name: 'wrong schema',
    begin: async () => {
      await sql`alter table behavior_logs rename column metadata to facts`;
      return async () =>
        void (await sql`alter table behavior_logs rename column facts to metadata`);
    },
  },
];

async function lock(sql: LogSql): Promise<() => Promise<void>> {
  const locker = await sql.reserve();
  await locker`begin`;
  await locker`lock table behavior_logs in access exclusive mode`;
  return async () => {
    await locker`commit`;
    locker.release();
  };
}

export const serverAway = (proxy: PostgresProxy): Fault => ({
  name: 'server away',
  begin: async () => {
    proxy.shut();
    return async () => proxy.reopen();
  },
});
