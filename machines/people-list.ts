/*
 * A list of people in the making, as several organizer flows have it: put together from pickers and by
 * typing. Pure functions over that part of a context; the states and transitions stay in each chart.
 */
import { z } from 'zod';
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import { PICKERS, type PickerPurpose } from '../src/behavior/vocabulary.ts';
import type { Fact, Problem } from './kit.ts';
import { cleanLine } from './line.ts';
import {
  Contact,
  type ContactProblem,
  Contacts,
  MAX_PEOPLE,
  Person,
  SkippedContact,
  takeIn,
} from './people.ts';

/** The events by which people get on a list and off it. */
export const peopleEvents = {
  'organizer.opened_picker': z.strictObject({
    pickerId: z.uuid(),
    picker: z.enum(PICKERS),
    preselected: z.int().min(0).max(MAX_PEOPLE).optional(),
  }),
  'organizer.closed_picker': z.strictObject({ pickerId: z.uuid() }),
  'organizer.picked_people': z.strictObject({ pickerId: z.uuid(), people: Contacts }),
  'organizer.typed_person': z.strictObject({ person: Contact }),
  'organizer.removed_person': z.strictObject({ phone: z.string().max(40) }),
  'organizer.finished_adding': z.strictObject({}),
};

type Payload<K extends keyof typeof peopleEvents> = z.output<(typeof peopleEvents)[K]>;
type Opened = Payload<'organizer.opened_picker'> & { readonly at: number };
type Picked = Payload<'organizer.picked_people'>;
type Typed = Payload<'organizer.typed_person'>;

/** Somebody on a list, and how they got there (in the words of `crew_created.source`). */
export const Listed = Person.extend({ source: z.enum(['contacts', 'manual']) });
export type Listed = z.output<typeof Listed>;

/** The part of a context that holds a list of people in the making. */
export const PeopleList = z.strictObject({
  country: z.string(),
  people: z.array(Listed),
  /** What the last submission held that could not be added. */
  skipped: z.array(SkippedContact),
  /** The picker that is open now, and all that ever were: an id is used once. */
  picker: z.strictObject({ id: z.uuid(), kind: z.enum(PICKERS), openedAt: z.int() }).nullable(),
  pickerIds: z.array(z.uuid()),
});
export type PeopleList = z.output<typeof PeopleList>;

/** A list beside people who are in already: the members of the crew, the invitees of the event. */
type Beside = PeopleList & { readonly already?: readonly Person[] };

const knownOf = ({ people, already = [] }: Beside): readonly Person[] => [...already, ...people];

/** A list to begin with: empty, or that of the run that is taken up again. */
export const beginList = (
  country: string,
  resume: Partial<PeopleList> | undefined,
): PeopleList => ({
  country,
  people: resume?.people ?? [],
  skipped: [],
  picker: null,
  pickerIds: [],
});

export const openPicker = (list: PeopleList, { pickerId, picker, at }: Opened) => ({
  picker: { id: pickerId, kind: picker, openedAt: at },
  pickerIds: [...list.pickerIds, pickerId],
});

/** What a picker's submission comes to; `open` is false for a picker that is not, or no longer, open. */
export function judgePick(list: Beside, { pickerId, people }: Picked) {
  const known = knownOf(list);
  const { added, skipped } = takeIn(people, { country: list.country, known });
  return {
    open: list.picker?.id === pickerId,
    selected: people.length,
    total: known.length + added.length,
    listed: list.people.length + added.length,
    added,
    skipped,
  };
}
export type PickVerdict = ReturnType<typeof judgePick>;

/** The guards of a submission, in the order in which a chart asks them. */
export const pickGuards = {
  pickedNothing: (_: unknown, pick: PickVerdict) => pick.open && pick.selected === 0,
  pickedTooMany: (_: unknown, pick: PickVerdict) => pick.open && pick.total > MAX_PEOPLE,
  pickedNobodyUsable: (_: unknown, pick: PickVerdict) => pick.open && pick.total === 0,
  pickedOnlyKnown: (_: unknown, pick: PickVerdict) =>
    pick.open && pick.listed === 0 && pick.skipped.every(({ code }) => code === 'already_member'),
  pickedNobodyNew: (_: unknown, pick: PickVerdict) => pick.open && pick.listed === 0,
  pickedPeople: (_: unknown, pick: PickVerdict) => pick.open,
};

