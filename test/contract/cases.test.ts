import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

/** The cases that today's charts can reach: each has one test, which puts it on the sheet. */
const REACHED = [
  ...idsOf('S', [1, 7]),
  ...idsOf('P', [1, 6]),
  ...idsOf('CC', [1, 13]),
  ...idsOf('CU', [1, 4]),
  ...idsOf('EC', [1, 10]),
  ...idsOf('SC', [1, 2]),
  ...idsOf('FI', [1, 5]),
  ...idsOf('RE', [1, 3]),
  ...idsOf('AP', [1, 2]),
  ...idsOf('I', [1, 26]),
  ...idsOf('X', [1, 2], [5, 5], [7, 7]),
];

function idsOf(group: string, ...ranges: readonly (readonly [number, number])[]): string[] {
  return ranges.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, n) => `${group}-${from + n}`),
  );
}

test('every case of the contract that can be reached is played once, and no other', async () => {
  const files = (await readdir(import.meta.dirname)).filter((name) => name.endsWith('.test.ts'));
  const texts = await Promise.all(
    files.map((name) => readFile(`${import.meta.dirname}/${name}`, 'utf8')),
  );
  const played = texts.flatMap((text) =>
    [...text.matchAll(/\btest\('([A-Z]+-\d+) /g)].map(([, id]) => id),
  );
  expect(played.sort()).toEqual(REACHED.sort());
});
