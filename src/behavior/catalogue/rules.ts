import type { LogRow } from '../row.ts';
import type { EventType } from '../vocabulary.ts';
import type { Metadata } from './schemas.ts';

/*
 * What no schema of single fields can say: the arithmetic of the contract's section 5, and how
 * id columns and metadata of one row hang together.
 */

type Rule<T extends EventType> = {
  /** What holds of every row, for the dictionary. */
  readonly holds: string;
  /** What is wrong with a row that breaks it, in no words of the row's own. */
  readonly problem: string;
  readonly isBroken: (metadata: Metadata[T], row: LogRow) => boolean;
};

const beyond = (choices: readonly number[] | null | undefined, options: number): boolean =>
  choices?.some((choice) => choice > options) ?? false;

type Targeted =
  | 'reminder_sent'
  | 'invite_sent'
  | 'invitee_reply_yes'
  | 'invitee_reply_no'
  | 'invitee_timeout'
  | 'invitee_confirmed';

const targeted: readonly Rule<Targeted>[] = [
  {
    holds: '`target` is `event` exactly where `event_id` is set',
    problem: 'metadata.target: is not what the id columns say',
    isBroken: ({ target }, row) => (target === 'event') !== (row.event_id !== null),
  },
];

type Rules = { readonly [T in EventType]?: readonly Rule<T>[] };

const RULES: Rules = {
  flow_step: [
    {
      holds: '`choice` ≤ `option_count`, where both are there',
      problem: 'metadata.choice: exceeds option_count',
      isBroken: ({ choice, option_count: options }) =>
        choice !== undefined && options !== undefined && choice > options,
    },
  ],
  contact_picker_submitted: [
    {
      holds: '`selected` = `added` + `duplicate` + `invalid_phone` + `no_phone` + `already_member`',
      problem: 'metadata.selected: is not the sum of its parts',
      isBroken: (m) =>
        m.selected !== m.added + m.duplicate + m.invalid_phone + m.no_phone + m.already_member,
    },
  ],
  crew_updated: [
    {
      holds: '`members_after` = `members_before` + `added` − `removed`',
      problem: 'metadata.members_after: is not members_before + added - removed',
      isBroken: (m) => m.members_after !== m.members_before + m.added - m.removed,
    },
  ],
  event_created: [
    {
      holds: '`from_syncup` is true exactly where `syncup_id` is set',
      problem: 'metadata.from_syncup: does not agree with syncup_id',
      isBroken: (m, row) => m.from_syncup !== (row.syncup_id !== null),
    },
    {
      holds: '`session_id` is null exactly on platform `system`: the sync-up finalized by itself',
      problem: 'session_id: is null exactly when the sync-up finalized by itself',
      isBroken: (_, row) => (row.platform === 'system') !== (row.session_id === null),
    },
    {
      holds: '`flow_run_id` is null exactly on platform `system`',
      problem: 'metadata.flow_run_id: is null exactly when the sync-up finalized by itself',
      isBroken: (m, row) => (row.platform === 'system') !== (m.flow_run_id === null),
    },
  ],
  finalize_triggered: [
    {
      holds: 'for an event, `invited` = `yes` + `no` + `unknown` + `pending`',
      problem: 'metadata.invited: is not yes + no + unknown + pending',
      isBroken: (m) => m.target === 'event' && m.invited !== m.yes + m.no + m.unknown + m.pending,
    },
    {
      holds: '`choice` is one of the options in `votes`, where both are there',
      problem: 'metadata.choice: exceeds the options voted on',
      isBroken: (m) => m.choice !== undefined && m.votes !== undefined && m.choice > m.votes.length,
    },
    {
      holds: '`event_id` is set for an event; also for a sync-up that becomes one',
      problem: 'event_id: is required for an event',
      isBroken: (m, row) => m.target === 'event' && row.event_id === null,
    },
    {
      holds: '`syncup_id` is set exactly where `target` is `syncup`',
      problem: 'syncup_id: is set exactly when the target is a sync-up',
      isBroken: (m, row) => (m.target === 'syncup') !== (row.syncup_id !== null),
    },
  ],
  reminder_sent: targeted,
  invite_sent: targeted,
  invitee_reply_yes: targeted,
  invitee_reply_no: targeted,
  invitee_timeout: targeted,
  invitee_confirmed: targeted,
  invitee_reply_unknown: [
    {
      holds: '`event_id` is set exactly where `target` is `event`',
      problem: 'event_id: is set exactly when the target is an event',
      isBroken: ({ target }, row) => (target === 'event') !== (row.event_id !== null),
    },
    {
      holds: '`syncup_id` is set exactly where `target` is `syncup`',
      problem: 'syncup_id: is set exactly when the target is a sync-up',
      isBroken: ({ target }, row) => (target === 'syncup') !== (row.syncup_id !== null),
    },
  ],
  invitee_vote: [
    {
      holds: '`target` is `syncup`',
      problem: 'metadata.target: a vote is about a sync-up',
      isBroken: (m) => m.target !== 'syncup',
    },
    {
      holds: 'every one of `choices` ≤ `options`',
      problem: 'metadata.choices: exceed the options',
      isBroken: (m) => beyond(m.choices, m.options),
    },
    {
      holds: 'every one of `previous_choices` ≤ `options`',
      problem: 'metadata.previous_choices: exceed the options',
      isBroken: (m) => beyond(m.previous_choices, m.options),
    },
  ],
};

const rulesOf = (type: EventType) => (RULES[type] ?? []) as readonly Rule<EventType>[];

/** What holds of every row of a type, across its fields. */
export const heldRules = (type: EventType): readonly string[] =>
  rulesOf(type).map(({ holds }) => holds);

/** The rules that a row breaks, as sentences that hold nothing of the row's values. */
export function brokenRules(row: LogRow): readonly string[] {
  const metadata = row.metadata as Metadata[EventType];
  return rulesOf(row.event_type)
    .filter(({ isBroken }) => isBroken(metadata, row))
    .map(({ problem }) => problem);
}
