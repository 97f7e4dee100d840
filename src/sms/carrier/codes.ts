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

/**
 * Codes of a `failed` or `undelivered` callback by which a person wants no texts of ours. With any
 * other the text is given up: in this version no delivery code makes us send it again.
 */
const optOutCodes: ReadonlySet<number> = new Set([21610, 30004]);

/** Whether a callback's error code, null where it has none, counts as an opt-out of its phone. */
export const isOptOut = (code: number | null): boolean => code !== null && optOutCodes.has(code);
