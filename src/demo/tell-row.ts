/* A row of the log in a few words: those that tell it from its neighbors. */
import type { Metadata } from '../behavior/catalogue/index.ts';
import type { LogRow } from '../behavior/row.ts';
import type { EventType } from '../behavior/vocabulary.ts';

type Words<T extends EventType> = (metadata: Metadata[T]) => readonly unknown[];

const afterStop = (done: boolean, word: string): string => (done ? word : '');

const invited = (count: number): string => `${count} ${count === 1 ? 'invitee' : 'invitees'}`;

const WORDS: { readonly [T in EventType]: Words<T> } = {
  session_start: ({ entry }) => [entry],
  session_end: ({ reason, actions }) => [reason, `${actions} actions`],
  flow_started: ({ flow, entry }) => [flow, entry],
  flow_step: ({ step, outcome, step_index }) => [step, outcome, step_index],
  flow_completed: ({ flow, outcome, steps }) => [flow, outcome, steps],
  user_action: ({ action, target }) => [action, target],
  contact_picker_opened: ({ picker, purpose }) => [picker, purpose],
  contact_picker_submitted: ({ added, no_phone }) => [`added ${added}, no_phone ${no_phone}`],
  crew_created: ({ members, source }) => [`${members} members`, source],
  crew_updated: ({ change, members_after }) => [change, members_after],
  event_created: ({ invitees, lead_min }) => [invited(invitees), `in ${lead_min} min`],
  syncup_created: ({ invitees, options }) => [invited(invitees), `${options} options`],
  finalize_triggered: ({ target, yes, no }) => [target, `yes ${yes}, no ${no}`],
  reminder_sent: ({ audience, recipients }) => [audience, recipients],
  drop_off: ({ reason, at_step }) => [reason, at_step],
  push_received: ({ kind }) => [kind],
  push_opened: ({ kind }) => [kind],
  invite_sent: ({ template }) => [template.split('.').at(-1)],
  invitee_reply_yes: ({ in_reply_to, previous }) => [`to ${in_reply_to},`, `was ${previous}`],
  invitee_reply_no: ({ in_reply_to, previous }) => [`to ${in_reply_to},`, `was ${previous}`],
  invitee_reply_unknown: ({ reason, clarification_sent }) => [
    reason,
    afterStop(clarification_sent, '(asked back)'),
  ],
  invitee_vote: ({ choices }) => [choices.join(' ')],
  invitee_timeout: ({ stage, terminal }) => [stage, afterStop(terminal, 'terminal')],
  invitee_confirmed: ({ follow_up }) => [follow_up],
  sms_sent: ({ purpose, attempt }) => [purpose, afterStop(attempt > 1, `try ${attempt}`)],
  sms_received: ({ intent, routing }) => [intent, routing],
  error: ({ code }) => [code],
  latency: ({ operation, duration_ms }) => [operation, `${Math.round(duration_ms)} ms`],
  state_snapshot: ({ machine, state }) => [machine, state],
};

/** The type, and the few words; a phone is told by its last four digits. */
export function tellRow(row: LogRow): { readonly type: string; readonly words: string } {
  const words = WORDS[row.event_type] as (metadata: unknown) => readonly unknown[];
  const phone = row.invitee_phone === null ? [] : [`…${row.invitee_phone.slice(-4)}`];
  const told = [...phone, ...words(row.metadata)].filter(
    (word) => word !== undefined && word !== '',
  );
  return { type: row.event_type, words: told.join(' ') };
}
