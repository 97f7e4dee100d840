/* What PostgreSQL itself says of an error. */

/** The SQLSTATE of an error that PostgreSQL itself reported. */
export function sqlStateOf(error: unknown): string | undefined {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  return name === 'PostgresError' && typeof code === 'string' ? code : undefined;
}

/** PostgreSQL itself refused a statement, of which nothing was done; where there were two, the first may stand. */
export const isRefused = (error: unknown): boolean => sqlStateOf(error) !== undefined;
