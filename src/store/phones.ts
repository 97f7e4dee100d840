/* What phones have told us about themselves: opted out of all texts, or in again. */
import type { Queryable } from './orm.ts';

export type PhoneRow = {
  readonly phone: string;
  readonly optedOut: boolean;
  /** Epoch ms at which the phone, or its carrier, said so. */
  readonly updatedAt: number;
};

/** The latest word counts: an older one that is written later changes nothing. */
export async function writePhone(sql: Queryable, row: PhoneRow): Promise<void> {
  await sql`
    insert into phones as p (phone, opted_out, updated_at)
    values (${row.phone}, ${row.optedOut}, to_timestamp(${row.updatedAt}::float8 / 1000))
    on conflict (phone) do update set
      opted_out = excluded.opted_out, updated_at = excluded.updated_at
    where p.updated_at <= excluded.updated_at`;
}

export async function isOptedOut(sql: Queryable, phone: string): Promise<boolean> {
  const [row] = await sql<{ opted_out: boolean }[]>`
    select opted_out from phones where phone = ${phone}`;
  return row?.opted_out ?? false;
}

/** Those of the phones that want no texts. */
export async function optedOutAmong(
  sql: Queryable,
  phones: readonly string[],
): Promise<ReadonlySet<string>> {
  if (phones.length === 0) return new Set();
  const rows = await sql<{ phone: string }[]>`
    select phone from phones where phone = any(${[...phones]}) and opted_out`;
  return new Set(rows.map(({ phone }) => phone));
}
