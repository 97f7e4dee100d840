/*
 * Which jobs this node holds, and for how long it may act on them. A held job's lease is renewed while
 * it runs, so that it may take its time; a node that dies or stands still stops renewing, and within
 * one lease another takes over. Whoever finds its own lease lapsed must not act any more.
 *
 * Leases end by PostgreSQL's clock, which is the same for all nodes. Here they are counted from before
 * the claim was sent, by two clocks of which either ends them: one is set (an hour back would keep a
 * lease for an hour), the other does not run while a machine sleeps.
 */
import { type ClaimedJob, renewJob } from '../store/jobs.ts';
import type { Core } from './core.ts';

/** Renewed twice at least before it lapses: one lost renewal costs nothing. */
export const LEASE_MS = 12_000;
export const RENEW_EVERY_MS = 4_000;
/** Most jobs are done by then, and none of these is worth a renewal. */
export const SHORT_MS = 2_000;

export type Leases = {
  /** The end of a lease that is asked for now. */
  readonly askNow: () => LeaseEnd;
  readonly hold: (job: ClaimedJob, end: LeaseEnd) => void;
  readonly release: (job: ClaimedJob) => void;
  readonly holds: (id: string) => boolean;
  /** Whether nobody else can have claimed the job meanwhile. */
  readonly mayStillAct: (id: string) => boolean;
  readonly renew: () => Promise<void>;
  readonly size: () => number;
};

/** By the clock, epoch ms, and by the time since the process began, ms. */
type LeaseEnd = { readonly at: number; readonly elapsedMs: number };

type Held = { readonly job: ClaimedJob; end: LeaseEnd };

export function createLeases(core: Pick<Core, 'sql' | 'now' | 'elapsedMs'>): Leases {
  const held = new Map<string, Held>();
  const askNow = () => ({ at: core.now() + LEASE_MS, elapsedMs: core.elapsedMs() + LEASE_MS });
  const leftMs = (end: LeaseEnd) => Math.min(end.at - core.now(), end.elapsedMs - core.elapsedMs());
  return {
    askNow,
    hold: (job, end) => held.set(job.id, { job, end }),
    release: ({ id }) => held.delete(id),
    holds: (id) => held.has(id),
    size: () => held.size,
    mayStillAct: (id) => {
      const lease = held.get(id);
      return lease !== undefined && leftMs(lease.end) > 0;
    },
    renew: async () => {
      // A lapsed one may be another's by now: it is not taken back.
      const living = [...held.values()].filter(({ end }) => {
        const left = leftMs(end);
        return left > 0 && left <= LEASE_MS - SHORT_MS;
      });
      const end = askNow();
      const renewals = living.map(async (lease) => {
        await renewJob(core.sql, lease.job, LEASE_MS);
        lease.end = end;
      });
      await Promise.all(renewals);
    },
  };
}
