/* A notice: what it is told, what comes in, and what it remembers. */
import { z } from 'zod';
import { PUSH_KINDS, TARGETS } from '../src/behavior/vocabulary.ts';
import { type Begun, defineEvents } from './kit.ts';

/**
 * Which news of which event or sync-up; `title` is what it was called when this began. One of a stretch of
 * time: see `noticing.ts`.
 */
export const input = z.strictObject({
  kind: z.enum(PUSH_KINDS),
  target: z.enum(TARGETS),
  targetId: z.uuid(),
  crewId: z.uuid().nullable(),
  title: z.string(),
});
export type NoticeInput = z.output<typeof input>;

export const events = defineEvents({
  /** An invitee's answer counts now, or is another than before: for a notice of replies. */
  'invitee.answered': z.strictObject({}),
  /** What this notice is about has happened: for every other kind. */
  'gathering.had_news': z.strictObject({}),
});

export const context = input.extend({
  id: z.uuid(),
  owner: z.uuid(),
  /** How often it has told its organizer. */
  told: z.int(),
  /** There is news since it last told. */
  more: z.boolean(),
  tries: z.int(),
});
export type Context = z.output<typeof context>;

export const begin = ({ at: _, ...given }: Begun & NoticeInput): Context => ({
  ...given,
  ...{ told: 0, more: false, tries: 0 },
});

export type ReadNews = Pick<Context, 'kind' | 'target' | 'targetId'>;

/** How a gathering stands, and which devices its organizer can be told on. */
export type News = {
  readonly devices: readonly string[];
  /** What it is called now; null where nobody knows. */
  readonly title: string | null;
  readonly yes: number;
  readonly no: number;
  readonly votes: number;
  /** Who was reached and has given no answer that counts. */
  readonly waiting: number;
  /** What a vote came to: the options with the most votes, as they are read; more than one is a tie. */
  readonly leaders?: readonly string[];
};
