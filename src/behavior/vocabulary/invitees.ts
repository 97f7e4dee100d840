/* The words of invitees and their texts: replies, prompts, timeouts, routing, purposes. */
export const REPLIES = ['none', 'yes', 'no', 'vote', 'unknown'] as const;
export type Reply = (typeof REPLIES)[number];

/** What an inbound message answers. */
export const PROMPTS = [
  'invite',
  'reminder',
  'clarification',
  'finalize',
  'change_notice',
  'unprompted',
] as const;
export type PromptKind = (typeof PROMPTS)[number];

export const INVITE_VIAS = ['flow', 'add_people', 'reinvite'] as const;
export type InviteVia = (typeof INVITE_VIAS)[number];

export const UNKNOWN_TARGETS = ['event', 'syncup', 'none'] as const;
export type UnknownTarget = (typeof UNKNOWN_TARGETS)[number];

export const UNKNOWN_REASONS = [
  'no_match',
  'maybe',
  'ambiguous',
  'out_of_range',
  'multiple_intents',
  'no_active_invite',
  'media_only',
  'empty',
  'expired',
] as const;
export type UnknownReason = (typeof UNKNOWN_REASONS)[number];

/** The most that is kept about the text of a message that was not understood, in characters. */
export const LENGTH_BANDS = ['l0', 'l1_10', 'l11_50', 'l51_160', 'l160p'] as const;
export type LengthBand = (typeof LENGTH_BANDS)[number];

export const TIMEOUT_STAGES = [
  'first_reply',
  'after_reminder',
  'after_unknown',
  'confirmation',
] as const;
export type TimeoutStage = (typeof TIMEOUT_STAGES)[number];

const HOUR_MS = 3_600_000;

/** How long each stage waits for a reply, in ms. The one table; the README prints it. */
export const STAGE_TIMEOUT_MS: Readonly<Record<TimeoutStage, number>> = {
  first_reply: 24 * HOUR_MS,
  after_reminder: 24 * HOUR_MS,
  after_unknown: 12 * HOUR_MS,
  confirmation: 24 * HOUR_MS,
};

/** What a confirmation follows: the texts of an organizer's own hand that ask again. */
export const FOLLOW_UPS = ['reminder', 'finalize', 'change_notice'] as const;
export type FollowUp = (typeof FOLLOW_UPS)[number];

export const PROVIDERS = ['twilio', 'emulator'] as const;
export type Provider = (typeof PROVIDERS)[number];

export const SMS_PURPOSES = [
  'invite',
  'reminder',
  'auto_reminder',
  'clarification',
  'finalize',
  'vote_result',
  'change_notice',
  'cancel',
  'opt_out_confirm',
  'help',
  'update',
] as const;
export type SmsPurpose = (typeof SMS_PURPOSES)[number];

export const SMS_ENCODINGS = ['gsm7', 'ucs2'] as const;
export type SmsEncoding = (typeof SMS_ENCODINGS)[number];

export const INTENTS = ['yes', 'no', 'vote', 'unknown', 'opt_out', 'opt_in', 'help'] as const;
export type Intent = (typeof INTENTS)[number];

export const ROUTINGS = ['single', 'disambiguated', 'ambiguous', 'unmatched'] as const;
export type Routing = (typeof ROUTINGS)[number];
