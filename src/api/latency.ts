/*
 * How long organizers wait, into the behavior log: every turn that ends a flow, every one that takes
 * longer than its objective, and a sample of the others. Best effort, after the answer is decided.
 */
import type { Origin } from '../behavior/inspector/index.ts';
import type { ApiChart, Instance } from './charts.ts';
import type { ApiDeps } from './deps.ts';
import type { Asked } from './route.ts';

const SLO_MS = 500;
const SAMPLE_RATE = 0.1;

export type Turned = {
  readonly instance: Instance;
  readonly chart: ApiChart;
  readonly origin: Origin | null;
};

export function noteTurn(deps: ApiDeps, ctx: Asked, { instance, chart, origin }: Turned): void {
  const durationMs = Math.max(0, deps.now() - ctx.state.begunAt);
  const breached = durationMs > SLO_MS;
  const completes = chart.flow !== null && instance.status === 'done';
  const always = breached || completes;
  if (!always && deps.random() >= SAMPLE_RATE) return;
  const { crewId, eventId, syncupId } = instance;
  deps.engine.notes.take({
    type: 'latency',
    owner: instance.organizerId,
    subject: { crewId, eventId, syncupId },
    origin,
    correlationId: ctx.state.correlationId,
    metadata: {
      operation: 'organizer_turn',
      duration_ms: durationMs,
      slo_ms: SLO_MS,
      breached,
      ok: true,
      sample_rate: always ? 1 : SAMPLE_RATE,
      ...(chart.flow !== null && { flow: chart.flow }),
    },
  });
}
