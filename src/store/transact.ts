/**
 * Work that ends in time. PostgreSQL may be away, frozen, or waiting for a lock; whoever waits for us may not wait
 * with it. At the deadline the connection is dropped: PostgreSQL rolls back what was not committed, and whether a
 * commit already under way went through, nobody here can know.
 *
 * The driver passes a query's inner connection to its hook `onexecute`; our patch passes it on from `begin`, and adds
 * `drop`, since the driver's own `terminate` waits for the other side.
 */

import type postgres from 'postgres';
import type { Sql, TransactionSql } from './connect.ts';

/** For the statements of loops: long enough for a busy server, and then the loop goes on without it. */
export const LOOP_DEADLINE_MS = 8_000;

/** Nobody knows whether it was committed: do it again under the same key. */
export class OutcomeUnknown extends Error {
  readonly code = 'OUTCOME_UNKNOWN';
  override readonly name = 'OutcomeUnknown';
}

/**
 * `fn` in one transaction, committed if it resolves. Rejects with `OutcomeUnknown` at the deadline and when the
 * connection is lost under the commit; with any other error nothing was committed. The wait for a free connection
 * counts. A statement that `fn` makes after the end is refused.
 */
export async function transact<T>(
  sql: Sql,
  deadlineMs: number,
  fn: (tx: TransactionSql) => Promise<T>,
): Promise<T> {
  let connection: Connection | undefined;
  let phase = 'waiting' as 'waiting' | 'working' | 'committing' | 'given up';
  const body = async (tx: TransactionSql) => {
    if (phase === 'given up') throw new Error('The deadline passed before a connection was free.');
    if (connection === undefined) throw unpatched();
    phase = 'working';
    limitOnServer(tx, deadlineMs);
    const result = await fn(tx);
    if (phase === 'working') phase = 'committing';
    return { result };
  };
  const onconnection = (held: Connection) => {
    connection = held;
  };

  const work = sql.begin(Object.assign(body, { onconnection }));
  const giveUp = () => {
    phase = 'given up';
    connection?.drop();
  };
  try {
    return (await endIn(deadlineMs, work, giveUp)).result as T;
  } catch (error) {
    throw phase === 'committing' && isLoss(error) ? lostUnderCommit(error) : error;
  }
}

/**
 * One statement of its own, with the same deadline and the same `OutcomeUnknown`. What else waits on the dropped
 * connection is rejected with CONNECTION_CLOSED: it stood behind a statement that did not end.
 */
export const withDeadline = <T>(
  deadlineMs: number,
  query: PromiseLike<T> & Pick<Executable, 'execute'>,
): Promise<T> => limited(deadlineMs, query as unknown as Executable, () => query);

/** The pool, each statement of which has the same deadline once it is awaited; a fragment goes through as it is. */
export function withDeadlines(sql: Sql, deadlineMs: number): Sql {
  const limit = <Q>(query: Q): Q => {
    if (!(query instanceof Promise)) return query;
    const inner = query.then.bind(query);
    const outer = () =>
      limited(
        deadlineMs,
        query as unknown as Executable,
        () => new Promise((...ends) => inner(...ends)),
      );
    const value = (...handlers: Parameters<typeof inner>) => outer().then(...handlers);
    return Object.defineProperty(query, 'then', { value });
  };
  return new Proxy(sql, {
    apply: (target, self, args) => limit(Reflect.apply(target, self, args)),
    get: (target, name) =>
      name === 'unsafe'
        ? (...args: Parameters<Sql['unsafe']>) => limit(target.unsafe(...args))
        : Reflect.get(target, name),
  });
}

type Executable = { readonly options: object; readonly execute: () => unknown };

function limited<T>(deadlineMs: number, query: Executable, end: () => PromiseLike<T>): Promise<T> {
  let connection: Connection | undefined;
  const onexecute = (held: Connection) => {
    connection = held;
    return true;
  };
  Object.assign(query.options, { onexecute });
  query.execute();
  return endIn(deadlineMs, end(), () => {
    if (connection !== undefined && connection.drop === undefined) throw unpatched();
    connection?.drop();
  });
}

type Connection = { readonly drop: () => void };

async function endIn<T>(deadlineMs: number, work: PromiseLike<T>, giveUp: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      giveUp();
      reject(
        new OutcomeUnknown(
          `The database did not answer within ${deadlineMs} ms, and its connection was dropped: send it again under the same key.`,
        ),
      );
    }, deadlineMs);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Sent with the first statement, not awaited. The server ends the transaction by itself too: it does not look at the
 * socket while it waits for a lock, and never hears of a network that went away.
 */
function limitOnServer(tx: TransactionSql, deadlineMs: number): void {
  const ms = Math.ceil(deadlineMs);
  tx.unsafe(
    `set local statement_timeout = ${ms}; set local idle_in_transaction_session_timeout = ${ms}`,
  ).execute();
}

// What the server sent says that it is there and has decided, unless it ends the connection by it.
function isLoss(error: unknown): boolean {
  const { severity } = error as Partial<postgres.PostgresError>;
  return severity === undefined || severity === 'FATAL';
}

function lostUnderCommit(cause: unknown): OutcomeUnknown {
  return new OutcomeUnknown(
    'The connection was lost while a transaction was being committed: send it again under the same key.',
    { cause },
  );
}

function unpatched(): Error {
  return new Error(
    "The driver 'postgres' is not patched: run npx patch-package (npm ci does, unless install scripts are off).",
  );
}
