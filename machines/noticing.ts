/*
 * How charts tell that something has happened which an organizer wants to know: as an event for the
 * gathering's notice of that kind, which begins with the first. They know neither devices nor hours.
 */
import type { PushKind } from '../src/behavior/vocabulary.ts';
import { days, derivedId, hours, type Send } from './kit.ts';
import type { NoticeInput } from './notice.model.ts';

/** The event or sync-up that the news is of, and when (epoch ms) it came. */
export type Noticed = Omit<NoticeInput, 'kind'> & { readonly owner: string; readonly at: number };

/** A notice hears what happens within so long; what comes later is told by the next of its kind. */
const STRETCH_MS = days(30);

/** After so long without news nothing can come to a notice any more, also what was long on its way. */
export const NO_NEWS_MS = STRETCH_MS + days(2);

const noticed = (
  { owner, at, target, targetId, crewId, title }: Noticed,
  of: { readonly kind: PushKind; readonly type: string },
): Send => {
  const input: NoticeInput = { kind: of.kind, target, targetId, crewId, title };
  return {
    to: derivedId(targetId, `notice:${of.kind}:${Math.floor(at / STRETCH_MS)}`),
    owner,
    event: { type: of.type },
    orStart: { machine: 'notice', input },
  };
};

/** An invitee's answer counts now, or is another than before. That all have answered follows from it. */
export const answerNotice = (of: Noticed): Send =>
  noticed(of, { kind: 'rsvp_update', type: 'invitee.answered' });

/** So long before a deadline its organizer hears that it is near: time enough for a reminder. */
export const NEAR_MS = hours(2);

/** Every other kind: `vote_result`, `deadline_near`, `all_replied`. */
export const noticeOf = (of: Noticed, kind: Exclude<PushKind, 'rsvp_update'>): Send =>
  noticed(of, { kind, type: 'gathering.had_news' });
