/*
 * Waits until the house has done everything that it had promised: no job, nothing in the outbox, no timer
 * that is due or will be soon. What is left when patience ends is a finding.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { LEASE_MS, RENEW_EVERY_MS, SHORT_MS } from '../../../src/engine/leases.ts';
import type { Town } from '../parts/town.ts';

export type Settled = {
  readonly tookMs: number;
  /** What was still to be done; empty when all was. */
  readonly left: readonly string[];
};

export type SettleOptions = {
  readonly withinMs: number;
  /** Timers that are due within this are waited for. */
  readonly soonMs?: number;
  /**
   * Leases of nodes that are dead are made to lapse by hand, where waiting for it would take too long. A node that
   * lives renews its own in time to be told from them; taken away, its job would be done twice.
   */
  readonly ageLeases?: boolean;
};

type Open = { readonly jobs: number; readonly outbox: number; readonly timers: number };

const LOOK_EVERY_MS = 100;
const QUIET_MS = 2_000;
/** That long after a claim, or a renewal, a living node has renewed it, unless it stood still for a second. */
const RENEWED_WITHIN_MS = SHORT_MS + RENEW_EVERY_MS + 1_000;

export async function settle(
  { sql }: Pick<Town, 'sql'>,
  { withinMs, soonMs = 0, ageLeases = false }: SettleOptions,
): Promise<Settled> {
  const begunAt = Date.now();
  let agedAt = begunAt;
  for (;;) {
    const [open = { jobs: 0, outbox: 0, timers: 0 }] = await sql<Open[]>`
      select (select count(*)::int from jobs) as jobs, (select count(*)::int from log_outbox) as outbox,
        (select count(*)::int from instances
          where wake_at <= to_timestamp(${Date.now() + soonMs}::float8 / 1000)) as timers`;
    const left = Object.entries(open).filter(([, count]) => count > 0);
    const tookMs = Date.now() - begunAt;
    if (left.length === 0) return { tookMs, left: [] };
    if (tookMs > withinMs) {
      const found = left.map(([what, count]) => `${count} ${what}`).join(', ');
      return { tookMs, left: [`After ${withinMs} ms there were still ${found}.`] };
    }
    if (ageLeases && Date.now() - agedAt > QUIET_MS) {
      agedAt = Date.now();
      await sql`update jobs set leased_until = null, due_at = least(due_at, to_timestamp(${agedAt}::float8 / 1000))
        where tries > 0 and (leased_until is null or leased_until < statement_timestamp()
          + ${LEASE_MS - RENEWED_WITHIN_MS}::float8 * interval '1 millisecond')`;
    }
    await delay(LOOK_EVERY_MS);
  }
}
