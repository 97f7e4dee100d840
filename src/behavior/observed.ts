/*
 * One step of an instance as the inspector reads it: what was taken, in order, and where the instance
 * stood before and after. The kernel fills it in; nothing here knows XState, a flow or a database.
 */
import type { StateMeta, TransitionMeta } from './meta.ts';
import type { Step } from './vocabulary.ts';

export type AnyEvent = { readonly type: string; readonly [field: string]: unknown };

/** Where an instance stands between two microsteps. */
export type Standing = {
  /** The innermost active state, without the machine's id. */
  readonly path: string;
  /** The innermost active state's step, if one is asked for. */
  readonly step: Step | null;
  readonly context: unknown;
};

/** One microstep in which a transition was taken. */
export type Microstep = {
  readonly event: AnyEvent;
  readonly meta: TransitionMeta;
  readonly before: Standing;
  readonly after: Standing;
};

/** One event given to one instance, or its beginning, decided and not yet committed. */
export type ObservedStep = {
  /** What the step was for: the event as it came, or `begin`. */
  readonly trigger: AnyEvent;
  /** Where the instance stood at first; on `begin`, where it entered. */
  readonly entered: Standing;
  readonly microsteps: readonly Microstep[];
  /** The meta of the final state that was reached, if the instance is done. */
  readonly ends: Extract<StateMeta, { ends: string }> | null;
};
