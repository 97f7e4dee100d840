/*
 * Group work: what arrives while a run is under way goes together into the next one. Under load one
 * statement carries many requests; alone, nothing waits.
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

export function createBatch<In, Out>(options: BatchOptions<In, Out>): Batch<In, Out> {
  const waiting: Waiting<In, Out>[] = [];
  let runs = 0;

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
      runs += 1;
      void run(waiting.splice(0, options.maxItems)).finally(() => {
        runs -= 1;
        pump();
      });
    }
  }

  return (item) =>
    new Promise<Out>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      // Whoever else asks in this turn of the event loop comes along.
      if (waiting.length === 1) setImmediate(pump);
    });
}
