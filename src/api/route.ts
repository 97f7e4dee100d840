/*
 * A route as data: what it answers and how it is described, in one place, so that the router and the
 * OpenAPI document are made from the same table and cannot part.
 */
import type { RouterContext } from '@koa/router';
import type { z } from 'zod';
import type { Caller } from './auth.ts';
import type { RequestState } from './deps.ts';
import type { ProblemCode } from './problems.ts';

export type Asked = RouterContext & { readonly state: RequestState };

export type Answer = {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** Absent: application/json. */
  readonly contentType?: string;
};

export type Route = {
  readonly method: 'get' | 'post' | 'put';
  /** With parameters in braces: `/v1/instances/{id}`. */
  readonly path: string;
  readonly access: 'open' | 'organizer' | 'log_reader';
  readonly summary: string;
  readonly body?: z.ZodType;
  /** A body that works, where the one made of the schema would not. */
  readonly example?: Readonly<Record<string, unknown>>;
  readonly query?: z.ZodObject;
  /** The client's headers beside the token. */
  readonly headers?: readonly ('Idempotency-Key' | 'X-Session-Id' | 'X-App-Version')[];
  readonly answers: Readonly<Record<number, Answer>>;
  readonly problems?: readonly ProblemCode[];
  readonly handle: (ctx: Asked) => void | Promise<void>;
};

/** The caller of a route that is not open. */
export function callerOf(ctx: Asked): Caller {
  const { caller } = ctx.state;
  if (caller === undefined)
    throw new Error(`The route ${ctx.path} needs a caller: give it access.`);
  return caller;
}

/** A parameter of the path. */
export const paramOf = (ctx: Asked, name: string): string => ctx.params[name] ?? '';
