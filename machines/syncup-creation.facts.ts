/* Sync-up creation: what its facts say of themselves, and what a chat shows. */
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import { counting } from './counting.ts';
import type { Fact, Subject } from './kit.ts';
import { optionText } from './option.ts';
import { errorOf, mayRetry } from './organizer.ts';
import { pickerFacts, selectedCount } from './people-list.ts';
import { type Context, type EventOf, inviteesOf } from './syncup-creation.model.ts';
import type { SavedSyncup } from './syncup-creation.saving.ts';

/** `choose_crew` says which of how many was chosen, `invitees` how many people were, `options` how many there are now. */
function describeStep(fact: Fact<Context>): DescribedMetadata<'flow_step'> {
  const { event, before, after } = fact;
  if (event.type === 'organizer.added_option') return { option_count: after.options.length };
  if (event.type !== 'organizer.chose_crew') return selectedCount(fact);
  const { crewId } = event as unknown as EventOf<'organizer.chose_crew'>;
  const choice = before.crews.findIndex(({ id }) => id === crewId) + 1;
  return { option_count: before.crews.length, ...(choice === 0 ? {} : { choice }) };
}

function describeSyncup({ after, event, at }: Fact<Context>): DescribedMetadata<'syncup_created'> {
  const { options, voting, deadline } = after;
  const output = event.output as SavedSyncup;
  return {
    invitees: output.invitees.length,
    suppressed_opt_out: output.suppressedOptOut,
    options: options.length,
    voting,
    deadline_min: deadline === null ? null : Math.max(0, Math.round((deadline.at - at) / 60_000)),
  };
}

/** What each fact says of itself: pure, typed by the catalogue; an error here costs the row, never the flow. */
export const describe = {
  ...pickerFacts('event_people'),
  flow_step: describeStep,
  syncup_created: describeSyncup,
  state_snapshot: counting<Context>((context) => ({
    ...{ members: inviteesOf(context).length, options: context.options.length },
  })),
  error: (fact: Fact<Context>) => {
    const failure = { event: fact.event, tries: fact.after.saves };
    return errorOf(failure, fact.event.type.endsWith('.saveSyncup') && !mayRetry(fact, failure));
  },
};

/** The id columns: the crew once it is chosen, the sync-up once it exists. */
export const subject = ({ crew, syncupId, saved }: Context): Subject => ({
  crewId: crew?.id ?? null,
  eventId: null,
  syncupId: saved ? syncupId : null,
});

const isoOf = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString();

/** What a chat shows beside the prompt. */
export const view = (context: Context) => {
  const { syncupId, crews, crew, skipped, title, options, voting, deadline, saved } = context;
  const rules = context.voteRules;
  return {
    syncupId: saved ? syncupId : null,
    crews,
    crew: crew === null ? null : { id: crew.id, name: crew.name },
    people: inviteesOf(context),
    skipped,
    title,
    options: options.map((option) => ({
      ...option,
      startsAt: isoOf(option.startsAt),
      text: optionText(option, context.begunAt),
    })),
    voting,
    rules,
    deadlineAt: isoOf(deadline?.at ?? null),
    deadlineTimeZone: deadline?.timeZone ?? null,
  };
};
