/*
 * Whom news of an event or a sync-up reaches: who has an invite or may yet get it, and wants texts. The one
 * rule of it, for rows and for statements.
 */
import type { Queryable } from './orm.ts';
import { optedOutAmong } from './phones.ts';
import { invitedTo, type OfGathering } from './waited-for.ts';

type Invited = { readonly phone: string; readonly delivery: string };

/** Whether a text may tell somebody: whoever has no invite cannot answer news of it, and some want no texts. */
export async function reachedAmong(
  sql: Queryable,
  rows: readonly Invited[],
): Promise<(row: Invited) => boolean> {
  const optedOut = await optedOutAmong(
    sql,
    rows.map(({ phone }) => phone),
  );
  return ({ phone, delivery }) => delivery !== 'failed' && !optedOut.has(phone);
}

/** How many hear that it is final: who stays away need not know. */
export async function countTold(sql: Queryable, of: OfGathering): Promise<number> {
  const [found] = await sql<{ told: number }[]>`
    select count(*)::int as told from invitations
    where ${invitedTo(sql, of)} and reply <> 'no' and delivery <> 'failed'
      and not exists (select from phones p where p.phone = invitations.phone and p.opted_out)`;
  return found?.told ?? 0;
}
