/* A session: what its facts say of themselves, and what a client is shown. */
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import type { Fact, Subject } from './kit.ts';
import { errorOf } from './organizer.ts';
import type { Context, Event } from './session.model.ts';

type Acted = Extract<Event, { type: 'organizer.acted' }>;

export const describe = {
  session_start: ({ after }: Fact<Context>): DescribedMetadata<'session_start'> => ({
    previous_session_id: after.previousSessionId,
    ...(after.entry === undefined ? {} : { entry: after.entry }),
    ...(after.pushId === undefined ? {} : { push_id: after.pushId }),
    ...(after.tzOffsetMin === undefined ? {} : { tz_offset_min: after.tzOffsetMin }),
  }),
  session_end: ({ after }: Fact<Context>): DescribedMetadata<'session_end'> => ({
    reason: after.reason ?? 'explicit',
    duration_ms: Math.max(0, after.seenAt - after.begunAt),
    last_activity_at: new Date(after.seenAt).toISOString(),
    actions: after.actions + after.flowActions,
  }),
  user_action: (fact: Fact<Context>): DescribedMetadata<'user_action'> => {
    const { action, target, value, count, changedFields } = fact.event as unknown as Acted;
    return {
      action,
      target,
      ...(value === undefined ? {} : { value }),
      ...(count === undefined ? {} : { count }),
      ...(changedFields === undefined ? {} : { changed_fields: changedFields }),
    };
  },
  error: (fact: Fact<Context>): DescribedMetadata<'error'> =>
    errorOf({ event: fact.event, tries: fact.after.tries }, false),
};

/** What the last action was about; only a `user_action` has room for it. */
export const subject = ({ about }: Context): Subject => about;

export const view = ({ platform, previousSessionId, reason, renewedAs }: Context) => ({
  ...{ platform, previousSessionId, reason, renewedAs },
});

/** A session asks nothing. */
export const copy = {};
