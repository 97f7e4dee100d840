/* The gathering of a sync-up: what it leaves in the log, and shows. */
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import { describeMade, type MadeEvent } from './decided.ts';
import type { Fact, Subject } from './kit.ts';
import { errorOf } from './organizer.ts';
import type { Context } from './syncup-gathering.model.ts';

export const describe = {
  event_created: ({ event, at }: Fact<Context>): DescribedMetadata<'event_created'> =>
    describeMade(event.output as MadeEvent, at),
  error: ({ event, after }: Fact<Context>): DescribedMetadata<'error'> =>
    errorOf({ event, tries: after.tries }, false),
};

export const view = ({ state, rules, closesAt, made }: Context) => ({
  ...{ state, rules, closesAt, eventId: made?.event.eventId ?? null },
});

export const subject = ({ syncupId, crewId, made }: Context): Subject => ({
  ...{ syncupId, crewId, eventId: made?.event.eventId ?? null },
});
