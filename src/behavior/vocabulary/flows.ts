/* The words of organizer flows: charts, their steps, and how steps and runs end. */
export const FLOWS = [
  'crew_creation',
  'crew_update',
  'event_creation',
  'syncup_creation',
  'finalize',
  'reminder',
  'add_people',
] as const;
export type Flow = (typeof FLOWS)[number];

/** Charts that are no organizer flow; a `cycle` in the root's meta. */
export const CYCLES = [
  'session',
  'push',
  'event_invitation',
  'syncup_invitation',
  'gathering',
  'text',
  'phone_line',
  'notice',
  'event_change',
] as const;
export type Cycle = (typeof CYCLES)[number];

export const STEPS = [
  'choose_flow',
  'name_crew',
  'add_contacts',
  'review_members',
  'choose_crew',
  'title',
  'when',
  'where',
  'details',
  'options',
  'voting_rules',
  'invitees',
  'review',
  'confirm',
  'choose_target',
  'choose_audience',
  'choose_option',
  'disambiguate',
] as const;
export type Step = (typeof STEPS)[number];

export const STEP_OUTCOMES = [
  'completed',
  'skipped',
  'back',
  'edited',
  'invalid_input',
  'cancelled',
] as const;
export type StepOutcome = (typeof STEP_OUTCOMES)[number];

export const FLOW_OUTCOMES = [
  'created',
  'updated',
  'finalized',
  'reminded',
  'added',
  'no_change',
] as const;
export type FlowOutcome = (typeof FLOW_OUTCOMES)[number];

export const DROP_OFF_REASONS = [
  'idle_timeout',
  'session_ended',
  'cancelled',
  'superseded',
  'error',
] as const;
export type DropOffReason = (typeof DROP_OFF_REASONS)[number];

export const ENTRIES = ['menu', 'chat', 'deep_link', 'push', 'chained', 'resume'] as const;
export type Entry = (typeof ENTRIES)[number];

/** How the organizer gave an event: the `via` of the request. */
export const INPUTS = ['button', 'text', 'picker', 'voice'] as const;
export type Input = (typeof INPUTS)[number];
