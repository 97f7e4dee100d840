/*
 * How charts tell that something has happened which an organizer wants to know: as an event for the
 * gathering's notice of that kind, which begins with the first. They know neither devices nor hours.
 */
import type { PushKind } from '../src/behavior/vocabulary.ts';
import { derivedId, hours, type Send } from './kit.ts';
import type { NoticeInput } from './notice.model.ts';

/** The gathering that the news is of. */
export type Gathering = Omit<NoticeInput, 'kind'> & { readonly owner: string };

const noticed = (
  { owner, target, gatheringId, crewId, title }: Gathering,
  of: { readonly kind: PushKind; readonly type: string },
): Send => {
  const input: NoticeInput = { kind: of.kind, target, gatheringId, crewId, title };
  return {
    to: derivedId(gatheringId, `notice:${of.kind}`),
    owner,
    event: { type: of.type },
    orStart: { machine: 'notice', input },
  };
};

/** An invitee's answer counts now, or is another than before. That all have answered follows from it. */
export const answerOf = (gathering: Gathering): Send =>
  noticed(gathering, { kind: 'rsvp_update', type: 'invitee.answered' });

/** So long before a deadline its organizer hears that it is near: time enough for a reminder. */
export const NEAR_MS = hours(2);

/** Every other kind: `vote_result`, `deadline_near`, `all_replied`. */
export const newsOf = (gathering: Gathering, kind: Exclude<PushKind, 'rsvp_update'>): Send =>
  noticed(gathering, { kind, type: 'gathering.had_news' });
