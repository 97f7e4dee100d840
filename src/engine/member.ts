/*
 * One instance inside a commit: how a step changes its row, and what it adds to the log and to the
 * jobs. Pure: the database sees nothing of it until the commit is written.
 */
import type { ModelRow } from '../../machines/kit.ts';
import { type Draft, newTrace, type Stimulus, type Trace } from '../behavior/inspector/index.ts';
import type { Subject } from '../behavior/meta.ts';
import type { AnyEvent } from '../behavior/observed.ts';
import type { Effect } from '../chart/effects.ts';
import type { Chart } from '../chart/registry.ts';
import { beginChart, type ChartStep, type StoredSnapshot, takeStep } from '../chart/step.ts';
import type { InstanceKey, InstanceRow, Timers } from '../store/instances.ts';
import { type Call, type Promised, promisesOf } from './promises.ts';
import { type ReadingDeps, readStep } from './reading.ts';

export type Member = {
  readonly chart: Chart;
  /** As it will be written. */
  readonly row: InstanceRow;
  /** The seq it was read at; 0 where it begins in this commit. */
  readonly seen: number;
  readonly before: StoredSnapshot | null;
  readonly drafts: readonly Draft[];
  readonly promised: readonly Promised[];
  /** Readings and transaction actors still to be run before the commit is whole. */
  readonly calls: readonly Call[];
  /** Jobs whose result is no longer wanted. */
  readonly drops: readonly string[];
  /** Jobs that this commit has done, by their own owner. */
  readonly settled: readonly InstanceKey[];
  /** Whether some step of this commit left a step as invalid input. */
  readonly invalid: boolean;
};

export type MemberDeps = ReadingDeps & {
  /** Whether an actor runs after the commit, as a job. */
  readonly isJob: (src: string) => boolean;
};

/** A stored instance that joins a commit. */
export const memberOf = (chart: Chart, row: InstanceRow): Member => ({
  chart,
  row,
  seen: row.seq,
  before: row.snapshot as StoredSnapshot,
  drafts: [],
  promised: [],
  calls: [],
  drops: [],
  settled: [],
  invalid: false,
});

/** A stored instance of a chart that this build does not have. */
export const unknownChart = ({ machine, version, id }: InstanceRow): Error =>
  new Error(
    `Instance ${id} runs on ${machine}@${version}, which this build does not have: keep that version in machines/archive.`,
  );

export type Birth = {
  readonly chart: Chart;
  readonly id: string;
  readonly owner: string;
  readonly input: Readonly<Record<string, unknown>>;
};

/** An instance that begins in this commit, after its first step. */
export function beginMember(deps: MemberDeps, birth: Birth, stimulus: Stimulus): Member {
  const { chart, id, owner } = birth;
  const step = beginChart(chart.machine, { ...birth.input, id, owner, at: stimulus.at });
  const blank: Member = {
    ...memberOf(chart, blankRow(birth, stimulus)),
    seen: 0,
    before: null,
  };
  return afterStep(deps, blank, { step, stimulus, begins: true });
}

/** The member after one event, or undefined where no transition took it. */
export function stepMember(
  deps: MemberDeps,
  member: Member,
  of: { readonly event: AnyEvent; readonly stimulus: Stimulus },
): Member | undefined {
  const event = Object.assign({}, of.event, { at: of.stimulus.at });
  const step = takeStep(member.chart.machine, member.row.snapshot as StoredSnapshot, event);
  if (!step.handled) return undefined;
  return afterStep(deps, member, { step, stimulus: of.stimulus, begins: false });
}

/** Given to another session at this time (epoch ms), without a step. */
export function inSession(member: Member, sessionId: string, at: number): Member {
  const { row } = member;
  const trace = row.trace as Trace;
  const origin = trace.origin === null ? null : { ...trace.origin, sessionId };
  return {
    ...member,
    row: { ...row, sessionId, trace: { ...trace, origin, actions: 0 }, steppedAt: at },
  };
}

