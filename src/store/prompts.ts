/* What each phone may answer: one row per invitation, kept by the invitation itself. */
import { sql as expression } from 'drizzle-orm';
import { smsPrompts } from '../../drizzle/schema.ts';
import { ormOf, type Queryable } from './orm.ts';

/** One question; instants are epoch ms. */
export type PromptRow = {
  readonly phone: string;
  /** The invitation. */
  readonly id: string;
  /** '' stands for any number of ours. */
  readonly ourNumber: string;
  readonly organizerId: string;
  readonly kind: 'event' | 'syncup' | 'confirm';
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
  await ormOf(sql)
    .insert(smsPrompts)
    .values(
      rows.map((row) => ({
        ...row,
        promptedAt: new Date(row.promptedAt),
        closedAt: row.closedAt === null ? null : new Date(row.closedAt),
      })),
    )
    .onConflictDoUpdate({
      target: [smsPrompts.phone, smsPrompts.id],
      set: {
        ourNumber: expression`excluded.our_number`,
        code: expression`excluded.code`,
        options: expression`excluded.options`,
        labels: expression`excluded.labels`,
        multi: expression`excluded.multi`,
        organizerName: expression`excluded.organizer_name`,
        title: expression`excluded.title`,
        state: expression`excluded.state`,
        promptedAt: expression`excluded.prompted_at`,
        closedAt: expression`excluded.closed_at`,
      },
    });
}

/** More than anybody has open at once; a text is read against each. */
const MOST = 50;

/** A phone's questions that a message to this number of ours could answer, newest first. */
export const promptsOf = async (
  sql: Queryable,
  phone: string,
  ourNumber: string,
): Promise<readonly PromptRow[]> =>
  await sql<PromptRow[]>`
    select phone, id, our_number as "ourNumber", organizer_id as "organizerId", kind, code,
      options, labels, multi, organizer_name as "organizerName", title, state,
      (extract(epoch from prompted_at) * 1000)::float8 as "promptedAt",
      (extract(epoch from closed_at) * 1000)::float8 as "closedAt"
    from sms_prompts
    where phone = ${phone} and our_number in ('', ${ourNumber})
      and (state <> 'closed' or closed_at is not null)
    order by prompted_at desc limit ${MOST}`;

/** The invitations of a phone that are not closed, at all numbers of ours. */
export const invitationsOf = async (
  sql: Queryable,
  phone: string,
): Promise<readonly { readonly id: string; readonly owner: string }[]> =>
  await sql<{ id: string; owner: string }[]>`
    select id, organizer_id as owner from sms_prompts
    where phone = ${phone} and state <> 'closed' order by id`;

/** The letters by which these phones' open questions are known, at all numbers of ours. */
export async function codesInUse(
  sql: Queryable,
  phones: readonly string[],
): Promise<ReadonlyMap<string, readonly (string | null)[]>> {
  if (phones.length === 0) return new Map();
  const rows = await sql<{ phone: string; codes: (string | null)[] }[]>`
    select phone, array_agg(code) as codes from sms_prompts
    where phone = any(${[...phones]}) and state in ('queued', 'open') group by phone`;
  return new Map(rows.map(({ phone, codes }) => [phone, codes]));
}
