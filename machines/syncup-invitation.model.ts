/* An invitation to vote in a sync-up: what it is told, what comes in, and what it remembers. */
import { z } from 'zod';
import {
  FOLLOW_UPS,
  INVITE_VIAS,
  PROMPTS,
  REPLIES,
  TIMEOUT_STAGES,
  VOTING_MODES,
} from '../src/behavior/vocabulary.ts';
import { voteEvents } from './decided.ts';
import { type Begun, defineEvents, derivedId } from './kit.ts';
import { PROMPT_CODES } from './letters.ts';
import { E164, replyEvents, textEvents } from './replies.ts';

/** Who is asked to choose from what. `whenText` is ready to be read, in the option's own time zone. */
export const input = z.strictObject({
  syncupId: z.uuid(),
  crewId: z.uuid().nullable(),
  phone: z.string().regex(E164),
  name: z.string(),
  organizerName: z.string(),
  title: z.string().nullable(),
  /** In the order of their numbers. */
  options: z
    .array(z.strictObject({ label: z.string().nullable(), whenText: z.string().nullable() }))
    .min(2)
    .max(9),
  voting: z.enum(VOTING_MODES),
  via: z.enum(INVITE_VIAS),
  inviteIndex: z.int().min(1),
  /** Epoch ms after which a vote comes too late; null where nothing says when. */
  closesAt: z.int().nullable(),
  /** Pins the number that the invitee writes with; absent, the carrier chooses. */
  ourNumber: z.string().nullable().optional(),
  /** The letter by which a reply may name this question. */
  code: z.enum(PROMPT_CODES).nullish(),
});
export type Input = Begun & z.output<typeof input>;

export const events = defineEvents({
  ...replyEvents,
  ...textEvents,
  /** The organizer asks once more; `reminderId` is that of the reminder, one for all who get it. */
  'gathering.reminded': z.strictObject({ reminderId: z.uuid() }),
  ...voteEvents,
  /** The phone wants no texts from anybody: rule 12 of routing. */
  'phone.opted_out': z.strictObject({}),
  /** It wants them again. */
  'phone.opted_in': z.strictObject({}),
});
export type Event = typeof events.type;

export const context = input.required().extend({
  id: z.uuid(),
  owner: z.uuid(),
  begunAt: z.int(),
  /** The text that asked last, whose fate is awaited before a reply is heard. */
  promptTextId: z.uuid(),
  /** What a reply answers now; `unprompted` once an answer was counted. */
  answering: z.enum(PROMPTS),
  promptedAt: z.int().nullable(),
  invitedAt: z.int().nullable(),
  /** What counts: an unclear message does not undo a vote or a no, which is none of the options. */
  reply: z.enum(REPLIES),
  /** The numbers that are voted for; null without a vote. */
  choices: z.array(z.int().min(1).max(9)).nullable(),
  /** Answers that counted, and the votes among them. */
  replies: z.int(),
  votes: z.int(),
  unknowns: z.int(),
  clarifications: z.int(),
  reminders: z.int(),
  /** Reminders that were still on their way when we waited no longer; absent in invitations of old. */
  late: z.array(z.uuid()).optional(),
  /** The second text of a question that did not arrive; absent in invitations of old. */
  again: z.uuid().nullish(),
  /** What the organizer asked once more, until it is answered. */
  followUp: z.strictObject({ kind: z.enum(FOLLOW_UPS), sentAt: z.int() }).nullable(),
  /** Stages that ran out; each is logged once. */
  timedOut: z.array(z.enum(TIMEOUT_STAGES)),
  delivery: z.enum(['queued', 'sent', 'undelivered', 'failed', 'opted_out']),
  /** Where the question stands for routing, and since when it is no longer open. */
  question: z.enum(['queued', 'open', 'answered', 'timed_out', 'closed']),
  endedAt: z.int().nullable(),
});
export type Context = z.output<typeof context>;

/** Invited, and not yet asked. */
export const begin = ({ at, ...input }: Input): Context => ({
  ...input,
  ourNumber: input.ourNumber ?? null,
  code: input.code ?? null,
  begunAt: at,
  promptTextId: derivedId(input.id, `invite:${input.inviteIndex}`),
  answering: 'invite',
  promptedAt: null,
  invitedAt: null,
  reply: 'none',
  choices: null,
  replies: 0,
  votes: 0,
  unknowns: 0,
  clarifications: 0,
  reminders: 0,
  late: [],
  again: null,
  followUp: null,
  timedOut: [],
  delivery: 'queued',
  question: 'queued',
  endedAt: null,
});
