/*
 * One thing at a time per instance, in order of arrival, within this process. Other processes are
 * held off by `seq`; this only spares us conflicts with ourselves and keeps a conversation in order.
 */

export type Mailbox = {
  /** Runs `work` after everything else that was given for this id. */
  readonly enter: <T>(id: string, work: () => Promise<T>) => Promise<T>;
  /** How many ids have work under way. */
  readonly size: () => number;
};

export function createMailbox(): Mailbox {
  const tails = new Map<string, Promise<unknown>>();
  return {
    size: () => tails.size,
    enter: (id, work) => {
      const before = tails.get(id) ?? Promise.resolve();
      const result = before.then(work, work);
      const tail = result.then(
        () => undefined,
        () => undefined,
      );
      tails.set(id, tail);
      void tail.then(() => {
        if (tails.get(id) === tail) tails.delete(id);
      });
      return result;
    },
  };
}
