/* Finalize: what its facts say of themselves, what was wrong with an input, what a chat shows. */
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import { isTie, leadersOf } from './ballot.ts';
import { counting } from './counting.ts';
import { describeMade, type MadeEvent } from './decided.ts';
import {
  againProblems,
  type Context,
  type EventOf,
  type Finalized,
  type FinalizedSyncup,
  finalEventOf,
  optionProblems,
} from './finalize.model.ts';
import type { Fact, Subject } from './kit.ts';
import { errorOf, mayRetry } from './organizer.ts';
import { chosenOf, shownTarget, subjectOf } from './target.ts';

type ChoseOption = EventOf<'organizer.chose_option'>;

export const problems = {
  'organizer.chose_event': () => [{ path: 'eventId', code: 'not_offered' }],
  'organizer.chose_syncup': () => [{ path: 'syncupId', code: 'not_offered' }],
  'organizer.chose_option': (event: ChoseOption, context: Context) =>
    optionProblems(context, event),
  'organizer.tried_again': (event: EventOf<'organizer.tried_again'>, context: Context) =>
    againProblems(context, event),
};

/** `choose_target` and `choose_option` say which of how many. */
function describeStep(fact: Fact<Context>): DescribedMetadata<'flow_step'> {
  const { event, before } = fact;
  if (event.type === 'organizer.chose_event' || event.type === 'organizer.chose_syncup')
    return chosenOf(fact);
  if (event.type !== 'organizer.chose_option') return {};
  const { option } = event as unknown as ChoseOption;
  const count = before.ballot.length;
  return { option_count: count, ...(option > count ? {} : { choice: option }) };
}

type Done<T> = Extract<T, { done: true }>;

function describeFinal(fact: Fact<Context>): DescribedMetadata<'finalize_triggered'> {
  const { after, at, event } = fact;
  const { tally } = event.output as Done<Finalized>;
  const common = {
    ...tally,
    notify: after.notify,
    age_min: Math.max(0, Math.floor((at - (after.about?.createdAt ?? at)) / 60_000)),
  };
  if (after.about?.target !== 'syncup') return { target: 'event', ...common };
  const { votes, tie } = event.output as Done<FinalizedSyncup>;
  return { target: 'syncup', ...common, votes: [...votes], choice: after.option ?? 1, tie };
}

const isSaving = (type: string): boolean =>
  type.endsWith('.finalizeEvent') || type.endsWith('.finalizeSyncup');

/** What each fact says of itself: pure, typed by the catalogue; an error here costs the row, never the flow. */
export const describe = {
  flow_step: describeStep,
  finalize_triggered: describeFinal,
  event_created: ({ event, at }: Fact<Context>): DescribedMetadata<'event_created'> =>
    describeMade(event.output as MadeEvent, at),
  state_snapshot: counting<Context>(({ tally, ballot }) => {
    if (tally === null) return {};
    const { yes, no, unknown, pending } = tally;
    const answers = { yes, no, unknown, pending };
    if (ballot.length === 0) return answers;
    const total = ballot.reduce((sum, { votes }) => sum + votes, 0);
    return { ...answers, options: ballot.length, votes_total: total };
  }),
  error: (fact: Fact<Context>) => {
    const failure = { event: fact.event, tries: fact.after.tries };
    return errorOf(failure, isSaving(fact.event.type) && !mayRetry(fact, failure));
  },
};

/** The id columns: what it is about, once that has been found to be the organizer's, and the event that it is now. */
export const subject = (context: Context): Subject => ({
  ...subjectOf(context.about),
  eventId: finalEventOf(context),
});

/** What a chat shows beside the prompt. */
export const view = (context: Context) => {
  const { about, offered, tally, ballot, option, begunAt, finalized, notify } = context;
  const votes = ballot.map((choice) => choice.votes);
  return {
    ...shownTarget(about, { offered, at: begunAt }),
    eventId: finalEventOf(context),
    options: ballot.map(({ text, votes: count }) => ({ text, votes: count })),
    ...{ leaders: leadersOf(votes), tie: isTie(votes), option },
    ...{ tally, notify, finalized },
  };
};
