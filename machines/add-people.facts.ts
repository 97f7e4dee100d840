/* Adding people: what its facts say of themselves, what was wrong with an input, what a chat shows. */
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import type { Context } from './add-people.model.ts';
import { counting } from './counting.ts';
import type { Fact, Subject } from './kit.ts';
import { errorOf, mayRetry } from './organizer.ts';
import { peopleProblems, pickerFacts, selectedCount } from './people-list.ts';
import { chosenOf, shownTarget, subjectOf } from './target.ts';

export const problems = {
  ...peopleProblems,
  'organizer.chose_event': () => [{ path: 'eventId', code: 'not_offered' }],
  'organizer.chose_syncup': () => [{ path: 'syncupId', code: 'not_offered' }],
};

/** What each fact says of itself: pure, typed by the catalogue; an error here costs the row, never the flow. */
export const describe = {
  ...pickerFacts('event_people'),
  flow_step: (fact: Fact<Context>): DescribedMetadata<'flow_step'> =>
    /^organizer\.chose_(event|syncup)$/.test(fact.event.type)
      ? chosenOf(fact)
      : selectedCount(fact),
  flow_completed: ({ after }: Fact<Context>): DescribedMetadata<'flow_completed'> => ({
    added: after.added,
  }),
  state_snapshot: counting<Context>(({ people }) => ({ members: people.length })),
  error: (fact: Fact<Context>) => {
    const failure = { event: fact.event, tries: fact.after.saves };
    return errorOf(failure, fact.event.type.endsWith('.inviteMore') && !mayRetry(fact, failure));
  },
};

export const subject = ({ about }: Context): Subject => subjectOf(about);

/** What a chat shows beside the prompt. */
export const view = (context: Context) => {
  const { about, offered, already, people, skipped, added, optedOut, begunAt } = context;
  return {
    ...shownTarget(about, { offered, at: begunAt }),
    invited: already.length,
    people: people.map(({ name, phone }) => ({ name, phone })),
    ...{ skipped, added, optedOut },
  };
};
