/* Inbound messages, each once and for ever under its sid, so that a repetition is known as one. */
import type { Queryable } from './orm.ts';

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

/** Whether the phone has said the same, letter by letter, since then (epoch ms) and before this message. */
export async function hasSaidBefore(
  sql: Queryable,
  message: { readonly phone: string; readonly id: string; readonly since: number },
): Promise<boolean> {
  const found = await sql`
    select from inbound_messages this join inbound_messages other
      on other.phone = this.phone and other.body_hash = this.body_hash and other.sid <> this.sid
    where this.phone = ${message.phone} and this.id = ${message.id}
      and (other.received_at, other.sid) < (this.received_at, this.sid)
      and other.received_at > to_timestamp(${message.since}::float8 / 1000)
    limit 1`;
  return found.length > 0;
}

/** Whether the message is new; if not, whether the first of its sid was the same. */
export async function insertInbound(
  sql: Queryable,
  row: InboundRow,
): Promise<'new' | 'repeated' | 'conflict'> {
  const inserted = await sql`
    insert into inbound_messages (
      phone, sid, id, our_number, body_hash, readings, received_at)
    values (
      ${row.phone}, ${row.sid}, ${row.id}, ${row.ourNumber}, ${row.bodyHashes[0]},
      ${JSON.stringify(row.readings)}, to_timestamp(${row.receivedAt}::float8 / 1000))
    on conflict (phone, sid) do nothing
    returning id`;
  if (inserted.length > 0) return 'new';
  const [first] = await sql<{ body_hash: string }[]>`
    select body_hash from inbound_messages where phone = ${row.phone} and sid = ${row.sid}`;
  return first === undefined || row.bodyHashes.includes(first.body_hash) ? 'repeated' : 'conflict';
}
