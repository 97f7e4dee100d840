/* How the votes for the options of a sync-up stand: who leads, and whether two do. */

/** Something to vote for that can still happen at `at` (epoch ms). */
export const isAhead = ({ startsAt }: { readonly startsAt: number | null }, at: number): boolean =>
  startsAt === null || startsAt > at;

/** Votes per option, in the order of their numbers; `choices` are numbers from 1. */
export const countVotes = (
  options: number,
  choices: readonly (readonly number[] | null | undefined)[],
): readonly number[] =>
  Array.from(
    { length: options },
    (_, n) => choices.filter((chosen) => chosen?.includes(n + 1)).length,
  );

/** The numbers of the options with the most votes; none where nobody has voted. */
export function leadersOf(votes: readonly number[]): readonly number[] {
  const most = Math.max(0, ...votes);
  return most === 0 ? [] : votes.flatMap((count, n) => (count === most ? [n + 1] : []));
}

export const isTie = (votes: readonly number[]): boolean => leadersOf(votes).length > 1;
