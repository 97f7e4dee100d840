/* Finalize: what comes in, what is remembered, and what goes out in the end. */
import { z } from 'zod';
import { OfferedEvent, TargetEvent, targetEvents } from './event-target.ts';
import { gatheringIdOf } from './gathering-news.ts';
import { type Begun, defineEvents, type Send } from './kit.ts';
import { endingEvents, Organizer } from './organizer.ts';

export const events = defineEvents({
  ...targetEvents,
  /** People are told, unless the client says not to. */
  'organizer.confirmed': z.strictObject({ notify: z.boolean().optional() }),
  'organizer.went_back': z.strictObject({}),
  'organizer.tried_again': z.strictObject({}),
  ...endingEvents,
});
export type Event = typeof events.type;

/** What is not said is asked: which event. */
export const input = z.strictObject({ organizer: Organizer, eventId: z.uuid().optional() });

/** How everybody who is invited has answered. */
export const Tally = z.strictObject({
  invited: z.int(),
  yes: z.int(),
  no: z.int(),
  unknown: z.int(),
  pending: z.int(),
});
export type Tally = z.output<typeof Tally>;

export const context = z.strictObject({
  id: z.uuid(),
  owner: z.uuid(),
  begunAt: z.int(),
  /** The event that is wanted; it is `event` once it has been found. */
  eventId: z.uuid().nullable(),
  event: TargetEvent.nullable(),
  /** The events as last looked up, while one may be chosen. */
  offered: z.array(OfferedEvent),
  /** As last looked up. */
  tally: Tally.nullable(),
  notify: z.boolean(),
  /** How often finalizing was tried. */
  tries: z.int(),
  finalized: z.boolean(),
});
export type Context = z.output<typeof context>;

export type Input = Begun & z.output<typeof input> & { readonly resume?: Partial<Context> };

/** A resumed run is about the same event; answers may have come since. */
export const begin = ({ id, owner, at, eventId, resume }: Input): Context => ({
  ...{ id, owner, begunAt: at },
  eventId: eventId ?? resume?.eventId ?? null,
  ...{ event: null, offered: [], tally: null, notify: true, tries: 0, finalized: false },
});

/** An event that may be made final, or has been. */
export type FoundFinalizing =
  | {
      readonly found: true;
      readonly event: TargetEvent;
      readonly tally: Tally;
      readonly finalized: boolean;
    }
  | { readonly found: false };

export const found = (output: FoundFinalizing): Partial<Context> =>
  output.found ? { event: output.event, tally: output.tally, offered: [] } : {};

/** What `finalizeEvent` has kept; not `done` where somebody or something else was faster. */
export type Finalized = { readonly done: true; readonly tally: Tally } | { readonly done: false };

/** Its gathering tells everybody, out of the organizer's way. */
export const finalizedOf = ({ id, owner, eventId, notify }: Context): Send => ({
  to: gatheringIdOf(eventId ?? ''),
  owner,
  event: { type: 'event.finalized', newsId: id, notify },
});

/** Who is told: everybody who may still come. */
export const toldBy = ({ yes, unknown, pending }: Tally): number => yes + unknown + pending;
