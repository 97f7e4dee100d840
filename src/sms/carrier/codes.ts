/**
 * Twilio's error codes as data: what each means for a text, when sending it and when a status
 * callback brings it. Source: twilio.com/docs/api/errors. A code that is in no table is judged by
 * its HTTP status when sending, and given up as `unexplained` in a callback.
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

/** What a failed delivery asks for: `retry` means once, and only if the text is still of use. */
export type DeliveryMeaning = {
  readonly does: 'give_up' | 'retry' | 'opt_out';
  readonly reason:
    | 'bad_number'
    | 'opted_out'
    | 'blocked'
    | 'filtered'
    | 'config'
    | 'unreachable'
    | 'queue_full'
    | 'unexplained';
  readonly retryAfterMs: number | null;
};

type DeliveryReason = DeliveryMeaning['reason'];

const giveUp = (reason: DeliveryReason): DeliveryMeaning => ({
  does: 'give_up',
  reason,
  retryAfterMs: null,
});
const retry = (reason: DeliveryReason, retryAfterMs: number): DeliveryMeaning => ({
  does: 'retry',
  reason,
  retryAfterMs,
});
const optOut = (reason: DeliveryReason): DeliveryMeaning => ({
  does: 'opt_out',
  reason,
  retryAfterMs: null,
});

/** Codes that a `failed` or `undelivered` callback carries. */
export const deliveryCodes: ReadonlyMap<number, DeliveryMeaning> = new Map([
  [21610, optOut('opted_out')],
  [30001, retry('queue_full', 10 * MINUTE_MS)],
  [30003, retry('unreachable', 30 * MINUTE_MS)],
  [30004, optOut('blocked')],
  [30005, giveUp('bad_number')],
  [30006, giveUp('bad_number')],
  [30007, giveUp('filtered')],
  [30008, retry('unexplained', 5 * MINUTE_MS)],
  [30024, retry('config', 60 * MINUTE_MS)],
  [30032, giveUp('config')],
  [30034, giveUp('config')],
  [30047, retry('config', 60 * MINUTE_MS)],
]);

/** What a callback's error code asks for; null and unknown codes are given up, unexplained. */
export const deliveryMeaning = (code: number | null): DeliveryMeaning =>
  (code === null ? undefined : deliveryCodes.get(code)) ?? giveUp('unexplained');
