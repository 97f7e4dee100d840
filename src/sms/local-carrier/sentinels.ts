/**
 * Numbers with a fate, so that a demo or a person playing needs no script. Twilio's own magic
 * numbers (+1500555000x) keep their meaning; those of the fictional range +1 415 555 01xx have
 * what Twilio's lack, and pass as mobile numbers everywhere. Every other number gets its texts.
 */
import type { RestErrorCode } from './errors.ts';

export type Sentinel =
  | { readonly fate: 'rejected'; readonly code: RestErrorCode }
  /** Taken, then not delivered, with this code. */
  | { readonly fate: 'undelivered'; readonly code: number }
  /** Sent, and no receipt ever comes. */
  | { readonly fate: 'no_receipt' }
  /** Its callbacks come before the request to send is answered. */
  | { readonly fate: 'early' }
  /** Its callbacks come twice and in the wrong order. */
  | { readonly fate: 'jumbled' };

export const sentinels: ReadonlyMap<string, Sentinel> = new Map<string, Sentinel>([
  ['+15005550001', { fate: 'rejected', code: 21211 }],
  ['+15005550002', { fate: 'rejected', code: 21612 }],
  ['+15005550003', { fate: 'rejected', code: 21408 }],
  ['+15005550004', { fate: 'rejected', code: 21610 }],
  ['+15005550009', { fate: 'rejected', code: 21614 }],
  ['+14155550190', { fate: 'undelivered', code: 30003 }],
  ['+14155550191', { fate: 'rejected', code: 21211 }],
  ['+14155550192', { fate: 'rejected', code: 21614 }],
  ['+14155550193', { fate: 'undelivered', code: 30006 }],
  ['+14155550194', { fate: 'rejected', code: 21610 }],
  ['+14155550195', { fate: 'undelivered', code: 30007 }],
  ['+14155550196', { fate: 'rejected', code: 21611 }],
  ['+14155550197', { fate: 'no_receipt' }],
  ['+14155550198', { fate: 'jumbled' }],
  ['+14155550199', { fate: 'early' }],
]);
