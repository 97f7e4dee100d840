/*
 * Time as people say it, a date and an hour at a place, to and from epoch ms. Built on the zone data of
 * Intl, which is pure here: it reads no clock and no locale of the machine.
 */
import { z } from 'zod';
import { hours } from './kit.ts';

/** Local time as clients give it: 2026-06-05T19:00. */
export const LOCAL_TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/;

/** A field with a local time, which may be any text: what is none is a problem of the answer, not of its shape. */
export const LocalTimeField = z
  .string()
  .max(40)
  .meta({
    description: 'A local time: YYYY-MM-DDTHH:MM.',
    examples: ['2027-06-05T19:00'],
  });
export const ZoneField = z
  .string()
  .max(60)
  .meta({
    description: 'A zone of the IANA database.',
    examples: ['America/New_York'],
  });

export type LocalProblem = 'not_a_date' | 'unknown_time_zone' | 'skipped_by_clock_change';

export type Local = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  /** 0 is Sunday, as in Postgres' `dow`. */
  readonly weekday: number;
};

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Whether this is a zone of the IANA database; bare offsets are not, as they know no summer time. */
export function isTimeZone(zone: string): boolean {
  try {
    return /^[A-Za-z]/.test(zone) && new Intl.DateTimeFormat('en-US', { timeZone: zone }) !== null;
  } catch {
    return false;
  }
}

/**
 * The instant (epoch ms) of a local time in a zone. A time that the clock change skips is refused; of
 * one that it repeats, the first is meant.
 */
export function instantOf(local: string, zone: string): number | LocalProblem {
  if (!isTimeZone(zone)) return 'unknown_time_zone';
  const naive = naiveOf(local);
  if (naive === null) return 'not_a_date';
  // The offsets in force a day before and after are the only ones that can apply at this time.
  const found = [naive - hours(24), naive + hours(24)]
    .map((at) => ({ at: naive - offsetAt(at, zone), offset: offsetAt(at, zone) }))
    .filter(({ at, offset }) => offsetAt(at, zone) === offset)
    .map(({ at }) => at);
  return found.length === 0 ? 'skipped_by_clock_change' : Math.min(...found);
}

/** Date, hour and weekday of an instant in a zone. */
export function localOf(at: number, zone: string): Local {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
  });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const [year, month, day] = [Number(part.year), Number(part.month), Number(part.day)];
  const date = { year, month, day, hour: Number(part.hour), minute: Number(part.minute) };
  return { ...date, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() };
}

/**
 * An instant as a text says it: "Fri Jun 5, 7 PM", with the year when it is not the present one. Made by
 * hand: Intl puts a narrow no-break space before PM, which would double the price of the SMS.
 */
export function whenText(at: number, zone: string, now: number): string {
  const local = localOf(at, zone);
  const year = local.year === localOf(now, zone).year ? '' : ` ${local.year}`;
  const minutes = local.minute === 0 ? '' : `:${String(local.minute).padStart(2, '0')}`;
  const time = `${local.hour % 12 || 12}${minutes} ${local.hour < 12 ? 'AM' : 'PM'}`;
  return `${WEEKDAYS[local.weekday]} ${MONTHS[local.month - 1]} ${local.day}${year}, ${time}`;
}

/** A length as people say it: "45 minutes", "2 hours", "1 day", or "1 hour 30 minutes". */
export function lengthText(lengthMin: number): string {
  const parts = [
    [Math.floor(lengthMin / 1_440), 'day'],
    [Math.floor(lengthMin / 60) % 24, 'hour'],
    [lengthMin % 60, 'minute'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`)
    .join(' ');
}

/** The digits of a local time read as UTC, if they name a day and an hour that exist. */
function naiveOf(local: string): number | null {
  const digits = LOCAL_TIME.exec(local);
  if (digits === null) return null;
  const at = new Date(`${local}:00.000Z`);
  return Number.isNaN(at.getTime()) || !at.toISOString().startsWith(local) ? null : at.getTime();
}

/** How far a zone's clocks are ahead of UTC at an instant, in ms, to the minute. */
function offsetAt(at: number, zone: string): number {
  const { year, month, day, hour, minute } = localOf(at, zone);
  const minuteMs = 60_000;
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / minuteMs) * minuteMs;
}
