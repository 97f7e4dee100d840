import type { LogRow } from '../row.ts';
import type { EventType, Target } from '../vocabulary.ts';
import type { Metadata } from './schemas.ts';

/*
 * What no schema of single fields can say: the arithmetic of the contract's section 5, and how
 * id columns and metadata of one row hang together. A rule gives the sentence that is broken.
 */

type Rule<T extends EventType> = (
  metadata: Metadata[T],
  row: LogRow,
) => readonly (string | false)[];

const beyond = (choices: readonly number[] | null | undefined, options: number): boolean =>
  choices?.some((choice) => choice > options) ?? false;

const targeted = ({ target }: { readonly target: Target }, row: LogRow) => [
  (target === 'event') !== (row.event_id !== null) &&
    'metadata.target: is not what the id columns say',
];

type Rules = { readonly [T in EventType]?: Rule<T> };

const RULES: Rules = {
  flow_step: ({ choice, option_count: options }) => [
    choice !== undefined &&
      options !== undefined &&
      choice > options &&
      'metadata.choice: exceeds option_count',
  ],
  contact_picker_submitted: (m) => [
    m.selected !== m.added + m.duplicate + m.invalid_phone + m.no_phone + m.already_member &&
      'metadata.selected: is not the sum of its parts',
  ],
  crew_updated: (m) => [
    m.members_after !== m.members_before + m.added - m.removed &&
      'metadata.members_after: is not members_before + added - removed',
  ],
  event_created: (m, row) => [
    m.from_syncup !== (row.syncup_id !== null) &&
      'metadata.from_syncup: does not agree with syncup_id',
    (row.platform === 'system') !== (row.session_id === null) &&
      'session_id: is null exactly when the sync-up finalized by itself',
    (row.platform === 'system') !== (m.flow_run_id === null) &&
      'metadata.flow_run_id: is null exactly when the sync-up finalized by itself',
  ],
  finalize_triggered: (m, row) => [
    m.target === 'event' &&
      m.invited !== m.yes + m.no + m.unknown + m.pending &&
      'metadata.invited: is not yes + no + unknown + pending',
    m.choice !== undefined &&
      m.votes !== undefined &&
      m.choice > m.votes.length &&
      'metadata.choice: exceeds the options voted on',
    m.target === 'event' && row.event_id === null && 'event_id: is required for an event',
    (m.target === 'syncup') !== (row.syncup_id !== null) &&
      'syncup_id: is set exactly when the target is a sync-up',
  ],
  reminder_sent: targeted,
  invite_sent: targeted,
  invitee_reply_yes: targeted,
  invitee_reply_no: targeted,
  invitee_timeout: targeted,
  invitee_confirmed: targeted,
  invitee_reply_unknown: ({ target }, row) => [
    (target === 'event') !== (row.event_id !== null) &&
      'event_id: is set exactly when the target is an event',
    (target === 'syncup') !== (row.syncup_id !== null) &&
      'syncup_id: is set exactly when the target is a sync-up',
  ],
  invitee_vote: (m) => [
    m.target !== 'syncup' && 'metadata.target: a vote is about a sync-up',
    beyond(m.choices, m.options) && 'metadata.choices: exceed the options',
    beyond(m.previous_choices, m.options) && 'metadata.previous_choices: exceed the options',
  ],
};

/** The rules that a row breaks, as sentences that hold nothing of the row's values. */
export function brokenRules(row: LogRow): readonly string[] {
  const rule = RULES[row.event_type] as Rule<EventType> | undefined;
  if (!rule) return [];
  const metadata = row.metadata as Metadata[EventType];
  return rule(metadata, row).filter((problem) => problem !== false);
}
