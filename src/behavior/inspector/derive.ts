/*
 * The metadata that follows from the step and the trace alone, key by key. Which keys of a type are
 * derived is the catalogue's table; this file only knows how each is computed.
 */
import { DEFAULTED, DERIVED } from '../catalogue/index.ts';
import { isResumable } from '../meta.ts';
import type { AnyEvent, Standing } from '../observed.ts';
import type { EventType, RunStatus, SnapshotTrigger } from '../vocabulary.ts';
import type { InspectedChart } from './chart.ts';
import type { Stimulus, Trace } from './trace.ts';

/** All that is known when one entry is made. */
export type Moment = {
  readonly type: EventType;
  readonly chart: InspectedChart;
  readonly id: string;
  readonly stimulus: Stimulus;
  readonly trace: Trace;
  readonly before: Standing;
  readonly after: Standing;
  readonly event: AnyEvent;
  /** What the chart's meta says of this very entry. */
  readonly given: {
    readonly outcome?: string;
    readonly reason?: string;
    readonly snapshot?: {
      readonly trigger: SnapshotTrigger;
      readonly sampleRate: number;
      readonly status: RunStatus;
    };
  };
};

type Derive = (moment: Moment) => unknown;

const flowOf: Derive = ({ chart }) => ('flow' in chart.root ? chart.root.flow : undefined);
const sinceLeft = ({ stimulus, trace }: Moment): number =>
  Math.max(0, stimulus.at - Math.max(trace.enteredAt, trace.leftAt));

/** How each derived key is computed; `undefined` leaves the key out. */
const DERIVATIONS: Readonly<Record<string, Derive>> = {
  flow: flowOf,
  flow_run_id: ({ type, chart, id }) => {
    if ('flow' in chart.root) return id;
    return type === 'event_created' ? null : undefined;
  },
  cycle_id: ({ id }) => id,
  machine: ({ chart }) => chart.id,
  machine_version: ({ chart }) => chart.version,
  entry: ({ trace }) => trace.beginning.entry,
  parent_flow_run_id: ({ trace }) => trace.beginning.parentRunId ?? null,
  resumed_from: ({ trace }) => trace.beginning.resumedFrom ?? null,
  step: ({ before }) => before.step,
  outcome: ({ given }) => given.outcome,
  reason: ({ given }) => given.reason,
  step_index: ({ trace }) => trace.flowSteps + 1,
  attempt: ({ trace, before }) =>
    1 + (before.step === null ? 0 : (trace.stepCounts[before.step] ?? 0)),
  to_state: ({ after }) => after.path,
  at_state: ({ before }) => before.path,
  at_step: ({ trace }) => trace.atStep,
  trigger: ({ given, event }) => given.snapshot?.trigger ?? event.type,
  dwell_ms: sinceLeft,
  input: ({ stimulus }) => stimulus.via,
  steps: ({ trace }) => trace.flowSteps,
  edits: ({ trace }) => trace.edits,
  invalid_inputs: ({ trace }) => trace.invalidInputs,
  errors: ({ trace }) => trace.errors,
  duration_ms: ({ stimulus, trace }) => Math.max(0, stimulus.at - trace.begunAt),
  resumed: ({ trace }) => (trace.beginning.resumedFrom ?? null) !== null,
  resumable: ({ given }) => isResumable(given.reason),
  run_id: ({ id }) => id,
  status: ({ given }) => given.snapshot?.status,
  state: ({ after }) => after.path,
  sample_rate: ({ given }) => given.snapshot?.sampleRate,
  counts: () => ({}),
  caused_by: ({ trace }) => trace.causedBy,
};

/**
 * The whole metadata of an entry of this type: the defaulted keys, what `describe` says in their place and
 * beside them, and over all of it the derived keys.
 */
export function metadataOf(
  moment: Moment,
  described: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const metadata: Record<string, unknown> = {};
  derive(metadata, moment, DEFAULTED[moment.type]);
  for (const key of Object.keys(described)) metadata[key] = described[key];
  derive(metadata, moment, DERIVED[moment.type]);
  return metadata;
}

function derive(metadata: Record<string, unknown>, moment: Moment, keys: readonly string[]): void {
  for (const key of keys) {
    const value = DERIVATIONS[key]?.(moment);
    if (value !== undefined) metadata[key] = value;
  }
}
