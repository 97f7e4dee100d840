/*
 * Which charts there are: (id, version) → chart, and the live version of each id. Refuses charts that
 * break a rule, at start-up and with all their sentences, so that nothing half-right ever runs.
 */
import type { AnyStateMachine } from 'xstate';
import type { ChartModule } from '../../machines/kit.ts';
import type { InspectedChart } from '../behavior/inspector/index.ts';
import type { RootMeta, StateMeta } from '../behavior/meta.ts';
import { problemsOf } from './rules.ts';
import { eventNamesOf, nodesOf } from './walk.ts';

/** A chart as the engine runs it: the module, with delays replaced where the configuration says so. */
export type Chart = InspectedChart & {
  readonly machine: AnyStateMachine;
  readonly module: ChartModule;
  /** Every event that some state defers. */
  readonly defers: ReadonlySet<string>;
};

export type ChartRegistry = {
  /** The chart of a stored instance; undefined when this build does not know that version. */
  readonly find: (id: string, version: string) => Chart | undefined;
  /** The version that new instances are begun on. */
  readonly live: (id: string) => Chart | undefined;
  readonly all: readonly Chart[];
};

export type RegistryOptions = {
  /** Delay name → ms, in place of the charts' own (demos and tests). */
  readonly delays?: Readonly<Record<string, number>>;
  /** Names of the actors that the engine can run. */
  readonly actors: ReadonlySet<string>;
};

/** The registry of these modules. The last module of an id is its live version. */
export function createRegistry(
  modules: readonly ChartModule[],
  options: RegistryOptions,
): ChartRegistry {
  const problems = modules.flatMap((module) => problemsOf(module, options.actors));
  if (problems.length > 0) {
    throw new Error(`These charts break the rules of charts:\n- ${problems.join('\n- ')}`);
  }
  const delays = options.delays ?? {};
  refuseUnknownDelays(modules, delays);
  const all = modules.map((module) => chartOf(module, delays));
  const byVersion = new Map(all.map((chart) => [`${chart.id}@${chart.version}`, chart]));
  const live = new Map(all.map((chart) => [chart.id, chart]));
  return {
    all,
    find: (id, version) => byVersion.get(`${id}@${version}`),
    live: (id) => live.get(id),
  };
}

function chartOf(module: ChartModule, delays: Readonly<Record<string, number>>): Chart {
  const { machine, describe, subject } = module;
  const known = Object.keys(machine.implementations.delays);
  const replaced = Object.fromEntries(
    Object.entries(delays).filter(([name]) => known.includes(name)),
  );
  return {
    id: machine.id,
    version: String(machine.version),
    root: machine.root.meta as RootMeta,
    machine: machine.provide({ delays: replaced }),
    module,
    defers: new Set(nodesOf(machine.root).flatMap(({ meta }) => deferredBy(meta))),
    describe,
    subject,
  };
}

const deferredBy = (meta: StateMeta | undefined): readonly string[] =>
  meta !== undefined && 'defers' in meta ? (meta.defers ?? []) : [];

function refuseUnknownDelays(
  modules: readonly ChartModule[],
  delays: Readonly<Record<string, number>>,
): void {
  const problem = delayProblem(modules, delays);
  if (problem !== undefined) throw new Error(problem);
}

/** What is wrong with these names of delays, as a sentence with those there are. */
export function delayProblem(
  modules: readonly ChartModule[],
  delays: Readonly<Record<string, number>>,
): string | undefined {
  const known = new Set(
    modules.flatMap(({ machine }) => Object.keys(machine.implementations.delays)),
  );
  const unknown = Object.keys(delays).filter((name) => !known.has(name));
  if (unknown.length === 0) return undefined;
  return `DELAYS names ${unknown.join(', ')}, which no chart has: the delays are ${[...known].sort().join(', ')}.`;
}

/** The strings that the charts bring into the log: state paths, names of events, ids of machines. */
export function wordsOf(modules: readonly ChartModule[]): {
  readonly statePaths: ReadonlySet<string>;
  readonly eventNames: ReadonlySet<string>;
  readonly machines: ReadonlySet<string>;
} {
  const machines = modules.map(({ machine }) => machine);
  return {
    statePaths: new Set(
      machines.flatMap((m) => nodesOf(m.root).map((node) => node.path.join('.'))),
    ),
    eventNames: new Set(machines.flatMap(eventNamesOf)),
    machines: new Set(machines.map(({ id }) => id)),
  };
}
