/* Crew update: what its facts say of themselves, what was wrong with an input, what a chat shows. */
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import { counting } from './counting.ts';
import {
  type Context,
  changesOf,
  type Event,
  peopleOf,
  type UpdatedCrew,
} from './crew-update.model.ts';
import type { Fact, Subject } from './kit.ts';
import { errorOf, mayRetry } from './organizer.ts';
import { peopleProblems, pickerFacts, selectedCount } from './people-list.ts';

export const problems = {
  ...peopleProblems,
  'organizer.chose_crew': () => [{ path: 'crewId', code: 'not_offered' }],
  'organizer.saved_crew': () => [{ path: '', code: 'nobody_left' }],
};

/** `choose_crew` says which of how many was chosen, `add_contacts` how many people were. */
function describeStep(fact: Fact<Context>): DescribedMetadata<'flow_step'> {
  if (fact.event.type !== 'organizer.chose_crew') return selectedCount(fact);
  const { crews } = fact.before;
  const { crewId } = fact.event as unknown as Extract<Event, { type: 'organizer.chose_crew' }>;
  const choice = crews.findIndex(({ id }) => id === crewId) + 1;
  return { option_count: crews.length, ...(choice === 0 ? {} : { choice }) };
}

function describeUpdate({ event }: Fact<Context>): DescribedMetadata<'crew_updated'> {
  const output = event.output as UpdatedCrew;
  const { before, added, removed } = output.found ? output : { before: 0, added: 0, removed: 0 };
  return {
    change: removed === 0 ? 'members_added' : added === 0 ? 'members_removed' : 'mixed',
    ...{ added, removed, members_before: before, members_after: before + added - removed },
  };
}

/** What each fact says of itself: pure, typed by the catalogue; an error here costs the row, never the flow. */
export const describe = {
  ...pickerFacts('crew_members'),
  flow_step: describeStep,
  crew_updated: describeUpdate,
  state_snapshot: counting<Context>((context) => ({ members: peopleOf(context).length })),
  error: (fact: Fact<Context>) => {
    const failure = { event: fact.event, tries: fact.after.saves };
    return errorOf(failure, fact.event.type.endsWith('.updateCrew') && !mayRetry(fact, failure));
  },
};

/** The id columns: the crew once it has been found to be the organizer's. */
export const subject = ({ crewId, name }: Context): Subject => ({
  crewId: name === '' ? null : crewId,
});

/** What a chat shows beside the prompt. */
export const view = (context: Context) => {
  const { crewId, name, crews, skipped } = context;
  const { added, removed } = changesOf(context);
  return {
    crewId: name === '' ? null : crewId,
    ...{ name, crews, skipped, added, removed },
    members: peopleOf(context),
  };
};
