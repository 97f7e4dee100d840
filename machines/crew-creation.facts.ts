/* Crew creation: what its facts say of themselves, what was wrong with an input, what a chat shows. */
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import { counting } from './counting.ts';
import type { Context, Event } from './crew-creation.model.ts';
import { MAX_CREW_NAME } from './crew-creation.model.ts';
import type { Fact, Problem, Subject } from './kit.ts';
import { cleanLine, fieldProblem } from './line.ts';
import { errorOf, mayRetry } from './organizer.ts';
import { peopleProblems, pickerFacts, selectedCount } from './people-list.ts';

type Named = Extract<Event, { type: 'organizer.named_crew' }>;

export const nameProblem = ({ name }: { readonly name: string }) =>
  fieldProblem('name', cleanLine(name), MAX_CREW_NAME);

export const problems = {
  ...peopleProblems,
  'organizer.named_crew': (event: Named): readonly Problem[] => {
    const problem = nameProblem(event);
    return problem === null ? [] : [problem];
  },
};

/** How the people came: all from a picker, all typed in, or both. */
function sourceOf({ people }: Context): 'contacts' | 'manual' | 'mixed' {
  const first = people[0]?.source ?? 'manual';
  return people.every(({ source }) => source === first) ? first : 'mixed';
}

/** What each fact says of itself: pure, typed by the catalogue; an error here costs the row, never the flow. */
export const describe = {
  ...pickerFacts('new_crew'),
  flow_step: (fact: Fact<Context>) => selectedCount(fact),
  crew_created: ({ after }: Fact<Context>): DescribedMetadata<'crew_created'> => ({
    members: after.people.length,
    source: sourceOf(after),
    has_custom_name: true,
  }),
  state_snapshot: counting<Context>(({ people }) => ({ members: people.length })),
  error: (fact: Fact<Context>) => {
    const failure = { event: fact.event, tries: fact.after.saves };
    return errorOf(failure, !mayRetry(fact, failure));
  },
};

/** The id columns: the crew once it exists. */
export const subject = ({ crewId, saved }: Context): Subject => ({ crewId: saved ? crewId : null });

/** What a chat shows beside the prompt. */
export const view = ({ crewId, name, people, skipped, saved }: Context) => ({
  crewId: saved ? crewId : null,
  name,
  members: people.map((person) => ({ name: person.name, phone: person.phone })),
  skipped,
});
