import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanJson, cleanText } from '../../../src/sms/webhook/clean-text.ts';

test('B-12 NUL and control characters go, tabs and line ends stay', () => {
  expect(cleanText('a\u0000b\u0001\u007f\u0085c\td\r\ne')).toBe('abc\td\r\ne');
});

test('B-12 a lone surrogate becomes U+FFFD, a pair stays', () => {
  expect(cleanText('\ud83d 👍 \udc4d')).toBe('\uFFFD 👍 \uFFFD');
});

test('B-12 every string is safe for Postgres, and cleaning twice is cleaning once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const clean = cleanText(text);
      expect(clean).toBe(cleanText(clean));
      expect(clean).not.toContain('\u0000');
      expect(encodeURIComponent(clean)).toBeTypeOf('string');
    }),
  );
});

test('B-12 keys are cleaned too, at any depth', () => {
  const value = JSON.parse('{"a\\u0000":["x\\u0000",{"__proto__":{"b\\u0001":"\\ud800"}}],"n":1}');
  const clean = cleanJson(value);
  expect(JSON.stringify(clean)).toBe('{"a":["x",{"__proto__":{"b":"\uFFFD"}}],"n":1}');
  expect(({} as Record<string, unknown>).b).toBeUndefined();
});
