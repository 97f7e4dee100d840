/*
 * The scope that XState's pure macrostep runs in: it starts nothing, sends nothing and schedules
 * nothing, and hands what happens to a listener. Made by hand of just the members that XState 5.33 reads
 * there (pinned by test/chart/xstate-contract.test.ts); an actor of its own for each step, as
 * `createEmptyActor` gives it, costs a third of the step.
 */
import type { AnyActorScope, AnyMachineSnapshot } from 'xstate';
import type { TransitionMeta } from '../behavior/meta.ts';
import type { AnyEvent } from '../behavior/observed.ts';
import type { ResolvedAction } from './effects.ts';

/** A transition as XState's inspection shows it. */
export type Taken = {
  readonly meta?: TransitionMeta;
  readonly target?: unknown;
  readonly actions: readonly unknown[];
};

export type Listener = {
  readonly onMicrostep: (
    event: AnyEvent,
    snapshot: AnyMachineSnapshot,
    transitions: readonly Taken[],
  ) => void;
  readonly onAction: (action: ResolvedAction) => void;
};

type Inspected = {
  readonly type: string;
  readonly event: AnyEvent;
  readonly snapshot: AnyMachineSnapshot;
  readonly _transitions: readonly Taken[];
};

const nothing = (): void => undefined;
const SESSION = 'step';
const bookId = (): string => SESSION;

/** Of the system only what a child actor asks of it while it is made; it is never started. */
export function inertScope({ onMicrostep, onAction }: Listener): AnyActorScope {
  // Written out: made anew for each step, and spreading costs more than the rest of it.
  const system = {
    _bookId: bookId,
    _logger: nothing,
    _set: nothing,
    _unregister: nothing,
    _sendInspectionEvent(inspected: Inspected): void {
      if (inspected.type !== '@xstate.microstep') return;
      onMicrostep(inspected.event, inspected.snapshot, inspected._transitions);
    },
  };
  return {
    id: '',
    sessionId: SESSION,
    logger: nothing,
    defer: nothing,
    stopChild: nothing,
    emit: nothing,
    self: { id: '', sessionId: SESSION, system },
    system,
    actionExecutor: onAction,
  } as unknown as AnyActorScope;
}

const DEAF: Listener = { onMicrostep: nothing, onAction: nothing };

/** A scope for reading a snapshot only. */
export const deafScope = (): AnyActorScope => inertScope(DEAF);
