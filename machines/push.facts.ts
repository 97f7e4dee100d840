/* A push: what its facts say of themselves, and what a client is shown. */
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import { errorFact } from '../src/behavior/registries.ts';
import type { Fact, Subject } from './kit.ts';
import { errorOf } from './organizer.ts';
import type { Context, Event, PushOutcome } from './push.model.ts';

type Of = Fact<Context>;
type Received = Extract<Event, { type: 'app.received_push' }>;
type Opened = Extract<Event, { type: 'app.opened_push' }>;

export const describe = {
  push_received: (fact: Of): DescribedMetadata<'push_received'> => {
    const { receipt, appState, deviceAt } = fact.event as unknown as Received;
    return {
      ...{ push_id: fact.id, kind: fact.after.kind, receipt },
      ...(appState === undefined ? {} : { app_state: appState }),
      ...(deviceAt === undefined ? {} : { device_at: new Date(deviceAt).toISOString() }),
    };
  },
  push_opened: (fact: Of): DescribedMetadata<'push_opened'> => {
    const { action, coldStart } = fact.event as unknown as Opened;
    const { kind, sentAt, queuedAt } = fact.after;
    return {
      ...{ push_id: fact.id, kind, action },
      ms_since_sent: Math.max(0, fact.at - (sentAt ?? queuedAt)),
      ...(coldStart === undefined ? {} : { cold_start: coldStart }),
    };
  },
  error: ({ event, after: { tries } }: Of): DescribedMetadata<'error'> => {
    const outcome = event.output as PushOutcome | undefined;
    if (outcome === undefined) return errorOf({ event, tries }, false);
    const code = outcome === 'busy' ? 'push.transient' : 'push.rejected';
    return { ...errorFact(code, true), attempt: tries };
  },
};

export const view = ({ kind, received, opened }: Context) => ({ kind, received, opened });

export const subject = ({ subject: about }: Context): Subject => about;

/** A push asks nothing. */
export const copy = {};