function blankRow({ chart, id, owner }: Birth, stimulus: Stimulus): InstanceRow {
  return {
    organizerId: owner,
    id,
    machine: chart.id,
    version: chart.version,
    status: 'active',
    state: '',
    snapshot: {},
    seq: 0,
    entries: 0,
    timers: {},
    keys: [],
    calls: {},
    trace: newTrace(stimulus),
    sessionId: null,
    crewId: null,
    eventId: null,
    syncupId: null,
    phone: null,
    begunAt: stimulus.at,
    steppedAt: stimulus.at,
    seenAt: stimulus.at,
    tries: 0,
    parkedAt: null,
  };
}

type Taken = { readonly step: ChartStep; readonly stimulus: Stimulus; readonly begins: boolean };

function afterStep(deps: MemberDeps, member: Member, taken: Taken): Member {
  const { step, stimulus, begins } = taken;
  const { chart } = member;
  const inspected = { chart, id: member.row.id, owner: member.row.organizerId };
  const { drafts, trace } = readStep(deps, inspected, {
    step,
    trace: member.row.trace as Trace,
    stimulus,
    begins,
  });
  const done = step.status === 'done';
  const promises = promisesOf(deps, member.row.calls, taken);
  const subject = safely(() => chart.subject(step.standing.context as never), {} as Subject);
  const { row: before } = member;
  // Written out: a clone of a clone of a clone is slow (docs/architecture.md).
  const row: InstanceRow = {
    organizerId: before.organizerId,
    id: before.id,
    machine: before.machine,
    version: before.version,
    status: step.status,
    state: step.standing.path,
    snapshot: step.snapshot,
    seq: before.seq,
    entries: before.entries + drafts.length,
    timers: done ? {} : timersAfter(before.timers, step.effects, stimulus.at),
    keys: before.keys,
    calls: done ? {} : promises.open,
    trace,
    sessionId: 'flow' in chart.root ? (trace.origin?.sessionId ?? null) : null,
    crewId: subject.crewId ?? null,
    eventId: subject.eventId ?? null,
    syncupId: subject.syncupId ?? null,
    phone: subject.phone ?? null,
    begunAt: before.begunAt,
    steppedAt: stimulus.at,
    seenAt: before.seenAt,
    tries: 0,
    parkedAt: null,
  };
  return {
    ...member,
    row,
    drafts: [...member.drafts, ...drafts],
    promised: [...member.promised, ...promises.promised],
    calls: [...member.calls, ...promises.calls],
    drops: [...member.drops, ...promises.drops],
    invalid: member.invalid || step.microsteps.some(({ meta }) => meta.left === 'invalid_input'),
  };
}

const safely = <T>(work: () => T, otherwise: T): T => {
  try {
    return work();
  } catch {
    return otherwise;
  }
};

function timersAfter(timers: Timers, effects: readonly Effect[], at: number): Timers {
  let next: Timers = timers;
  for (const effect of effects) {
    if (effect.kind === 'disarm') next = without(next, effect.id);
    if (effect.kind === 'arm') {
      const { id, event, delayMs } = effect;
      next = { ...without(next, id), [id]: { event, armedAt: at, dueAt: at + delayMs } };
    }
  }
  return next;
}

/** Made anew: `delete` would leave an object that is slow from then on. */
function without(timers: Timers, id: string): Timers {
  const rest: Record<string, Timers[string]> = {};
  for (const [other, timer] of Object.entries(timers)) {
    if (other !== id) rest[other] = timer;
  }
  return rest;
}

/** The read-model rows that this commit changed. */
export function changedModels({ chart, row, before }: Member): readonly ModelRow[] {
  const { rows } = chart.module;
  if (rows === undefined) return [];
  const self = { id: row.id, owner: row.organizerId, at: row.begunAt };
  const of = (snapshot: StoredSnapshot) => rows(snapshot.context as never, self);
  const old = new Set(before === null ? [] : of(before).map((model) => JSON.stringify(model)));
  return of(row.snapshot as StoredSnapshot).filter((model) => !old.has(JSON.stringify(model)));
}
