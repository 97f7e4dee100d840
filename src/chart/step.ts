/*
 * The pure macrostep: one event given to one instance, decided and not carried out. No clock, no I/O,
 * no ids. XState's own step runs inside an inert scope, so that nothing starts; what fired is read
 * from its inspection events, what it wants from its action executor.
 *
 * Assumes of XState 5.33 what test/chart/xstate-contract.test.ts pins: one `@xstate.microstep` per
 * microstep after its actions, none for the initial one, `_transitions` as taken (no parallel states).
 */
import type { AnyActorScope, AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import type { AnyEvent, Microstep, ObservedStep, Standing } from '../behavior/observed.ts';
import { type Effect, effectsOf, type ResolvedAction } from './effects.ts';
import { deafScope, inertScope, type Taken } from './scope.ts';
import { endOf, standingOf } from './standing.ts';

/** A snapshot as it is stored: plain JSON. */
export type StoredSnapshot = {
  readonly status: string;
  readonly value: unknown;
  readonly context: unknown;
};

/**
 * Where a stored snapshot bears the live one that it was made of, so that a conversation that stays in
 * memory is not restored for each step and each answer. No part of what is stored.
 */
const LIVE = Symbol('live');

export type ChartStep = ObservedStep & {
  /** False when no transition was enabled: nothing happened and nothing is to be written. */
  readonly handled: boolean;
  readonly effects: readonly Effect[];
  readonly snapshot: StoredSnapshot;
  readonly status: 'active' | 'done';
  readonly standing: Standing;
};

type Observed = {
  readonly event: AnyEvent;
  readonly taken: Taken | undefined;
  readonly snapshot: AnyMachineSnapshot;
};

/** Begins an instance: enters the initial state and settles its `always` transitions. */
export function beginChart(
  machine: AnyStateMachine,
  input: Readonly<Record<string, unknown>>,
): ChartStep {
  const run = observe((scope) => machine.getInitialSnapshot(scope, input));
  return stepOf({ machine, trigger: { type: 'begin', ...input }, run, previous: undefined });
}

/** Gives one event to an instance as it was stored. The stored object is not changed. */
export function takeStep(
  machine: AnyStateMachine,
  stored: StoredSnapshot,
  event: AnyEvent,
): ChartStep {
  let previous: AnyMachineSnapshot | undefined;
  const run = observe((scope) => {
    previous = liveOf(machine, stored) ?? restoreIn(scope, machine, stored);
    return machine.transition(previous, event, scope);
  });
  return stepOf({ machine, trigger: event, run, previous });
}

/** The live snapshot of a stored instance, for reading only. */
export const restore = (machine: AnyStateMachine, stored: StoredSnapshot): AnyMachineSnapshot =>
  liveOf(machine, stored) ?? restoreIn(deafScope(), machine, stored);

const restoreIn = (scope: AnyActorScope, machine: AnyStateMachine, stored: StoredSnapshot) =>
  machine.restoreSnapshot(stored as never, scope) as AnyMachineSnapshot;

function liveOf(machine: AnyStateMachine, stored: StoredSnapshot): AnyMachineSnapshot | undefined {
  const { [LIVE]: live } = stored as { readonly [LIVE]?: AnyMachineSnapshot };
  return live?.machine === machine ? live : undefined;
}

/**
 * A snapshot to be stored. One with actors under way is restored anew: they belong to the scope of their step.
 * One without is written down here as `getPersistedSnapshot` would, which looks for actors in all of its context.
 */
function storedOf(machine: AnyStateMachine, live: AnyMachineSnapshot): StoredSnapshot {
  if (isAny(live.children) || isAny(live.historyValue)) {
    return machine.getPersistedSnapshot(live) as unknown as StoredSnapshot;
  }
  const { status, output, error, value, context } = live;
  const stored = { status, output, error, value, context, children: {}, historyValue: {} };
  return Object.defineProperty(stored, LIVE, { value: live });
}

const isAny = (list: object): boolean => Object.keys(list).length > 0;

type Run = {
  readonly observed: readonly Observed[];
  readonly actions: readonly ResolvedAction[];
  readonly next: AnyMachineSnapshot;
};

function observe(run: (scope: AnyActorScope) => unknown): Run {
  const observed: Observed[] = [];
  const actions: ResolvedAction[] = [];
  const scope = inertScope({
    onMicrostep(event, snapshot, transitions) {
      observed.push({ event, snapshot, taken: transitions.find(isReal) });
    },
    onAction(action) {
      actions.push(action);
    },
  });
  const next = run(scope) as AnyMachineSnapshot;
  return { observed, actions, next };
}

/** A forbidden event is listed as a transition that goes nowhere and does nothing: it is not taken, unless it logs. */
const isReal = (taken: Taken): boolean =>
  taken.target !== undefined || taken.actions.length > 0 || taken.meta?.logs !== undefined;

function stepOf(of: {
  machine: AnyStateMachine;
  trigger: AnyEvent;
  run: Run;
  previous: AnyMachineSnapshot | undefined;
}): ChartStep {
  const { machine, trigger, run, previous } = of;
  if (run.next.status === 'error') {
    throw new Error(
      `'${machine.id}' has no answer to '${trigger.type}' and XState gave up on it: give its invoke an onError.`,
      { cause: run.next.error },
    );
  }
  const first = previous ?? run.observed[0]?.snapshot ?? run.next;
  const entered = standingOf(first);
  const microsteps = microstepsOf(run.observed, entered);
  const done = run.next.status === 'done';
  return {
    trigger,
    entered,
    microsteps,
    handled: previous === undefined || microsteps.length > 0,
    effects: run.actions.flatMap(effectsOf),
    snapshot: storedOf(machine, run.next),
    status: done ? 'done' : 'active',
    ends: done ? endOf(run.next) : null,
    standing: microsteps.at(-1)?.after ?? standingOf(run.next),
  };
}

function microstepsOf(observed: readonly Observed[], entered: Standing): readonly Microstep[] {
  const microsteps: Microstep[] = [];
  let before = entered;
  for (const { event, taken, snapshot } of observed) {
    const after = standingOf(snapshot);
    if (taken !== undefined) {
      microsteps.push({ event, meta: taken.meta ?? { silent: 'unlabelled' }, before, after });
    }
    before = after;
  }
  return microsteps;
}
