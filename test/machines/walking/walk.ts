/*
 * Walks a chart as far as it goes: from every state that was reached, every event that its state takes, every
 * timer that is armed, every answer of an actor it waits for, by the real kernel and the real inspector. States
 * with contexts of one shape count as one, otherwise no walk would end.
 */
import type { ChartModule } from '../../../machines/kit.ts';
import type { Catalogue } from '../../../src/behavior/catalogue/index.ts';
import {
  inspect,
  newTrace,
  type Stimulus,
  type Trace,
} from '../../../src/behavior/inspector/index.ts';
import type { RootMeta } from '../../../src/behavior/meta.ts';
import { type Asking, askingOf } from '../../../src/chart/asking.ts';
import { activeNodes } from '../../../src/chart/standing.ts';
import { beginChart, type ChartStep, restore, takeStep } from '../../../src/chart/step.ts';
import type { ChartCases, Event } from './cases.ts';
import { samplesOf } from './samples.ts';

export type Visit = {
  readonly key: string;
  readonly path: string;
  readonly snapshot: string;
  readonly status: 'active' | 'done';
  readonly asking: Asking;
  readonly trace: Trace;
  readonly at: number;
  readonly timers: Readonly<Record<string, Timer>>;
  readonly calls: Readonly<Record<string, string>>;
};
type Timer = { readonly event: Event; readonly armedAt: number; readonly dueAt: number };

export type Edge = {
  readonly from: Visit;
  readonly event: Event;
  /** Null where no transition took the event. */
  readonly to: string | null;
  /** Whether it comes by itself: a timer, or an actor's answer. */
  readonly byItself: boolean;
};

export type Walk = {
  readonly visits: ReadonlyMap<string, Visit>;
  readonly edges: readonly Edge[];
  /** Types of all rows that were made. */
  readonly types: ReadonlySet<string>;
  /** Rows that the catalogue refuses, and contexts that their schema refuses. */
  readonly problems: ReadonlySet<string>;
};

const OWNER = '11111111-1111-4111-8111-111111111111';
const RUN = '22222222-2222-4222-8222-222222222222';
const CORRELATION = '44444444-4444-4444-8444-444444444444';
const NOON = Date.UTC(2026, 5, 1, 12);
const ORIGIN = {
  sessionId: '33333333-3333-4333-8333-333333333333',
  platform: 'web',
  version: '1.2.3',
} as const;
const ERRORS = [true, false].map((retryable) => ({ code: 'db.save_failed', retryable }));
/** Every case of an event is tried at a state's first visits only; afterwards its first. */
const THOROUGH_VISITS = 2;
/** More contexts of one state than this are taken for the first of them. */
const MAX_PER_STATE = 24;

export function walk(module: ChartModule, cases: ChartCases, catalogue: Catalogue): Walk {
  const visits = new Map<string, Visit>();
  const edges: Edge[] = [];
  const types = new Set<string>();
  const problems = new Set<string>();
  const seen = new Map<string, number>();
  const byPath = new Map<string, readonly string[]>();
  const samples = new Map(
    Object.entries(module.events.payloads).map(([type, payload]) => [type, samplesOf(payload)]),
  );
  const open: Visit[] = [];

  const absorb = (step: ChartStep, of: { readonly from: Visit | null; readonly at: number }) => {
    const stimulus: Stimulus = { at: of.at, correlationId: CORRELATION, origin: ORIGIN };
    const { drafts, trace } = inspect(
      { catalogue, backendVersion: '0.1.0', snapshotRate: 1 },
      { chart: inspected(module), id: RUN, owner: OWNER },
      { step, trace: of.from?.trace ?? newTrace(stimulus), stimulus, begins: of.from === null },
    );
    for (const { row, problems: found } of drafts) {
      types.add(row.event_type);
      for (const problem of found) problems.add(`${row.event_type}: ${problem}`);
    }
    const waiting = waitingOf(step, of);
    const key = keyOf(step, waiting.timers);
    const { path } = step.standing;
    const alike = byPath.get(path) ?? [];
    if (visits.has(key)) return key;
    if (alike.length >= MAX_PER_STATE) return alike[0] ?? key;
    byPath.set(path, [...alike, key]);
    const context = module.context.safeParse(JSON.parse(JSON.stringify(step.standing.context)));
    for (const issue of context.error?.issues ?? [])
      problems.add(`context.${issue.path.join('.')}: ${issue.code}`);
    const snapshot = JSON.stringify(step.snapshot);
    const asking = askingOf(module.machine, JSON.parse(snapshot));
    const visit = {
      ...{ key, path, snapshot, asking, trace },
      ...waiting,
      at: of.at,
      status: step.status,
    };
    visits.set(key, visit);
    open.push(visit);
    return key;
  };

  for (const input of cases.inputs) {
    const begun = { ...module.input.parse(input), id: RUN, owner: OWNER, at: NOON };
    absorb(beginChart(module.machine, begun), { from: null, at: NOON });
  }
  for (let from = open.shift(); from !== undefined; from = open.shift()) {
    if (from.status === 'done') continue;
    const times = (seen.get(from.path) ?? 0) + 1;
    seen.set(from.path, times);
    for (const { event, at, byItself } of [
      ...timed(from, cases),
      ...answered(from, cases),
      ...given(module, from, { cases, samples, thorough: times <= THOROUGH_VISITS }),
    ]) {
      const step = takeStep(module.machine, frozen(JSON.parse(from.snapshot)), { ...event, at });
      const to = step.handled ? absorb(step, { from, at }) : null;
      edges.push({ from, event, to, byItself });
    }
  }
  return { visits, edges, types, problems };
}

