/*
 * What pushes say: how the gathering stands, by its title and in numbers. A screen is seen by others than
 * its owner, so nobody's name or reply is on it.
 */
import type { PushKind } from '../src/behavior/vocabulary.ts';
import { clipLine } from './line.ts';
import type { Context, News } from './notice.model.ts';

/** A notice asks nothing. */
export const copy = {};

const TITLE_MAX = 60;

const standing = ({ yes, no, votes, waiting }: News): string =>
  [
    ...(votes > 0 ? [`${votes} voted`] : [`${yes} in`, `${no} out`]),
    ...(waiting > 0 ? [`${waiting} still to answer`] : []),
  ].join(', ');

/** A vote is over: nobody is waited for any more. */
function result({ votes, waiting, leaders = [] }: News): string {
  const [first] = leaders;
  if (first === undefined || votes === 0) return 'the vote is over, and nobody has voted.';
  const came =
    leaders.length > 1 ? `a tie of ${leaders.length}, so decide` : `most are for ${first}`;
  return `the votes are in: ${came}. ${votes} voted${waiting > 0 ? `, ${waiting} did not` : ''}.`;
}

const SAYS: Readonly<Record<PushKind, (news: News) => string>> = {
  rsvp_update: (news) => `${standing(news)}.`,
  all_replied: (news) => `everybody has answered. ${standing(news)}.`,
  vote_result: result,
  deadline_near: (news) => `the deadline is near. ${standing(news)}.`,
  system: (news) => `${standing(news)}.`,
};

export function pushBody({ kind, title }: Context, news: News): string {
  const what = clipLine(news.title ?? title, TITLE_MAX);
  return `${what === '' ? 'Your get-together' : what}: ${SAYS[kind](news)}`;
}
