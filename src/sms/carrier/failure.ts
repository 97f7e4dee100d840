/**
 * What an error of the `twilio` client means for the text. The one place that looks into such
 * errors: their messages carry bodies and phone numbers, so only numbers leave.
 */

import { Throttled } from './api-client.ts';
import type { SendOutcome } from './carrier.ts';
import { createCodes } from './codes.ts';

/** System calls that fail before a byte of the request is written. */
const BEFORE_WRITING: ReadonlySet<unknown> = new Set(['connect', 'getaddrinfo']);

/** Anything that is not known to be refused, or known never to have arrived, is `unknown`. */
export function failureOf(error: unknown): Exclude<SendOutcome, { kind: 'accepted' }> {
  if (error instanceof Throttled) return throttled(error);
  if (neverArrived(error)) {
    return { kind: 'retry', providerCode: null, httpStatus: null, retryAfterMs: null };
  }
  const httpStatus = numberIn(error, 'status');
  // 408 comes from proxies: the request may have gone on.
  if (httpStatus === null || httpStatus >= 500 || httpStatus < 300 || httpStatus === 408) {
    return { kind: 'unknown' };
  }
  return refused(numberIn(error, 'code') ?? 0, httpStatus);
}

function throttled({ providerCode, retryAfterMs }: Throttled): SendOutcome & { kind: 'retry' } {
  const meaning = createCodes.get(providerCode ?? 0);
  const usualMs = meaning?.does === 'retry' ? meaning.retryAfterMs : null;
  return { kind: 'retry', providerCode, httpStatus: 429, retryAfterMs: retryAfterMs ?? usualMs };
}

function refused(
  providerCode: number,
  httpStatus: number,
): Exclude<SendOutcome, { kind: 'accepted' | 'unknown' }> {
  const meaning = createCodes.get(providerCode);
  if (meaning?.does === 'retry') {
    return { kind: 'retry', providerCode, httpStatus, retryAfterMs: meaning.retryAfterMs };
  }
  const reason = meaning?.reason ?? reasonByStatus(httpStatus);
  return { kind: 'rejected', providerCode, httpStatus, reason };
}

function reasonByStatus(httpStatus: number): 'credentials' | 'config' | 'ours' {
  if (httpStatus === 401 || httpStatus === 403) return 'credentials';
  return httpStatus === 404 || httpStatus < 400 ? 'config' : 'ours';
}

function neverArrived(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const cause = error.cause;
  return typeof cause === 'object' && cause !== null && 'syscall' in cause
    ? BEFORE_WRITING.has(cause.syscall)
    : false;
}

function numberIn(error: unknown, key: 'status' | 'code'): number | null {
  if (typeof error !== 'object' || error === null) return null;
  const value = (error as Readonly<Record<string, unknown>>)[key];
  return typeof value === 'number' ? value : null;
}
