import type { INVITEE_EVENT_TYPES, ReservedKey, SYSTEM_EVENT_TYPES } from '../vocabulary.ts';
import { EXAMPLE } from './example-ids.ts';
import type { Metadata } from './schemas.ts';

type InviteeType = (typeof INVITEE_EVENT_TYPES)[number];
type SystemType = (typeof SYSTEM_EVENT_TYPES)[number];

const cycle = {
  cycle_id: EXAMPLE.cycle,
  machine_version: EXAMPLE.version,
  target: 'event',
} as const;
const heard = {
  inbound_id: EXAMPLE.inbound,
  parser_version: EXAMPLE.version,
  rule: 'yes.word',
  in_reply_to: 'invite',
} as const;
const since = { reminders_before: 0, after_timeout: false, ms_since_invite: 95_000 } as const;

/** One example of each invitee type's metadata, without the reserved keys. */
export const INVITEE_EXAMPLES: {
  readonly [T in InviteeType]: Omit<Metadata[T], ReservedKey>;
} = {
  invite_sent: {
    ...cycle,
    message_id: EXAMPLE.message,
    invite_index: 1,
    template: 'event-invitation.invite',
    copy_version: EXAMPLE.version,
    segments: 2,
    queued_ms: 310,
    quiet_hours_delay_ms: 0,
    via: 'flow',
  },
  invitee_reply_yes: {
    ...cycle,
    ...heard,
    ...since,
    previous: 'none',
    is_change: false,
    reply_index: 1,
    ms_since_prompt: 95_000,
    guests: 1,
  },
  invitee_reply_no: {
    ...cycle,
    ...heard,
    ...since,
    rule: 'no.word',
    previous: 'yes',
    is_change: true,
    reply_index: 2,
    ms_since_prompt: 95_000,
  },
  invitee_reply_unknown: {
    ...cycle,
    ...heard,
    rule: 'maybe.phrase',
    reason: 'maybe',
    unknown_index: 1,
    clarification_sent: true,
    candidates: 1,
    has_media: false,
    length_band: 'l11_50',
    ms_since_invite: 95_000,
  },
  invitee_vote: {
    ...cycle,
    target: 'syncup',
    ...heard,
    ...since,
    rule: 'vote.numbers',
    choices: [1, 3],
    previous_choices: null,
    options: 3,
    is_change: false,
    vote_index: 1,
    ms_since_prompt: 95_000,
  },
  invitee_timeout: {
    ...cycle,
    stage: 'first_reply',
    timeout_ms: 86_400_000,
    timeout_index: 1,
    reminders_before: 0,
    ms_since_invite: 86_400_000,
    last_reply: 'none',
    terminal: false,
  },
  invitee_confirmed: {
    ...cycle,
    ...heard,
    ...since,
    in_reply_to: 'finalize',
    follow_up: 'finalize',
    previous: 'yes',
    reply_index: 2,
    ms_since_follow_up: 61_000,
  },
};

/** One example of each system type's metadata, without the reserved keys. */
export const SYSTEM_EXAMPLES: {
  readonly [T in SystemType]: Omit<Metadata[T], ReservedKey>;
} = {
  sms_sent: {
    message_id: EXAMPLE.message,
    provider: 'twilio',
    purpose: 'invite',
    template: 'event-invitation.invite',
    copy_version: EXAMPLE.version,
    segments: 2,
    encoding: 'gsm7',
    attempt: 1,
    queued_ms: 310,
    provider_ms: 180,
    cycle_id: EXAMPLE.cycle,
    caused_by: EXAMPLE.correlation,
  },
  sms_received: {
    inbound_id: EXAMPLE.inbound,
    provider: 'twilio',
    intent: 'yes',
    routing: 'single',
    candidates: 1,
    segments: 1,
    media: 0,
  },
  error: {
    code: 'sms.undelivered',
    severity: 'error',
    component: 'sms_out',
    handled: true,
    provider_code: 30_005,
    machine: 'text',
    at_state: 'undelivered',
    cycle_id: EXAMPLE.cycle,
    message_id: EXAMPLE.message,
  },
  latency: {
    operation: 'organizer_turn',
    duration_ms: 12.4,
    db_ms: 6.1,
    slo_ms: 300,
    breached: false,
    ok: true,
    sample_rate: 0.1,
    flow: 'crew_creation',
    step: 'name_crew',
  },
  state_snapshot: {
    machine: 'crew-creation',
    machine_version: EXAMPLE.version,
    run_id: EXAMPLE.run,
    status: 'active',
    state: 'asking.review',
    trigger: 'sampled',
    sample_rate: 0.01,
    counts: { members: 4 },
  },
};
