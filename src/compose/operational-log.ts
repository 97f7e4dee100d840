/*
 * The operational log, with pino. Of an error it keeps the class, the SQLSTATE or code, and where; never
 * its message: the driver's hold parameters, which are names, phone numbers and texts.
 */
import { pino } from 'pino';

export type OperationalLog = {
  readonly info: (what: string, facts?: Facts) => void;
  readonly warn: (what: string, facts?: Facts) => void;
  /** An error, without its words. */
  readonly trouble: (what: string, error: unknown, facts?: Facts) => void;
};

type Facts = Readonly<Record<string, string | number | boolean | null>>;

export function createOperationalLog(level: string): OperationalLog {
  const log = pino({ level, base: null }, pino.destination({ dest: 2, sync: true }));
  return {
    info: (what, facts = {}) => log.info(facts, what),
    warn: (what, facts = {}) => log.warn(facts, what),
    trouble: (what, error, facts = {}) => log.error({ ...facts, ...factsOf(error) }, what),
  };
}

/** Class, code and place of an error and of its cause. */
export function factsOf(error: unknown): Facts {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  const [, frame = ''] =
    /\n\s+at ([^\n]+)/.exec(error.stack?.replace(error.message, '') ?? '') ?? [];
  return {
    error: error.name,
    ...(typeof code === 'string' && { code }),
    ...(frame !== '' && { at: frame }),
    ...(cause instanceof Error && { cause: cause.name }),
    ...codeOf(cause),
  };
}

function codeOf(cause: unknown): Facts {
  const { code } = (cause ?? {}) as { code?: unknown };
  return typeof code === 'string' ? { causeCode: code } : {};
}
