/* What has moved of an organizer's things, in as few bytes as it can be told: for those who look often. */
import type { Queryable } from './orm.ts';

export type MovedInstance = {
  readonly id: string;
  readonly seq: number;
  readonly isOpen: boolean;
};

/** The organizer's instances of these charts that are open or have moved since (epoch ms), in order of moving. */
export async function listMoved(
  sql: Queryable,
  of: {
    readonly organizerId: string;
    readonly machines: readonly string[];
    readonly since: number;
  },
): Promise<readonly MovedInstance[]> {
  return await sql<MovedInstance[]>`
    select id, seq, status = 'active' as "isOpen" from instances
    where organizer_id = ${of.organizerId} and machine = any(${[...of.machines]})
      and (status = 'active' or stepped_at > to_timestamp(${of.since}::float8 / 1000))
    order by stepped_at, id`;
}

export type EventTally = {
  readonly id: string;
  readonly state: string;
  readonly invited: number;
  readonly yes: number;
  readonly no: number;
  readonly unknown: number;
  readonly pending: number;
  readonly guests: number;
};

/**
 * How the invitees of the organizer's events have answered; with `from` (epoch ms), of events without a date
 * or with one after it. The latest made come first.
 */
export async function listTallies(
  sql: Queryable,
  of: { readonly organizerId: string; readonly from: number | null; readonly limit: number },
): Promise<readonly EventTally[]> {
  return await sql<EventTally[]>`
    select e.id, e.state, t.* from events e
    cross join lateral (
      select count(*)::int as invited,
        (count(*) filter (where reply = 'yes'))::int as yes,
        (count(*) filter (where reply = 'no'))::int as no,
        (count(*) filter (where reply = 'unknown'))::int as unknown,
        (count(*) filter (where reply = 'none'))::int as pending,
        coalesce(sum(guests) filter (where reply = 'yes'), 0)::int as guests
      from invitations i where i.organizer_id = e.organizer_id and i.event_id = e.id
    ) t
    where e.organizer_id = ${of.organizerId}
      and (${of.from}::float8 is null or e.starts_at is null
        or e.starts_at > to_timestamp(${of.from}::float8 / 1000))
    order by e.created_at desc, e.id limit ${of.limit}`;
}

/** How the invitees of a sync-up have answered: `no` is none of the options, `pending` have said nothing. */
export type VoteTally = {
  readonly invited: number;
  readonly voted: number;
  readonly no: number;
  readonly unknown: number;
  readonly pending: number;
};

export type SyncupTally = VoteTally & {
  readonly id: string;
  readonly state: string;
  /** Per option, in the order of their numbers. */
  readonly votes: readonly number[];
};

/** How the votes of these sync-ups of the organizer stand; the latest made come first. */
export async function listVotes(
  sql: Queryable,
  of: { readonly organizerId: string; readonly syncupIds: readonly string[] },
): Promise<readonly SyncupTally[]> {
  if (of.syncupIds.length === 0) return [];
  return await sql<SyncupTally[]>`
    select s.id, s.state, t.invited, t.voted, t.no, t.unknown, t.pending, v.votes from syncups s
    cross join lateral (
      select count(*)::int as invited,
        (count(*) filter (where reply = 'vote'))::int as voted,
        (count(*) filter (where reply = 'no'))::int as no,
        (count(*) filter (where reply = 'unknown'))::int as unknown,
        (count(*) filter (where reply = 'none'))::int as pending,
        coalesce(jsonb_agg(choices) filter (where choices is not null), '[]') as ballots
      from invitations i where i.organizer_id = s.organizer_id and i.syncup_id = s.id
    ) t
    cross join lateral (
      select array_agg(votes order by n) as votes from (
        select n, (count(*) filter (where ballot @> to_jsonb(n)))::int as votes
        from generate_series(1, jsonb_array_length(s.options)) n
        left join jsonb_array_elements(t.ballots) ballot on true
        group by n
      ) counted
    ) v
    where s.organizer_id = ${of.organizerId} and s.id = any(${[...of.syncupIds]}::uuid[])
    order by s.created_at desc, s.id`;
}
