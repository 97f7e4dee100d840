/* The crews and who is in them. */
import { and, count, desc, eq, inArray } from 'drizzle-orm';
import { crewMembers, crews } from '../../drizzle/schema.ts';
import { ormOf, type Queryable } from './orm.ts';

type OfCrew = { readonly organizerId: string; readonly crewId: string };

export type Member = { readonly name: string; readonly phone: string };

export type NewCrew = {
  readonly organizerId: string;
  readonly id: string;
  readonly name: string;
  readonly members: readonly Member[];
  /** Epoch ms. */
  readonly createdAt: number;
};

export async function insertCrew(sql: Queryable, crew: NewCrew): Promise<void> {
  const { organizerId, id, name, members } = crew;
  const orm = ormOf(sql);
  await orm.insert(crews).values({ organizerId, id, name, createdAt: new Date(crew.createdAt) });
  if (members.length === 0) return;
  await orm
    .insert(crewMembers)
    .values(members.map((member) => ({ ...member, organizerId, crewId: id })));
}

export type ListedCrew = { readonly id: string; readonly name: string; readonly members: number };

/** The organizer's crews, latest first, with how many are in each. */
export async function listCrews(
  sql: Queryable,
  organizerId: string,
  limit: number,
): Promise<readonly ListedCrew[]> {
  return ormOf(sql)
    .select({ id: crews.id, name: crews.name, members: count(crewMembers.phone) })
    .from(crews)
    .leftJoin(
      crewMembers,
      and(eq(crewMembers.organizerId, crews.organizerId), eq(crewMembers.crewId, crews.id)),
    )
    .where(eq(crews.organizerId, organizerId))
    .groupBy(crews.organizerId, crews.id)
    .orderBy(desc(crews.createdAt), crews.id)
    .limit(limit);
}

export type Crew = { readonly id: string; readonly name: string; readonly members: Member[] };

/** One crew of this organizer with its people by name; undefined also for somebody else's. */
export async function findCrew(
  sql: Queryable,
  { organizerId, crewId }: OfCrew,
): Promise<Crew | undefined> {
  const orm = ormOf(sql);
  const [crew] = await orm
    .select({ id: crews.id, name: crews.name })
    .from(crews)
    .where(and(eq(crews.organizerId, organizerId), eq(crews.id, crewId)));
  if (crew === undefined) return undefined;
  const members = await orm
    .select({ name: crewMembers.name, phone: crewMembers.phone })
    .from(crewMembers)
    .where(and(eq(crewMembers.organizerId, organizerId), eq(crewMembers.crewId, crewId)))
    .orderBy(crewMembers.name, crewMembers.phone);
  return { ...crew, members };
}

/**
 * Who is in a crew, with the crew locked until the transaction ends, so that two changes of it do not mix;
 * undefined where there is none of this organizer.
 */
export async function lockMembers(
  sql: Queryable,
  { organizerId, crewId }: OfCrew,
): Promise<readonly Member[] | undefined> {
  const orm = ormOf(sql);
  const [crew] = await orm
    .select({ id: crews.id })
    .from(crews)
    .where(and(eq(crews.organizerId, organizerId), eq(crews.id, crewId)))
    .for('update');
  if (crew === undefined) return undefined;
  return orm
    .select({ name: crewMembers.name, phone: crewMembers.phone })
    .from(crewMembers)
    .where(and(eq(crewMembers.organizerId, organizerId), eq(crewMembers.crewId, crewId)));
}

/** Takes people off a crew, then puts people on it who must not be there yet. */
export async function changeMembers(
  sql: Queryable,
  { organizerId, crewId }: OfCrew,
  change: { readonly removed: readonly string[]; readonly added: readonly Member[] },
): Promise<void> {
  const orm = ormOf(sql);
  if (change.removed.length > 0) {
    await orm
      .delete(crewMembers)
      .where(
        and(
          eq(crewMembers.organizerId, organizerId),
          eq(crewMembers.crewId, crewId),
          inArray(crewMembers.phone, [...change.removed]),
        ),
      );
  }
  if (change.added.length > 0) {
    await orm
      .insert(crewMembers)
      .values(change.added.map(({ name, phone }) => ({ name, phone, organizerId, crewId })));
  }
}
