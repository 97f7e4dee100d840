/* The letters of new questions, by those that their phones have in use. */
import { freeLetter, type Lettered } from '../../machines/letters.ts';
import type { Queryable } from '../store/orm.ts';
import { codesInUse } from '../store/prompts.ts';

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
    const used = inUse.get(invitee.phone) ?? [];
    return { ...invitee, code: freeLetter(new Set(used)), codeShown: used.length > 0 };
  });
}
