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

/** Phone numbers with commas between, each once. */
export function numbersIn(text: string): readonly [string, ...string[]] {
  const [first = '', ...others] = new Set(text.split(/\s*,\s*/));
  return [first, ...others];
}

export const areNumbers = (text: string): boolean =>
  numbersIn(text).every((number) => /^\+[1-9]\d{6,14}$/.test(number));

/**
 * What stands in a text as it is: an e-mail address, a phone number or a URL, in letters that take one place
 * of GSM-7 each. 60 of them leave room for what the CTIA's principles want beside it, in one SMS.
 */
export const isContact = (text: string): boolean =>
  text.length <= 60 && /^([!-Z_a-z]+\.[!-Z_a-z]+|[+(]?\d[\d ()-]+\d)$/.test(text);

/** Segments a second, with up to three decimals. */
export const isPace = (text: string): boolean =>
  /^\d{1,4}(\.\d{1,3})?$/.test(text) && Number(text) >= 0.01;
