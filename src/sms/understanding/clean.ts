/**
 * The first step: any value becomes plain, printable, bounded text. It changes spelling of
 * characters only, never words, so that everything after it can be simple.
 */

/** Twilio's longest body; whatever is longer was not typed by a person. */
const MAX_CHARS = 1600;

/**
 * Controls but line breaks, and everything that formats without being seen: soft hyphen,
 * zero-width and bidi marks, BOM, joiners; then object replacement (a sticker) and the text
 * variation mark.
 */
const INVISIBLE = /(?!\n)\p{Cc}|\p{Cf}|\ufffc|\ufe0e/gu;
const SINGLE_QUOTES = /[\u2018\u2019\u201a\u201b\u2032\u00b4`\u02bc]/gu;
const DOUBLE_QUOTES = /[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb]/gu;
const DASHES = /[\u2010-\u2015\u2212]/gu;

/**
 * Text as the grammars expect it: NFKC ("\uff59\uff45\uff53" and "\u2462" become ASCII), straight
 * quotes, no invisible characters, single spaces, line breaks kept. A value that is no string
 * becomes ''.
 */
export function cleanText(value: unknown): string {
  if (typeof value !== 'string') return '';
  return value
    .slice(0, MAX_CHARS)
    .replace(/\r\n?|[\u2028\u2029\u0085]/gu, '\n')
    .replace(/\t/gu, ' ')
    .normalize('NFKC')
    .slice(0, MAX_CHARS)
    .replace(INVISIBLE, '')
    .replace(SINGLE_QUOTES, "'")
    .replace(DOUBLE_QUOTES, '"')
    .replace(DASHES, '-')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n ?/gu, '\n')
    .trim();
}

export const LENGTH_BANDS = ['l0', 'l1_10', 'l11_50', 'l51_160', 'l160p'] as const;
export type LengthBand = (typeof LENGTH_BANDS)[number];

/** The most the log may know of a text: how long it was, in five bands. */
export function lengthBandOf(text: string): LengthBand {
  const length = cleanText(text).length;
  if (length === 0) return 'l0';
  if (length <= 10) return 'l1_10';
  if (length <= 50) return 'l11_50';
  return length <= 160 ? 'l51_160' : 'l160p';
}
