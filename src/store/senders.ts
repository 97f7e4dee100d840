/* Whose turn it is to send: each sender of ours sends one text after another, whoever runs it. */
import type { Queryable } from './orm.ts';

/** A sender that is taken from now on for as long as one text takes. */
export type Turn = {
  /** The number, or another name of the sender. */
  readonly sender: string;
  /** Epoch ms. */
  readonly at: number;
  readonly tookMs: number;
};

/** Takes the next turn of a sender; epoch ms at which it comes, now where nobody else waits. */
export async function takeTurn(sql: Queryable, { sender, at, tookMs }: Turn): Promise<number> {
  const freeAt = new Date(at + tookMs);
  const [row] = await sql<{ freeAt: number }[]>`
    insert into senders as s (our_number, free_at) values (${sender}, ${freeAt})
    on conflict (our_number) do update
      set free_at = greatest(s.free_at + make_interval(secs => ${tookMs}::float8 / 1000), excluded.free_at)
    returning (extract(epoch from free_at) * 1000)::float8 as "freeAt"`;
  return (row?.freeAt ?? at + tookMs) - tookMs;
}

/** The number of ours from which a phone was first written to; undefined where it never was. */
export async function firstNumberOf(sql: Queryable, phone: string): Promise<string | undefined> {
  const [row] = await sql<{ ourNumber: string }[]>`
    select our_number as "ourNumber" from messages
    where phone = ${phone} and our_number is not null order by queued_at limit 1`;
  return row?.ourNumber;
}
