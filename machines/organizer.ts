/*
 * What organizer flows have in common: who the organizer is, how a flow ends early, and how a save that
 * went wrong is tried again and shows in the log. The states and transitions stay in each chart, where
 * they are read.
 */
import { z } from 'zod';
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import { ERROR_CODES, type ErrorCode, errorFact } from '../src/behavior/registries.ts';
import type { ActorError, Fact } from './kit.ts';

/** Who acts: the profile at the time the flow begins. The API gives it with the input of every flow. */
export const Organizer = z.strictObject({
  name: z.string(),
  country: z.string(),
  timeZone: z.string(),
});
export type Organizer = z.output<typeof Organizer>;

/** How often a save is tried before the flow gives up. */
export const MAX_SAVES = 5;

/** The events by which any flow ends early. */
export const endingEvents = {
  'organizer.cancelled': z.strictObject({}),
  'flow.superseded': z.strictObject({}),
  'session.ended': z.strictObject({ reason: z.enum(['session_ended', 'idle_timeout']) }),
};

/** Where a save stands. */
export const Saving = z.strictObject({
  /** How often it was tried. */
  saves: z.int(),
  saved: z.boolean(),
});
export type Saving = z.output<typeof Saving>;

export const mayRetry = (_: unknown, attempt: { error: unknown; saves: number }): boolean =>
  (attempt.error as Partial<ActorError>).retryable === true && attempt.saves < MAX_SAVES;

/** Whether a failed save (the event of `fact`) was the last that the flow tries. */
export const gaveUp = (fact: Fact<Saving>): boolean =>
  !mayRetry(fact, { error: fact.event.error, saves: fact.after.saves });

/** The described part of the `error` row of a failed actor; `fatal` where the flow ends by it. */
export function errorOf(fact: Fact<Saving>, fatal: boolean): DescribedMetadata<'error'> {
  const error = fact.event.error as Partial<ActorError>;
  return {
    ...errorFact(isErrorCode(error.code) ? error.code : 'flow.exception', true),
    ...(fatal ? { severity: 'fatal' as const } : {}),
    ...(fact.after.saves > 0 ? { attempt: fact.after.saves } : {}),
  };
}

const isErrorCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && Object.hasOwn(ERROR_CODES, code);

/** When an event came: the engine puts `at` (epoch ms) on an actor's result too, of which XState's types know nothing. */
export const atOf = (event: object): number => (event as { readonly at: number }).at;
