/* The invitations: who is invited to what, and where each reply stands. */
import { and, count, eq, sql as expression, inArray, type SQL } from 'drizzle-orm';
import { invitations } from '../../drizzle/schema.ts';
import { ormOf, type Queryable } from './orm.ts';

/** Instants are epoch ms. */
export type InvitationRow = {
  readonly organizerId: string;
  readonly id: string;
  readonly eventId: string | null;
  readonly syncupId: string | null;
  readonly phone: string;
  readonly name: string;
  readonly reply: 'none' | 'yes' | 'no' | 'vote' | 'unknown';
  /** The numbers of a sync-up's options that were voted for. */
  readonly choices?: readonly number[] | null;
  readonly guests: number;
  readonly delivery: string;
  readonly updatedAt: number;
};

/**
 * Writes invitations as they stand now. The event's own commit makes them, each invitation's instance
 * keeps its own from then on; that instance's `seq` keeps the order of writes.
 */
export async function writeInvitations(
  sql: Queryable,
  rows: readonly InvitationRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into invitations (
      organizer_id, id, event_id, syncup_id, phone, name, reply, choices, guests, delivery,
      updated_at)
    select "organizerId", id, "eventId", "syncupId", phone, name, reply, choices, guests, delivery,
      to_timestamp("updatedAt" / 1000)
    from json_to_recordset(${JSON.stringify(rows)}) as t(
      "organizerId" uuid, id uuid, "eventId" uuid, "syncupId" uuid, phone text, name text,
      reply text, choices jsonb, guests int, delivery text, "updatedAt" float8)
    on conflict (organizer_id, id) do update set
      name = excluded.name, reply = excluded.reply, choices = excluded.choices,
      guests = excluded.guests, delivery = excluded.delivery, updated_at = excluded.updated_at`;
}

/** How an event's invitees have answered: `pending` have not; guests are those that a yes brings. */
export type Tally = {
  readonly invited: number;
  readonly yes: number;
  readonly no: number;
  readonly unknown: number;
  readonly pending: number;
  readonly guests: number;
};

type OfEvent = { readonly organizerId: string; readonly eventId: string };

const ofEvent = ({ organizerId, eventId }: OfEvent) =>
  and(eq(invitations.organizerId, organizerId), eq(invitations.eventId, eventId));

export async function tallyOf(sql: Queryable, event: OfEvent): Promise<Tally> {
  const replied = (reply: InvitationRow['reply']) =>
    expression<number>`(count(*) filter (where ${invitations.reply} = ${reply}))::int`;
  const [tally] = await ormOf(sql)
    .select({
      invited: count(),
      yes: replied('yes'),
      no: replied('no'),
      unknown: replied('unknown'),
      pending: replied('none'),
      guests: expression<number>`coalesce(sum(${invitations.guests}) filter (where ${invitations.reply} = 'yes'), 0)::int`,
    })
    .from(invitations)
    .where(ofEvent(event));
  return tally ?? { invited: 0, yes: 0, no: 0, unknown: 0, pending: 0, guests: 0 };
}

/** An invitation, and when its person was last reminded (epoch ms). */
export type RemindedRow = InvitationRow & { readonly remindedAt: number | null };

/** Who is invited to an event, by name. */
export const listInvitations = (sql: Queryable, event: OfEvent): Promise<readonly RemindedRow[]> =>
  listWhere(sql, ofEvent(event));

/** Who is asked to vote in a sync-up, by name. */
export const listSyncupInvitations = (
  sql: Queryable,
  { organizerId, syncupId }: { readonly organizerId: string; readonly syncupId: string },
): Promise<readonly RemindedRow[]> =>
  listWhere(sql, and(eq(invitations.organizerId, organizerId), eq(invitations.syncupId, syncupId)));

async function listWhere(
  sql: Queryable,
  condition: SQL | undefined,
): Promise<readonly RemindedRow[]> {
  const found = await ormOf(sql)
    .select()
    .from(invitations)
    .where(condition)
    .orderBy(invitations.name, invitations.phone);
  return found.map((row) => ({
    ...row,
    // The table's check allows no other; votes are written by invitations alone.
    reply: row.reply as InvitationRow['reply'],
    choices: row.choices as readonly number[] | null,
    updatedAt: row.updatedAt.getTime(),
    remindedAt: row.remindedAt?.getTime() ?? null,
  }));
}

/** Keeps that these people were reminded at that time (epoch ms). */
export async function markReminded(
  sql: Queryable,
  of: { readonly organizerId: string; readonly ids: readonly string[]; readonly at: number },
): Promise<void> {
  await ormOf(sql)
    .update(invitations)
    .set({ remindedAt: new Date(of.at) })
    .where(and(eq(invitations.organizerId, of.organizerId), inArray(invitations.id, [...of.ids])));
}
