/* Finalize: what its facts say of themselves, what was wrong with an input, what a chat shows. */
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import { chosenTarget, whenOf } from './event-target.ts';
import type { Context, Finalized } from './finalize.model.ts';
import type { Fact, Subject } from './kit.ts';
import { errorOf, mayRetry } from './organizer.ts';

export const problems = {
  'organizer.chose_event': () => [{ path: 'eventId', code: 'not_offered' }],
};

function describeFinal(fact: Fact<Context>): DescribedMetadata<'finalize_triggered'> {
  const { after, at } = fact;
  const output = fact.event.output as Extract<Finalized, { done: true }>;
  return {
    target: 'event',
    ...output.tally,
    notify: after.notify,
    age_min: Math.max(0, Math.floor((at - (after.event?.createdAt ?? at)) / 60_000)),
  };
}

/** What each fact says of itself: pure, typed by the catalogue; an error here costs the row, never the flow. */
export const describe = {
  flow_step: (fact: Fact<Context>): DescribedMetadata<'flow_step'> =>
    fact.event.type === 'organizer.chose_event' ? chosenTarget(fact) : {},
  finalize_triggered: describeFinal,
  error: (fact: Fact<Context>) => {
    const failure = { event: fact.event, tries: fact.after.tries };
    return errorOf(failure, fact.event.type.endsWith('.finalizeEvent') && !mayRetry(fact, failure));
  },
};

/** The id columns: the event and its crew, once it has been found to be the organizer's. */
export const subject = ({ event }: Context): Subject => ({
  eventId: event?.id ?? null,
  crewId: event?.crewId ?? null,
});

/** What a chat shows beside the prompt. */
export const view = ({ event, offered, tally, begunAt, finalized, notify }: Context) => ({
  eventId: event?.id ?? null,
  title: event?.title ?? null,
  when: event === null ? null : whenOf(event, begunAt),
  events: offered.map((one) => ({ id: one.id, title: one.title, when: whenOf(one, begunAt) })),
  ...{ tally, notify, finalized },
});
