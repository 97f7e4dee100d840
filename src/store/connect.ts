/**
 * The pool of connections, with the driver's waits cut to what a user would bear: it is the one place that knows how
 * we talk to PostgreSQL, and it knows no table.
 */

import postgres from 'postgres';

/**
 * Read: timestamptz as Date, bigint as number (beyond 2^53 reading it is an error). Written: to timestamptz a Date,
 * ISO text or epoch ms; to json and jsonb a value or, as text, JSON that is written already.
 */
export type Sql = postgres.Sql;
export type TransactionSql = postgres.TransactionSql;

export type ConnectOptions = {
  readonly url: string;
  /** Most connections at once. */
  readonly max: number;
  /** A database role that every connection of this pool acts as; the user of the url must be its member. */
  readonly role?: string;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  /**
   * The server ends a session whose transaction lasts longer, in ms; asks for PostgreSQL 17. Without it a line that
   * goes dead between the messages of one statement leaves its transaction open, with its locks, as long as TCP does:
   * the other limits do not count while the server waits for the rest of a statement.
   */
  readonly transactionMs?: number | undefined;
  readonly onNotice?: (notice: postgres.Notice) => void;
};

/** A pool that connects when first asked. A server that is away rejects within 5 s; the pool recovers by itself. */
export function connect(options: ConnectOptions): Sql {
  const sql = postgres(options.url, {
    max: options.max,
    connect_timeout: 5,
    backoff: backoffSeconds,
    onnotice: options.onNotice ?? (() => undefined),
    types: { bigint, json },
    connection: {
      application_name: options.applicationName,
      TimeZone: 'UTC',
      ...(options.role === undefined ? {} : { role: options.role }),
      ...(options.transactionMs === undefined
        ? {}
        : { transaction_timeout: options.transactionMs }),
    },
  });
  // The driver's type parameter adds helpers such as sql.types.bigint, which we do not use.
  return sql as unknown as Sql;
}

/** The driver's own goes up to 20 s, which a user would wait for after PostgreSQL is back. */
function backoffSeconds(retries: number): number {
  return Math.min(0.5, 0.02 * 2 ** retries);
}

const bigint = {
  to: 20,
  from: [20],
  serialize: (value: number) => String(value),
  parse: (text: string) => {
    const value = Number(text);
    if (Number.isSafeInteger(value)) return value;
    throw new RangeError(
      `The bigint ${text} is beyond what a number holds: select it as text where it may be so large.`,
    );
  },
};

// Drizzle hands over JSON as text; the driver would write that a second time, and the column would hold a string.
const json = {
  to: 114,
  from: [114, 3802],
  serialize: (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)),
  parse: (text: string): unknown => JSON.parse(text),
};
