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
export type Taking = { readonly row: InboundRow; readonly job: NewJob };

export type Taken = 'new' | 'repeated' | 'conflict';

/**
 * Keeps messages with their jobs, which are this owner's, in one statement, all of them or (on an error) none. Of each, whether it is
 * new; if not, whether the first of its sid was the same. Sorted, because two unsorted batches deadlock.
 */
export async function takeInbound(
  sql: Queryable,
  owner: string,
  takings: readonly Taking[],
): Promise<readonly Taken[]> {
  const firsts = new Map<string, Taking>();
  for (const taking of takings) {
    if (!firsts.has(nameOf(taking.row))) firsts.set(nameOf(taking.row), taking);
  }
  const inserted = new Set((await insertAll(sql, owner, [...firsts.values()])).map(nameOf));
  const hashes = new Map(
    (
      await knownOf(
        sql,
        [...firsts.values()].filter(({ row }) => !inserted.has(nameOf(row))),
      )
    ).map((known) => [nameOf(known), known.bodyHash]),
  );
  return takings.map((taking) => {
    const name = nameOf(taking.row);
    const first = firsts.get(name);
    if (first === taking && inserted.has(name)) return 'new';
    const hash = hashes.get(name) ?? first?.row.bodyHashes[0] ?? '';
    return taking.row.bodyHashes.includes(hash) ? 'repeated' : 'conflict';
  });
}

type Name = Pick<InboundRow, 'phone' | 'sid'>;
const nameOf = ({ phone, sid }: Name): string => `${phone} ${sid}`;

async function insertAll(
  sql: Queryable,
  owner: string,
  takings: readonly Taking[],
): Promise<readonly Name[]> {
  const input = takings
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
async function knownOf(sql: Queryable, takings: readonly Taking[]) {
  if (takings.length === 0) return [];
  const names = takings.map(({ row: { phone, sid } }) => ({ phone, sid }));
  return await sql<(Name & { readonly bodyHash: string })[]>`
    select m.phone, m.sid, m.body_hash as "bodyHash" from inbound_messages m
    join json_to_recordset(${JSON.stringify(names)}) as k(phone text, sid text)
      on m.phone = k.phone and m.sid = k.sid`;
}
