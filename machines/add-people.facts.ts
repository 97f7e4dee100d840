/* Adding people: what its facts say of themselves, what was wrong with an input, what a chat shows. */
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import type { Context } from './add-people.model.ts';
import { chosenTarget, whenOf } from './event-target.ts';
import type { Fact, Subject } from './kit.ts';
import { errorOf, mayRetry } from './organizer.ts';
import { peopleProblems, pickerFacts, selectedCount } from './people-list.ts';

export const problems = {
  ...peopleProblems,
  'organizer.chose_event': () => [{ path: 'eventId', code: 'not_offered' }],
};

/** What each fact says of itself: pure, typed by the catalogue; an error here costs the row, never the flow. */
export const describe = {
  ...pickerFacts('event_people'),
  flow_step: (fact: Fact<Context>): DescribedMetadata<'flow_step'> =>
    fact.event.type === 'organizer.chose_event' ? chosenTarget(fact) : selectedCount(fact),
  flow_completed: ({ after }: Fact<Context>): DescribedMetadata<'flow_completed'> => ({
    added: after.added,
  }),
  error: (fact: Fact<Context>) => {
    const failure = { event: fact.event, tries: fact.after.saves };
    return errorOf(failure, fact.event.type.endsWith('.inviteMore') && !mayRetry(fact, failure));
  },
};

/** The id columns: the event and its crew, once it has been found to be the organizer's. */
export const subject = ({ event }: Context): Subject => ({
  eventId: event?.id ?? null,
  crewId: event?.crewId ?? null,
});

/** What a chat shows beside the prompt. */
export const view = (context: Context) => {
  const { event, offered, already, people, skipped, added, optedOut, begunAt } = context;
  return {
    eventId: event?.id ?? null,
    title: event?.title ?? null,
    when: event === null ? null : whenOf(event, begunAt),
    events: offered.map((one) => ({ id: one.id, title: one.title, when: whenOf(one, begunAt) })),
    invited: already.length,
    people: people.map(({ name, phone }) => ({ name, phone })),
    ...{ skipped, added, optedOut },
  };
};
