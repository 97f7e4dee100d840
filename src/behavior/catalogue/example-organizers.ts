import type { Flow, ORGANIZER_EVENT_TYPES, ReservedKey } from '../vocabulary.ts';
import { EXAMPLE } from './example-ids.ts';
import type { Metadata } from './schemas.ts';

type OrganizerType = (typeof ORGANIZER_EVENT_TYPES)[number];

const runOf = (flow: Flow) => ({
  flow,
  flow_run_id: EXAMPLE.run,
  machine_version: EXAMPLE.version,
});

/** One example of each organizer type's metadata, without the reserved keys. */
export const ORGANIZER_EXAMPLES: {
  readonly [T in OrganizerType]: Omit<Metadata[T], ReservedKey>;
} = {
  session_start: { previous_session_id: null, entry: 'direct', tz_offset_min: -420 },
  session_end: {
    reason: 'expired_idle',
    duration_ms: 412_000,
    last_activity_at: '2026-05-01T16:30:00.000Z',
    actions: 9,
  },
  flow_started: {
    ...runOf('crew_creation'),
    entry: 'menu',
    parent_flow_run_id: null,
    resumed_from: null,
  },
  flow_step: {
    ...runOf('crew_creation'),
    step: 'add_contacts',
    outcome: 'completed',
    step_index: 2,
    attempt: 1,
    to_state: 'asking.review',
    trigger: 'organizer.picked_people',
    dwell_ms: 18_400,
    input: 'picker',
    selected_count: 4,
  },
  flow_completed: {
    ...runOf('crew_creation'),
    outcome: 'created',
    steps: 3,
    edits: 0,
    invalid_inputs: 0,
    errors: 0,
    duration_ms: 64_200,
    resumed: false,
  },
  user_action: { action: 'event_edited', target: 'event', changed_fields: ['when', 'where'] },
  contact_picker_opened: {
    ...runOf('crew_creation'),
    picker_id: EXAMPLE.picker,
    picker: 'ios_native',
    purpose: 'new_crew',
  },
  contact_picker_submitted: {
    ...runOf('crew_creation'),
    picker_id: EXAMPLE.picker,
    selected: 6,
    added: 4,
    duplicate: 1,
    invalid_phone: 0,
    no_phone: 1,
    already_member: 0,
    dwell_ms: 15_900,
  },
  crew_created: {
    ...runOf('crew_creation'),
    members: 4,
    source: 'contacts',
    has_custom_name: true,
  },
  crew_updated: {
    ...runOf('crew_update'),
    change: 'mixed',
    added: 2,
    removed: 1,
    members_before: 4,
    members_after: 5,
  },
  event_created: {
    flow_run_id: EXAMPLE.run,
    invitees: 4,
    suppressed_opt_out: 1,
    has_time: true,
    has_place: true,
    has_details: false,
    lead_min: 2880,
    local_weekday: 6,
    local_hour: 18,
    rsvp_deadline_min: null,
    from_syncup: false,
  },
  syncup_created: {
    ...runOf('syncup_creation'),
    invitees: 5,
    suppressed_opt_out: 0,
    options: 3,
    voting: 'single',
    deadline_min: 1440,
  },
  finalize_triggered: {
    ...runOf('finalize'),
    target: 'event',
    invited: 5,
    yes: 3,
    no: 1,
    unknown: 0,
    pending: 1,
    notify: true,
    age_min: 1500,
  },
  reminder_sent: {
    ...runOf('reminder'),
    target: 'event',
    audience: 'non_responders',
    recipients: 2,
    suppressed_opt_out: 0,
    suppressed_recent: 0,
    reminder_index: 1,
    age_min: 1440,
  },
  drop_off: {
    ...runOf('event_creation'),
    reason: 'idle_timeout',
    at_step: 'when',
    at_state: 'asking.when',
    steps: 2,
    duration_ms: 1_830_000,
    resumable: true,
  },
  push_received: {
    push_id: EXAMPLE.push,
    kind: 'all_replied',
    receipt: 'extension',
    app_state: 'background',
    device_at: '2026-05-01T16:59:58.000Z',
  },
  push_opened: {
    push_id: EXAMPLE.push,
    kind: 'all_replied',
    action: 'default',
    ms_since_sent: 42_000,
    cold_start: true,
  },
};
