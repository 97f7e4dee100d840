/* Crews: the transaction actors that charts invoke for them, and what the API shows. */
import type { SaveCrew, SavedCrew } from '../../machines/crew-creation.model.ts';
import type { UpdateCrew, UpdatedCrew } from '../../machines/crew-update.model.ts';
import type { FoundCrew, OfferedCrews } from '../../machines/event-creation.model.ts';
import type { TransactionScope } from '../engine/index.ts';
import {
  type Crew,
  changeMembers,
  findCrew,
  insertCrew,
  type ListedCrew,
  listCrews,
  lockMembers,
} from '../store/crews.ts';
import type { Queryable } from '../store/orm.ts';

/** More than an organizer can look through in a chat. */
const MAX_LISTED = 100;

type Scope = Pick<TransactionScope, 'tx' | 'at' | 'self'>;

/** `saveCrew`: stores a crew and its people. */
export async function saveCrew(
  { crewId, name, members }: SaveCrew,
  { tx, at, self }: Scope,
): Promise<SavedCrew> {
  await insertCrew(tx, { organizerId: self.owner, id: crewId, name, members, createdAt: at });
  return { members: members.length };
}

/**
 * `updateCrew`: takes people off a crew and puts others on it. Who has left meanwhile cannot leave again, and
 * who has joined meanwhile stays as they are.
 */
export async function updateCrew(
  { crewId, added, removed }: UpdateCrew,
  { tx, self }: Scope,
): Promise<UpdatedCrew> {
  const of = { organizerId: self.owner, crewId };
  const members = await lockMembers(tx, of);
  if (members === undefined) return { found: false };
  const there = new Set(members.map(({ phone }) => phone));
  const leaving = removed.filter((phone) => there.delete(phone));
  const joining = added.filter(({ phone }) => !there.has(phone));
  await changeMembers(tx, of, { removed: leaving, added: joining });
  const before = members.length;
  return { found: true, before, added: joining.length, removed: leaving.length };
}

/** `loadCrews`: the organizer's crews, latest first. */
export const loadCrews = async (_: object, { tx, self }: Scope): Promise<OfferedCrews> => ({
  crews: await listCrews(tx, self.owner, MAX_LISTED),
});

/** `loadCrew`: the people of one crew as they are now. Somebody else's crew is not found. */
export async function loadCrew(
  { crewId }: { readonly crewId: string },
  { tx, self }: Scope,
): Promise<FoundCrew> {
  const crew = await findCrew(tx, { organizerId: self.owner, crewId });
  return crew === undefined
    ? { found: false }
    : { found: true, name: crew.name, members: crew.members };
}

/** What `GET /v1/crews` shows. */
export const crewsOf = (sql: Queryable, organizerId: string): Promise<readonly ListedCrew[]> =>
  listCrews(sql, organizerId, MAX_LISTED);

/** What `GET /v1/crews/{id}` shows; undefined for an unknown and for somebody else's. */
export const crewOf = (
  sql: Queryable,
  of: { readonly organizerId: string; readonly crewId: string },
): Promise<Crew | undefined> => findCrew(sql, of);
