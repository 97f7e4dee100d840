/*
 * Who is waited for: whom an invite has reached, or may yet reach, and who has given no answer that counts.
 * The one rule of it, for rows and for statements.
 */
import type { Queryable } from './orm.ts';

const UNANSWERED: readonly string[] = ['none', 'unknown'];
/** No invite has reached them, or they want no texts. */
const UNREACHED: readonly string[] = ['failed', 'opted_out'];

type Asked = { readonly reply: string; readonly delivery: string };

export const isWaitedFor = ({ reply, delivery }: Asked): boolean =>
  UNANSWERED.includes(reply) && !UNREACHED.includes(delivery);

/** How invitations stand: the answers that count, and who is waited for. */
export type Turnout = {
  readonly yes: number;
  readonly no: number;
  readonly votes: number;
  readonly waiting: number;
};

export type OfGathering = {
  readonly organizerId: string;
  readonly target: 'event' | 'syncup';
  readonly targetId: string;
};

/** The condition on `invitations` of those to one event or sync-up. */
export const invitedTo = (sql: Queryable, { organizerId, target, targetId }: OfGathering) => {
  const about = target === 'event' ? sql`event_id` : sql`syncup_id`;
  return sql`invitations.organizer_id = ${organizerId} and invitations.${about} = ${targetId}`;
};

export async function turnoutOf(sql: Queryable, of: OfGathering): Promise<Turnout> {
  const [found] = await sql<Turnout[]>`
    select (count(*) filter (where reply = 'yes'))::int as yes,
      (count(*) filter (where reply = 'no'))::int as no,
      (count(*) filter (where reply = 'vote'))::int as votes,
      (count(*) filter (where reply = any(${[...UNANSWERED]})
        and delivery <> all(${[...UNREACHED]})))::int as waiting
    from invitations
    where ${invitedTo(sql, of)}`;
  return found ?? { yes: 0, no: 0, votes: 0, waiting: 0 };
}
