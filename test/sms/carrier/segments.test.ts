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
