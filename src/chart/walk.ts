/*
 * How to walk a chart without running it: its states, its transitions, the names of its events. The
 * shapes are XState's own, narrowed to what the rules and the reports read.
 */
import type { AnyStateMachine, AnyStateNode } from 'xstate';
import type { StateMeta, TransitionMeta } from '../behavior/meta.ts';

export type ChartNode = AnyStateNode & { readonly meta: StateMeta | undefined };

/** One transition as it is written: `event` is '' for an eventless one. */
export type ChartTransition = {
  readonly source: ChartNode;
  readonly event: string;
  readonly meta: TransitionMeta | undefined;
  readonly guard: unknown;
  readonly actions: readonly unknown[];
  readonly targets: readonly ChartNode[];
  readonly reenter: boolean;
};

type Formatted = {
  readonly source: ChartNode;
  readonly eventType: string;
  readonly meta?: TransitionMeta;
  readonly guard?: unknown;
  readonly actions: readonly unknown[];
  readonly target?: readonly ChartNode[];
  readonly reenter: boolean;
};

/** A state and all states inside it, outermost first. */
export const nodesOf = (node: AnyStateNode): readonly ChartNode[] => [
  node as ChartNode,
  ...Object.values(node.states).flatMap(nodesOf),
];

/** Every transition of a chart, in document order; initial ones are none. */
export const transitionsOf = (machine: AnyStateMachine): readonly ChartTransition[] =>
  nodesOf(machine.root).flatMap((node) =>
    ([...node.transitions.values()].flat().concat(node.always ?? []) as unknown as Formatted[]).map(
      ({ source, eventType, meta, guard, actions, target, reenter }) => ({
        source,
        event: eventType,
        meta,
        guard,
        actions,
        targets: target ?? [],
        reenter,
      }),
    ),
  );

/** The names of the events that a chart takes from outside itself. */
export const eventNamesOf = (machine: AnyStateMachine): readonly string[] => [
  ...new Set(
    transitionsOf(machine)
      .map(({ event }) => event)
      .filter((event) => event !== '' && !event.startsWith('xstate.')),
  ),
];
