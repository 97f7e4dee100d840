/*
 * What a gathering and its invitations tell each other. Shared by both kinds of charts; it knows neither,
 * nor whether people meet at an event or vote on one.
 */
import { z } from 'zod';
import { derivedId, hours, type Send, seconds } from './kit.ts';

/** One gathering for each event or sync-up, found without having been told its id. */
export const gatheringIdOf = (targetId: string): string => derivedId(targetId, 'gathering');

/** When telling what failed is tried again: after 2 s, 4 s, 8 s, at last every hour. */
export const retellMs = (tries: number): number =>
  Math.min(hours(1), seconds(2 ** Math.min(tries, 12)));

const news = {
  /** One for all who hear of it; the texts that tell it derive their ids from it. */
  newsId: z.uuid(),
  /** False where a text could not reach the invitee, or is not wanted. */
  tells: z.boolean(),
};

/** What an event looks like to those who are invited. */
export const Told = z.strictObject({
  title: z.string(),
  /** Ready to be read, in the event's own time zone; null where there is no date. */
  whenText: z.string().nullable(),
  place: z.string().nullable(),
  /** Epoch ms after which a reply comes too late; null where that is a while after it was told. */
  closesAt: z.int().nullable(),
});
export type Told = z.output<typeof Told>;

/** What invitations hear of their gathering. */
export const newsEvents = {
  /** The organizer asks once more, or, `automatic`, the time has come to. `reminderId` is one for all who get it. */
  'gathering.reminded': z.strictObject({
    reminderId: z.uuid(),
    automatic: z.literal(true).optional(),
  }),
  /** It takes place as it stands. */
  'gathering.finalized': z.strictObject(news),
  /** Something about it has changed; `moved` is its date. */
  'gathering.changed': z.strictObject({ ...news, ...Told.shape, moved: z.boolean() }),
  /** It does not take place. */
  'gathering.cancelled': z.strictObject(news),
};

/** What a gathering hears of its invitations. How they stand, it looks up. */
export const answerEvents = { 'invitee.answered': z.strictObject({}) };

/** An answer was counted: the gathering may have waited for it. */
export const answeredTo = (targetId: string, owner: string): Send => ({
  to: gatheringIdOf(targetId),
  owner,
  event: { type: 'invitee.answered' },
});
