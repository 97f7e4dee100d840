import type { EventType } from '../vocabulary.ts';

/** When a row of each type is written, in a sentence. */
export const TYPE_MEANINGS: Readonly<Record<EventType, string>> = {
  session_start: 'An organizer begins to use the app or the web chat.',
  session_end:
    'The session is over: the organizer left, was idle for 30 minutes, or 24 hours were up. Once per session.',
  flow_started: 'An organizer begins a flow. Loading it again later logs nothing.',
  flow_step:
    'A step of a flow is left by something that the organizer did; entering a step logs nothing.',
  flow_completed:
    'A flow came to its end. Each run ends with one of `flow_completed` and `drop_off`.',
  user_action: 'An organizer does something outside of any flow. Reading logs nothing.',
  contact_picker_opened: 'The picker of the address book opens.',
  contact_picker_submitted: 'The picker gives back contacts. Closing it without any logs none.',
  crew_created: 'A crew is saved.',
  crew_updated: 'The people of a crew change.',
  event_created: 'An event is saved; in the same commit its invites are promised.',
  syncup_created: 'A sync-up, a poll of options, is saved.',
  finalize_triggered: 'An organizer finalizes an event, or a sync-up with one of its options.',
  reminder_sent:
    'An organizer sends a reminder. One row each time; who got it are the `sms_sent` of its purpose.',
  drop_off: 'A flow ended before its end: cancelled, left, superseded, or given up.',
  push_received: 'A device reports that a push arrived. No row means: not reported.',
  push_opened: 'An organizer opens a push.',
  invite_sent: 'The carrier took the text that invites one person. Comes before its `sms_sent`.',
  invitee_reply_yes: 'An invitee says yes.',
  invitee_reply_no: 'An invitee says no.',
  invitee_reply_unknown:
    'An invitee writes something that is no answer, or that fits no open question.',
  invitee_vote: 'An invitee votes in a sync-up, by the numbers of options.',
  invitee_timeout: 'An invitee was silent for as long as a stage waits. Once per stage.',
  invitee_confirmed:
    'A yes to something that the organizer asked once more. Comes after its `invitee_reply_yes`.',
  sms_sent: 'The carrier took an outbound text. Whether it arrived is kept with the message.',
  sms_received: 'A text came in. What it means is the row after it in the same commit.',
  error: 'Something went wrong, or was not as it should be. No message and no stack.',
  latency: 'How long something took: every slow one and every end of a flow, a sample of the rest.',
  state_snapshot: 'Where an instance stood: an allow-list of counts, never its context.',
};
