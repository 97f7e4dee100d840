/* The house's state, for /readyz and /metrics, from the store's counts. */
import type { Health } from '../api/health.ts';
import { countParked, countTexts, ping } from '../store/gauges.ts';
import { countJobs } from '../store/jobs.ts';
import { countOutbox } from '../store/outbox.ts';
import { countQuarantined } from '../store/quarantine.ts';
import { countLateTimers } from '../store/timers.ts';
import type { Pools } from './database.ts';

const LATE_AFTER_MS = 10_000;
const DAY_MS = 86_400_000;
const PING_WITHIN_MS = 2_000;

export const healthOf = (
  { app, reader }: Pools,
  of: { readonly now: () => number; readonly smsPaused: boolean },
): Health => ({
  smsPaused: of.smsPaused,
  isDatabaseUp: () =>
    ping(app, PING_WITHIN_MS).then(
      () => true,
      () => false,
    ),
  stats: async () => {
    const now = of.now();
    await ping(app, PING_WITHIN_MS);
    const [outbox, quarantined, lateTimers, jobs, texts, parked] = await Promise.all([
      countOutbox(app),
      countQuarantined(reader),
      countLateTimers(app, { now, graceMs: LATE_AFTER_MS }),
      countJobs(app, now),
      countTexts(app, now - DAY_MS),
      countParked(app),
    ]);
    const { rows: outboxRows, oldestAt } = outbox;
    const outboxAgeMs = oldestAt === null ? 0 : Math.max(0, now - oldestAt);
    const { due: jobsDue, lapsed: jobsLapsed } = jobs;
    return { outboxRows, outboxAgeMs, quarantined, lateTimers, parked, jobsDue, jobsLapsed, texts };
  },
});
