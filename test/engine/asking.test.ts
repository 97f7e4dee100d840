import { expect, test } from 'vitest';
import { askIn, askTogether } from '../../src/engine/asking.ts';
import type { Queryable } from '../../src/store/orm.ts';

const NOWHERE = {} as Queryable;

/** Doubles numbers, and remembers how they were asked; three is refused as PostgreSQL would. */
function doubling() {
  const statements: (readonly number[])[] = [];
  const question = async (_: Queryable, about: readonly number[]) => {
    statements.push(about);
    if (about.includes(3))
      throw Object.assign(new Error('no'), { name: 'PostgresError', code: '22000' });
    return about.map((one) => 2 * one);
  };
  return { statements, question };
}

test('what is asked of many things at once is one statement, and each gets its own answer', async () => {
  const { statements, question } = doubling();
  const ask = askTogether(NOWHERE);
  const answers = await Promise.all([7, 1, 4, 1].map((one) => ask(question, one)));
  expect(answers).toEqual([14, 2, 8, 2]);
  expect(statements).toEqual([[7, 1, 4, 1]]);
});

test('other questions are other statements', async () => {
  const [one, other] = [doubling(), doubling()];
  const ask = askTogether(NOWHERE);
  expect(await Promise.all([ask(one.question, 1), ask(other.question, 2)])).toEqual([2, 4]);
  expect([one.statements, other.statements]).toEqual([[[1]], [[2]]]);
});

test('a thing that is refused fails alone', async () => {
  const ask = askTogether(NOWHERE);
  const { question } = doubling();
  const settled = await Promise.allSettled([1, 3, 2].map((one) => ask(question, one)));
  expect(settled).toMatchObject([
    { value: 2 },
    { status: 'rejected', reason: { message: 'no' } },
    { value: 4 },
  ]);
});

test('inside a transaction each asks by itself', async () => {
  const { statements, question } = doubling();
  const ask = askIn(NOWHERE);
  expect(await Promise.all([ask(question, 5), ask(question, 6)])).toEqual([10, 12]);
  expect(statements).toEqual([[5], [6]]);
});
