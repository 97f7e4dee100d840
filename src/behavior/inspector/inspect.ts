/*
 * The inspector: a pure fold from one step of an instance to the log entries that it leaves, and to
 * what it remembers for the next. It knows no flow: what a transition means is written on the
 * transition. Nothing that `describe` does can hurt the flow: a fact that cannot be described
 * becomes an entry with problems, which the projector puts into quarantine, and one `error` row.
 */
import type { Catalogue } from '../catalogue/index.ts';
import { isClientEvent, type Subject } from '../meta.ts';
import type { AnyEvent, Microstep, ObservedStep, Standing } from '../observed.ts';
import type { EventType } from '../vocabulary.ts';
import type { InspectedChart } from './chart.ts';
import { type Moment, metadataOf } from './derive.ts';
import { type Draft, draftOf } from './draft.ts';
import { type OpenTrace, openTrace, type Stimulus, type Trace } from './trace.ts';

/** Whose step it is. */
export type Inspected = {
  readonly chart: InspectedChart;
  readonly id: string;
  readonly owner: string;
};

export type InspectorDeps = {
  readonly catalogue: Catalogue;
  readonly backendVersion: string;
  /** How many of all runs leave a `state_snapshot` with each step, 0 to 1; absent, none does, nor an error. */
  readonly snapshotRate?: number | undefined;
};

export type Inspection = { readonly drafts: readonly Draft[]; readonly trace: Trace };

type Fold = Inspected & {
  readonly deps: InspectorDeps;
  readonly stimulus: Stimulus;
  readonly drafts: Draft[];
  readonly trace: OpenTrace;
};

type At = { readonly before: Standing; readonly after: Standing; readonly event: AnyEvent };

/** The entries of one step, in order, and the trace after it. `begins` says that it is the first. */
export function inspect(
  deps: InspectorDeps,
  inspected: Inspected,
  of: {
    readonly step: ObservedStep;
    readonly trace: Trace;
    readonly stimulus: Stimulus;
    readonly begins: boolean;
  },
): Inspection {
  const { step, stimulus } = of;
  const { chart, id, owner } = inspected;
  const fold: Fold = { chart, id, owner, deps, stimulus, drafts: [], trace: openTrace(of.trace) };
  arrive(fold.trace, of);
  if (of.begins) begin(fold, step);
  for (const microstep of step.microsteps) follow(fold, microstep);
  if (step.ends !== null) end(fold, step);
  snapshot(fold, step);
  return { drafts: fold.drafts, trace: fold.trace };
}

/** An organizer's event makes its session, platform and version those of the run. */
function arrive(
  trace: OpenTrace,
  { step, stimulus }: { readonly step: ObservedStep; readonly stimulus: Stimulus },
): void {
  if (!isClientEvent(step.trigger.type) || step.microsteps.length === 0) return;
  const from = trace.origin?.sessionId ?? null;
  trace.origin = stimulus.origin ?? trace.origin;
  const to = trace.origin?.sessionId ?? null;
  if (from !== to) {
    const { [to ?? '']: before = 0, ...others } = trace.elsewhere ?? {};
    trace.elsewhere = from === null ? others : { ...others, [from]: trace.actions };
    trace.actions = before;
  }
  trace.actions += 1;
}

function begin(fold: Fold, { entered, trigger }: ObservedStep): void {
  const at = { before: entered, after: entered, event: trigger };
  const { root } = fold.chart;
  const words = 'flow' in root ? (['flow_started'] as const) : (root.begins ?? []);
  for (const word of words) log(fold, word, at);
  enter(fold, { step: null }, entered);
}

function follow(fold: Fold, { meta, before, after, event }: Microstep): void {
  const { trace } = fold;
  const at = { before, after, event };
  for (const word of meta.logs ?? []) log(fold, word, at);
  if (meta.left !== undefined && before.step !== null) {
    log(fold, 'flow_step', at, { outcome: meta.left });
    const { step } = before;
    const count = (trace.stepCounts[step] ?? 0) + 1;
    trace.stepCounts = Object.assign({}, trace.stepCounts, { [step]: count });
    trace.flowSteps += 1;
    if (meta.left === 'edited') trace.edits += 1;
    if (meta.left === 'invalid_input') trace.invalidInputs += 1;
    trace.leftAt = fold.stimulus.at;
  }
  enter(fold, before, after);
}

