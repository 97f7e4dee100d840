/*
 * How far the carrier says that a message is: its words, and which of them may follow which. Its callbacks
 * come in any order and more than once.
 */

/** How far a message is. The last rank is final. */
const RANKS = {
  accepted: 0,
  scheduled: 0,
  queued: 1,
  sending: 2,
  sent: 3,
  partially_delivered: 3,
  delivered: 4,
  undelivered: 4,
  failed: 4,
  canceled: 4,
  read: 4,
} as const;

const FINAL = 4;

/** The carrier's words. */
export type DeliveryStatus = keyof typeof RANKS;
export const DELIVERY_STATUSES = Object.keys(RANKS) as readonly DeliveryStatus[];

export const isDeliveryStatus = (word: string): word is DeliveryStatus =>
  Object.hasOwn(RANKS, word);

const rankOf = (word: string): number => (isDeliveryStatus(word) ? RANKS[word] : 0);

/** Whether nothing follows, unless it is read. */
export const isFinal = (word: string): word is DeliveryStatus => rankOf(word) === FINAL;

/** Whether `to` may follow `from`. Final ones stay, but a delivered message may be read. */
export function isForward(from: string, to: DeliveryStatus): boolean {
  if (from === 'delivered' && to === 'read') return true;
  return rankOf(to) > rankOf(from);
}

export const ARRIVED: readonly DeliveryStatus[] = ['delivered', 'read'];
export const LOST: readonly DeliveryStatus[] = ['undelivered', 'failed', 'canceled'];
