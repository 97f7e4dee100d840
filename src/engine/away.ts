/** The connection was refused, lost or dropped at its deadline, or the server is shutting down. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  if (typeof code !== 'string') return false;
  if (name === 'PostgresError') return /^(57P0|08|53)/.test(code);
  return /^(CONNECTION_|CONNECT_|OUTCOME_|ECONN|EPIPE|ETIMEDOUT|ENOENT)/.test(code);
}

/** There is no connection, or the server is going: what it says is of no one table. */
export function isConnectionLost(error: unknown): boolean {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  if (!isDatabaseAway(error) || typeof code !== 'string') return false;
  return !(name === 'PostgresError' ? code.startsWith('53') : code.startsWith('OUTCOME_'));
}
