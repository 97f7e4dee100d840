/*
 * An event that exists, as the flows that are about one see it: which may be chosen, what was found, and the
 * words by which people know it. Knows no flow and no database.
 */
import { z } from 'zod';
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import type { Fact } from './kit.ts';
import { whenText } from './when.ts';

/** The event by which the organizer says which one is meant. */
export const targetEvents = { 'organizer.chose_event': z.strictObject({ eventId: z.uuid() }) };

/** An event that may be chosen. Instants are epoch ms. */
export const OfferedEvent = z.strictObject({
  id: z.uuid(),
  title: z.string(),
  startsAt: z.int().nullable(),
  timeZone: z.string().nullable(),
});
export type OfferedEvent = z.output<typeof OfferedEvent>;
export type OfferedEvents = { readonly events: readonly OfferedEvent[] };

/** An event that was found: the organizer's own, and still to come. */
export const TargetEvent = OfferedEvent.extend({
  crewId: z.uuid().nullable(),
  place: z.string().nullable(),
  createdAt: z.int(),
  /** Epoch ms by which answers are wanted; absent in flows of old, and of a sync-up. */
  answerBy: z.int().nullish(),
});
export type TargetEvent = z.output<typeof TargetEvent>;

/** When an event is, as people read it; null where it has no date. */
export const whenOf = (
  { startsAt, timeZone }: Pick<OfferedEvent, 'startsAt' | 'timeZone'>,
  at: number,
): string | null => (startsAt === null ? null : whenText(startsAt, timeZone ?? 'UTC', at));

/** "Dinner, Fri Jun 5, 7 PM": which event is meant. */
export const nameOfEvent = (event: OfferedEvent, at: number): string =>
  [event.title, ...[whenOf(event, at)].filter((when) => when !== null)].join(', ');

/** `flow_step` of choose_target: which of how many. */
export function chosenTarget({
  before,
  event,
}: Fact<{ readonly offered: readonly OfferedEvent[] }>): DescribedMetadata<'flow_step'> {
  const choice = before.offered.findIndex(({ id }) => id === event.eventId) + 1;
  return { option_count: before.offered.length, ...(choice === 0 ? {} : { choice }) };
}
