/* What a notice tells: the reading of how a gathering stands, and who can be told. */
import { leadersOf } from '../../machines/ballot.ts';
import type { News, ReadNews } from '../../machines/notice.model.ts';
import { optionText } from '../../machines/option.ts';
import type { ReadingScope } from '../engine/index.ts';
import { listDevices } from '../store/devices.ts';
import { findEvent } from '../store/events.ts';
import { findSyncup } from '../store/syncups.ts';
import { turnoutOf } from '../store/waited-for.ts';
import { countOf } from './deciding.ts';

const NOTHING = { title: null, yes: 0, no: 0, votes: 0, waiting: 0 };

/** `readNews`: without a device nothing is counted. */
export async function readNews(
  { kind, target, targetId }: ReadNews,
  scope: ReadingScope,
): Promise<News> {
  const { sql, ask, self } = scope;
  const organizerId = self.owner;
  const devices = await ask(listDevices, organizerId);
  if (devices.length === 0) return { devices, ...NOTHING };
  const standing = await turnoutOf(sql, { organizerId, target, targetId });
  const event =
    target === 'event' ? await findEvent(sql, { organizerId, eventId: targetId }) : undefined;
  const told = { devices, title: event?.title ?? null, ...standing };
  return kind === 'vote_result' ? { ...told, leaders: await leaders(scope, targetId) } : told;
}

/** The options with the most votes, as they are read. */
async function leaders(scope: ReadingScope, syncupId: string): Promise<readonly string[]> {
  const { sql, at, self } = scope;
  const syncup = await findSyncup(sql, { organizerId: self.owner, syncupId });
  if (syncup === undefined) return [];
  const { votes } = await countOf(sql, syncup);
  const texts = syncup.options.map((option) => optionText(option, at));
  return leadersOf(votes).flatMap((number) => texts[number - 1] ?? []);
}
