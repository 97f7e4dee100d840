/* The crews and who is in them. */
import { and, count, desc, eq } from 'drizzle-orm';
import { crewMembers, crews } from '../../drizzle/schema.ts';
import { ormOf, type Queryable } from './orm.ts';

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
  { organizerId, crewId }: { readonly organizerId: string; readonly crewId: string },
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
