/* Event creation: what each answer means, or what is wrong with it. */
import {
  type Context,
  type EventOf,
  inviteesOf,
  MAX_DETAILS,
  MAX_PLACE,
  MAX_TITLE,
} from './event-creation.model.ts';
import type { Rules } from './gathering.model.ts';
import type { Problem } from './kit.ts';
import { MAX_NAME } from './people.ts';
import { peopleProblems } from './people-list.ts';
import { type Reading, readInstant, readLine, wrong } from './readings.ts';

export { isGood, keptOf } from './readings.ts';

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
  const { startsAt: local, at } = event;
  const reading = readInstant({ path: 'startsAt', local, timeZone, at });
  return 'value' in reading ? { value: { startsAt: reading.value, timeZone } } : reading;
}

/** When it becomes final by itself: a time that lies ahead, and before the event where it has one. */
export function readRules(context: Context, event: EventOf<'organizer.set_rules'>): Reading<Rules> {
  const { quorum = null, whenAllAnswered = false, remindMin = null, answerBy: local, at } = event;
  const timeZone = context.when?.timeZone ?? context.homeZone;
  const reading =
    local === undefined ? null : readInstant({ path: 'answerBy', local, timeZone, at });
  if (reading !== null && 'problem' in reading) return reading;
  const value = { quorum, answerBy: reading?.value ?? null, whenAllAnswered, remindMin };
  const problem = rulesProblem(context, value);
  return problem === null ? { value } : { problem };
}

function rulesProblem(context: Context, rules: Rules): Problem | null {
  const { quorum, answerBy, remindMin } = rules;
  if (quorum !== null && quorum > inviteesOf(context).length) {
    return { path: 'quorum', code: 'more_than_invited' };
  }
  if (remindMin !== null && context.when === null) return { path: 'remindMin', code: 'no_date' };
  const isTooLate = answerBy !== null && context.when !== null && answerBy >= context.when.startsAt;
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
  if (rules.answerBy !== null && rules.answerBy <= event.at) {
    return { problem: { path: 'answerBy', code: 'in_the_past' } };
  }
  const problem = rulesProblem(context, rules);
  if (problem !== null) return { problem };
  if (event.crewName === undefined) return { value: null };
  if (crew !== null) return { problem: { path: 'crewName', code: 'already_a_crew' } };
  return readLine('crewName', event.crewName, MAX_NAME);
}

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
