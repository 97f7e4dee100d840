/*
 * What a step asks of the world, as data: a closed union that the engine carries out inside or after
 * the commit. Knows how XState names its actions; runs none of them.
 */
import type { Send, Start } from '../../machines/kit.ts';
import type { AnyEvent } from '../behavior/observed.ts';

export type Effect =
  | {
      readonly kind: 'arm';
      readonly id: string;
      readonly event: AnyEvent;
      readonly delayMs: number;
    }
  | { readonly kind: 'disarm'; readonly id: string }
  | { readonly kind: 'call'; readonly id: string; readonly src: string; readonly input: unknown }
  | { readonly kind: 'hang_up'; readonly id: string }
  | { readonly kind: 'send'; readonly send: Send }
  | { readonly kind: 'start'; readonly start: Start };

/** An action as XState hands it to the executor, with its parameters resolved. */
export type ResolvedAction = { readonly type: string; readonly params?: unknown };

type Fields = Readonly<Record<string, unknown>>;

const listOf = <T>(params: unknown): readonly T[] =>
  (Array.isArray(params) ? params : [params]) as readonly T[];

/** The effects of one action; none where XState has already dealt with it inside the step. */
export function effectsOf(action: ResolvedAction): readonly Effect[] {
  const params = (action.params ?? {}) as Fields;
  switch (action.type) {
    case 'xstate.raise':
      return armed(params);
    case 'xstate.cancel':
      return [{ kind: 'disarm', id: String(params.sendId) }];
    case 'xstate.spawnChild':
      return [
        { kind: 'call', id: String(params.id), src: String(params.src), input: params.input },
      ];
    case 'xstate.stopChild':
      return params.id === undefined ? [] : [{ kind: 'hang_up', id: String(params.id) }];
    case 'send':
      return listOf<Send>(action.params).map((send) => ({ kind: 'send', send }));
    case 'start':
      return listOf<Start>(action.params).map((start) => ({ kind: 'start', start }));
    default:
      throw new Error(
        `Chart action '${action.type}' is no known effect: use assign, raise, cancel, 'send' or 'start'.`,
      );
  }
}

/** A raise without a delay was consumed inside the step; one with a delay is a durable timer. */
function armed(params: Fields): readonly Effect[] {
  const { id, event, delay: delayMs } = params as { id: unknown; event: AnyEvent; delay: unknown };
  if (delayMs === undefined) return [];
  if (typeof delayMs !== 'number' || !Number.isFinite(delayMs) || delayMs < 0) {
    throw new Error(
      `Timer '${String(id)}' has the delay ${String(delayMs)}, which is no finite number of ms >= 0: mend the chart's delay of that name.`,
    );
  }
  if (typeof id !== 'string') {
    throw new Error(`A delayed '${event.type}' has no id: give raise(event, { id, delay }) one.`);
  }
  return [{ kind: 'arm', id, event, delayMs }];
}
