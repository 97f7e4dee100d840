/*
 * Which jobs this node holds, and for how long it may act on them. A held job's lease is renewed while
 * it runs, so that it may take its time; a node that dies or stands still stops renewing, and within
 * one lease another takes over. Whoever finds its own lease lapsed must not act any more.
 */
import { type ClaimedJob, renewJob } from '../store/jobs.ts';
import type { Core } from './core.ts';

/** Renewed twice at least before it lapses: one lost renewal costs nothing. */
export const LEASE_MS = 12_000;
export const RENEW_EVERY_MS = 4_000;
/** Most jobs are done by then, and none of these is worth a renewal. */
const SHORT_MS = 2_000;

export type Leases = {
  readonly hold: (job: ClaimedJob) => void;
  readonly release: (job: ClaimedJob) => void;
  readonly holds: (id: string) => boolean;
  /** Whether nobody else can have claimed the job meanwhile. */
  readonly mayStillAct: (id: string) => boolean;
  readonly renew: () => Promise<void>;
  readonly size: () => number;
};

type Held = { readonly job: ClaimedJob; until: number };

export function createLeases(core: Pick<Core, 'sql' | 'now'>): Leases {
  const held = new Map<string, Held>();
  return {
    hold: (job) => held.set(job.id, { job, until: core.now() + LEASE_MS }),
    release: ({ id }) => held.delete(id),
    holds: (id) => held.has(id),
    size: () => held.size,
    mayStillAct: (id) => core.now() < (held.get(id)?.until ?? 0),
    renew: async () => {
      const now = core.now();
      // A lapsed one may be another's by now: it is not taken back.
      const living = [...held.values()].filter(
        ({ until }) => now < until && until <= now + LEASE_MS - SHORT_MS,
      );
      const until = now + LEASE_MS;
      const renewals = living.map(async (lease) => {
        await renewJob(core.sql, lease.job, until);
        lease.until = until;
      });
      await Promise.all(renewals);
    },
  };
}
