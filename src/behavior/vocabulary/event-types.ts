/* The types of rows, who is behind them, and the keys that any of them may carry. */
/** What an organizer does. */
export const ORGANIZER_EVENT_TYPES = [
  'session_start',
  'session_end',
  'flow_started',
  'flow_step',
  'flow_completed',
  'user_action',
  'contact_picker_opened',
  'contact_picker_submitted',
  'crew_created',
  'crew_updated',
  'event_created',
  'syncup_created',
  'finalize_triggered',
  'reminder_sent',
  'drop_off',
  'push_received',
  'push_opened',
] as const;

/** What an invitee does, or fails to do. */
export const INVITEE_EVENT_TYPES = [
  'invite_sent',
  'invitee_reply_yes',
  'invitee_reply_no',
  'invitee_reply_unknown',
  'invitee_vote',
  'invitee_timeout',
  'invitee_confirmed',
] as const;

/** What the system does or suffers. */
export const SYSTEM_EVENT_TYPES = [
  'sms_sent',
  'sms_received',
  'error',
  'latency',
  'state_snapshot',
] as const;

/** The 29 types of the owner's specification: closed, in its order. */
export const EVENT_TYPES = [
  ...ORGANIZER_EVENT_TYPES,
  ...INVITEE_EVENT_TYPES,
  ...SYSTEM_EVENT_TYPES,
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** The rows that the inspector writes by itself; a chart never names them in `logs`. */
export const AUTOMATIC_EVENT_TYPES = [
  'flow_started',
  'flow_step',
  'flow_completed',
  'drop_off',
] as const;
export type AutomaticEventType = (typeof AUTOMATIC_EVENT_TYPES)[number];

/** What a transition may name in `meta.logs`. */
export type LogWord = Exclude<EventType, AutomaticEventType>;

export const PLATFORMS = ['web', 'ios_app', 'sms', 'system'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** The reserved metadata keys, which stand beside those of the type on any row. */
export const RESERVED_KEYS = [
  'v',
  'correlation_id',
  'backend_version',
  'synthetic',
  'internal',
] as const;
export type ReservedKey = (typeof RESERVED_KEYS)[number];
