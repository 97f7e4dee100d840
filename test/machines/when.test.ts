import { describe, expect, test } from 'vitest';
import { instantOf, isTimeZone, localOf, whenText } from '../../machines/when.ts';

const utc = (iso: string): number => Date.parse(iso);

describe('a local time', () => {
  test.each([
    ['in winter', '2026-01-15T19:00', 'America/New_York', '2026-01-16T00:00:00Z'],
    ['in summer', '2026-06-05T19:00', 'America/New_York', '2026-06-05T23:00:00Z'],
    ['east of UTC', '2026-06-05T19:00', 'Europe/Berlin', '2026-06-05T17:00:00Z'],
    ['where the offset has minutes', '2026-06-05T19:00', 'Asia/Kolkata', '2026-06-05T13:30:00Z'],
    ['that comes twice: the first', '2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00Z'],
    ['just after the gap', '2026-03-08T03:00', 'America/New_York', '2026-03-08T07:00:00Z'],
    ['on a leap day', '2028-02-29T12:00', 'UTC', '2028-02-29T12:00:00Z'],
  ])('%s is an instant', (_when, local, zone, iso) =>
    expect(instantOf(local, zone)).toBe(utc(iso)),
  );

  test.each([
    [
      'an hour that the clock change skips',
      '2026-03-08T02:30',
      'America/New_York',
      'skipped_by_clock_change',
    ],
    ['a day that the zone skipped', '2011-12-30T12:00', 'Pacific/Apia', 'skipped_by_clock_change'],
    ['February 30', '2026-02-30T12:00', 'UTC', 'not_a_date'],
    ['hour 24', '2026-02-03T24:00', 'UTC', 'not_a_date'],
    ['words', 'tomorrow', 'UTC', 'not_a_date'],
    ['a zone that is none', '2026-02-03T12:00', 'Mars/Base', 'unknown_time_zone'],
    ['a bare offset', '2026-02-03T12:00', '+02:00', 'unknown_time_zone'],
  ])('is refused: %s', (_what, local, zone, code) => expect(instantOf(local, zone)).toBe(code));

  test('reads back as day, hour and weekday of its place, Sunday being 0', () => {
    const at = utc('2026-06-07T02:30:00Z');
    expect(localOf(at, 'UTC')).toMatchObject({ weekday: 0, hour: 2, minute: 30 });
    expect(localOf(at, 'America/Los_Angeles')).toMatchObject({ weekday: 6, hour: 19, day: 6 });
    expect(isTimeZone('Europe/Berlin')).toBe(true);
  });
});

describe('the text of a time', () => {
  const now = utc('2026-05-01T00:00:00Z');
  test.each([
    ['a full hour', '2026-06-05T19:00', 'Fri Jun 5, 7 PM'],
    ['half past', '2026-06-05T07:30', 'Fri Jun 5, 7:30 AM'],
    ['noon', '2026-06-05T12:00', 'Fri Jun 5, 12 PM'],
    ['midnight', '2026-06-05T00:05', 'Fri Jun 5, 12:05 AM'],
    ['another year', '2027-01-01T20:00', 'Fri Jan 1 2027, 8 PM'],
  ])('at %s', (_what, local, text) =>
    expect(whenText(Number(instantOf(local, 'Europe/Berlin')), 'Europe/Berlin', now)).toBe(text),
  );

  test('has nothing outside ASCII, which would double the price of an SMS', () => {
    const text = whenText(utc('2026-06-05T19:00:00Z'), 'UTC', now);
    expect(text).toMatch(/^[ -~]+$/);
  });
});
