/* The words of errors, latencies and state snapshots. */
export const SEVERITIES = ['warning', 'error', 'fatal'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const COMPONENTS = [
  'flow',
  'sms_out',
  'sms_in',
  'push',
  'db',
  'scheduler',
  'logging',
  'http',
  'auth',
  'export',
  'mcp',
] as const;
export type Component = (typeof COMPONENTS)[number];

export const OPERATIONS = [
  'organizer_turn',
  'sms_round_trip',
  'sms_send',
  'push_send',
  'transition',
  'job',
  'export',
] as const;
export type Operation = (typeof OPERATIONS)[number];

export const RUN_STATUSES = ['active', 'done', 'error', 'stopped'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export const SNAPSHOT_TRIGGERS = ['sampled', 'on_error', 'manual'] as const;
export type SnapshotTrigger = (typeof SNAPSHOT_TRIGGERS)[number];
