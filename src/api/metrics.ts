/* Metrics for Prometheus, with `prom-client`, in a registry of this server's own. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Health, Stats } from './health.ts';

export type Metrics = {
  readonly requests: Counter<'route' | 'status'>;
  readonly webhooks: Counter<'route' | 'outcome'>;
  readonly events: Counter<'event'>;
  readonly batchSize: Histogram;
  readonly requestMs: Histogram<'route'>;
  /** Everything as text; the database's gauges are left out while it is away. */
  readonly render: (health: Health) => Promise<{ readonly type: string; readonly text: string }>;
};

type GaugeName = Exclude<keyof Stats, 'texts'>;

const GAUGES: Readonly<Record<GaugeName, readonly [name: string, help: string]>> = {
  outboxRows: ['funlet_outbox_rows', 'Outbox rows that wait for the projector'],
  outboxAgeMs: ['funlet_outbox_age_ms', 'Age of the oldest outbox row'],
  quarantined: ['funlet_quarantined_rows', 'Log rows in quarantine that were not replayed'],
  lateTimers: ['funlet_late_timers', 'Instances whose timer is overdue by more than 10 s'],
  parked: ['funlet_parked_instances', 'Instances whose step threw too often'],
  jobsDue: ['funlet_jobs_due', 'Jobs that are due'],
  jobsLapsed: ['funlet_jobs_lapsed', 'Jobs that are due again after a lapsed lease'],
};

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const gauge = ([name, help]: readonly [string, string], labelNames: readonly string[] = []) =>
    new Gauge({ name, help, registers, labelNames: [...labelNames] });
  const gauges = Object.entries(GAUGES).map(
    ([key, named]) => [key as GaugeName, gauge(named)] as const,
  );
  const texts = gauge(
    ['funlet_texts', 'Texts by state and the code of the carrier, of the last 24 hours'],
    ['state', 'code'],
  );
  const database = gauge(['funlet_database_up', 'Whether the database answers']);
  return {
    requests: new Counter({
      ...{ name: 'funlet_requests_total', help: 'Requests by route and status' },
      ...{ labelNames: ['route', 'status'], registers },
    }),
    webhooks: new Counter({
      ...{ name: 'funlet_webhooks_total', help: 'Webhooks by route and outcome' },
      ...{ labelNames: ['route', 'outcome'], registers },
    }),
    events: new Counter({
      ...{ name: 'funlet_events_total', help: 'What went wrong, by kind' },
      ...{ labelNames: ['event'], registers },
    }),
    batchSize: new Histogram({
      ...{ name: 'funlet_batch_size', help: 'Commits per statement', registers },
      buckets: [1, 2, 4, 8, 16, 32, 64, 128],
    }),
    requestMs: new Histogram({
      ...{ name: 'funlet_request_ms', help: 'Time to answer', labelNames: ['route'], registers },
      buckets: [2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000],
    }),
    render: async (health) => {
      const stats = await health.stats().catch(() => undefined);
      database.set(stats === undefined ? 0 : 1);
      texts.reset();
      for (const [key, one] of gauges) {
        if (stats === undefined) one.reset();
        else one.set(stats[key]);
      }
      for (const { status, code, texts: count } of stats?.texts ?? []) {
        texts.set({ state: status, code: code ?? '' }, count);
      }
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}
