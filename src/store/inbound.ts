/* Inbound messages, each once and for ever under its sid, so that a repetition is known as one. */

import type { Queryable } from './orm.ts';
import type { NewJob } from './write-instances.ts';

/** One message as it was understood; never its words. */
export type InboundRow = {
  /** '' where the sender is no phone number. */
  readonly phone: string;
  readonly sid: string;
  readonly id: string;
  readonly ourNumber: string;
  /**
   * Keyed hashes: they tell a repetition from another message under the same sid, and nothing else. The
   * first is kept; a repetition may have been kept under any, as keys change.
   */
  readonly bodyHashes: readonly [string, ...string[]];
  readonly readings: Readonly<Record<string, unknown>>;
  /** Epoch ms. */
  readonly receivedAt: number;
};

/** Of each message, whether its phone has said the same, letter by letter, since then (epoch ms) and before it. */
export async function haveBeenSaidBefore(
  sql: Queryable,
  asked: readonly { readonly phone: string; readonly id: string; readonly since: number }[],
): Promise<readonly boolean[]> {
  const rows = await sql<{ has: boolean }[]>`
    select exists (
      select from inbound_messages this join inbound_messages other
        on other.phone = this.phone and other.body_hash = this.body_hash and other.sid <> this.sid
      where this.phone = asked.phone and this.id = asked.id
        and (other.received_at, other.sid) < (this.received_at, this.sid)
        and other.received_at > to_timestamp(asked.since / 1000)
    ) as has
    from rows from (json_to_recordset(${JSON.stringify(asked)})
      as (phone text, id uuid, since float8)) with ordinality as asked(phone, id, since, n)
    order by asked.n`;
  return rows.map(({ has }) => has);
}

/** A message, and the job by which its phone's line will hear it. */
export type Keeping = { readonly row: InboundRow; readonly job: NewJob };

export type Kept = 'new' | 'repeated' | 'conflict';

/**
 * Keeps messages with their jobs, which are this owner's: those that are new in one statement, all or none. Of each,
 * whether it is new; if not, whether the first of its sid was the same, which a second statement looks up. Where that
 * fails, what is kept stays kept, and a repetition finds it. Sorted, because two unsorted batches deadlock.
 */
export async function keepInbound(
  sql: Queryable,
  owner: string,
  keepings: readonly Keeping[],
): Promise<readonly Kept[]> {
  const firsts = new Map<string, Keeping>();
  for (const keeping of keepings) {
    if (!firsts.has(nameOf(keeping.row))) firsts.set(nameOf(keeping.row), keeping);
  }
  const inserted = new Set((await insertAll(sql, owner, [...firsts.values()])).map(nameOf));
  const others = [...firsts.values()].filter(({ row }) => !inserted.has(nameOf(row)));
  const earlier = await knownOf(sql, others);
  const hashes = new Map(earlier.map((known) => [nameOf(known), known.bodyHash]));
  return keepings.map((keeping) => {
    const name = nameOf(keeping.row);
    const first = firsts.get(name);
    if (first === keeping && inserted.has(name)) return 'new';
    const hash = hashes.get(name) ?? first?.row.bodyHashes[0] ?? '';
    return keeping.row.bodyHashes.includes(hash) ? 'repeated' : 'conflict';
  });
}

type Name = Pick<InboundRow, 'phone' | 'sid'>;
const nameOf = ({ phone, sid }: Name): string => `${phone} ${sid}`;

async function insertAll(
  sql: Queryable,
  owner: string,
  keepings: readonly Keeping[],
): Promise<readonly Name[]> {
  const input = keepings
    .map(({ row, job }) => ({ ...row, bodyHash: row.bodyHashes[0], job }))
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return await sql<Name[]>`
    with input as materialized (
      select * from json_to_recordset(${JSON.stringify(input)}) as t(phone text, sid text, id uuid,
        "ourNumber" text, "bodyHash" text, readings jsonb, "receivedAt" float8, job jsonb)
    ), taken as (
      insert into inbound_messages (phone, sid, id, our_number, body_hash, readings, received_at)
      select phone, sid, id, "ourNumber", "bodyHash", readings, to_timestamp("receivedAt" / 1000)
      from input
      on conflict (phone, sid) do nothing
      returning phone, sid
    ), promised as (
      insert into jobs (organizer_id, id, kind, lane, payload, due_at, tries)
      select ${owner}::uuid, j.id, j.kind, j.lane, j.payload, to_timestamp(j."dueAt" / 1000), 0
      from input join taken using (phone, sid) cross join lateral jsonb_to_record(input.job)
        as j(id uuid, kind text, lane uuid, payload jsonb, "dueAt" float8)
    )
    select phone, sid from taken`;
}

/** Under which hash the first message of each of these sids was kept. */
async function knownOf(sql: Queryable, keepings: readonly Keeping[]) {
  if (keepings.length === 0) return [];
  const names = keepings.map(({ row: { phone, sid } }) => ({ phone, sid }));
  return await sql<(Name & { readonly bodyHash: string })[]>`
    select m.phone, m.sid, m.body_hash as "bodyHash" from inbound_messages m
    join json_to_recordset(${JSON.stringify(names)}) as k(phone text, sid text)
      on m.phone = k.phone and m.sid = k.sid`;
}
