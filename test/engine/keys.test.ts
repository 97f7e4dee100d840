import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Key, keysWith, useOf } from '../../src/engine/keys.ts';

const key = (value: string, hash = 'WMzs7vI8vJ1H'): Key => ({ value, hash });
const after = (keys: readonly Key[]) => keys.reduce<readonly string[]>(keysWith, []);

test('a key is known again with what it was used for, and told from other uses', () => {
  const keys = after([key('a'), key('b'), key('no body', '')]);
  expect(useOf(keys, key('a'))).toBe('same');
  expect(useOf(keys, key('a', 'another hash'))).toBe('other');
  expect(useOf(keys, key('no body', ''))).toBe('same');
  expect(useOf(keys, key('c'))).toBe('none');
});

test('the last 32 keys are kept, however long they are', () => {
  const used = Array.from({ length: 33 }, () => key(`${randomUUID()} ${'x'.repeat(150)}`));
  const keys = after(used);
  expect(used.map((one) => useOf(keys, one))).toEqual(['none', ...new Array(32).fill('same')]);
  expect(keys.join('')).toHaveLength(32 * 20);
});
