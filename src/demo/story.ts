/*
 * The conversation as data: who there is, what invitees write in each scene, and which case of the log's
 * contract each of them is. What the organizer taps is beside it, in taps.ts. It does nothing by itself.
 */
import {
  remindedThenYes,
  repliedNo,
  repliedToOneOfTwo,
  repliedUnclearThenYes,
  repliedYes,
  saidStop,
  votedAnewThenDeclined,
  votedOutOfRange,
  votedThenConfirmed,
} from '../behavior/reports/cases.ts';
import type { Sequence } from '../behavior/reports/sequence.ts';

export const ORGANIZER = { name: 'Maya', country: 'US', timeZone: 'America/Los_Angeles' } as const;

/** What an invitee writes, and whether Funlet answers it. */
export type Reply = {
  readonly body: string;
  /** How often the carrier calls the webhook for it, all at once. */
  readonly times?: number;
  readonly isAnswered: boolean;
};

/** When it is written: to the vote, to the invites that are out, or to the reminder. */
export type Scene = 'votes' | 'answers' | 'reminded';

export type Invitee = {
  readonly name: string;
  /** As the address book has it. */
  readonly written: string;
  readonly phone: string;
  /** Whether they are in the crew, asked to vote, or both. */
  readonly isIn: readonly ('crew' | 'vote')[];
  readonly replies: { readonly [S in Scene]?: readonly Reply[] };
  readonly caseId: string;
  readonly claim: string;
  readonly sequence: Sequence;
};

/** The option that wins the vote. */
export const WINNER = 2;

const says = (body: string, times?: number): Reply => ({
  ...{ body, isAnswered: true },
  ...(times === undefined ? {} : { times }),
});

/** Nobody writes so much that Funlet would fall silent: three automatic answers an hour. */
export const INVITEES: readonly Invitee[] = [
  {
    ...{ name: 'Gia', written: '(415) 555-0117', phone: '+14155550117', isIn: ['crew', 'vote'] },
    // B is the later of her invites.
    replies: { votes: [says('2')], answers: [says('yes'), says('B')] },
    caseId: 'I-20',
    claim: 'Gia, in two invites at once, is asked which one',
    sequence: repliedToOneOfTwo(WINNER),
  },
  {
    ...{ name: 'Hal', written: '415-555-0118', phone: '+14155550118', isIn: ['vote'] },
    replies: { votes: [says('number 2 please')], answers: [says("yes, I'll be there")] },
    ...{ caseId: 'I-12', claim: 'Hal votes, and confirms what it became' },
    sequence: votedThenConfirmed(WINNER),
  },
  {
    ...{ name: 'Ida', written: '+1 (415) 555-0119', phone: '+14155550119', isIn: ['vote'] },
    replies: { votes: [says('1'), says('2')], answers: [says("Can't make it, sorry")] },
    ...{ caseId: 'I-13', claim: 'Ida changes her vote, and declines in the end' },
    sequence: votedAnewThenDeclined(1, WINNER),
  },
  {
    ...{ name: 'Jo', written: '4155550120', phone: '+14155550120', isIn: ['vote'] },
    replies: { votes: [says('7')] },
    ...{ caseId: 'I-6', claim: 'Jo votes for what is not there' },
    sequence: votedOutOfRange,
  },
  {
    ...{ name: 'Ana', written: '(415) 555-0111', phone: '+14155550111', isIn: ['crew'] },
    replies: { answers: [says('Yes! So in')] },
    ...{ caseId: 'I-1', claim: 'Ana says yes', sequence: repliedYes },
  },
  {
    ...{ name: 'Ben', written: '+1 415-555-0112', phone: '+14155550112', isIn: ['crew'] },
    replies: { answers: [says("Sorry, can't make it")] },
    ...{ caseId: 'I-2', claim: 'Ben says no', sequence: repliedNo },
  },
  {
    ...{ name: 'Cleo', written: '415.555.0113', phone: '+14155550113', isIn: ['crew'] },
    replies: { answers: [says('hm let me check with Sam'), says('ok yes')] },
    ...{ caseId: 'I-3', claim: 'Cleo is unclear, then says yes', sequence: repliedUnclearThenYes },
  },
  {
    ...{ name: 'Eli', written: '415 555 0115', phone: '+14155550115', isIn: ['crew'] },
    replies: { answers: [says('count me in', 2)] },
    ...{ caseId: 'I-22', claim: "Eli's yes comes in twice at once", sequence: repliedYes },
  },
  {
    ...{ name: 'Fay', written: '+14155550116', phone: '+14155550116', isIn: ['crew'] },
    replies: { answers: [{ body: 'STOP', isAnswered: false }] },
    ...{ caseId: 'I-17', claim: 'Fay says STOP', sequence: saidStop },
  },
  {
    ...{ name: 'Dev', written: '4155550114', phone: '+14155550114', isIn: ['crew'] },
    replies: { reminded: [says('oh yes, count me in')] },
    ...{ caseId: 'I-11', claim: 'Dev answers when he is reminded', sequence: remindedThenYes },
  },
];

export const CREW = INVITEES.filter(({ isIn }) => isIn.includes('crew'));
export const VOTERS = INVITEES.filter(({ isIn }) => isIn.includes('vote'));
/** Their invite to the event runs out: nobody of them answers it. */
export const SILENT = CREW.filter(({ caseId }) => caseId === 'I-11' || caseId === 'I-17');
/** Of those, who is reminded: the others want no texts. */
export const REMINDED = INVITEES.filter(({ replies }) => replies.reminded !== undefined);
