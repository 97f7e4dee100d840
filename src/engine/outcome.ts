/*
 * What became of something given to the engine: expected outcomes are members of these unions, never
 * exceptions.
 */
import type { InstanceRow } from '../store/instances.ts';

/** An instance as it stands after the outcome. */
type Standing = { readonly instance: InstanceRow };

export type Delivered =
  | ({
      readonly outcome: 'moved';
      /** The step was turned down by a guard and left as invalid input. */
      readonly invalid: boolean;
    } & Standing)
  /** The same key and body came before: nothing happened now. */
  | ({ readonly outcome: 'duplicate' } & Standing)
  /** The same key came before with another body. */
  | ({ readonly outcome: 'key_conflict' } & Standing)
  /** No transition takes the event now. */
  | ({ readonly outcome: 'refused' } & Standing)
  /** The present state asks such a send to wait. */
  | ({ readonly outcome: 'deferred' } & Standing)
  | ({ readonly outcome: 'finished' } & Standing)
  /** The session in which a run was to go on has ended meanwhile: nothing happened, take the turn in a live one. */
  | ({ readonly outcome: 'session_over' } & Standing)
  | { readonly outcome: 'unknown' };

export type Started =
  | ({ readonly outcome: 'begun' | 'duplicate' | 'key_conflict' } & Standing)
  /** `resumedFrom` names no dropped run of this flow and organizer. */
  | { readonly outcome: 'unresumable' }
  /** The session in which it was to begin has ended meanwhile: begin it in a live one. */
  | { readonly outcome: 'session_over' };
