/*
 * Group work: what arrives while a run is under way goes together into the next one. Under load one
 * statement carries many requests; alone, nothing waits.
 *
 * A run begins as soon as its part of all that is usually under way has gathered: with two runs, one half is made ready
 * here while the other is at the database. Otherwise all would arrive, be written and be answered at once, and each
 * side would stand still while the other works.
 */

export type Batch<In, Out> = (item: In) => Promise<Out>;

export type BatchOptions<In, Out> = {
  readonly run: (items: readonly In[]) => Promise<readonly Out[]>;
  readonly maxItems: number;
  /** Runs at once. More of them mean smaller batches. */
  readonly maxRuns: number;
  readonly onRun?: (size: number) => void;
  /** Whether an item of a run that failed may be tried alone, so that it fails no neighbor. */
  readonly separable: (error: unknown) => boolean;
};

type Waiting<In, Out> = {
  readonly item: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (error: unknown) => void;
};

/** Of the crowd, with each item: a burst is out of mind after some hundred. */
const FORGOTTEN = 0.1;
/** Not worth a run of their own while others may come in the same turn of the event loop. */
const FEW = 4;

export function createBatch<In, Out>(options: BatchOptions<In, Out>): Batch<In, Out> {
  const waiting: Waiting<In, Out>[] = [];
  let runs = 0;
  let running = 0;
  /** The most that has lately been under way at once; it is forgotten slowly. */
  let crowd = 0;

  async function run(taken: readonly Waiting<In, Out>[]): Promise<void> {
    options.onRun?.(taken.length);
    try {
      const outs = await options.run(taken.map(({ item }) => item));
      for (const [n, { resolve }] of taken.entries()) resolve(outs[n] as Out);
    } catch (error) {
      if (taken.length === 1 || !options.separable(error)) {
        for (const { reject } of taken) reject(error);
        return;
      }
      for (const one of taken) await run([one]);
    }
  }

  function pump(): void {
    while (runs < options.maxRuns && waiting.length > 0) {
      const taken = waiting.splice(0, options.maxItems);
      runs += 1;
      running += taken.length;
      void run(taken).finally(() => {
        runs -= 1;
        running -= taken.length;
        pump();
      });
    }
  }

  return (item) =>
    new Promise<Out>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      crowd = Math.max(waiting.length + running, crowd - FORGOTTEN);
      if (waiting.length >= Math.max(FEW, crowd / options.maxRuns)) pump();
      // Whoever else asks in this turn of the event loop comes along.
      else if (waiting.length === 1) setImmediate(pump);
    });
}