export function addPicked(list: Beside, event: Picked) {
  const { added, skipped } = judgePick(list, event);
  const people = added.map((person) => ({ ...person, source: 'contacts' as const }));
  return { people: [...list.people, ...people], skipped: [...skipped], picker: null };
}

/** What is wrong with a person who was typed in; nothing when they can be added. */
export function typedProblems(list: Beside, { person }: Typed): readonly Problem[] {
  const { country } = list;
  const known = knownOf(list);
  if (cleanLine(person.name) === '') return [{ path: 'person.name', code: 'empty' }];
  if (known.length >= MAX_PEOPLE) return [{ path: 'person', code: 'too_many', limit: MAX_PEOPLE }];
  return takeIn([person], { country, known }).skipped.map(({ code }) => ({
    path: 'person.phone',
    code,
  }));
}

export function addTyped(list: Beside, { person }: Typed) {
  const { added } = takeIn([person], { country: list.country, known: knownOf(list) });
  const people = added.map((one) => ({ ...one, source: 'manual' as const }));
  return { people: [...list.people, ...people], skipped: [] };
}

export const removePerson = (list: PeopleList, phone: string) => ({
  people: list.people.filter((person) => person.phone !== phone),
});

export const isListed = (list: PeopleList, phone: string): boolean =>
  list.people.some((person) => person.phone === phone);

/** What was wrong with a list's events that a guard turned down: codes by place, never a value. */
export const peopleProblems = {
  'organizer.picked_people': (event: Picked, list: Beside): readonly Problem[] => {
    const { total, skipped } = judgePick(list, event);
    if (total > MAX_PEOPLE) return [{ path: 'people', code: 'too_many', limit: MAX_PEOPLE }];
    return skipped.map(({ index, code }) => ({ path: `people.${index}`, code }));
  },
  'organizer.typed_person': (event: Typed, list: Beside) => typedProblems(list, event),
  'organizer.removed_person': () => [{ path: 'phone', code: 'not_listed' }],
  'organizer.finished_adding': () => [{ path: '', code: 'nobody_added' }],
};

/** `contact_picker_opened` and `contact_picker_submitted`, as far as a chart knows them. */
export const pickerFacts = (purpose: PickerPurpose) => ({
  contact_picker_opened: (fact: Fact<PeopleList>): DescribedMetadata<'contact_picker_opened'> => {
    const { pickerId, picker, preselected } = fact.event as unknown as Opened;
    return {
      picker_id: pickerId,
      picker,
      purpose,
      ...(preselected === undefined ? {} : { preselected }),
    };
  },
  contact_picker_submitted: (
    fact: Fact<PeopleList>,
  ): DescribedMetadata<'contact_picker_submitted'> => {
    const { before, at } = fact;
    const event = fact.event as unknown as Picked;
    const { added, skipped, selected } = judgePick(before, event);
    const count = (code: ContactProblem) => skipped.filter((one) => one.code === code).length;
    return {
      picker_id: event.pickerId,
      selected,
      added: added.length,
      duplicate: count('duplicate'),
      invalid_phone: count('invalid_phone'),
      no_phone: count('no_phone'),
      already_member: count('already_member'),
      dwell_ms: Math.max(0, at - (before.picker?.openedAt ?? at)),
    };
  },
});

/** `flow_step` of add_contacts: how many were selected, in the picker or by typing. */
export function selectedCount({ after, event }: Fact<PeopleList>): DescribedMetadata<'flow_step'> {
  if (event.type === 'organizer.picked_people') {
    return { selected_count: (event as unknown as Picked).people.length };
  }
  return event.type === 'organizer.finished_adding' ? { selected_count: after.people.length } : {};
}
