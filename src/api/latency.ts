/*
 * How long organizers wait, into the behavior log: every turn that ends a flow, every one that takes
 * longer than its objective, and a sample of the others. Best effort, after the answer is decided.
 */
import type { Origin } from '../behavior/inspector/index.ts';
import type { ApiChart, Instance } from './charts.ts';
import type { ApiDeps, RequestState } from './deps.ts';
import type { Asked } from './route.ts';

const SLO_MS = 500;
const SAMPLE_RATE = 0.1;

export type Turned = {
  readonly instance: Instance;
  readonly chart: ApiChart;
  readonly origin: Origin | null;
};

/** A turn that a chart took. */
export function noteTurn(deps: ApiDeps, ctx: Asked, { instance, chart, origin }: Turned): void {
  const completes = chart.flow !== null && instance.status === 'done';
  const took = measured(deps, ctx.state, completes);
  if (took === undefined) return;
  const { crewId, eventId, syncupId } = instance;
  deps.engine.notes.take({
    type: 'latency',
    owner: instance.organizerId,
    subject: { crewId, eventId, syncupId },
    origin,
    correlationId: ctx.state.correlationId,
    metadata: {
      ...took,
      ok: true,
      ...(chart.flow !== null && { flow: chart.flow }),
    },
  });
}

/** A turn that came to nothing on our side: the organizer waited all the same. */
export function noteFailedTurn(deps: ApiDeps, state: RequestState): void {
  const took = measured(deps, state, false);
  if (took === undefined || state.caller === undefined) return;
  deps.engine.notes.take({
    type: 'latency',
    owner: state.caller.owner,
    correlationId: state.correlationId,
    metadata: { ...took, ok: false },
  });
}

/** Undefined where this turn is none of the sample. */
function measured(deps: ApiDeps, { begunAt }: RequestState, always: boolean) {
  const durationMs = Math.max(0, deps.now() - begunAt);
  const breached = durationMs > SLO_MS;
  const isCertain = breached || always;
  if (!isCertain && deps.random() >= SAMPLE_RATE) return undefined;
  return {
    operation: 'organizer_turn',
    duration_ms: durationMs,
    slo_ms: SLO_MS,
    breached,
    sample_rate: isCertain ? 1 : SAMPLE_RATE,
  } as const;
}