function end(fold: Fold, { ends, entered, microsteps, trigger }: ObservedStep): void {
  if (ends === null || ends.ends === 'quietly') return;
  const last = microsteps.at(-1);
  const at = {
    before: last?.before ?? entered,
    after: last?.after ?? entered,
    event: last?.event ?? trigger,
  };
  if (ends.ends === 'completed') log(fold, 'flow_completed', at, { outcome: ends.outcome });
  else log(fold, 'drop_off', at, { reason: ends.reason });
}

/** Where the instance stands after a step that left an error, and after every step of a sampled run. */
function snapshot(fold: Fold, { entered, microsteps, trigger, ends }: ObservedStep): void {
  const { snapshotRate: rate } = fold.deps;
  if (rate === undefined) return;
  const failed = fold.drafts.some(({ row }) => row.event_type === 'error');
  if (!failed && !isSampled(fold.id, rate)) return;
  const last = microsteps.at(-1);
  const after = last?.after ?? entered;
  const given = {
    trigger: failed ? ('on_error' as const) : ('sampled' as const),
    sampleRate: failed ? 1 : rate,
    status: ends === null ? ('active' as const) : ('done' as const),
  };
  const at = { before: after, after, event: last?.event ?? trigger };
  log(fold, 'state_snapshot', at, { snapshot: given });
}

/** The same for a run every time, on every server: its id decides. */
const isSampled = (id: string, rate: number): boolean =>
  Number.parseInt(id.replaceAll('-', '').slice(-8), 16) < rate * 2 ** 32;

/** A step is entered when it was not the one asked for just before. */
function enter({ trace, stimulus }: Fold, before: Pick<Standing, 'step'>, after: Standing): void {
  if (after.step === null || after.step === before.step) return;
  trace.atStep = after.step;
  trace.enteredAt = stimulus.at;
}

function log(fold: Fold, type: EventType, at: At, given: Moment['given'] = {}): void {
  const { deps, chart, stimulus, trace } = fold;
  const described = describe(fold, type, at);
  const subject = subjectOf(fold, at);
  const metadata = metadataOf(momentOf(fold, type, at, given), described.metadata);
  const drafted = draftOf(deps, {
    type,
    owner: fold.owner,
    subject,
    origin: trace.origin,
    cycle: 'cycle' in chart.root ? chart.root.cycle : null,
    correlationId: stimulus.correlationId,
    metadata,
    problems: described.problems,
  });
  fold.drafts.push(drafted);
  if (type === 'error') trace.errors += 1;
  if (drafted.problems.length > 0) confess(fold, at, described.problems.length > 0);
}

const momentOf = (fold: Fold, type: EventType, at: At, given: Moment['given']): Moment => ({
  type,
  chart: fold.chart,
  id: fold.id,
  stimulus: fold.stimulus,
  trace: fold.trace,
  before: at.before,
  after: at.after,
  event: at.event,
  given,
});

type Described = {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly problems: readonly string[];
};

function describe(fold: Fold, type: EventType, { before, after, event }: At): Described {
  const { chart, id, stimulus, trace } = fold;
  const fact = {
    before: before.context,
    after: after.context,
    event,
    at: stimulus.at,
    id,
    version: chart.version,
    begunAt: trace.begunAt,
    correlationId: stimulus.correlationId,
    causedBy: trace.causedBy,
  };
  try {
    const metadata = chart.describe[type]?.(fact as never) ?? {};
    return { metadata: metadata as Described['metadata'], problems: [] };
  } catch {
    return { metadata: {}, problems: [`describe.${type}: threw`] };
  }
}

function subjectOf(fold: Fold, { after }: At): Subject {
  try {
    return fold.chart.subject(after.context as never);
  } catch {
    return {};
  }
}

/** One `error` row of the same step says that an entry went to quarantine. It cannot fail itself. */
function confess(fold: Fold, at: At, threw: boolean): void {
  const { deps, chart, stimulus, trace } = fold;
  const said = fold.drafts.some((draft) => draft.confession);
  if (said) return;
  const code = threw ? 'logging.describe_failed' : 'logging.schema_violation';
  const draft = draftOf(deps, {
    type: 'error',
    owner: fold.owner,
    subject: {},
    origin: trace.origin,
    cycle: 'cycle' in chart.root ? chart.root.cycle : null,
    correlationId: stimulus.correlationId,
    metadata: metadataOf(momentOf(fold, 'error', at, {}), {
      code,
      severity: 'error',
      component: 'logging',
      handled: true,
    }),
    problems: [],
  });
  fold.drafts.push({ ...draft, confession: true });
}
