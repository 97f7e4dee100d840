/* A gathering: what it leaves in the log, and shows. */
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import type { Context } from './gathering.model.ts';
import type { Fact, Subject } from './kit.ts';
import { errorOf } from './organizer.ts';

/** Only what went wrong is its own to log: the rest is told by whoever did it, and by the texts. */
export const describe = {
  error: ({ event, after }: Fact<Context>): DescribedMetadata<'error'> =>
    errorOf({ event, tries: after.tries }, false),
};

export const view = ({ state, startsAt, rules, overdue }: Context) => ({
  ...{ state, startsAt, rules, overdue },
});

export const subject = ({ eventId, crewId }: Context): Subject => ({
  ...{ eventId, crewId, syncupId: null },
});
