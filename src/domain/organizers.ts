/* Organizers: the profile that their texts are written with. */
import { ensureOrganizer, findProfile, type Profile, saveProfile } from '../store/organizers.ts';
import type { Queryable } from '../store/orm.ts';

export type { Profile } from '../store/organizers.ts';

export type OrganizerDeps = {
  readonly sql: Queryable;
  readonly now: () => number;
  /** For an organizer who has not said: by configuration. */
  readonly defaultProfile: Profile;
};

/** The organizer's profile, or the default one for somebody who has not been here. */
export const profileOf = async (deps: OrganizerDeps, organizerId: string): Promise<Profile> =>
  (await findProfile(deps.sql, organizerId)) ?? deps.defaultProfile;

/** Makes the organizer's row at the first session. */
export const welcome = (deps: OrganizerDeps, organizerId: string): Promise<void> =>
  ensureOrganizer(deps.sql, { organizerId, profile: deps.defaultProfile, at: deps.now() });

/** Sets the profile (`PUT /v1/me`); the caller has checked and cleaned it. */
export const setProfile = (
  deps: OrganizerDeps,
  organizerId: string,
  profile: Profile,
): Promise<void> => saveProfile(deps.sql, { organizerId, profile, at: deps.now() });
