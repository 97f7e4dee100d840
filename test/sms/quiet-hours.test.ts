import { describe, expect, test } from 'vitest';
import { zonesOfNumber } from '../../src/sms/number-zones.ts';
import { quietUntil } from '../../src/sms/quiet-hours.ts';

const NEW_YORK = '+12125550101';
const SEATTLE = '+12065550101';
const UNLISTED = '+18005550101';
const LISBON = '+351912345678';

const at = (time: string) => Date.parse(`2026-06-02T${time}Z`);
const until = (phone: string, zone: string | null, time: string) => {
  const found = quietUntil(phone, zone, at(time));
  return found === null ? null : new Date(found).toISOString().slice(8, 16);
};

describe('quiet hours', () => {
  test.each([
    ['are from nine in the evening', NEW_YORK, null, '01:00:00', '02T12:00'],
    ['not a minute before', NEW_YORK, null, '00:59:59', null],
    ['last to eight in the morning', NEW_YORK, null, '11:59:30', '02T12:00'],
    ['and no longer', NEW_YORK, null, '12:00:00', null],
    ['are those of the area code', SEATTLE, null, '14:00:00', '02T15:00'],
    [
      'are the organizer’s too, the stricter of both',
      SEATTLE,
      'America/New_York',
      '02:00:00',
      '02T15:00',
    ],
    [
      'are those of both coasts where the code says nothing',
      UNLISTED,
      null,
      '01:30:00',
      '02T15:00',
    ],
    [
      'are the organizer’s where the number is of another country',
      LISBON,
      'Europe/Lisbon',
      '22:00:00',
      '03T07:00',
    ],
    ['are none where nothing is known', LISBON, null, '02:00:00', null],
    ['are both where two days hardly meet', NEW_YORK, 'Asia/Shanghai', '13:00:00', '03T00:00'],
    [
      'are the number’s own where days never meet',
      UNLISTED,
      'Asia/Bangkok',
      '02:00:00',
      '02T15:00',
    ],
  ])('%s', (_, phone, zone, time, expected) => {
    expect(until(phone, zone, time)).toBe(expected);
  });

  test('end in the day, whatever two places they are of', () => {
    for (const zone of ['America/New_York', 'Europe/Lisbon', 'Pacific/Honolulu', 'Asia/Tokyo']) {
      for (let hour = 0; hour < 24; hour += 1) {
        const now = at('00:30:00') + hour * 3_600_000;
        const day = quietUntil(SEATTLE, zone, now) ?? now;
        expect(day - now).toBeLessThanOrEqual(24 * 3_600_000);
        expect(quietUntil(SEATTLE, null, day), `${zone} ${hour}`).toBeNull();
      }
    }
  });

  test('know an area code once, and only those of the plan', () => {
    expect(zonesOfNumber('+12065550101')).toEqual(['America/Los_Angeles']);
    expect(zonesOfNumber('+18085550101')).toEqual(['Pacific/Honolulu']);
    expect(zonesOfNumber('+4930123456')).toEqual([]);
  });
});
