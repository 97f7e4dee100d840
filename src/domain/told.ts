/* Whom news of an event or a sync-up reaches: the one rule of who is told, and of how many that are. */

import type { Queryable } from '../store/orm.ts';
import { optedOutAmong } from '../store/phones.ts';

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
export async function countTold(
  sql: Queryable,
  rows: readonly (Invited & { readonly reply: string })[],
): Promise<number> {
  const isReached = await reachedAmong(sql, rows);
  return rows.filter((row) => row.reply !== 'no' && isReached(row)).length;
}
