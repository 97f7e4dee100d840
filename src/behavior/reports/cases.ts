/*
 * The contract's canonical sequences (section 7) that have no branches of their own, as data. The contract's
 * table stays the oracle; where the two differ, this file is wrong.
 */
import type { SessionEndReason } from '../vocabulary.ts';
import { fs, type Link, link, maybe, row, type Sequence } from './sequence.ts';

/** Every invitation begins so: the invite and its SMS in one commit. */
const invited: Link = link(row('invite_sent'), row('sms_sent', { purpose: 'invite' }));
const acknowledged: Link = link(row('sms_sent', { purpose: 'update' }));
const asked: Link = link(row('sms_sent', { purpose: 'clarification' }));
const saidYes = (to: 'invite' | 'clarification'): Link =>
  link(
    row('sms_received', { intent: 'yes', routing: 'single' }),
    row('invitee_reply_yes', { in_reply_to: to, is_change: false, after_timeout: false }),
  );
const voted = (choice: number, changedFrom?: number): Link =>
  link(
    row('sms_received', { intent: 'vote' }),
    row('invitee_vote', {
      ...{ choices: [choice], is_change: changedFrom !== undefined },
      previous_choices: changedFrom === undefined ? null : [changedFrom],
    }),
  );
/** What the sync-up has become, which asks for a confirmation. */
const decided: Link = link(row('sms_sent', { purpose: 'finalize' }));

/** S-1, without what happens in between. */
export const sessionCase = (reason: SessionEndReason): Sequence => [
  link(row('session_start')),
  link(row('session_end', { reason })),
];

/** CC-1: `members` is n. */
export const crewCreated = (members: number): Sequence => [
  link(row('flow_started', { flow: 'crew_creation' })),
  link(fs('name_crew')),
  link(row('contact_picker_opened')),
  link(
    row('contact_picker_submitted', { added: members }),
    fs('add_contacts', { input: 'picker' }),
  ),
  link(
    fs('review_members'),
    row('crew_created', { members }),
    row('flow_completed', { outcome: 'created' }),
  ),
];

/** EC-1, up to its end: the invites are of the invitations. */
export const eventCreated = (invitees: number): Sequence => [
  link(row('flow_started', { flow: 'event_creation' })),
  link(fs('choose_crew')),
  link(fs('title')),
  link(fs('when')),
  link(fs('where')),
  maybe(fs('details')),
  link(fs('review')),
  link(row('event_created', { invitees }), row('flow_completed', { outcome: 'created' })),
];

/** SC-1, up to its end, for people who are named one by one. */
export const syncupCreated = (invitees: number, options: number): Sequence => [
  link(row('flow_started', { flow: 'syncup_creation' })),
  link(fs('invitees', { input: 'text', selected_count: invitees })),
  ...Array.from({ length: options }, () => link(fs('options'))),
  maybe(fs('voting_rules')),
  link(
    fs('review'),
    row('syncup_created', { invitees, options }),
    row('flow_completed', { outcome: 'created' }),
  ),
];

/** FI-2, up to its end, for an option without a tie. */
export const syncupDecided = (invitees: number, choice: number): Sequence => [
  link(row('flow_started', { flow: 'finalize' })),
  link(fs('choose_option', { choice })),
  link(
    row('finalize_triggered', { target: 'syncup', invited: invitees, choice, tie: false }),
    row('event_created', { from_syncup: true, invitees }),
    row('flow_completed', { outcome: 'finalized' }),
  ),
];

/** RE-1, up to its end. */
export const reminded = (recipients: number, optedOut: number): Sequence => [
  link(row('flow_started', { flow: 'reminder' })),
  link(fs('choose_audience')),
  link(
    row('reminder_sent', { audience: 'non_responders', recipients, suppressed_opt_out: optedOut }),
    row('flow_completed', { outcome: 'reminded' }),
  ),
];

/** I-1; I-22 has the same rows, however often the webhook came. */
export const repliedYes: Sequence = [invited, saidYes('invite'), acknowledged];

/** I-2 */
export const repliedNo: Sequence = [
  invited,
  link(
    row('sms_received', { intent: 'no' }),
    row('invitee_reply_no', { in_reply_to: 'invite', is_change: false, after_timeout: false }),
  ),
  acknowledged,
];

/** I-3 */
export const repliedUnclearThenYes: Sequence = [
  invited,
  link(
    row('sms_received', { intent: 'unknown' }),
    row('invitee_reply_unknown', { clarification_sent: true, unknown_index: 1 }),
  ),
  asked,
  saidYes('clarification'),
  acknowledged,
];

/** I-9: the only stage of an invitation that nobody reminds of. */
const ranOut: Link = link(
  row('invitee_timeout', { stage: 'first_reply', last_reply: 'none', terminal: true }),
);
export const neverReplied: Sequence = [invited, ranOut];

/** I-9, and then I-11: what came too late for the invite is in time for the reminder. */
export const remindedThenYes: Sequence = [
  ...neverReplied,
  link(row('sms_sent', { purpose: 'reminder' })),
  link(
    row('sms_received', { intent: 'yes' }),
    row('invitee_reply_yes', { in_reply_to: 'reminder', after_timeout: true }),
    row('invitee_confirmed', { follow_up: 'reminder' }),
  ),
  acknowledged,
];

/** I-17: nothing goes out any more, but the invitation still runs out in its time. */
export const saidStop: Sequence = [
  invited,
  link(row('sms_received', { intent: 'opt_out' })),
  maybe(row('sms_sent', { purpose: 'opt_out_confirm' })),
  ranOut,
];

/** I-5, and then I-12: the vote has become an event, and who voted comes to it. */
export const votedThenConfirmed = (choice: number): Sequence => [
  invited,
  voted(choice),
  acknowledged,
  decided,
  link(
    row('sms_received', { intent: 'yes' }),
    row('invitee_reply_yes', { in_reply_to: 'finalize', previous: 'vote' }),
    row('invitee_confirmed', { follow_up: 'finalize', previous: 'vote' }),
  ),
  acknowledged,
];

/** I-7, and then I-13: who changed a vote does not come after all. */
export const votedAnewThenDeclined = (first: number, then: number): Sequence => [
  invited,
  voted(first),
  acknowledged,
  voted(then, first),
  acknowledged,
  decided,
  link(
    row('sms_received', { intent: 'no' }),
    row('invitee_reply_no', { in_reply_to: 'finalize', previous: 'vote' }),
  ),
  acknowledged,
];

/** I-6, up to the event that the others have voted for. */
export const votedOutOfRange: Sequence = [
  invited,
  link(
    row('sms_received', { intent: 'unknown' }),
    row('invitee_reply_unknown', { reason: 'out_of_range', clarification_sent: true }),
  ),
  asked,
  decided,
];

/** I-20, for somebody who has voted: what that became, and another invite, are both open. */
export const repliedToOneOfTwo = (choice: number): Sequence => [
  invited,
  voted(choice),
  acknowledged,
  invited,
  decided,
  link(
    row('sms_received', { intent: 'yes', routing: 'ambiguous', candidates: 2 }),
    row('invitee_reply_unknown', { reason: 'ambiguous', clarification_sent: true, candidates: 2 }),
  ),
  asked,
  link(
    row('sms_received', { intent: 'yes', routing: 'disambiguated' }),
    row('invitee_reply_yes', { in_reply_to: 'invite' }),
  ),
  acknowledged,
];
