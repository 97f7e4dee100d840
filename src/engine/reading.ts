/*
 * The inspector behind its guard: whatever it does, the flow goes on. If it throws, the step leaves
 * one `error` entry in place of those that could not be read.
 */
import {
  type Draft,
  draftOf,
  type Inspected,
  type InspectorDeps,
  inspect,
  type Stimulus,
  type Trace,
} from '../behavior/inspector/index.ts';
import type { ObservedStep } from '../behavior/observed.ts';

export type ReadingDeps = InspectorDeps & {
  /** Told when the inspector itself threw. */
  readonly onInspectorFailure: (error: unknown) => void;
};

export type Reading = { readonly drafts: readonly Draft[]; readonly trace: Trace };

export function readStep(
  deps: ReadingDeps,
  inspected: Inspected,
  of: {
    readonly step: ObservedStep;
    readonly trace: Trace;
    readonly stimulus: Stimulus;
    readonly begins: boolean;
  },
): Reading {
  try {
    return inspect(deps, inspected, of);
  } catch (error) {
    deps.onInspectorFailure(error);
    return { drafts: [confession(deps, inspected, of)], trace: of.trace };
  }
}

function confession(
  deps: ReadingDeps,
  { chart, owner }: Inspected,
  { trace, stimulus }: { readonly trace: Trace; readonly stimulus: Stimulus },
): Draft {
  return draftOf(deps, {
    type: 'error',
    owner,
    subject: {},
    origin: trace.origin,
    cycle: 'cycle' in chart.root ? chart.root.cycle : null,
    correlationId: stimulus.correlationId,
    metadata: {
      code: 'logging.inspector_failed',
      severity: 'error',
      component: 'logging',
      handled: true,
      machine: chart.id,
    },
    problems: [],
  });
}
