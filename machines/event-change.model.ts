/* A change of an event outside of any flow: what comes in, and what is remembered. */
import { z } from 'zod';
import { MAX_DETAILS, MAX_PLACE, MAX_TITLE } from './event-creation.model.ts';
import { gatheringIdOf } from './gathering-news.ts';
import { type Begun, defineEvents, type Send } from './kit.ts';

/** Fields that are absent stay; null takes one away. */
const Edit = z.strictObject({
  kind: z.literal('edit'),
  title: z.string().min(1).max(MAX_TITLE).optional(),
  when: z.strictObject({ startsAt: z.int(), timeZone: z.string() }).nullable().optional(),
  /** With a new date: answers are wanted by no time any more. */
  answerBy: z.null().optional(),
  place: z.string().min(1).max(MAX_PLACE).nullable().optional(),
  details: z.string().min(1).max(MAX_DETAILS).nullable().optional(),
});

/** What is wanted, read and found good by whoever asks. */
export const Change = z.discriminatedUnion('kind', [
  Edit,
  z.strictObject({ kind: z.literal('cancel') }),
]);
export type Change = z.output<typeof Change>;

/** What a change may be of. */
export const FIELDS = ['title', 'when', 'where', 'details'] as const;
export type Field = (typeof FIELDS)[number];

/** It is done in its first step, and takes no event afterwards. */
export const events = defineEvents({});

/** Why nothing was done; `answers_too_late`: it would begin before answers are wanted. */
const UNDONE = ['unchanged', 'not_found', 'over', 'answers_too_late'] as const;

export const input = z.strictObject({ eventId: z.uuid(), change: Change });

export const context = input.extend({
  id: z.uuid(),
  owner: z.uuid(),
  crewId: z.uuid().nullable(),
  outcome: z.enum(['under_way', 'changed', 'failed', ...UNDONE]),
  fields: z.array(z.enum(FIELDS)),
});
export type Context = z.output<typeof context>;

export type Input = Begun & z.output<typeof input>;

export const begin = ({ id, owner, eventId, change }: Input): Context => ({
  ...{ id, owner, eventId, change },
  ...{ crewId: null, outcome: 'under_way', fields: [] },
});

/** What `changeEvent` is asked for; and what it has kept. */
export type ChangeEvent = {
  readonly newsId: string;
  readonly eventId: string;
  readonly change: Change;
};
export type Changed =
  | {
      readonly outcome: 'changed';
      readonly crewId: string | null;
      readonly fields: readonly Field[];
      /** For its gathering, where that has not begun yet; null where it knows already. */
      readonly unheard: Send['event'] | null;
    }
  | { readonly outcome: (typeof UNDONE)[number] };

export const unheardOf = ({ owner, eventId }: Context, output: Changed): readonly Send[] =>
  output.outcome === 'changed' && output.unheard !== null
    ? [{ to: gatheringIdOf(eventId), owner, event: output.unheard }]
    : [];
