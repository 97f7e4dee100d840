import { expect, test } from 'vitest';
import { storableJson, Unstorable } from '../../src/store/storable-json.ts';

test.each([
  ['plain text', { said: 'yes, and "how"' }],
  ['line ends and other controls', 'a\nb\tc\u0007'],
  ['a whole surrogate pair', 'yes 👍'],
  ['a text that only speaks of an escape', 'C:\\u0000 and \\ud800'],
  ['backslashes', 'a\\\\b'],
])('%s is stored as it is', (_, value) => {
  expect(JSON.parse(storableJson(value))).toEqual(value);
});

test.each([
  ['NUL', 'a\u0000b'],
  ['NUL after a backslash', 'a\\\u0000'],
  ['half of a surrogate pair', ['x', { deep: '\ud83d' }]],
  ['NUL in a key', { 'a\u0000': 1 }],
])('%s is refused before it is written', (_, value) => {
  expect(() => storableJson(value)).toThrow(Unstorable);
});
