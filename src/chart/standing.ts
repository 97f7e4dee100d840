/*
 * Where a snapshot stands. Without parallel states the active states are one line, from the machine
 * down to one atomic state.
 */
import type { AnyMachineSnapshot } from 'xstate';
import type { StateMeta } from '../behavior/meta.ts';
import type { Standing } from '../behavior/observed.ts';

/** An active state, as far as it is read here. */
export type ActiveNode = {
  readonly path: readonly string[];
  readonly meta?: StateMeta;
  readonly transitions: ReadonlyMap<string, unknown>;
};

const byDepth = (a: ActiveNode, b: ActiveNode): number => a.path.length - b.path.length;

/** The active states, outermost first. */
export const activeNodes = (snapshot: AnyMachineSnapshot): readonly ActiveNode[] =>
  [...(snapshot._nodes as unknown as readonly ActiveNode[])].sort(byDepth);

export function standingOf(snapshot: AnyMachineSnapshot): Standing {
  const nodes = activeNodes(snapshot);
  let step: Standing['step'] = null;
  for (const { meta } of nodes) {
    if (meta !== undefined && 'step' in meta) step = meta.step;
  }
  return { path: nodes.at(-1)?.path.join('.') ?? '', step, context: snapshot.context };
}

/** How a run ended, from the final state that it reached. */
export function endOf(done: AnyMachineSnapshot): Extract<StateMeta, { ends: string }> {
  for (const { meta } of activeNodes(done)) {
    if (meta !== undefined && 'ends' in meta) return meta;
  }
  throw new Error(
    `'${done.machine.id}' ended in a state without meta.ends: say there how the run ended.`,
  );
}
