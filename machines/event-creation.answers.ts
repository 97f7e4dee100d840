/* Event creation: what each answer means, or what is wrong with it. */
import {
  type Context,
  type EventOf,
  MAX_DETAILS,
  MAX_PLACE,
  MAX_TITLE,
} from './event-creation.model.ts';
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
  { homeZone }: Context,
  event: EventOf<'organizer.set_time'>,
): Reading<When> {
  const timeZone = event.timeZone ?? homeZone;
  const { startsAt: local, at } = event;
  const reading = readInstant({ path: 'startsAt', local, timeZone, at });
  return 'value' in reading ? { value: { startsAt: reading.value, timeZone } } : reading;
}

/** Whether the draft may be saved now: time passes while it is looked over. Gives the new crew's name. */
export function readSave(
  { crew, when }: Context,
  event: EventOf<'organizer.saved_event'>,
): Reading<string | null> {
  if (when !== null && when.startsAt <= event.at) {
    return { problem: { path: 'startsAt', code: 'in_the_past' } };
  }
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
  'organizer.saved_event': (event: EventOf<'organizer.saved_event'>, context: Context) =>
    wrong(readSave(context, event)),
};
