/*
 * What organizer flows have in common: who the organizer is, how a flow ends early, and how a save that
 * went wrong is tried again and shows in the log. The states and transitions stay in each chart, where
 * they are read.
 */
import { z } from 'zod';
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import { ERROR_CODES, type ErrorCode, errorFact } from '../src/behavior/registries.ts';
import type { ActorError } from './kit.ts';

/** Who acts: the profile at the time the flow begins. The API gives it with the input of every flow. */
export const Organizer = z.strictObject({
  name: z.string(),
  country: z.string(),
  timeZone: z.string(),
});
export type Organizer = z.output<typeof Organizer>;

/** How often a save is tried before the chart gives up. */
export const MAX_TRIES = 5;

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

/** A failed actor's event, and how often it was tried. */
export type Failure = { readonly event: object; readonly tries: number };

export const mayRetry = (_: unknown, { event, tries }: Failure): boolean =>
  errorIn(event).retryable === true && tries < MAX_TRIES;

/** The described part of the `error` row of a failed actor; `fatal` where the flow ends by it. */
export function errorOf(failure: Failure, fatal: boolean): DescribedMetadata<'error'> {
  const { code } = errorIn(failure.event);
  return {
    ...errorFact(isErrorCode(code) ? code : 'flow.exception', true),
    ...(fatal ? { severity: 'fatal' as const } : {}),
    ...(failure.tries > 0 ? { attempt: failure.tries } : {}),
  };
}

const errorIn = (event: object): Partial<ActorError> =>
  (event as { readonly error?: Partial<ActorError> }).error ?? {};

const isErrorCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && Object.hasOwn(ERROR_CODES, code);
