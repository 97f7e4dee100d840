/*
 * How the API says no: one table of codes, one shape (RFC 9457), one error class that carries a refusal
 * from where it is decided to the one funnel that answers it. Only what is written here reaches a caller.
 */
import { STATUS_CODES } from 'node:http';

const STATUS = {
  invalid_json: 400,
  invalid_body: 400,
  invalid_query: 400,
  invalid_cursor: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  event_not_allowed: 409,
  finished: 410,
  body_too_large: 413,
  unsupported_media_type: 415,
  invalid_input: 422,
  unknown_event: 422,
  unknown_field: 422,
  key_conflict: 422,
  unresumable: 422,
  too_many_streams: 429,
  internal: 500,
  not_implemented: 501,
  unavailable: 503,
} as const;

export type ProblemCode = keyof typeof STATUS;

/** What is wrong with one field: a path into the body and a code; never the value. */
export type FieldProblem = {
  readonly path: string;
  readonly code: string;
  /** The most or the least that is taken, in characters, items or units of the field. */
  readonly limit?: number;
  /** What is taken in its place, in words. */
  readonly expected?: string;
};

/** What is taken, by the code of what was not. */
const EXPECTED: Readonly<Record<string, string>> = {
  not_a_date: 'a local time YYYY-MM-DDTHH:MM, as 2026-06-05T19:00',
  unknown_time_zone: 'a zone of the IANA database, as America/New_York',
  unknown_country: 'an ISO 3166 code of two capitals, as US',
};

function withExpected(problem: FieldProblem): FieldProblem {
  const expected = problem.expected ?? EXPECTED[problem.code];
  return expected === undefined ? problem : { ...problem, expected };
}

export type Problem = {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  /** What is so, where, and what to do. */
  readonly detail: string;
  readonly correlation_id: string;
  readonly problems?: readonly FieldProblem[];
  /** The instance as it stands. */
  readonly current?: unknown;
};

type More = Pick<Problem, 'problems' | 'current'> & {
  readonly headers?: Readonly<Record<string, string>>;
};

/** A refusal on its way to the funnel. Its sentence is meant for the caller. */
export class Refusal extends Error {
  readonly code: ProblemCode;
  readonly more: More;

  constructor(code: ProblemCode, detail: string, more: More = {}) {
    super(detail);
    this.name = 'Refusal';
    this.code = code;
    this.more = more;
  }
}

export const statusOf = (code: ProblemCode): number => STATUS[code];

export function problemOf({ code, message, more }: Refusal, correlationId: string): Problem {
  const { problems, current } = more;
  return {
    type: 'about:blank',
    title: STATUS_CODES[STATUS[code]] ?? code,
    status: STATUS[code],
    code,
    detail: message,
    correlation_id: correlationId,
    ...(problems && { problems: problems.map(withExpected) }),
    ...(current !== undefined && { current }),
  };
}

/** The same for what does not exist, what is another organizer's and what is no id at all. */
export const notFound = (): Refusal =>
  new Refusal('not_found', 'There is nothing at this address, or it is not yours: check the id.');
