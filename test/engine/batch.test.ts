import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createBatch } from '../../src/engine/batch.ts';

/** A batch whose runs end when they are told to. */
function held(maxRuns: number, maxItems = 32) {
  const runs: { readonly items: readonly number[]; readonly end: () => void }[] = [];
  const batch = createBatch({
    run: (items: readonly number[]) =>
      new Promise<readonly number[]>((resolve) => {
        runs.push({ items, end: () => resolve(items.map((item) => 2 * item)) });
      }),
    ...{ maxItems, maxRuns, separable: () => false },
  });
  const give = (...items: readonly number[]) => Promise.all(items.map(batch));
  return { runs, give, sizes: () => runs.map(({ items }) => items.length) };
}

test('one that comes alone waits for nobody', async () => {
  const { give, sizes } = held(2);
  void give(1);
  await turn();
  expect(sizes()).toEqual([1]);
});

test('what comes while all runs are under way goes together into the next', async () => {
  const { runs, give, sizes } = held(1);
  const first = give(1);
  await turn();
  const others = give(2, 3, 4);
  runs[0]?.end();
  await turn();
  runs[1]?.end();
  expect([await first, await others]).toEqual([[2], [4, 6, 8]]);
  expect(sizes()).toEqual([1, 3]);
});

test('of a crowd that comes at once, one half goes while the other gathers', async () => {
  const { runs, give, sizes } = held(2);
  // It learns how many there are.
  const first = give(1, 2, 3, 4, 5, 6, 7, 8);
  for (let n = 0; n < 8; n += 1) {
    runs[n]?.end();
    await turn();
  }
  await first;
  const known = runs.length;
  void give(1, 2, 3, 4, 5, 6, 7, 8);
  await turn();
  expect(sizes().slice(known)).toEqual([4, 4]);
});

test('no run takes more than it may', async () => {
  const { runs, give, sizes } = held(1, 3);
  const all = give(1, 2, 3, 4, 5, 6, 7);
  for (let n = 0; n < 4; n += 1) {
    await turn();
    runs[n]?.end();
  }
  await all;
  expect(Math.max(...sizes())).toBe(3);
});
