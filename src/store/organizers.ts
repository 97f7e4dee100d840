/* The organizers: who they are to the people they invite. */
import { eq } from 'drizzle-orm';
import { organizers } from '../../drizzle/schema.ts';
import { ormOf, type Queryable } from './orm.ts';

/** `country` is ISO 3166-1 alpha-2, `timeZone` an IANA zone. */
export type Profile = {
  readonly name: string;
  readonly country: string;
  readonly timeZone: string;
};

type Of = { readonly organizerId: string; readonly profile: Profile; readonly at: number };

/** Makes the organizer's row if there is none; one that exists stays as it is. */
export async function ensureOrganizer(sql: Queryable, of: Of): Promise<void> {
  await ormOf(sql).insert(organizers).values(rowOf(of)).onConflictDoNothing();
}

/** Sets the profile, whether or not the organizer was here before. */
export async function saveProfile(sql: Queryable, of: Of): Promise<void> {
  await ormOf(sql)
    .insert(organizers)
    .values(rowOf(of))
    .onConflictDoUpdate({ target: organizers.organizerId, set: { ...of.profile } });
}

export async function findProfile(
  sql: Queryable,
  organizerId: string,
): Promise<Profile | undefined> {
  const { name, country, timeZone } = organizers;
  const [found] = await ormOf(sql)
    .select({ name, country, timeZone })
    .from(organizers)
    .where(eq(organizers.organizerId, organizerId));
  return found;
}

/** Where it happens, or where the organizer is; null where neither is known. */
export async function zoneOf(
  sql: Queryable,
  of: { readonly organizerId: string; readonly eventId: string | null },
): Promise<string | null> {
  const [found] = await sql<{ zone: string | null }[]>`
    select coalesce(e.time_zone, o.time_zone) as zone
    from organizers o left join events e
      on e.organizer_id = o.organizer_id and e.id = ${of.eventId}
    where o.organizer_id = ${of.organizerId}`;
  return found?.zone ?? null;
}

const rowOf = ({ organizerId, profile, at }: Of) => ({
  organizerId,
  ...profile,
  createdAt: new Date(at),
});
