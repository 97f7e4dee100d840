/*
 * What an organizer's flow can be about, an event or a sync-up: which may be chosen, what was found, and
 * the words by which people know it. Knows no flow and no database.
 */
import { z } from 'zod';
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import { TARGETS, VOTING_MODES } from '../src/behavior/vocabulary.ts';
import { OfferedEvent, TargetEvent, targetEvents, whenOf } from './event-target.ts';
import type { Fact, Problem, Prompt, Subject } from './kit.ts';

/** The events by which the organizer says which one is meant. */
export const eitherTargetEvents = {
  ...targetEvents,
  'organizer.chose_syncup': z.strictObject({ syncupId: z.uuid() }),
};

/** Which one is wanted, whether it is there or not. */
export const Wanted = z.strictObject({ target: z.enum(TARGETS), id: z.uuid() });
export type Wanted = z.output<typeof Wanted>;

/** One that may be chosen. A sync-up has no date of its own, and is called by its options where it has no title. */
export const OfferedTarget = OfferedEvent.extend({ target: z.enum(TARGETS) });
export type OfferedTarget = z.output<typeof OfferedTarget>;
export type OfferedTargets = { readonly offered: readonly OfferedTarget[] };

/** What an invitation to vote says of its sync-up. */
const Poll = z.strictObject({
  title: z.string().nullable(),
  options: z.array(
    z.strictObject({ label: z.string().nullable(), whenText: z.string().nullable() }),
  ),
  voting: z.enum(VOTING_MODES),
  /** Epoch ms. */
  closesAt: z.int().nullable(),
});

/** One that was found: the organizer's own, and still to come. Only a sync-up has a poll. */
export const Target = TargetEvent.extend({ target: z.enum(TARGETS), poll: Poll.optional() });
export type Target = z.output<typeof Target>;

/** What the client named when it began the flow. */
export function wantedOf(input: {
  readonly eventId?: string | undefined;
  readonly syncupId?: string | undefined;
}): Wanted | null {
  if (input.eventId !== undefined) return { target: 'event', id: input.eventId };
  return input.syncupId === undefined ? null : { target: 'syncup', id: input.syncupId };
}

/** What became of one that was named and is not open: nobody's, somebody else's, called off, final or over. */
export const notOpen = ({ wanted }: { readonly wanted: Wanted | null }) => ({
  ...{ missing: wanted, wanted: null, about: null },
});

/** Nothing is left to ask about. */
export const nothingOpen = (missing: Wanted | null, what: string): string =>
  missing === null
    ? `There is nothing ${what}.`
    : `That one is final, over or not there, and there is nothing else ${what}.`;

/** Asks which one is meant, and says why where one was named. */
export function whichPrompt(
  of: { readonly offered: readonly OfferedTarget[]; readonly missing: Wanted | null },
  asked: string,
): Prompt {
  const { offered, missing } = of;
  const text = `${whichOf(offered)} ${asked}?`;
  const choices = [...targetChoices(offered), { label: 'Cancel', event: 'organizer.cancelled' }];
  if (missing === null) return { text, choices };
  const problem: Problem = { path: `${missing.target}Id`, code: 'not_offered' };
  return { text: `That one is final, over or not there. ${text}`, choices, problems: [problem] };
}

/** `flow_step` of choose_target: which of how many. */
export function chosenOf({
  before,
  event,
}: Fact<{ readonly offered: readonly OfferedTarget[] }>): DescribedMetadata<'flow_step'> {
  const id = event.eventId ?? event.syncupId;
  const choice = before.offered.findIndex((one) => one.id === id) + 1;
  return { option_count: before.offered.length, ...(choice === 0 ? {} : { choice }) };
}

/** The id columns, once it has been found to be the organizer's. */
export const subjectOf = (found: Target | null): Subject => ({
  eventId: found?.target === 'event' ? found.id : null,
  syncupId: found?.target === 'syncup' ? found.id : null,
  crewId: found?.crewId ?? null,
});

/** What a chat shows of the one that was found, and of those that may be chosen. */
export const shownTarget = (
  found: Target | null,
  { offered, at }: { readonly offered: readonly OfferedTarget[]; readonly at: number },
) => {
  const shown = (target: OfferedTarget['target']) =>
    offered
      .filter((one) => one.target === target)
      .map((one) => ({ id: one.id, title: one.title, when: whenOf(one, at) }));
  return {
    eventId: subjectOf(found).eventId ?? null,
    syncupId: subjectOf(found).syncupId ?? null,
    title: found?.title ?? null,
    when: found === null ? null : whenOf(found, at),
    events: shown('event'),
    syncups: shown('syncup'),
  };
};

/** Buttons for the kinds that there are to choose from. */
const targetChoices = (offered: readonly OfferedTarget[]) => [
  ...(offered.some(({ target }) => target === 'event')
    ? [{ label: 'An event', event: 'organizer.chose_event' }]
    : []),
  ...(offered.some(({ target }) => target === 'syncup')
    ? [{ label: 'A sync-up', event: 'organizer.chose_syncup' }]
    : []),
];

/** "Which event or sync-up", as far as there are both. */
const whichOf = (offered: readonly OfferedTarget[]): string =>
  offered.some(({ target }) => target === 'syncup') ? 'Which event or sync-up' : 'Which event';
