/*
 * Nobody can get stuck: every state that waits has a way out by time, its own where it asks (on a
 * parent it would run from the parent's entry, not from the user's last action).
 */
import type { ChartModule } from '../../machines/kit.ts';
import { type ChartNode, nodesOf } from './walk.ts';

/** The states of a chart in which an instance could wait for ever. */
export function waitingProblems({ machine }: ChartModule): readonly string[] {
  const flow = 'flow' in ((machine.root.meta ?? {}) as object);
  return nodesOf(machine.root)
    .filter((node) => node.type === 'atomic' && !passesThrough(node))
    .flatMap((node) => {
      const asks = 'step' in (node.meta ?? {});
      if (flow && asks) {
        return hasDelay(node) ? [] : [`${node.id} asks and has no 'after' of its own`];
      }
      return lineOf(node).some(hasDelay) || invokes(node)
        ? []
        : [`${node.id} waits and has no way out by time`];
    });
}

const hasDelay = (node: ChartNode): boolean => node.after.length > 0;
const invokes = (node: ChartNode): boolean => node.invoke.length > 0;

/** An unguarded `always` leaves at once. */
const passesThrough = (node: ChartNode): boolean =>
  (node.always ?? []).some(({ guard }) => guard === undefined);

const lineOf = (node: ChartNode): readonly ChartNode[] =>
  node.parent === undefined ? [node] : [node, ...lineOf(node.parent as ChartNode)];
