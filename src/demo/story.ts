/*
 * The conversation as data: who there is, what the organizer says and taps, what invitees write, and
 * which case of the log's contract each of them is. It does nothing by itself.
 */
import {
  neverReplied,
  repliedNo,
  repliedUnclearThenYes,
  repliedYes,
  saidStop,
} from '../behavior/reports/cases.ts';
import type { Sequence } from '../behavior/reports/sequence.ts';
import type { FlowEvent, Machine } from '../client/index.ts';

export const ORGANIZER = { name: 'Maya', country: 'US', timeZone: 'America/Los_Angeles' } as const;

/** What an invitee writes, and whether Funlet answers it. */
export type Reply = {
  readonly body: string;
  /** How often the carrier calls the webhook for it, all at once. */
  readonly times?: number;
  readonly isAnswered: boolean;
  /** Written only when the log has the invite: nobody stops what has not begun. */
  readonly takesTime?: true;
};

export type Invitee = {
  readonly name: string;
  /** As the address book has it. */
  readonly written: string;
  readonly phone: string;
  readonly replies: readonly Reply[];
  readonly caseId: string;
  readonly claim: string;
  readonly sequence: Sequence;
};

export const INVITEES: readonly Invitee[] = [
  {
    ...{ name: 'Ana', written: '(415) 555-0111', phone: '+14155550111' },
    replies: [{ body: 'Yes! So in', isAnswered: true }],
    ...{ caseId: 'I-1', claim: 'Ana says yes', sequence: repliedYes },
  },
  {
    ...{ name: 'Ben', written: '+1 415-555-0112', phone: '+14155550112' },
    replies: [{ body: "Sorry, can't make it", isAnswered: true }],
    ...{ caseId: 'I-2', claim: 'Ben says no', sequence: repliedNo },
  },
  {
    ...{ name: 'Cleo', written: '415.555.0113', phone: '+14155550113' },
    replies: [
      { body: 'hm let me check with Sam', isAnswered: true },
      { body: 'ok yes', isAnswered: true },
    ],
    ...{ caseId: 'I-3', claim: 'Cleo is unclear, then says yes', sequence: repliedUnclearThenYes },
  },
  {
    ...{ name: 'Eli', written: '415 555 0115', phone: '+14155550115' },
    replies: [{ body: 'count me in', times: 2, isAnswered: true }],
    ...{ caseId: 'I-22', claim: "Eli's yes comes in twice at once", sequence: repliedYes },
  },
  {
    ...{ name: 'Fay', written: '+14155550116', phone: '+14155550116' },
    replies: [{ body: 'STOP', isAnswered: false, takesTime: true }],
    ...{ caseId: 'I-17', claim: 'Fay says STOP', sequence: saidStop },
  },
  {
    ...{ name: 'Dev', written: '4155550114', phone: '+14155550114' },
    replies: [],
    ...{ caseId: 'I-9', claim: 'Dev never answers', sequence: neverReplied },
  },
];

/** A contact without a number is picked too: the log counts it, nobody is texted. */
const BOOK = [
  ...INVITEES.map(({ name, written }) => ({ name, phones: [written] })),
  { name: 'Grandma', phones: [] },
];

/** One thing that the organizer does in a flow. */
export type Tap<M extends Machine> = {
  readonly says: string;
  readonly event: FlowEvent<M>;
  readonly via: 'button' | 'text' | 'picker';
};

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

/** The places between which a crash may fall: every act and every reply. */
export const BEATS =
  4 +
  crewTaps('').length +
  eventTaps('', '').length +
  INVITEES.flatMap((one) => one.replies).length;
