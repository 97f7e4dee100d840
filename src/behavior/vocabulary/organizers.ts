/* The words of what organizers do outside and inside flows: sessions, pushes, crews, targets. */
export const SESSION_ENTRIES = ['direct', 'push', 'deep_link', 'sms_link'] as const;
export type SessionEntry = (typeof SESSION_ENTRIES)[number];

export const SESSION_END_REASONS = ['explicit', 'logout', 'expired_idle', 'expired_max'] as const;
export type SessionEndReason = (typeof SESSION_END_REASONS)[number];

export const USER_ACTIONS = [
  'event_viewed',
  'results_viewed',
  'invitees_viewed',
  'crew_viewed',
  'event_cancelled',
  'event_edited',
  'crew_deleted',
  'crew_renamed',
  'help_opened',
  'settings_changed',
  'notification_permission',
  'chat_unrecognized',
  'link_copied',
  'log_exported',
] as const;
export type UserAction = (typeof USER_ACTIONS)[number];

/** What a client alone knows of. Any other action changes something here, and is logged where that is done. */
export const TOLD_ACTIONS = [
  'event_viewed',
  'results_viewed',
  'invitees_viewed',
  'crew_viewed',
  'help_opened',
  'settings_changed',
  'notification_permission',
  'chat_unrecognized',
  'link_copied',
  'log_exported',
] as const satisfies readonly UserAction[];

export const ACTION_TARGETS = ['crew', 'event', 'syncup', 'invitee', 'settings', 'none'] as const;
export type ActionTarget = (typeof ACTION_TARGETS)[number];

export const ACTION_VALUES = ['granted', 'denied', 'on', 'off'] as const;
export type ActionValue = (typeof ACTION_VALUES)[number];

export const CHANGED_FIELDS = ['title', 'when', 'where', 'details', 'name', 'options'] as const;
export type ChangedField = (typeof CHANGED_FIELDS)[number];

export const PUSH_KINDS = [
  'rsvp_update',
  'all_replied',
  'vote_result',
  'deadline_near',
  'system',
] as const;
export type PushKind = (typeof PUSH_KINDS)[number];

export const PUSH_RECEIPTS = ['app', 'extension'] as const;
export type PushReceipt = (typeof PUSH_RECEIPTS)[number];

export const APP_STATES = ['foreground', 'background', 'terminated', 'unknown'] as const;
export type AppState = (typeof APP_STATES)[number];

export const PUSH_ACTIONS = ['default', 'button'] as const;
export type PushAction = (typeof PUSH_ACTIONS)[number];

export const PICKERS = ['ios_native', 'web_contact_api'] as const;
export type Picker = (typeof PICKERS)[number];

export const PICKER_PURPOSES = ['new_crew', 'crew_members', 'event_people'] as const;
export type PickerPurpose = (typeof PICKER_PURPOSES)[number];

export const CREW_SOURCES = ['contacts', 'manual', 'event', 'mixed'] as const;
export type CrewSource = (typeof CREW_SOURCES)[number];

export const CREW_CHANGES = ['members_added', 'members_removed', 'mixed'] as const;
export type CrewChange = (typeof CREW_CHANGES)[number];

export const VOTING_MODES = ['single', 'multi'] as const;
export type VotingMode = (typeof VOTING_MODES)[number];

/** What an invitation, a finalization or a reminder is about. */
export const TARGETS = ['event', 'syncup'] as const;
export type Target = (typeof TARGETS)[number];

export const AUDIENCES = ['non_responders', 'all', 'selected', 'unknown_replies'] as const;
export type Audience = (typeof AUDIENCES)[number];
