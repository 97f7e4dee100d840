/*
 * Shape: what comes from outside, held to a schema. Answers name fields and codes, never values. What
 * an event means (an empty name, a date in the past) is the chart's business.
 */
import type { z } from 'zod';
import { type FieldProblem, notFound, Refusal } from './problems.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The uuid in lower case; what is none cannot exist, and never reaches SQL. */
export function idOf(text: string): string {
  if (!UUID.test(text)) throw notFound();
  return text.toLowerCase();
}

/** The uuid of a header, or null where there is none or it is none. */
export const headerId = (text: string): string | null =>
  UUID.test(text) ? text.toLowerCase() : null;

/** The value as the schema gives it back; refuses what does not fit. */
export function check<T>(
  schema: z.ZodType<T>,
  value: unknown,
  code: 'invalid_body' | 'invalid_query' = 'invalid_body',
): T {
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  const { issues } = checked.error;
  const problems = issues.flatMap(problemsOf);
  if (code === 'invalid_body' && issues.every((issue) => issue.code === 'unrecognized_keys')) {
    throw new Refusal(
      'unknown_field',
      'The body has fields that this request does not take: leave them out.',
      { problems },
    );
  }
  const where = code === 'invalid_body' ? 'body' : 'query';
  throw new Refusal(
    code,
    `The ${where} does not have the shape that this request takes: correct the fields in 'problems'.`,
    {
      problems,
    },
  );
}

function problemsOf(issue: z.core.$ZodIssue): readonly FieldProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: pathOf([...issue.path, key]), code: 'unknown_field' }));
  }
  return [{ path: pathOf(issue.path), ...whatOf(issue) }];
}

/** The code, with what a client needs in order to do better: a limit, a type, the words there are. */
function whatOf(issue: z.core.$ZodIssue): Omit<FieldProblem, 'path'> {
  const { code } = issue;
  switch (code) {
    case 'too_big':
      return { code, limit: Number(issue.maximum) };
    case 'too_small':
      return { code, limit: Number(issue.minimum) };
    case 'invalid_type':
      return { code, expected: issue.expected };
    case 'invalid_value':
      return { code, expected: issue.values.map(String).join(', ') };
    case 'invalid_format':
      return issue.format === 'regex' ? { code } : { code, expected: issue.format };
    case 'custom':
      // A refinement names what it found: `params: { code }`.
      return { code: String(issue.params?.code ?? code) };
    default:
      return { code };
  }
}

/** Keys of a client's own making are cut to what a field is called. */
const pathOf = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => String(key))
    .map((key) => (/^[\w-]{1,40}$/.test(key) ? key : '?'))
    .join('.');
