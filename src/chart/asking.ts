/*
 * What an instance asks now, and what may be answered: read from the state it stands in.
 */
import type { AnyStateMachine } from 'xstate';
import { isClientEvent } from '../behavior/meta.ts';
import { activeNodes } from './standing.ts';
import { restore, type StoredSnapshot } from './step.ts';

export type Asking = {
  readonly step: string | null;
  /** The id of the copy that says what is asked. */
  readonly prompt: string | null;
  /** The id of the copy that says what came of it, once it is over. */
  readonly closing: string | null;
  /** The client's events that some transition of the present state takes, guards aside. */
  readonly events: readonly string[];
  /** Events that a durable send must wait with. */
  readonly defers: readonly string[];
};

export function askingOf(machine: AnyStateMachine, stored: StoredSnapshot): Asking {
  const nodes = activeNodes(restore(machine, stored));
  const metas = nodes.map(({ meta }) => meta).filter((meta) => meta !== undefined);
  const ended = metas.findLast((meta) => 'ends' in meta);
  const asked = metas.findLast((meta) => 'step' in meta);
  const active = stored.status === 'active';
  const own = nodes.flatMap(({ transitions }) => [...transitions.keys()]);
  return {
    step: active && asked !== undefined && 'step' in asked ? asked.step : null,
    prompt: active && asked !== undefined && 'prompt' in asked ? asked.prompt : null,
    closing: ended !== undefined && 'says' in ended ? (ended.says ?? null) : null,
    events: active ? [...new Set(own.filter(isClientEvent))] : [],
    defers: metas.flatMap((meta) => ('defers' in meta ? (meta.defers ?? []) : [])),
  };
}
