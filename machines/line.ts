/*
 * Text as a person typed or pasted it, made fit to be stored, shown in a chat and put into an SMS: one
 * line, nothing that cannot be seen, nothing that turns the reading direction. A line break in a name
 * would otherwise forge a second invite inside a text. Knows no flow and no database.
 */

export type LineProblem = 'empty' | 'too_long';

/** Controls and separators become a space; format characters (RTL marks, zero widths), private use and lone surrogates go. */
export const cleanLine = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cf}\p{Co}\p{Cs}]+/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();

/** What is wrong with a cleaned line of at most `max` characters (code points); null when it is fine. */
export function lineProblem(line: string, max: number): LineProblem | null {
  if (line === '') return 'empty';
  return [...line].length > max ? 'too_long' : null;
}

/** The first `max` characters (code points) of a cleaned line, for text that its owner cannot mend. */
export const clipLine = (line: string, max: number): string =>
  [...line].slice(0, max).join('').trim();
