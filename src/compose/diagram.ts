/* A chart as a mermaid state diagram, which many tools draw: states inside states, and what leads where. */
import type { Chart } from '../chart/registry.ts';
import { type ChartNode, transitionsOf } from '../chart/walk.ts';

export function diagramOf(machine: Chart['machine']): string {
  const root = machine.root as ChartNode;
  const arrows = transitionsOf(machine).flatMap(({ source, event, targets }) =>
    targets.map(
      (target) => `  ${nameOf(source, root)} --> ${nameOf(target, root)}: ${labelOf(event)}`,
    ),
  );
  return ['stateDiagram-v2', ...statesOf(root, root, '  '), ...new Set(arrows), ''].join('\n');
}

function statesOf(node: ChartNode, root: ChartNode, indent: string): readonly string[] {
  return (Object.values(node.states) as readonly ChartNode[]).flatMap((child) => {
    const name = nameOf(child, root);
    const first = node.initial.target.includes(child) ? [`${indent}[*] --> ${name}`] : [];
    const last = child.type === 'final' ? [`${indent}${name} --> [*]`] : [];
    if (Object.keys(child.states).length === 0) {
      return [...first, `${indent}${name}: ${child.key}`, ...last];
    }
    const inside = statesOf(child, root, `${indent}  `);
    return [...first, `${indent}state ${name} {`, ...inside, `${indent}}`];
  });
}

/** Mermaid's ids have no dots. */
const nameOf = (node: ChartNode, root: ChartNode): string =>
  node === root ? 'root' : node.path.join('__').replaceAll('-', '_');

function labelOf(event: string): string {
  const [, delay] = /^xstate\.after\.([^.]+)\./.exec(event) ?? [];
  if (delay !== undefined) return `after ${delay}`;
  const [, outcome] = /^xstate\.(done|error)\./.exec(event) ?? [];
  return outcome ?? (event === '' ? 'always' : event);
}
