/*
 * The contract's canonical sequences (section 7) that have no branches of their own, as data. The contract's
 * table stays the oracle; where the two differ, this file is wrong.
 */
import type { SessionEndReason } from '../vocabulary.ts';
import { fs, type Link, link, maybe, row, type Sequence } from './sequence.ts';

/** Every invitation begins so: the invite and its SMS in one commit. */
const invited: Link = link(row('invite_sent'), row('sms_sent', { purpose: 'invite' }));
const acknowledged: Link = link(row('sms_sent', { purpose: 'update' }));
const saidYes = (to: 'invite' | 'clarification'): Link =>
  link(
    row('sms_received', { intent: 'yes', routing: 'single' }),
    row('invitee_reply_yes', { in_reply_to: to, is_change: false, after_timeout: false }),
  );

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
  link(row('sms_sent', { purpose: 'clarification' })),
  saidYes('clarification'),
  acknowledged,
];

/** I-9: the only stage of an invitation that nobody reminds of. */
const ranOut: Link = link(
  row('invitee_timeout', { stage: 'first_reply', last_reply: 'none', terminal: true }),
);
export const neverReplied: Sequence = [invited, ranOut];

/** I-17: nothing goes out any more, but the invitation still runs out in its time. */
export const saidStop: Sequence = [
  invited,
  link(row('sms_received', { intent: 'opt_out' })),
  maybe(row('sms_sent', { purpose: 'opt_out_confirm' })),
  ranOut,
];
