import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { expect, test } from 'vitest';
import { segmentsOf } from '../../../src/sms/carrier/segments.ts';

test.each([
  ['', 1, 'gsm7'],
  ['a'.repeat(160), 1, 'gsm7'],
  ['a'.repeat(161), 2, 'gsm7'],
  ['€'.repeat(81), 2, 'gsm7'],
  ['ñ é', 1, 'gsm7'],
  ['“smart” quotes – and …', 1, 'gsm7'],
  ['María', 1, 'ucs2'],
  ['á'.repeat(71), 2, 'ucs2'],
  ['👍', 1, 'ucs2'],
])('the body %s costs %i segments in %s', (body, segments, encoding) => {
  expect(segmentsOf(body)).toEqual({ segments, encoding });
});

test('a body of ASCII costs what the library says', () => {
  const ascii = fc.string({
    unit: fc.integer({ min: 10, max: 126 }).map((c) => String.fromCharCode(c)),
    maxLength: 500,
  });
  const plain = fc.string({ unit: fc.constantFrom(...'aZ 5\n@_?$'), maxLength: 500 });
  fc.assert(
    fc.property(fc.oneof(ascii, plain), (body) => {
      const { segmentsCount, encodingName } = new SegmentedMessage(body, 'auto', true);
      expect(segmentsOf(body)).toEqual({
        segments: Math.max(1, segmentsCount),
        encoding: encodingName === 'GSM-7' ? 'gsm7' : 'ucs2',
      });
    }),
  );
});
