/*
 * What an organizer's answer means, or what is wrong with it. A reading is made by a pure function, so
 * that the guard that asks whether it is good, the assignment that keeps it and the problem that is
 * told to the client all say the same. Shared by the flows that ask for words and times.
 */
import { days, type Problem } from './kit.ts';
import { cleanLine, fieldProblem } from './line.ts';
import { instantOf } from './when.ts';

/** Farther ahead nobody plans an evening; it also keeps the number of minutes within its cap. */
const FARTHEST_MS = days(5 * 366);

export type Reading<T> = { readonly value: T } | { readonly problem: Problem };

export const readLine = (path: string, text: string, max: number): Reading<string> => {
  const value = cleanLine(text);
  const problem = fieldProblem(path, value, max);
  return problem === null ? { value } : { problem };
};

/** A local time as it came in a field of an event, which happened `at` (epoch ms). */
export type LocalTime = {
  readonly path: string;
  readonly local: string;
  readonly timeZone: string;
  readonly at: number;
};

/** The instant (epoch ms) that is meant, if it exists and lies ahead. */
export function readInstant({ path, local, timeZone, at }: LocalTime): Reading<number> {
  const value = instantOf(local, timeZone);
  if (typeof value === 'string') {
    return { problem: { path: value === 'unknown_time_zone' ? 'timeZone' : path, code: value } };
  }
  const code = timeProblem(value, at);
  return code === null ? { value } : { problem: { path, code } };
}

function timeProblem(instant: number, at: number): 'in_the_past' | 'too_far_ahead' | null {
  if (instant <= at) return 'in_the_past';
  return instant - at > FARTHEST_MS ? 'too_far_ahead' : null;
}

export const isGood = (_: unknown, reading: Reading<unknown>): boolean => 'value' in reading;

/** The value of a reading that a guard has found good. */
export function keptOf<T>(reading: Reading<T>): T {
  if ('value' in reading) return reading.value;
  throw new Error(
    `An answer with the problem '${reading.problem.code}' was about to be kept: guard it by isGood.`,
  );
}

export const wrong = (reading: Reading<unknown>): readonly Problem[] =>
  'problem' in reading ? [reading.problem] : [];
