/**
 * The connection was refused, lost or dropped at its deadline, the server ended what took too long (57014, 25P03,
 * 25P04), or is shutting down.
 */
export function isDatabaseAway(error: unknown): boolean {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  if (typeof code !== 'string') return false;
  if (name === 'PostgresError') return /^(57P0|57014|25P0[34]|08|53)/.test(code);
  return /^(CONNECTION_|CONNECT_|OUTCOME_|ECONN|EPIPE|ETIMEDOUT|ENOENT)/.test(code);
}

/** There is no connection, or the server is going: what it says is of no one table. */
export function isConnectionLost(error: unknown): boolean {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  if (!isDatabaseAway(error) || typeof code !== 'string') return false;
  return !(name === 'PostgresError' ? /^(53|57014|25P)/ : /^OUTCOME_/).test(code);
}
