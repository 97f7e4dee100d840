/* What a notice tells: the transaction actor that reads how a gathering stands, and who can be told. */
import type { News, ReadNews } from '../../machines/notice.model.ts';
import type { TransactionScope } from '../engine/index.ts';
import { listDevices } from '../store/devices.ts';
import { findEvent } from '../store/events.ts';
import { turnoutOf } from '../store/waited-for.ts';

const NOTHING = { title: null, yes: 0, no: 0, votes: 0, waiting: 0 };

/** `readNews`: without a device nothing is counted. */
export async function readNews(
  { target, targetId }: ReadNews,
  { tx, self: { owner: organizerId } }: Pick<TransactionScope, 'tx' | 'self'>,
): Promise<News> {
  const devices = await listDevices(tx, organizerId);
  if (devices.length === 0) return { devices, ...NOTHING };
  const standing = await turnoutOf(tx, { organizerId, target, targetId });
  const event =
    target === 'event' ? await findEvent(tx, { organizerId, eventId: targetId }) : undefined;
  return { devices, title: event?.title ?? null, ...standing };
}
