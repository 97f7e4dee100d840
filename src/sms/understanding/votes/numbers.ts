/**
 * Number words of a poll reply, and what makes a number none of its choices: a time, a date, a
 * range, a count of people. "to", "too", "for" and "won" are never numbers.
 */

export const NUMBER_WORDS: ReadonlyMap<string, number> = new Map([
  ...['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'].map(
    (w, i) => [w, i + 1] as const,
  ),
  ...['uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve'].map(
    (w, i) => [w, i + 1] as const,
  ),
  ...['una'].map((w) => [w, 1] as const),
]);

/**
 * Ordinals are choices only beside "one", "option" and the like, or alone: "the 3rd" can be a
 * date.
 */
export const ORDINAL_WORDS: ReadonlyMap<string, number> = new Map([
  ...['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'].map(
    (w, i) => [w, i + 1] as const,
  ),
  ...['1st', '2nd', '3rd', '4th', '5th', '6th', '7th', '8th', '9th'].map(
    (w, i) => [w, i + 1] as const,
  ),
  ...['primera', 'segunda', 'tercera', 'cuarta', 'quinta'].map((w, i) => [w, i + 1] as const),
  ...['primero', 'segundo', 'tercero', 'cuarto', 'quinto'].map((w, i) => [w, i + 1] as const),
  ...['primer', 'second', 'tercer'].map((w, i) => [w, i + 1] as const),
]);

/** Shapes in the raw text that make any number in it something else. */
export const NOT_CHOICES: readonly RegExp[] = [
  /\d\s*-\s*\d/u, // ranges, phone numbers
  /\d\s*(?:to|thru|through|until|till|hasta)\s+\d/u,
  /\d[.:]\d/u, // decimals, times
  /\d\s*(?:am|pm|a\.m|p\.m|ish|h|hrs?|hours?|mins?|minutes?|o'?clock)\b/u,
  /[$\u20ac\u00a3]\s*\d|\d\s*(?:%|\$|\u20ac|bucks|dollars)/u,
  /(?:^|[^\d\s])\s*\+\s*\d|\d\s\+\d/u, // guests
  /(?:1st|2nd|3rd|first|second|third) (?:choice|pick|preference)\W+\D*\d/u, // rankings
  /\d\s*(?:x|people|ppl|of us|kids|guests|friends|adults|tickets|days|weeks|miles|blocks|more)\b/u,
  /\b(?:at|after|before|around|by|until|till|since|from|past|between|about)\s+\d/u,
  /\b(?:room|apt|suite|gate|unit|extension|exit|a las|despues de|antes de)\s+(?:#\s*)?\d/u,
  /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?\s+\d/u,
  /\d\s*(?:\/\s*\d{2,}|\/\s*\d+\s*\/\s*\d{2,})/u,
];

/** The number a word stands for: digits, a cardinal or an ordinal; NaN for anything else. */
export function numberOf(word: string): number {
  const digits = /^(?:#|no|num|op)?(\d+)$/u.exec(word)?.[1];
  if (digits !== undefined) return Number(digits);
  return NUMBER_WORDS.get(word) ?? ORDINAL_WORDS.get(word) ?? Number.NaN;
}
