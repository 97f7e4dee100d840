/*
 * What a chart says about the log: on its root, its states and its transitions; and what a fact of a
 * step looks like to the function that describes it. Types only, but for one predicate on names.
 */
import type {
  Cycle,
  DropOffReason,
  EventType,
  Flow,
  FlowOutcome,
  Step,
  StepOutcome,
} from './vocabulary.ts';

type Words = readonly [EventType, ...EventType[]];

/** What a chart is: an organizer flow, or another cycle of the product with the facts it begins with. */
export type RootMeta = { readonly flow: Flow } | { readonly cycle: Cycle; readonly begins?: Words };

/**
 * Events that must wait: a durable send that arrives here is kept and offered again once the instance
 * has moved (a deferred event, in UML's words). Only for sends of our own, never for a client's event.
 */
type Defers = { readonly defers?: readonly string[] };

/** What a state is: a step that the user is asked for, or the way the run ended; `says` is the copy that tells it. */
export type StateMeta =
  | RootMeta
  | ({ readonly step: Step; readonly prompt: string } & Defers)
  | { readonly defers: readonly string[] }
  | { readonly ends: 'completed'; readonly outcome: FlowOutcome; readonly says?: string }
  | { readonly ends: 'drop_off'; readonly reason: DropOffReason }
  | { readonly ends: 'quietly' };

/** What a transition adds to the log: facts in order, then the step left; or nothing and why. */
export type TransitionMeta =
  | { readonly left: StepOutcome; readonly logs?: Words; readonly silent?: never }
  | { readonly logs: Words; readonly left?: never; readonly silent?: never }
  | { readonly silent: string; readonly left?: never; readonly logs?: never };

/** One fact of a step, as `describe` sees it. `before` and `after` are contexts around the microstep. */
export type Fact<C> = {
  readonly before: C;
  readonly after: C;
  readonly event: { readonly type: string; readonly [field: string]: unknown };
  readonly at: number;
  /** The instance, which is also the run, the cycle or the session. */
  readonly id: string;
  readonly version: string;
  /** When the instance began (epoch ms), and when its last organizer activity was seen. */
  readonly begunAt: number;
  /** The correlation id of this step's stimulus, and of the one that began this instance. */
  readonly correlationId: string;
  readonly causedBy: string;
};

/** The log's id columns, filled once the thing exists. */
export type Subject = {
  readonly crewId?: string | null;
  readonly eventId?: string | null;
  readonly syncupId?: string | null;
  readonly phone?: string | null;
};

/** Which events come from a client: the engine takes all others only from itself. */
export const isClientEvent = (type: string): boolean => /^(organizer|app)\./.test(type);

/** Whether a run that dropped off so may be gone on with: it was left, not ended. */
export const isResumable = (reason: string | undefined): boolean =>
  reason === 'idle_timeout' || reason === 'session_ended';
