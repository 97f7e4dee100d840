/* How many streams are open, of one organizer and in all. */

/** Devices of one organizer, with tabs; each stream looks at the database by itself. */
export const MAX_OF_ONE = 16;
const MAX_IN_ALL = 1_000;

/** How many streams are open: `enter` gives what to call when one has ended, or why there can be no more. */
export type Streams = {
  readonly enter: (owner: string) => (() => void) | 'too many of one' | 'too many';
};

export function createStreams(): Streams {
  const open = new Map<string, number>();
  let all = 0;
  const count = (owner: string, by: number): void => {
    all += by;
    const own = (open.get(owner) ?? 0) + by;
    if (own === 0) open.delete(owner);
    else open.set(owner, own);
  };
  return {
    enter: (owner) => {
      if ((open.get(owner) ?? 0) >= MAX_OF_ONE) return 'too many of one';
      if (all >= MAX_IN_ALL) return 'too many';
      count(owner, 1);
      return () => count(owner, -1);
    },
  };
}
