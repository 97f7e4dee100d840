/* What each phone may answer: one row per invitation, kept by the invitation itself. */

import type { Queryable } from './orm.ts';

/** One question; instants are epoch ms. */
export type PromptRow = {
  readonly phone: string;
  /** The invitation. */
  readonly id: string;
  /** '' stands for any number of ours. */
  readonly ourNumber: string;
  readonly organizerId: string;
  readonly kind: 'event' | 'syncup';
  readonly code: string | null;
  readonly options: number | null;
  /** What the options are called, in the order of their numbers, and whether several may be chosen. */
  readonly labels?: readonly string[] | null;
  readonly multi?: boolean | null;
  /** Who asks and about what, as its texts say it; null where a chart does not tell. */
  readonly organizerName?: string | null;
  readonly title?: string | null;
  readonly state: 'queued' | 'open' | 'answered' | 'timed_out' | 'closed';
  readonly promptedAt: number;
  /** Since when it is not open any more; null on a closed one that takes no late reply. */
  readonly closedAt: number | null;
};

/** Writes questions as their invitations have them now; each one's own `seq` keeps the order of writes. */
export async function writePrompts(sql: Queryable, rows: readonly PromptRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into sms_prompts (
      phone, id, our_number, organizer_id, kind, code, options, labels, multi, organizer_name,
      title, state, prompted_at, closed_at)
    select phone, id, "ourNumber", "organizerId", kind, code, options, labels, multi,
      "organizerName", title, state, to_timestamp("promptedAt" / 1000),
      to_timestamp("closedAt" / 1000)
    from json_to_recordset(${JSON.stringify(rows)}) as t(
      phone text, id uuid, "ourNumber" text, "organizerId" uuid, kind text, code text,
      options int, labels jsonb, multi boolean, "organizerName" text, title text, state text,
      "promptedAt" float8, "closedAt" float8)
    on conflict (phone, id) do update set
      our_number = excluded.our_number, code = excluded.code, options = excluded.options,
      labels = excluded.labels, multi = excluded.multi, organizer_name = excluded.organizer_name,
      title = excluded.title, state = excluded.state, prompted_at = excluded.prompted_at,
      closed_at = excluded.closed_at`;
}

/** More than anybody has open at once; a text is read against each. */
const MOST = 50;

/** Of each phone, its questions that a message to this number of ours could answer, newest first. */
export async function promptsOf(
  sql: Queryable,
  asked: readonly { readonly phone: string; readonly ourNumber: string }[],
): Promise<readonly (readonly PromptRow[])[]> {
  const rows = await sql<(PromptRow & { readonly n: number })[]>`
    select asked.n::int as n, p.* from rows from (json_to_recordset(${JSON.stringify(asked)})
      as (phone text, "ourNumber" text)) with ordinality as asked(phone, "ourNumber", n)
    cross join lateral (
      select phone, id, our_number as "ourNumber", organizer_id as "organizerId", kind, code,
        options, labels, multi, organizer_name as "organizerName", title, state,
        (extract(epoch from prompted_at) * 1000)::float8 as "promptedAt",
        (extract(epoch from closed_at) * 1000)::float8 as "closedAt"
      from sms_prompts
      where phone = asked.phone and our_number in ('', asked."ourNumber")
        and (state <> 'closed' or closed_at is not null)
      order by prompted_at desc limit ${MOST}
    ) p
    order by asked.n, p."promptedAt" desc`;
  const found = asked.map((): PromptRow[] => []);
  for (const { n, ...prompt } of rows) found[n - 1]?.push(prompt);
  return found;
}

/** The invitations of a phone that are not closed, at all numbers of ours. */
export const invitationsOf = async (
  sql: Queryable,
  phone: string,
): Promise<readonly { readonly id: string; readonly owner: string }[]> =>
  await sql<{ id: string; owner: string }[]>`
    select id, organizer_id as owner from sms_prompts
    where phone = ${phone} and state <> 'closed' order by id`;

/** Letters of a phone: of its open questions, and of all that an answer could still be for. */
export type CodesInUse = {
  readonly open: readonly (string | null)[];
  readonly live: readonly (string | null)[];
};

/** The letters by which these phones' questions are known, at all numbers of ours. */
export async function codesInUse(
  sql: Queryable,
  phones: readonly string[],
): Promise<ReadonlyMap<string, CodesInUse>> {
  if (phones.length === 0) return new Map();
  const rows = await sql<({ phone: string } & CodesInUse)[]>`
    select phone, array_agg(code) as live,
      coalesce(array_agg(code) filter (where state in ('queued', 'open')), '{}') as open
    from sms_prompts
    where phone = any(${[...phones]}) and state <> 'closed' group by phone`;
  return new Map(rows.map(({ phone, live, open }) => [phone, { live, open }]));
}

/** A question whose text is about to go out. */
export type Asking = {
  readonly phone: string;
  readonly promptId: string;
  /** Whether only what stands open counts, and nothing that may be answered otherwise. */
  readonly onlyOpen: boolean;
};

/**
 * Of each, whether its phone has another question that an answer without a letter could be for: an open
 * one, one answered since `amendable` or run out since `late` (epoch ms).
 */
export async function haveOthers(
  sql: Queryable,
  asking: readonly Asking[],
  since: { readonly amendable: number; readonly late: number },
): Promise<readonly boolean[]> {
  const rows = await sql<{ has: boolean }[]>`
    select exists (
      select from sms_prompts p
      where p.phone = asking.phone and p.id <> asking."promptId"
        and (p.state in ('queued', 'open') or not asking."onlyOpen" and (
          p.state = 'answered' and p.closed_at > to_timestamp(${since.amendable}::float8 / 1000)
          or p.state = 'timed_out' and p.closed_at > to_timestamp(${since.late}::float8 / 1000)))
    ) as has
    from rows from (json_to_recordset(${JSON.stringify(asking)})
      as (phone text, "promptId" uuid, "onlyOpen" boolean)) with ordinality
      as asking(phone, "promptId", "onlyOpen", n)
    order by n`;
  return rows.map(({ has }) => has);
}
