/*
 * A chart that says nothing to the log: the same states, guards, timers and actions, and meta that is
 * silent. With it the engine runs as it is, and the inspector finds nothing to log, the commit has no
 * outbox row and the projector nothing to move. What stays of logging is the inspector's empty walk.
 */
import { type AnyStateMachine, createMachine } from 'xstate';
import type { ChartModule } from '../../machines/kit.ts';

export function silentChart(chart: ChartModule): ChartModule {
  const { config, implementations } = chart.machine;
  const machine = createMachine(silenced(config) as never).provide(
    implementations as never,
  ) as unknown as AnyStateMachine;
  // Charts are refused whose facts nobody logs: a silent one describes none.
  return { ...chart, machine, describe: {} };
}

function silenced(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(silenced);
  if (!isPlain(part)) return part;
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => [
      name,
      name === 'meta' ? silencedMeta(value) : silenced(value),
    ]),
  );
}

/** Steps, prompts and ends stay: they are read for other purposes than the log. */
function silencedMeta(meta: unknown): unknown {
  const { left, logs } = meta as { readonly left?: unknown; readonly logs?: unknown };
  return left === undefined && logs === undefined ? meta : { silent: 'logging is off' };
}

/** Guards, actions and contexts are functions or objects of XState's, and stay as they are. */
const isPlain = (part: unknown): part is object =>
  typeof part === 'object' && part !== null && Object.getPrototypeOf(part) === Object.prototype;
