/* What phones have told us about themselves: opted out of all texts, or in again. */
import { sql as expression } from 'drizzle-orm';
import { phones } from '../../drizzle/schema.ts';
import { ormOf, type Queryable } from './orm.ts';

export type PhoneRow = {
  readonly phone: string;
  readonly optedOut: boolean;
  /** Epoch ms at which the phone, or its carrier, said so. */
  readonly updatedAt: number;
};

/** The latest word of a phone counts: an older one that is written later changes nothing. */
export async function writePhones(sql: Queryable, rows: readonly PhoneRow[]): Promise<void> {
  // A statement may touch a row once, and two texts may hear of one phone at the same time.
  const latest = new Map(
    [...rows].sort((a, b) => a.updatedAt - b.updatedAt).map((row) => [row.phone, row]),
  );
  if (latest.size === 0) return;
  await ormOf(sql)
    .insert(phones)
    .values([...latest.values()].map((row) => ({ ...row, updatedAt: new Date(row.updatedAt) })))
    .onConflictDoUpdate({
      target: phones.phone,
      set: { optedOut: expression`excluded.opted_out`, updatedAt: expression`excluded.updated_at` },
      setWhere: expression`${phones.updatedAt} <= excluded.updated_at`,
    });
}

/** Those of the phones that want no texts. */
export async function optedOutAmong(
  sql: Queryable,
  numbers: readonly string[],
): Promise<ReadonlySet<string>> {
  if (numbers.length === 0) return new Set();
  const rows = await sql<{ phone: string }[]>`
    select phone from phones where phone = any(${[...numbers]}) and opted_out`;
  return new Set(rows.map(({ phone }) => phone));
}

/** Of each phone, whether it wants no texts. */
export async function areOptedOut(
  sql: Queryable,
  numbers: readonly string[],
): Promise<readonly boolean[]> {
  const optedOut = await optedOutAmong(sql, numbers);
  return numbers.map((phone) => optedOut.has(phone));
}
