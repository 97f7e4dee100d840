/*
 * Quiet hours: nothing that is no answer goes out between 21:00 and 8:00 where its reader is. That place is
 * not known; the number's area code and the organizer's own time zone each bound it, and the stricter counts.
 */
import { localOf } from '../../machines/when.ts';
import { zonesOfNumber } from './number-zones.ts';

const FROM_HOUR = 21;
const TO_HOUR = 8;
const MINUTE_MS = 60_000;
/** Two places whose days never meet would wait for ever: after a day, the number's own decides. */
const LONGEST_MS = 24 * 60 * MINUTE_MS;

/** Epoch ms at which it is day for this phone; null where it is now. `zone` is the organizer's or event's. */
export function quietUntil(phone: string, zone: string | null, at: number): number | null {
  const own = zonesOfNumber(phone);
  const all = [...own, ...(zone === null ? [] : [zone])];
  const until = dayIn(all, at);
  const day = until - at > LONGEST_MS && own.length > 0 ? dayIn(own, at) : until;
  return day === at ? null : day;
}

/** The first instant from `at` on that is day in all of them. */
function dayIn(zones: readonly string[], at: number): number {
  let day = at;
  for (let turn = 0; turn < 8; turn += 1) {
    const next = Math.max(day, ...zones.map((zone) => morningIn(zone, day)));
    if (next === day) return day;
    day = next;
  }
  return day;
}

/** `at` where it is day, else the next 8:00; a clock change in that night is mended by the next look. */
function morningIn(zone: string, at: number): number {
  const { hour, minute } = localOf(at, zone);
  if (hour >= TO_HOUR && hour < FROM_HOUR) return at;
  const hoursLeft = (hour < TO_HOUR ? TO_HOUR : TO_HOUR + 24) - hour;
  const thisMinute = Math.floor(at / MINUTE_MS) * MINUTE_MS;
  return thisMinute + (hoursLeft * 60 - minute) * MINUTE_MS;
}
