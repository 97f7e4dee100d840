/* How a gathering stands, as its organizer is told in a push. */
import type { Queryable } from './orm.ts';

export type Standing = {
  readonly yes: number;
  readonly no: number;
  readonly votes: number;
  /** Reached, and without an answer that counts. */
  readonly waiting: number;
};

type OfGathering = {
  readonly organizerId: string;
  readonly target: 'event' | 'syncup';
  readonly targetId: string;
};

/** Whom no invite has reached, or who wants no texts, is not waited for. */
export async function standingOf(
  sql: Queryable,
  { organizerId, target, targetId }: OfGathering,
): Promise<Standing> {
  const about = target === 'event' ? sql`event_id` : sql`syncup_id`;
  const [found] = await sql<Standing[]>`
    select (count(*) filter (where reply = 'yes'))::int as yes,
      (count(*) filter (where reply = 'no'))::int as no,
      (count(*) filter (where reply = 'vote'))::int as votes,
      (count(*) filter (where reply in ('none', 'unknown')
        and delivery not in ('failed', 'opted_out')))::int as waiting
    from invitations
    where organizer_id = ${organizerId} and ${about} = ${targetId}`;
  return found ?? { yes: 0, no: 0, votes: 0, waiting: 0 };
}
