/*
 * Which errors outside a step become rows: one per request and code, and so many a minute of one code that
 * a storm (a broken client, forged webhooks) shows in the log without filling it. The others are counted.
 */

const MINUTE_MS = 60_000;
const MAX_A_MINUTE = 60;

export type ErrorGate = {
  /** Whether this one becomes a row; remembers that it did. */
  readonly admits: (error: { readonly correlationId: string; readonly code: string }) => boolean;
};

export function createErrorGate(now: () => number): ErrorGate {
  let minute = openMinute(now());
  return {
    admits: ({ correlationId, code }) => {
      const age = now() - minute.since;
      // Also where the clock has stepped back.
      if (age >= MINUTE_MS || age < 0) minute = openMinute(now());
      const known = minute.admitted.get(code) ?? new Set();
      if (known.has(correlationId) || known.size >= MAX_A_MINUTE) return false;
      minute.admitted.set(code, known.add(correlationId));
      return true;
    },
  };
}

/** What was admitted in a minute: correlation ids by code. */
const openMinute = (since: number) => ({ since, admitted: new Map<string, Set<string>>() });
