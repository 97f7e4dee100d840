/* Sync-up creation: what each answer means, or what is wrong with it. */
import type { Problem } from './kit.ts';
import { lastTimeOf, optionText } from './option.ts';
import { peopleProblems } from './people-list.ts';
import { type Reading, readInstant, readLine, wrong } from './readings.ts';
import {
  type Context,
  type EventOf,
  inviteesOf,
  MAX_LABEL,
  MAX_OPTIONS,
  MAX_TITLE,
  MIN_OPTIONS,
  type Option,
} from './syncup-creation.model.ts';
import { gsmOf, nameOf } from './text.copy.ts';

export const readTitle = ({ title }: { readonly title: string }) =>
  readLine('title', title, MAX_TITLE);

/** The option that is meant, if it can be told apart from the others and stand in a text. */
export function readOption(
  context: Context,
  event: EventOf<'organizer.added_option'>,
): Reading<Option> {
  if (context.options.length >= MAX_OPTIONS) {
    return { problem: { path: 'label', code: 'too_many_options', limit: MAX_OPTIONS } };
  }
  const label = event.label === undefined ? { value: null } : readLabel(event.label);
  if ('problem' in label) return label;
  const time = readOptionTime(context, event);
  if ('problem' in time) return time;
  const option = { label: label.value, ...time.value };
  if (option.label === null && option.startsAt === null) {
    return { problem: { path: 'label', code: 'empty' } };
  }
  const known = context.options.map((other) => nameOfOption(other, event.at));
  return known.includes(nameOfOption(option, event.at))
    ? { problem: { path: 'label', code: 'duplicate' } }
    : { value: option };
}

const nameOfOption = (option: Option, at: number): string => optionText(option, at).toLowerCase();

/** A text shows neither links nor emoji, and an option that lacks its half is another option. */
function readLabel(text: string): Reading<string> {
  const reading = readLine('label', text, MAX_LABEL);
  if ('problem' in reading) return reading;
  if (/[\r\n]/.test(text)) return { problem: { path: 'label', code: 'line_break' } };
  return nameOf(reading.value, '', 4 * MAX_LABEL) === gsmOf(reading.value)
    ? reading
    : { problem: { path: 'label', code: 'not_for_a_text' } };
}

function readOptionTime(
  { homeZone }: Context,
  { startsAt: local, timeZone = homeZone, at }: EventOf<'organizer.added_option'>,
): Reading<Pick<Option, 'startsAt' | 'timeZone'>> {
  if (local === undefined) return { value: { startsAt: null, timeZone: null } };
  const reading = readInstant({ path: 'startsAt', local, timeZone, at });
  return 'value' in reading ? { value: { startsAt: reading.value, timeZone } } : reading;
}

export type Rules = Pick<Context, 'voting' | 'deadline' | 'voteRules'>;

/** How votes count, and until when. */
export function readRules(
  context: Context,
  event: EventOf<'organizer.set_voting'>,
): Reading<Rules> {
  const { homeZone, options } = context;
  const { voting, deadlineAt: local, timeZone = homeZone, at } = event;
  const { quorum = null, whenAllAnswered = false, finalizes = false } = event;
  const voteRules = { quorum, whenAllAnswered, finalizes };
  if (asksTooMany(context, voteRules)) return { problem: TOO_MANY };
  if (local === undefined) return { value: { voting, deadline: null, voteRules } };
  const reading = readInstant({ path: 'deadlineAt', local, timeZone, at });
  if ('problem' in reading) return reading;
  const last = lastTimeOf(options);
  return last !== null && reading.value >= last
    ? { problem: { path: 'deadlineAt', code: 'after_the_options' } }
    : { value: { voting, deadline: { at: reading.value, timeZone }, voteRules } };
}

const TOO_MANY: Problem = { path: 'quorum', code: 'more_than_invited' };
const asksTooMany = (context: Context, { quorum }: Context['voteRules']): boolean =>
  quorum !== null && quorum > inviteesOf(context).length;

/** Whether the draft may be saved now: time passes while it is looked over. */
export function readSave(
  context: Context,
  { at }: EventOf<'organizer.saved_syncup'>,
): Reading<true> {
  const { options, deadline, voteRules } = context;
  const past = options.findIndex(({ startsAt }) => startsAt !== null && startsAt <= at);
  if (past !== -1) return { problem: { path: `options.${past}.startsAt`, code: 'in_the_past' } };
  if (deadline !== null && deadline.at <= at) {
    return { problem: { path: 'deadlineAt', code: 'in_the_past' } };
  }
  // Fewer may be asked by now than when the rules were set.
  return asksTooMany(context, voteRules) ? { problem: TOO_MANY } : { value: true };
}

export const problems = {
  ...peopleProblems,
  'organizer.chose_crew': () => [{ path: 'crewId', code: 'not_offered' }],
  'organizer.added_option': (event: EventOf<'organizer.added_option'>, context: Context) =>
    wrong(readOption(context, event)),
  'organizer.removed_option': () => [{ path: 'option', code: 'not_listed' }],
  'organizer.finished_options': (_: object, { options }: Context): readonly Problem[] =>
    options.length < MIN_OPTIONS ? [{ path: '', code: 'too_few_options', limit: MIN_OPTIONS }] : [],
  'organizer.set_voting': (event: EventOf<'organizer.set_voting'>, context: Context) =>
    wrong(readRules(context, event)),
  'organizer.titled_syncup': (event: EventOf<'organizer.titled_syncup'>) => wrong(readTitle(event)),
  'organizer.saved_syncup': (event: EventOf<'organizer.saved_syncup'>, context: Context) =>
    wrong(readSave(context, event)),
};
