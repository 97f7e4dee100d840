/*
 * Text as a person typed or pasted it, made fit to be stored, shown in a chat and put into an SMS: one
 * line, nothing that cannot be seen, nothing that turns the reading direction. A line break in a name
 * would otherwise forge a second invite inside a text. Knows no flow and no database.
 */

import type { Problem } from './kit.ts';

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

/** The same as the problem of a field, with how long it may be where it is too long. */
export function fieldProblem(path: string, line: string, max: number): Problem | null {
  const code = lineProblem(line, max);
  if (code === null) return null;
  return code === 'too_long' ? { path, code, limit: max } : { path, code };
}

/** The first `max` characters (code points) of a cleaned line, for text that its owner cannot mend. */
export const clipLine = (line: string, max: number): string =>
  [...line].slice(0, max).join('').trim();
