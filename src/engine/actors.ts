/*
 * The kinds of actors that charts invoke and the engine runs: readings before the commit, transaction actors
 * inside it, jobs after it. How one fails, as its chart sees it.
 */
import type { ActorError, Send, Start } from '../../machines/kit.ts';
import type { Origin } from '../behavior/inspector/index.ts';
import type { AnyEvent } from '../behavior/observed.ts';
import type { Queryable, Tx } from '../store/orm.ts';
import type { Ask } from './asking.ts';
import type { MeasuredTry } from './measuring.ts';
import { sqlStateOf } from './sql-state.ts';

/** What a transaction actor may do besides its own statements; all of it is part of the same commit. */
export type TransactionScope = {
  readonly tx: Tx;
  /** The commit's time, epoch ms. */
  readonly at: number;
  readonly self: { readonly id: string; readonly owner: string; readonly sessionId: string | null };
  /**
   * Steps another instance of the same owner; one that is unknown, finished or does not take it stays as it
   * is. False where there is no such instance.
   */
  readonly send: (send: Send) => Promise<boolean>;
  /** Begins an instance; `origin` where it is not the cause's. */
  readonly start: (start: Start & { readonly origin?: Origin }) => Promise<void>;
  /** The commit lies after this time (epoch ms); where it does not, it is begun again, after it. */
  readonly isAfter: (at: number) => void;
  /** Gives an open instance to another session, without a step and without an entry. */
  readonly rebind: (id: string, sessionId: string) => Promise<void>;
};

/**
 * A reading only looks, statement by statement, and its commit may be shared with others. A transaction
 * would give it no more: at PostgreSQL's READ COMMITTED each statement sees what is committed when it begins.
 */
export type ReadingScope = Pick<TransactionScope, 'at' | 'self'> & {
  readonly sql: Queryable;
  /** A question that others may have at the same time: one statement answers all of them. */
  readonly ask: Ask;
};

export type JobScope = {
  /** Idempotency key: the same for every run of the same call. */
  readonly key: string;
  /** 1 the first time; more after a lapsed lease: look first whether it was done. */
  readonly attempt: number;
  readonly at: number;
  readonly correlationId: string;
  /** False once another node may have taken the job over: ask right before what cannot be undone. */
  readonly mayStillAct: () => boolean;
  /** Tells how long a try took; best effort, and only a sample is kept. */
  readonly measure: (measured: MeasuredTry) => void;
};

export type ReadingActor = (input: never, scope: ReadingScope) => Promise<unknown>;
export type TransactionActor = (input: never, scope: TransactionScope) => Promise<unknown>;
export type JobActor = (input: never, scope: JobScope) => Promise<unknown>;

export type Actors = {
  readonly readings?: Readonly<Record<string, ReadingActor>>;
  readonly transaction: Readonly<Record<string, TransactionActor>>;
  readonly jobs: Readonly<Record<string, JobActor>>;
};

/** SQLSTATE classes after which the same statement may succeed: conflict, resources, locks, shutdown. */
const PASSING = ['40', '53', '55', '57'];

/** A failed actor as its chart sees it. Never the message: it may hold a person's data. */
export function actorErrorOf(error: unknown): ActorError {
  const { code, retryable, providerCode, cause } = error as {
    code?: unknown;
    retryable?: unknown;
    providerCode?: unknown;
    cause?: unknown;
  };
  if (typeof retryable === 'boolean' && typeof code === 'string') {
    return { code, retryable, ...(typeof providerCode === 'number' ? { providerCode } : {}) };
  }
  const state = sqlStateOf(error) ?? sqlStateOf(cause);
  if (state === undefined) return { code: 'flow.exception', retryable: false };
  return { code: 'db.save_failed', retryable: PASSING.includes(state.slice(0, 2)) };
}

/** How an actor's end reaches its chart. */
export const doneEvent = (id: string, output: unknown): AnyEvent =>
  ({ type: `xstate.done.actor.${id}`, output, actorId: id }) as AnyEvent;
export const failedEvent = (id: string, error: unknown): AnyEvent =>
  ({ type: `xstate.error.actor.${id}`, error: actorErrorOf(error), actorId: id }) as AnyEvent;

/** The connection went away: there is no transaction left to go on with. */
export function isLost(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return (
    sqlStateOf(error) === undefined &&
    typeof code === 'string' &&
    /^(CONNECTION|OUTCOME)_/.test(code)
  );
}
