/* Event creation: what its facts say of themselves, and what a chat shows. */
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import { counting } from './counting.ts';
import { type Context, crewIdOf, type EventOf, inviteesOf } from './event-creation.model.ts';
import type { SavedEvent } from './event-creation.saving.ts';
import type { Fact, Subject } from './kit.ts';
import { errorOf, mayRetry } from './organizer.ts';
import { pickerFacts, selectedCount } from './people-list.ts';
import { localOf, whenText } from './when.ts';

/** `choose_crew` says which of how many was chosen, `add_contacts` how many people were. */
function describeStep(fact: Fact<Context>): DescribedMetadata<'flow_step'> {
  if (fact.event.type !== 'organizer.chose_crew') return selectedCount(fact);
  const { crews } = fact.before;
  const { crewId } = fact.event as unknown as EventOf<'organizer.chose_crew'>;
  const choice = crews.findIndex(({ id }) => id === crewId) + 1;
  return { option_count: crews.length, ...(choice === 0 ? {} : { choice }) };
}

function describeEvent({ after, event, at }: Fact<Context>): DescribedMetadata<'event_created'> {
  const { when, place, details, rules } = after;
  const output = event.output as SavedEvent;
  const local = when === null ? null : localOf(when.startsAt, when.timeZone);
  return {
    invitees: output.invitees.length,
    suppressed_opt_out: output.suppressedOptOut,
    has_time: when !== null,
    has_place: place !== null,
    has_details: details !== null,
    lead_min: when === null ? null : Math.round((when.startsAt - at) / 60_000),
    local_weekday: local?.weekday ?? null,
    local_hour: local?.hour ?? null,
    rsvp_deadline_min:
      rules.answerBy === null ? null : Math.max(0, Math.round((rules.answerBy - at) / 60_000)),
    from_syncup: false,
  };
}

/** What each fact says of itself: pure, typed by the catalogue; an error here costs the row, never the flow. */
export const describe = {
  ...pickerFacts('event_people'),
  flow_step: describeStep,
  event_created: describeEvent,
  crew_created: ({ after }: Fact<Context>): DescribedMetadata<'crew_created'> => ({
    members: inviteesOf(after).length,
    source: 'event',
    has_custom_name: true,
  }),
  state_snapshot: counting<Context>((context) => ({ members: inviteesOf(context).length })),
  error: (fact: Fact<Context>) => {
    const failure = { event: fact.event, tries: fact.after.saves };
    return errorOf(failure, fact.event.type.endsWith('.saveEvent') && !mayRetry(fact, failure));
  },
};

/** The id columns: the crew once it is chosen or saved, the event once it exists. */
export const subject = (context: Context): Subject => ({
  crewId: crewIdOf(context),
  eventId: context.saved ? context.eventId : null,
});

/** What a chat shows beside the prompt. */
export const view = (context: Context) => {
  const { eventId, crews, crew, skipped, title, when, place, details, rules, saved } = context;
  return {
    eventId: saved ? eventId : null,
    crews,
    crew: crew === null ? null : { id: crew.id, name: crew.name },
    people: inviteesOf(context),
    skipped,
    title,
    startsAt: when === null ? null : new Date(when.startsAt).toISOString(),
    timeZone: when?.timeZone ?? null,
    when: when === null ? null : whenText(when.startsAt, when.timeZone, context.begunAt),
    place,
    details,
    rules: {
      ...rules,
      answerBy: rules.answerBy === null ? null : new Date(rules.answerBy).toISOString(),
    },
  };
};
