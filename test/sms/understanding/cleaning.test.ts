import { describe, expect, it } from 'vitest';
import { cleanText } from '../../../src/sms/understanding/clean.ts';
import {
  lengthBandOf,
  type ReplyContext,
  understand,
} from '../../../src/sms/understanding/index.ts';

const INVITE: ReplyContext = { ctx: 'event' };

describe('cleaning', () => {
  it.each([
    ['ＹＥＳ', 'yes'],
    ['𝐘𝐄𝐒', 'yes'],
    ['y\u200be\u00ads', 'yes'],
    ['\u202eyes\u202c', 'yes'],
    ['\u0000yes\u0007', 'yes'],
    ['\ufeffno', 'no'],
    ['\u00a0no\u2003', 'no'],
    ['can\u2019t make it', 'no'],
    ['no\ufffc', 'no'],
    ['“Yes”', 'yes'],
  ] as const)('%j is read as typed plainly', (text, kind) => {
    expect(understand(text, INVITE).kind).toBe(kind);
  });
  it('keeps line breaks and drops other controls', () => {
    expect(cleanText(' a\r\nb\u0000\tc \u2028 d ')).toBe('a\nb c\nd');
  });
  it('keeps at most 1,600 characters', () => {
    expect(cleanText('ﷺ'.repeat(1600)).length).toBeLessThanOrEqual(1600);
  });
  it.each([undefined, null, 7, {}, [], Symbol('yes'), () => 'yes'])('%s is no text', (value) => {
    expect(understand(value as never, INVITE)).toMatchObject({ kind: 'unknown', reason: 'empty' });
  });
  it.each(['', ' ', '\n\n', '\u200b', '\ufffc'])('%j is empty', (text) => {
    expect(understand(text, INVITE)).toMatchObject({ kind: 'unknown', reason: 'empty' });
  });
});

describe('hostile texts', () => {
  it.each(['__proto__', 'constructor', 'toString', 'NaN', '../../etc/passwd', 'http://yes.com'])(
    '%j is just text without an answer',
    (text) => expect(understand(text, INVITE).kind).toBe('unknown'),
  );
  it('markup around a yes is not obeyed', () => {
    expect(understand("<script>alert('yes')</script>", INVITE).kind).toBe('unknown');
  });
});

describe('the length band', () => {
  it.each([
    ['', 'l0'],
    [' \u200b ', 'l0'],
    ['yes', 'l1_10'],
    ['x'.repeat(10), 'l1_10'],
    ['x'.repeat(11), 'l11_50'],
    ['x'.repeat(51), 'l51_160'],
    ['x'.repeat(161), 'l160p'],
    ['x'.repeat(5000), 'l160p'],
  ] as const)('is all that is kept of the length (%#: %s)', (text, band) => {
    expect(lengthBandOf(text)).toBe(band);
  });
});
