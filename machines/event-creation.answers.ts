/*
 * Event creation: what an answer means, or what is wrong with it. Each reading is pure, so that the
 * guard that asks whether it is good, the assignment that keeps it and the problem that is told to the
 * client all say the same.
 */
import {
  type Context,
  type EventOf,
  inviteesOf,
  MAX_DETAILS,
  MAX_PLACE,
  MAX_TITLE,
} from './event-creation.model.ts';
import type { Rules } from './gathering.model.ts';
import { days, type Problem } from './kit.ts';
import { cleanLine, lineProblem } from './line.ts';
import { MAX_NAME } from './people.ts';
import { peopleProblems } from './people-list.ts';
import { instantOf } from './when.ts';

/** Farther ahead nobody plans an evening; it also keeps the number of minutes within its cap. */
const FARTHEST_MS = days(5 * 366);

type Reading<T> = { readonly value: T } | { readonly problem: Problem };

const readLine = (path: string, text: string, max: number): Reading<string> => {
  const value = cleanLine(text);
  const code = lineProblem(value, max);
  return code === null ? { value } : { problem: { path, code } };
};

export const readTitle = ({ title }: { readonly title: string }) =>
  readLine('title', title, MAX_TITLE);
export const readPlace = ({ place }: { readonly place: string }) =>
  readLine('place', place, MAX_PLACE);
export const readDetails = ({ details }: { readonly details: string }) =>
  readLine('details', details, MAX_DETAILS);

type When = NonNullable<Context['when']>;

/** The instant that is meant, if it exists and lies ahead. */
export function readTime(
  { homeZone }: Pick<Context, 'homeZone'>,
  event: Omit<EventOf<'organizer.set_time'>, 'type'>,
): Reading<When> {
  const timeZone = event.timeZone ?? homeZone;
  const startsAt = instantOf(event.startsAt, timeZone);
  if (typeof startsAt === 'string') {
    const path = startsAt === 'unknown_time_zone' ? 'timeZone' : 'startsAt';
    return { problem: { path, code: startsAt } };
  }
  const code = timeProblem(startsAt, event.at);
  return code === null
    ? { value: { startsAt, timeZone } }
    : { problem: { path: 'startsAt', code } };
}

function timeProblem(startsAt: number, at: number): 'in_the_past' | 'too_far_ahead' | null {
  if (startsAt <= at) return 'in_the_past';
  return startsAt - at > FARTHEST_MS ? 'too_far_ahead' : null;
}

/** When it becomes final by itself: a time that lies ahead, and before the event where it has one. */
export function readRules(context: Context, event: EventOf<'organizer.set_rules'>): Reading<Rules> {
  const { quorum = null, whenAllAnswered = false, remindMin = null } = event;
  const answerBy =
    event.answerBy === undefined
      ? null
      : instantOf(event.answerBy, context.when?.timeZone ?? context.homeZone);
  if (typeof answerBy === 'string') return { problem: { path: 'answerBy', code: answerBy } };
  const value = { quorum, answerBy, whenAllAnswered, remindMin };
  const problem = rulesProblem(context, value, event.at);
  return problem === null ? { value } : { problem };
}

function rulesProblem(context: Context, rules: Rules, at: number): Problem | null {
  const { quorum, answerBy, remindMin } = rules;
  if (quorum !== null && quorum > inviteesOf(context).length) {
    return { path: 'quorum', code: 'more_than_invited' };
  }
  if (remindMin !== null && context.when === null) return { path: 'remindMin', code: 'no_date' };
  if (answerBy === null) return null;
  const code = timeProblem(answerBy, at);
  if (code !== null) return { path: 'answerBy', code };
  const isTooLate = context.when !== null && answerBy >= context.when.startsAt;
  return isTooLate ? { path: 'answerBy', code: 'after_the_event' } : null;
}

/** Whether the draft may be saved now: time passes while it is looked over. Gives the new crew's name. */
export function readSave(
  context: Context,
  event: EventOf<'organizer.saved_event'>,
): Reading<string | null> {
  const { crew, when, rules } = context;
  if (when !== null && when.startsAt <= event.at) {
    return { problem: { path: 'startsAt', code: 'in_the_past' } };
  }
  const problem = rulesProblem(context, rules, event.at);
  if (problem !== null) return { problem };
  if (event.crewName === undefined) return { value: null };
  if (crew !== null) return { problem: { path: 'crewName', code: 'already_a_crew' } };
  return readLine('crewName', event.crewName, MAX_NAME);
}

export const isGood = (_: unknown, reading: Reading<unknown>): boolean => 'value' in reading;

/** The value of a reading that a guard has found good. */
export function keptOf<T>(reading: Reading<T>): T {
  if ('value' in reading) return reading.value;
  throw new Error(
    `An answer with the problem '${reading.problem.code}' was about to be kept: guard it by isGood.`,
  );
}

const wrong = (reading: Reading<unknown>): readonly Problem[] =>
  'problem' in reading ? [reading.problem] : [];

export const problems = {
  ...peopleProblems,
  'organizer.chose_crew': () => [{ path: 'crewId', code: 'not_offered' }],
  'organizer.titled_event': (event: EventOf<'organizer.titled_event'>) => wrong(readTitle(event)),
  'organizer.set_time': (event: EventOf<'organizer.set_time'>, context: Context) =>
    wrong(readTime(context, event)),
  'organizer.set_place': (event: EventOf<'organizer.set_place'>) => wrong(readPlace(event)),
  'organizer.set_details': (event: EventOf<'organizer.set_details'>) => wrong(readDetails(event)),
  'organizer.set_rules': (event: EventOf<'organizer.set_rules'>, context: Context) =>
    wrong(readRules(context, event)),
  'organizer.saved_event': (event: EventOf<'organizer.saved_event'>, context: Context) =>
    wrong(readSave(context, event)),
};
