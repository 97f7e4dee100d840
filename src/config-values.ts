/* What the text of a variable may be, and what it says. Reads no environment. */
import { z } from 'zod';

const MAX_DELAY_MS = 366 * 86_400_000;

export const isGiven = (text: string | undefined): text is string => text !== undefined;
export const isOn = (text: string | undefined): boolean => text === 'true' || text === '1';
export const originsOf = (text: string): readonly string[] =>
  text.match(/[^\s,](?:[^,]*[^\s,])?/g) ?? [];

export function areOrigins(text: string): boolean {
  return originsOf(text).every(
    (origin) =>
      /^https?:\/\//.test(origin) && URL.canParse(origin) && new URL(origin).origin === origin,
  );
}

export function areDelays(text: string): boolean {
  try {
    const delays: unknown = JSON.parse(text);
    return z.record(z.string(), z.int().min(0).max(MAX_DELAY_MS)).safeParse(delays).success;
  } catch {
    return false;
  }
}

export function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}
