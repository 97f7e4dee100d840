import type { EventType, ReservedKey } from '../vocabulary.ts';
import type { Metadata } from './schemas.ts';

/*
 * Who fills which key. Reserved keys and those of DERIVED are the inspector's, and a `describe`
 * function that gives one makes a wrong row. A key of DEFAULTED is the inspector's unless
 * `describe` gives it: a text logs `invite_sent` for the cycle of another instance, and a phone
 * line has none. All other keys come from `describe`. Engine notes, which have no chart behind
 * them (`latency`, `error` outside a step), fill every key themselves.
 */

type KeysOf = { readonly [T in EventType]: readonly (keyof Metadata[T])[] };

const RUN = ['flow', 'flow_run_id', 'machine_version'] as const;
const CYCLE = ['machine_version'] as const;

/** The keys that only the inspector fills, from the trace and the step. */
export const DERIVED = {
  session_start: [],
  session_end: [],
  flow_started: [...RUN, 'entry', 'parent_flow_run_id', 'resumed_from'],
  flow_step: [
    ...RUN,
    'step',
    'outcome',
    'step_index',
    'attempt',
    'to_state',
    'trigger',
    'dwell_ms',
    'input',
  ],
  flow_completed: [
    ...RUN,
    'outcome',
    'steps',
    'edits',
    'invalid_inputs',
    'errors',
    'duration_ms',
    'resumed',
  ],
  user_action: [],
  contact_picker_opened: RUN,
  contact_picker_submitted: RUN,
  crew_created: RUN,
  crew_updated: RUN,
  // Null where a cycle logs it: a sync-up that finalized by itself.
  event_created: ['flow_run_id'],
  syncup_created: RUN,
  finalize_triggered: RUN,
  reminder_sent: RUN,
  drop_off: [...RUN, 'reason', 'at_step', 'at_state', 'steps', 'duration_ms', 'resumable'],
  push_received: [],
  push_opened: [],
  invite_sent: CYCLE,
  invitee_reply_yes: CYCLE,
  invitee_reply_no: CYCLE,
  invitee_reply_unknown: CYCLE,
  invitee_vote: CYCLE,
  invitee_timeout: CYCLE,
  invitee_confirmed: CYCLE,
  sms_sent: ['caused_by'],
  sms_received: [],
  // flow_run_id only for flows.
  error: ['machine', 'at_state', 'flow_run_id'],
  latency: [],
  state_snapshot: [
    'machine',
    'machine_version',
    'run_id',
    'status',
    'state',
    'trigger',
    'sample_rate',
  ],
} as const satisfies KeysOf;

/** The keys that the inspector fills with what it knows when `describe` leaves them out. */
export const DEFAULTED = {
  session_start: [],
  session_end: [],
  flow_started: [],
  flow_step: [],
  flow_completed: [],
  user_action: [],
  contact_picker_opened: [],
  contact_picker_submitted: [],
  crew_created: [],
  crew_updated: [],
  event_created: [],
  syncup_created: [],
  finalize_triggered: [],
  reminder_sent: [],
  drop_off: [],
  push_received: [],
  push_opened: [],
  invite_sent: ['cycle_id'],
  invitee_reply_yes: ['cycle_id'],
  invitee_reply_no: ['cycle_id'],
  invitee_reply_unknown: ['cycle_id'],
  invitee_vote: ['cycle_id'],
  invitee_timeout: ['cycle_id'],
  invitee_confirmed: ['cycle_id'],
  sms_sent: [],
  sms_received: [],
  error: [],
  latency: [],
  // Nothing is counted where a chart names no counts.
  state_snapshot: ['counts'],
} as const satisfies KeysOf;

export type DerivedKey<T extends EventType> = (typeof DERIVED)[T][number];
export type DefaultedKey<T extends EventType> = (typeof DEFAULTED)[T][number];

/** What a chart's `describe` function gives for a row of type T. */
export type DescribedMetadata<T extends EventType> = Omit<
  Metadata[T],
  ReservedKey | DerivedKey<T> | DefaultedKey<T>
> &
  Partial<Pick<Metadata[T], Extract<DefaultedKey<T>, keyof Metadata[T]>>>;
