/*
 * Drizzle over whatever connection a function was given: the pool or a transaction of it. Ordinary
 * statements are written with it; statements where the SQL is the point are written as SQL.
 */
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';

/** The pool, or one transaction of it: what every store function takes first. */
export type Sql = postgres.Sql;
export type Tx = postgres.TransactionSql;
export type Queryable = Sql | Tx;

/** A statement that has not been sent: awaiting it sends it. */
export type PendingQuery<Rows extends readonly object[]> = postgres.PendingQuery<
  Rows extends readonly (infer Row extends object)[] ? Row[] : never
>;

export type Db = PostgresJsDatabase;

/**
 * Drizzle's driver rewrites the parsers of the client it is given, and a transaction has none to
 * rewrite. It gets a bag of its own, so that the pool's parsers (Date for timestamptz) stay as
 * `connect` set them.
 */
export function ormOf(sql: Queryable): Db {
  const client = Object.assign((...args: Parameters<Sql>) => (sql as Sql)(...args), {
    unsafe: sql.unsafe.bind(sql),
    options: { parsers: {}, serializers: {} },
  });
  return drizzle({ client: client as unknown as Sql });
}
