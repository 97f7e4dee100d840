/* The read model of outbound texts: what went to whom and how far it came. Its words are not here. */
import type { Queryable } from './orm.ts';

/** One text; instants are epoch ms. */
export type MessageRow = {
  readonly organizerId: string;
  readonly id: string;
  readonly phone: string;
  readonly purpose: string;
  readonly status: string;
  /** The number of ours that it went from; null or absent while that is not known. */
  readonly ourNumber?: string | null;
  readonly sid: string | null;
  readonly providerCode: number | null;
  readonly queuedAt: number;
  readonly updatedAt: number;
};

/**
 * Writes texts as their instances have them now; each instance's own `seq` keeps the order of writes. One
 * parameter for all of them: the statement is the same however many there are, and so prepared once.
 */
export async function writeMessages(sql: Queryable, rows: readonly MessageRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into messages (
      organizer_id, id, phone, purpose, status, our_number, sid, provider_code, queued_at, updated_at)
    select "organizerId", id, phone, purpose, status, "ourNumber", sid, "providerCode",
      to_timestamp("queuedAt" / 1000), to_timestamp("updatedAt" / 1000)
    from json_to_recordset(${JSON.stringify(rows)}) as t(
      "organizerId" uuid, id uuid, phone text, purpose text, status text, "ourNumber" text, sid text,
      "providerCode" int, "queuedAt" float8, "updatedAt" float8)
    on conflict (organizer_id, id) do update set
      status = excluded.status, our_number = excluded.our_number, sid = excluded.sid,
      provider_code = excluded.provider_code, updated_at = excluded.updated_at`;
}

export type FoundMessage = Pick<MessageRow, 'organizerId' | 'id' | 'phone' | 'status' | 'sid'>;

/**
 * The text that a status callback is about: by the carrier's sid, else by our own id, which a
 * callback brings before the sid is known.
 */
export async function findMessage(
  sql: Queryable,
  by: { readonly sid: string; readonly id: string | null },
): Promise<FoundMessage | undefined> {
  const [known] = await sql<FoundMessage[]>`
    select organizer_id as "organizerId", id, phone, status, sid from messages
    where sid = ${by.sid}`;
  if (known !== undefined || by.id === null) return known;
  const [early] = await sql<FoundMessage[]>`
    select organizer_id as "organizerId", id, phone, status, sid from messages
    where id = ${by.id}`;
  return early;
}

/** The carrier's sids of all texts to a phone since then (epoch ms): none of them is another text. */
export async function sidsTo(
  sql: Queryable,
  phone: string,
  since: number,
): Promise<ReadonlySet<string>> {
  const rows = await sql<{ sid: string }[]>`
    select sid from messages
    where phone = ${phone} and sid is not null
      and updated_at >= to_timestamp(${since}::float8 / 1000)`;
  return new Set(rows.map(({ sid }) => sid));
}

/**
 * Of the texts since then (epoch ms) that the carrier took, how many it lost by this code; the given one is
 * counted among them, as its own row may not say so yet.
 */
export async function countLost(
  sql: Queryable,
  of: { readonly id: string; readonly code: number; readonly since: number },
): Promise<{ readonly taken: number; readonly lost: number }> {
  const [row] = await sql<{ taken: number; lost: number }[]>`
    select count(*)::int as taken,
      (count(*) filter (where provider_code = ${of.code} or id = ${of.id}))::int as lost
    from messages
    where updated_at >= to_timestamp(${of.since}::float8 / 1000) and (sid is not null or id = ${of.id})`;
  return row ?? { taken: 0, lost: 0 };
}

/** Texts that answer a message rather than begin something. */
const ANSWERS = ['update', 'clarification', 'help'];

/**
 * Of each phone, how many automatic answers it was given since then, by all organizers, and how many of them
 * were not lately; instants are epoch ms.
 */
export const answersTo = async (
  sql: Queryable,
  asked: readonly { readonly phone: string; readonly since: number; readonly lately: number }[],
): Promise<readonly { readonly all: number; readonly earlier: number }[]> =>
  await sql<{ all: number; earlier: number }[]>`
    select m.* from rows from (json_to_recordset(${JSON.stringify(asked)})
      as (phone text, since float8, lately float8)) with ordinality as asked(phone, since, lately, n)
    cross join lateral (
      select count(*)::int as all,
        (count(*) filter (where queued_at <= to_timestamp(asked.lately / 1000)))::int as earlier
      from messages
      where phone = asked.phone and purpose = any(${ANSWERS})
        and queued_at > to_timestamp(asked.since / 1000)
    ) m
    order by asked.n`;
