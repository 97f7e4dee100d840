/* The read model of outbound texts: what went to whom and how far it came. Its words are not here. */
import { sql as expression } from 'drizzle-orm';
import { messages } from '../../drizzle/schema.ts';
import { ormOf, type Queryable } from './orm.ts';

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

/** Writes texts as their instances have them now; each instance's own `seq` keeps the order of writes. */
export async function writeMessages(sql: Queryable, rows: readonly MessageRow[]): Promise<void> {
  if (rows.length === 0) return;
  await ormOf(sql)
    .insert(messages)
    .values(
      rows.map((row) => ({
        ...row,
        queuedAt: new Date(row.queuedAt),
        updatedAt: new Date(row.updatedAt),
      })),
    )
    .onConflictDoUpdate({
      target: [messages.organizerId, messages.id],
      set: {
        status: expression`excluded.status`,
        ourNumber: expression`excluded.our_number`,
        sid: expression`excluded.sid`,
        providerCode: expression`excluded.provider_code`,
        updatedAt: expression`excluded.updated_at`,
      },
    });
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

/** Texts that answer a message rather than begin something. */
const ANSWERS = ['update', 'clarification', 'help'];

/** How many automatic answers a phone was given since then (epoch ms), by all organizers. */
export async function answersTo(sql: Queryable, phone: string, since: number): Promise<number> {
  const [row] = await sql<{ answers: number }[]>`
    select count(*)::int as answers from messages
    where phone = ${phone} and purpose = any(${ANSWERS})
      and queued_at > to_timestamp(${since}::float8 / 1000)`;
  return row?.answers ?? 0;
}