/** A step may be tried again on what it was given, so no chart may change it: here it cannot. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) frozen(part);
    Object.freeze(value);
  }
  return value;
}

const inspected = ({ machine, describe, subject }: ChartModule) => ({
  ...{ id: machine.id, version: String(machine.version), describe, subject },
  root: machine.root.meta as RootMeta,
});

/** The timers and the calls that are open after a step. */
function waitingOf(step: ChartStep, of: { readonly from: Visit | null; readonly at: number }) {
  const timers: Record<string, Timer> = { ...of.from?.timers };
  const calls: Record<string, string> = { ...of.from?.calls };
  for (const effect of step.effects) {
    if (effect.kind === 'disarm') delete timers[effect.id];
    if (effect.kind === 'hang_up') delete calls[effect.id];
    if (effect.kind === 'call') calls[effect.id] = effect.src;
    if (effect.kind === 'arm') {
      const { event, delayMs } = effect;
      timers[effect.id] = { event, armedAt: of.at, dueAt: of.at + delayMs };
    }
  }
  return { timers, calls };
}

const keyOf = ({ standing: { path, context } }: ChartStep, timers: object): string =>
  `${path} ${shapeOf(JSON.parse(JSON.stringify(context)))} ${Object.keys(timers).sort().join()}`;

/** Words matter, and whether a count is none, one or more; how often exactly and when do not. */
function shapeOf(value: unknown): string {
  if (Array.isArray(value))
    return `[${value.slice(0, 1).map(shapeOf)}${Math.min(2, value.length)}]`;
  if (typeof value === 'number') return value < 2 ? String(value) : 'n';
  if (typeof value !== 'object' || value === null) return String(value);
  return `{${Object.entries(value)
    .map(([name, field]) => `${name}:${shapeOf(field)}`)
    .join()}}`;
}

type Next = { readonly event: Event; readonly at: number; readonly byItself: boolean };

/** Whether it waits for an actor that answers before the commit: nothing can come between. */
const isWithin = ({ calls }: Visit, { jobs = [] }: ChartCases): boolean =>
  Object.values(calls).some((src) => !jobs.includes(src));

/** Each timer when it is due: without activity meanwhile, and with. */
const timed = (from: Visit, cases: ChartCases): readonly Next[] =>
  Object.values(isWithin(from, cases) ? {} : from.timers).flatMap(({ event, armedAt, dueAt }) =>
    [armedAt, Math.max(armedAt + 1, dueAt - 1)].map((seenAt) => ({
      ...{ event: { ...event, armedAt, dueAt, seenAt }, byItself: true },
      at: Math.max(from.at + 1, dueAt),
    })),
  );

const answered = (from: Visit, { outcomes }: ChartCases): readonly Next[] =>
  Object.entries(from.calls).flatMap(([id, src]) =>
    [
      ...(outcomes[src] ?? []).map((output) => ({ type: `xstate.done.actor.${id}`, output })),
      ...ERRORS.map((error) => ({ type: `xstate.error.actor.${id}`, error })),
    ].map((event) => ({ event: { ...event, actorId: id }, at: from.at + 1_000, byItself: true })),
  );

function given(
  { machine }: ChartModule,
  from: Visit,
  of: {
    readonly cases: ChartCases;
    readonly samples: ReadonlyMap<string, readonly unknown[]>;
    readonly thorough: boolean;
  },
): readonly Next[] {
  if (isWithin(from, of.cases)) return [];
  const stored = JSON.parse(from.snapshot);
  const nodes = activeNodes(restore(machine, stored)) as unknown as readonly {
    readonly transitions: ReadonlyMap<string, unknown>;
  }[];
  const taken = new Set(nodes.flatMap(({ transitions }) => [...transitions.keys()]));
  const sampled = [...of.samples].flatMap(([type, all]) =>
    (of.thorough ? all : all.slice(0, 1)).map((payload) => ({ type, ...(payload as object) })),
  );
  return [...sampled, ...of.cases.events(stored.context as never)]
    .filter(({ type }) => taken.has(type) && !from.asking.defers.includes(type))
    .map((event) => ({ event, at: from.at + 1_000, byItself: false }));
}
