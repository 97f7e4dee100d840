/* The letters of new questions, by those that their phones have in use. */
import { freeLetter, type Lettered } from '../../machines/letters.ts';
import type { Queryable } from '../store/orm.ts';
import { type CodesInUse, codesInUse } from '../store/prompts.ts';

const NONE: CodesInUse = { live: [], open: [] };

/** Each of them with its letter, in one query. */
export async function withLetters<T extends { readonly phone: string }>(
  sql: Queryable,
  invitees: readonly T[],
): Promise<readonly (T & Lettered)[]> {
  const inUse = await codesInUse(
    sql,
    invitees.map(({ phone }) => phone),
  );
  return invitees.map((invitee) => {
    const { live, open } = inUse.get(invitee.phone) ?? NONE;
    // Where all are taken, one that has been answered gives way.
    return { ...invitee, code: freeLetter(new Set(live)) ?? freeLetter(new Set(open)) };
  });
}
