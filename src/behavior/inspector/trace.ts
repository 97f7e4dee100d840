/*
 * What the inspector remembers of an instance between its steps: counts, times and where the run came
 * from. A column of the instance, written in the same commit as the entries that it explains.
 */
import type { Entry, Input, Platform, Step } from '../vocabulary.ts';

/** Where the latest organizer event of a run came from; carried along by what it causes. */
export type Origin = {
  readonly sessionId: string | null;
  readonly platform: Platform;
  /** The client's build, or `unknown`. */
  readonly version: string;
};

/** How a flow came to begin. */
export type Beginning = {
  readonly entry?: Entry | undefined;
  readonly parentRunId?: string | null | undefined;
  readonly resumedFrom?: string | null | undefined;
};

export type Trace = {
  readonly begunAt: number;
  readonly causedBy: string;
  readonly origin: Origin | null;
  readonly beginning: Beginning;
  readonly flowSteps: number;
  readonly stepCounts: Readonly<Partial<Record<Step, number>>>;
  readonly edits: number;
  readonly invalidInputs: number;
  readonly errors: number;
  /** Handled organizer events of the session that the run is in now. */
  readonly actions: number;
  /** Those of other sessions, by their ids: of a run that went on on another device. */
  readonly elsewhere?: Readonly<Record<string, number>> | undefined;
  readonly atStep: Step | null;
  readonly enteredAt: number;
  readonly leftAt: number;
};

/** What came from outside and made the step happen. */
export type Stimulus = {
  /** The commit's time, epoch ms. */
  readonly at: number;
  readonly correlationId: string;
  readonly origin: Origin | null;
  /** How the organizer gave the event, when a client said so. */
  readonly via?: Input | undefined;
  readonly beginning?: Beginning;
};

/** The trace of an instance that is about to begin. */
export const newTrace = ({ at, correlationId, origin, beginning }: Stimulus): Trace => ({
  begunAt: at,
  causedBy: correlationId,
  origin,
  beginning: beginning ?? {},
  flowSteps: 0,
  stepCounts: {},
  edits: 0,
  invalidInputs: 0,
  errors: 0,
  actions: 0,
  atStep: null,
  enteredAt: at,
  leftAt: at,
});

/** A trace while a step is being noted in it. */
export type OpenTrace = { -readonly [key in keyof Trace]: Trace[key] };

/** A copy to note a step in. Written out: a clone of a clone of a clone is slow (docs/architecture.md). */
export const openTrace = (trace: Trace): OpenTrace => ({
  begunAt: trace.begunAt,
  causedBy: trace.causedBy,
  origin: trace.origin,
  beginning: trace.beginning,
  flowSteps: trace.flowSteps,
  stepCounts: trace.stepCounts,
  edits: trace.edits,
  invalidInputs: trace.invalidInputs,
  errors: trace.errors,
  actions: trace.actions,
  elsewhere: trace.elsewhere,
  atStep: trace.atStep,
  enteredAt: trace.enteredAt,
  leftAt: trace.leftAt,
});
