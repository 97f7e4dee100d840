/*
 * What readings ask of the database. A question is put of many things at once: readings that are carried out at the
 * same time share a statement, as the steps that they belong to share a commit.
 */
import type { Queryable } from '../store/orm.ts';
import { type Batch, createBatch } from './batch.ts';
import { isRefused } from './sql-state.ts';

/**
 * Looks at each of these things; as many answers, in the same order. It only looks, so it may be asked again; and it is
 * a function that lives as long as the process, since those who ask the same are found by it.
 */
export type Question<In, Out> = (sql: Queryable, about: readonly In[]) => Promise<readonly Out[]>;

export type Ask = <In, Out>(question: Question<In, Out>, about: In) => Promise<Out>;

const MAX_ITEMS = 64;
const MAX_RUNS = 2;

/** Asks over a pool, together with whoever asks the same of something else just now. */
export function askTogether(sql: Queryable): Ask {
  const batches = new Map<unknown, unknown>();
  return <In, Out>(question: Question<In, Out>, about: In) => {
    const known = batches.get(question) as Batch<In, Out> | undefined;
    const batch =
      known ??
      createBatch({
        run: (items: readonly In[]) => question(sql, items),
        ...{ maxItems: MAX_ITEMS, maxRuns: MAX_RUNS, separable: isRefused },
      });
    batches.set(question, batch);
    return batch(about);
  };
}

/** Asks inside a transaction, which no other has a part in. */
export const askIn =
  (tx: Queryable): Ask =>
  async <In, Out>(question: Question<In, Out>, about: In) =>
    (await question(tx, [about]))[0] as Out;
