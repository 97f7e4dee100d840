/**
 * Twilio's error codes as data: what each means for a text, when sending it and when a status
 * callback brings it. Source: twilio.com/docs/api/errors. A code that is in no table is judged by
 * its HTTP status when sending.
 */
import type { RejectReason } from './carrier.ts';

export type CreateMeaning =
  | { readonly does: 'reject'; readonly reason: RejectReason }
  | { readonly does: 'retry'; readonly retryAfterMs: number | null };

const reject = (reason: RejectReason): CreateMeaning => ({ does: 'reject', reason });

const MINUTE_MS = 60_000;

/** Codes that answer the request to send. */
export const createCodes: ReadonlyMap<number, CreateMeaning> = new Map([
  [20003, reject('credentials')],
  [20005, reject('credentials')],
  [20404, reject('config')],
  [20429, { does: 'retry', retryAfterMs: null }],
  [21211, reject('bad_number')],
  [21408, reject('config')],
  [21602, reject('ours')],
  [21603, reject('ours')],
  [21604, reject('ours')],
  [21606, reject('ours')],
  [21608, reject('config')],
  [21610, reject('opted_out')],
  // The queue of that sender is longer than it may be, so minutes pass before there is room.
  [21611, { does: 'retry', retryAfterMs: 10 * MINUTE_MS }],
  [21612, reject('config')],
  [21614, reject('bad_number')],
  [21617, reject('ours')],
  [21635, reject('bad_number')],
  [21705, reject('config')],
]);

export type LostMeaning =
  /** This person wants no texts of ours. */
  | 'opt_out'
  /** What stood in the way may pass: the same may be said once more, later. */
  | 'passing'
  /** The carrier takes nothing from us until somebody has mended our registration. */
  | 'stop';

/** Codes of a `failed` or `undelivered` callback. With any other the text is given up, and no more. */
const lostCodes: ReadonlyMap<number, LostMeaning> = new Map([
  [21610, 'opt_out'],
  // The sender's queue was full.
  [30001, 'passing'],
  [30003, 'passing'],
  // Blocked, by the carrier or by the person: who is not to be texted is not chased.
  [30004, 'opt_out'],
  [30008, 'passing'],
  // The sender is not known at that carrier yet.
  [30024, 'passing'],
  [30034, 'stop'],
  // It could not be put off into the hours in which it may arrive.
  [30047, 'passing'],
]);

/** What a callback's error code, null where it has none, says beside that the text is lost. */
export const meaningOfLost = (code: number | null): LostMeaning | undefined =>
  code === null ? undefined : lostCodes.get(code);

/** What somebody has to look at: it is counted and warned of under this name. */
export type Alarm =
  /** Too many of our texts are filtered as spam: what they say, or our registration, is not liked. */
  | 'texts_filtered'
  /** A number of ours is not known at that carrier yet. */
  | 'sender_not_provisioned'
  /** A toll-free number of ours is not verified. */
  | 'sender_not_verified';

/** The code of a text that was taken for spam. */
export const FILTERED = 30007;

const alarms: ReadonlyMap<number, Alarm> = new Map([
  [FILTERED, 'texts_filtered'],
  [30024, 'sender_not_provisioned'],
  [30032, 'sender_not_verified'],
]);

/** Of a lost text's code; one that stops all sending is told by the standstill. */
export const alarmOf = (code: number): Alarm | undefined => alarms.get(code);
