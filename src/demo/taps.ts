/* What the organizer says and taps, flow by flow; and how many places that and the replies have for a crash. */
import type { FlowEvent, Machine } from '../client/index.ts';
import { CREW, INVITEES, VOTERS, WINNER } from './story.ts';

/** One thing that the organizer does in a flow. */
export type Tap<M extends Machine> = {
  readonly says: string;
  readonly event: FlowEvent<M>;
  readonly via: 'button' | 'text' | 'picker';
};

/** A contact without a number is picked too: the log counts it, nobody is texted. */
const BOOK = [
  ...CREW.map(({ name, written }) => ({ name, phones: [written] })),
  { name: 'Grandma', phones: [] },
];

export const CREW_NAME = 'Friday climbers';

export const crewTaps = (pickerId: string): readonly Tap<'crew-creation'>[] => [
  { says: CREW_NAME, event: { type: 'organizer.named_crew', name: CREW_NAME }, via: 'text' },
  {
    says: '(opens the contacts)',
    event: { type: 'organizer.opened_picker', pickerId, picker: 'ios_native' },
    via: 'button',
  },
  {
    says: `(picks ${BOOK.map(({ name }) => name).join(', ')})`,
    event: { type: 'organizer.picked_people', pickerId, people: BOOK },
    via: 'picker',
  },
  { says: '(saves the crew)', event: { type: 'organizer.saved_crew' }, via: 'button' },
];

export const SYNCUP_TITLE = 'Dinner';

/** Each is a local date at the organizer's: 2026-06-05. */
export const syncupTaps = (days: readonly string[]): readonly Tap<'syncup-creation'>[] => [
  { says: '(asks people)', event: { type: 'organizer.chose_people' }, via: 'button' },
  ...VOTERS.map(({ name, written }) => ({
    says: `${name}, ${written}`,
    event: { type: 'organizer.typed_person', person: { name, phone: written } } as const,
    via: 'text' as const,
  })),
  { says: "That's all", event: { type: 'organizer.finished_adding' }, via: 'text' },
  ...days.map((day) => ({
    says: `${day}T19:00`,
    event: { type: 'organizer.added_option', startsAt: `${day}T19:00` } as const,
    via: 'picker' as const,
  })),
  { says: '(no more options)', event: { type: 'organizer.finished_options' }, via: 'button' },
  {
    says: '(one vote each)',
    event: { type: 'organizer.set_voting', voting: 'single' },
    via: 'button',
  },
  { says: '(asks them to vote)', event: { type: 'organizer.saved_syncup' }, via: 'button' },
];

/** `startsAt` is a local time at the organizer's: 2026-06-05T19:00. */
export const eventTaps = (crewId: string, startsAt: string): readonly Tap<'event-creation'>[] => [
  {
    says: `(chooses ${CREW_NAME})`,
    event: { type: 'organizer.chose_crew', crewId },
    via: 'button',
  },
  {
    says: 'Climbing night',
    event: { type: 'organizer.titled_event', title: 'Climbing night' },
    via: 'text',
  },
  { says: startsAt, event: { type: 'organizer.set_time', startsAt }, via: 'picker' },
  {
    says: 'The Boulder Barn',
    event: { type: 'organizer.set_place', place: 'The Boulder Barn' },
    via: 'text',
  },
  {
    says: 'Shoes can be rented',
    event: { type: 'organizer.set_details', details: 'Shoes can be rented' },
    via: 'text',
  },
  { says: '(sends the invites)', event: { type: 'organizer.saved_event' }, via: 'button' },
];

export const finalizeTaps: readonly Tap<'finalize'>[] = [
  {
    says: `(takes option ${WINNER})`,
    event: { type: 'organizer.chose_option', option: WINNER },
    via: 'button',
  },
];

export const reminderTaps: readonly Tap<'reminder'>[] = [
  {
    says: '(reminds who has not answered)',
    event: { type: 'organizer.chose_audience', audience: 'non_responders' },
    via: 'button',
  },
];

/** So many days may be voted for. */
export const OPTIONS = 3;

const FLOWS = [
  crewTaps(''),
  syncupTaps(Array<string>(OPTIONS).fill('')),
  eventTaps('', ''),
  finalizeTaps,
  reminderTaps,
];

/** The places between which a crash may fall: the app opened and left, every act, every reply. */
export const BEATS =
  2 +
  FLOWS.flatMap((taps) => ['begins', ...taps]).length +
  INVITEES.flatMap(({ replies }) => Object.values(replies).flat()).length;
