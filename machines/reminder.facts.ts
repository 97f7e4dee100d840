/* Reminder: what its facts say of themselves, what was wrong with an input, what a chat shows. */
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import { counting, countReplies } from './counting.ts';
import type { Fact, Subject } from './kit.ts';
import { errorOf, mayRetry } from './organizer.ts';
import {
  type Context,
  type Event,
  type Reminded,
  readyFor,
  type Whom,
  whomProblems,
} from './reminder.model.ts';
import { chosenOf, shownTarget, subjectOf } from './target.ts';

type Chose = Extract<Event, { type: 'organizer.chose_audience' }>;

export const problems = {
  'organizer.chose_event': () => [{ path: 'eventId', code: 'not_offered' }],
  'organizer.chose_syncup': () => [{ path: 'syncupId', code: 'not_offered' }],
  'organizer.chose_audience': (event: Chose, { invited }: Context) => whomProblems(invited, event),
  'organizer.skipped': () => [{ path: '', code: 'nobody_to_remind' }],
};

/** `choose_target` says which of how many; `choose_audience` how many people were selected by hand. */
function describeStep(fact: Fact<Context>): DescribedMetadata<'flow_step'> {
  const { type } = fact.event;
  if (type === 'organizer.chose_event' || type === 'organizer.chose_syncup') return chosenOf(fact);
  const { audience, phones } = fact.event as Partial<Whom>;
  return audience === 'selected' ? { selected_count: phones?.length ?? 0 } : {};
}

function describeReminder({ after, event, at }: Fact<Context>): DescribedMetadata<'reminder_sent'> {
  const { index } = event.output as Reminded;
  return {
    target: after.about?.target ?? 'event',
    audience: after.audience ?? 'non_responders',
    recipients: after.recipients,
    suppressed_opt_out: after.suppressedOptOut,
    suppressed_recent: after.suppressedRecent,
    reminder_index: index,
    age_min: Math.max(0, Math.floor((at - (after.about?.createdAt ?? at)) / 60_000)),
  };
}

/** A failure before anything was asked is asked about, since a run drops off from a step. */
export const mayAskAgain = (
  { context: { asked } }: { readonly context: Pick<Context, 'asked'> },
  failure: Parameters<typeof mayRetry>[1],
): boolean => !asked || mayRetry(undefined, failure);

/** What each fact says of itself: pure, typed by the catalogue; an error here costs the row, never the flow. */
export const describe = {
  flow_step: describeStep,
  reminder_sent: describeReminder,
  state_snapshot: counting<Context>(({ invited }) => ({
    ...countReplies(invited.map(({ reply }) => reply)),
    members: invited.length,
  })),
  error: ({ before, after, event }: Fact<Context>) => {
    const failure = { event, tries: after.tries };
    const isLast = event.type.endsWith('.remind') && !mayAskAgain({ context: before }, failure);
    return errorOf(failure, isLast);
  },
};

export const subject = ({ about }: Context): Subject => subjectOf(about);

/** What a chat shows beside the prompt. */
export const view = (context: Context) => {
  const { about, offered, invited, audience, begunAt } = context;
  const { recipients, suppressedRecent, suppressedOptOut } = context;
  const ready = (of: 'non_responders' | 'unknown_replies' | 'all') =>
    readyFor(invited, { audience: of });
  return {
    ...shownTarget(about, { offered, at: begunAt }),
    /** How many would get a reminder now. */
    audiences: {
      ...{ non_responders: ready('non_responders'), unknown_replies: ready('unknown_replies') },
      all: ready('all'),
    },
    ...{ invited, audience, recipients, suppressedRecent, suppressedOptOut },
  };
};
