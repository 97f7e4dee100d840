/* What a call comes to: the wanted value, or one of a closed list of refusals. Nothing is thrown. */
import type { FieldProblem, Problem, ProblemCode } from '../api/problems.ts';
import type { Received } from './call.ts';

/** Refusals of an event that say how the flow stands. */
type StandingCode = 'invalid_input' | 'event_not_allowed' | 'finished';

type Refusal = {
  readonly ok: false;
  /** A sentence: what is so and what to do. */
  readonly detail: string;
  /** What is wrong with which field; never its value. */
  readonly problems: readonly FieldProblem[];
  /** To be named in a report; null where the server never answered. */
  readonly correlationId: string | null;
};

export type Refused<Current = never> =
  | (Refusal & { readonly code: Exclude<ProblemCode, StandingCode> })
  | (Refusal & { readonly code: StandingCode; readonly current: Current })
  /** No answer came. Whether it counted is not known: the same call with this key counts once. */
  | (Refusal & { readonly code: 'unreachable'; readonly key: string | null });

export type Answer<T, Current = never> =
  | { readonly ok: true; readonly value: T; readonly replayed: boolean }
  | Refused<Current>;

/** Reads what was received; `key` is the one that the request had. */
export function answerOf<T, Current>(
  received: Received | undefined,
  key: string | null,
): Answer<T, Current> {
  if (received === undefined) return unreachable(key);
  const { status, text, replayed } = received;
  const body = parse(text);
  if (status < 300) return { ok: true, value: body as T, replayed };
  // Not ours: a proxy's page, say.
  if (!isProblem(body)) return unreachable(key);
  const { code, detail, problems = [], correlation_id: correlationId, current } = body;
  const refusal = { ok: false, detail, problems, correlationId } as const;
  return isStanding(code)
    ? { ...refusal, code, current: current as Current }
    : { ...refusal, code };
}

const unreachable = (key: string | null) => ({
  ...({ ok: false, code: 'unreachable', key, problems: [], correlationId: null } as const),
  detail: 'The server did not answer: see whether there is a network, and call again with the key.',
});

/** What the server says of a session that is over, where the client knows of none to ask about. */
export const nothingToEnd = (): Answer<never> => ({
  ...({ ok: false, code: 'finished', problems: [], correlationId: null } as const),
  detail: 'There is no session to end: none was opened or joined.',
  current: undefined as never,
});

const STANDING: readonly string[] = ['invalid_input', 'event_not_allowed', 'finished'];
const isStanding = (code: ProblemCode): code is StandingCode => STANDING.includes(code);

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
