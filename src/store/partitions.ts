/*
 * The monthly partitions of the log, made as they are needed: LIKE and ATTACH, because CREATE …
 * PARTITION OF would lock the whole log. There is no default partition: rows in it would be in the
 * way of the month they belong to.
 */
import type { Sql } from './orm.ts';

/** `2026-11` of an instant (epoch ms), UTC. */
export const monthOf = (at: number): string => new Date(at).toISOString().slice(0, 7);

const monthAfter = (month: string): string => {
  const next = new Date(`${month}-01T00:00:00Z`);
  next.setUTCMonth(next.getUTCMonth() + 1);
  return monthOf(next.getTime());
};

/** Makes the partition of each month that lacks one. `months` are like `2026-11`. */
export async function ensurePartitions(sql: Sql, months: readonly string[]): Promise<void> {
  for (const month of new Set(months)) {
    if (!/^\d{4}-\d{2}$/.test(month)) throw new Error(`'${month}' is no month like 2026-11.`);
    await sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtext(${`behavior_logs ${month}`}))`;
      const name = `behavior_logs_${month.replace('-', '_')}`;
      const [found] = await tx`select from pg_class where relname = ${name} and relkind = 'r'`;
      if (found !== undefined) return;
      await tx`create table ${tx(name)} (like behavior_logs including defaults including constraints)`;
      await tx.unsafe(
        `alter table behavior_logs attach partition ${name}
          for values from ('${month}-01T00:00:00Z') to ('${monthAfter(month)}-01T00:00:00Z')`,
      );
    });
  }
}

/** The months that a projector needs ready: this one and the next. */
export const currentMonths = (now: number): readonly string[] => [
  monthOf(now),
  monthAfter(monthOf(now)),
];
