/* An invitation to an event: what it is told, what comes in, and what it remembers. */
import { z } from 'zod';
import {
  FOLLOW_UPS,
  INVITE_VIAS,
  PROMPTS,
  REPLIES,
  TIMEOUT_STAGES,
} from '../src/behavior/vocabulary.ts';
import { Voted } from './decided.ts';
import { newsEvents } from './gathering-news.ts';
import { type Begun, defineEvents, derivedId } from './kit.ts';
import { PROMPT_CODES } from './letters.ts';
import { E164, replyEvents, textEvents } from './replies.ts';

/** Who is invited to what. `whenText` is ready to be read, in the event's own time zone. */
export const input = z.strictObject({
  eventId: z.uuid(),
  crewId: z.uuid().nullable(),
  phone: z.string().regex(E164),
  name: z.string(),
  organizerName: z.string(),
  title: z.string(),
  whenText: z.string().nullable(),
  place: z.string().nullable(),
  via: z.enum(INVITE_VIAS),
  inviteIndex: z.int().min(1),
  /** Epoch ms after which a reply comes too late; null where the event has no date. */
  closesAt: z.int().nullable(),
  /** Pins the number that the invitee writes with; absent, the carrier chooses. */
  ourNumber: z.string().nullable().optional(),
  /** The letter by which a reply may name this question. */
  code: z.enum(PROMPT_CODES).nullish(),
  /** Of somebody who was asked to vote on it: the invitation goes on from there, and asks no second time. */
  voted: Voted.nullish(),
});
export type Input = Begun & z.output<typeof input>;

export const events = defineEvents({
  'invitee.replied_yes': replyEvents['invitee.replied_yes'],
  'invitee.replied_no': replyEvents['invitee.replied_no'],
  'invitee.replied_unclear': replyEvents['invitee.replied_unclear'],
  ...textEvents,
  ...newsEvents,
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
  /** What counts: an unclear message does not undo a yes or a no. */
  reply: z.enum(REPLIES),
  guests: z.int(),
  replies: z.int(),
  unknowns: z.int(),
  clarifications: z.int(),
  reminders: z.int(),
  /** What is being said beside the invite and questions back; what it asks counts once it has gone out. */
  telling: z.enum(['reminder', 'auto_reminder', 'finalize', 'change_notice']),
  /** Texts that were to ask once more and were still on their way when we waited no longer; absent in invitations of old. */
  late: z.array(z.uuid()).optional(),
  /** The second text of a question that did not arrive; absent in invitations of old. */
  again: z.uuid().nullish(),
  /** Before when a change must be known, also at night: the sooner of the old date and the new. */
  knownBy: z.int().nullish(),
  /** What the organizer asked once more, until it is answered; absent in invitations of old. */
  followUp: z.strictObject({ kind: z.enum(FOLLOW_UPS), sentAt: z.int() }).nullish(),
  /** Stages that ran out; each is logged once. */
  timedOut: z.array(z.enum(TIMEOUT_STAGES)),
  delivery: z.enum(['queued', 'sent', 'undelivered', 'failed', 'opted_out']),
  /** Where the question stands for routing, and since when it is no longer open. */
  question: z.enum(['queued', 'open', 'answered', 'timed_out', 'closed']),
  endedAt: z.int().nullable(),
  /** From when its end is waited for: when that was last told. */
  datedAt: z.int(),
  /** Whether it was called off. */
  cancelled: z.boolean(),
});
export type Context = z.output<typeof context>;

/** Whether a vote has become this event, and a text says so. */
export const isTold = ({ voted }: Pick<Input, 'voted'>): boolean =>
  voted?.tells === true && voted.reply !== 'no';

/** As the invitation to vote has left it; only the question is another. */
function goingOn(input: Input): Partial<Context> {
  const { voted = null, id, at } = input;
  if (voted === null) return {};
  const { cycleId: _, newsId, tells: __, ...stood } = voted;
  const asks = isTold(input);
  return {
    ...stood,
    ...{ telling: 'finalize', promptTextId: derivedId(id, `finalize:${newsId}`) },
    answering: 'unprompted',
    question: asks ? 'open' : stood.reply === 'no' ? 'answered' : 'timed_out',
    endedAt: asks ? null : (stood.endedAt ?? at),
  };
}

/** Invited, and not yet asked. */
const fresh = ({ at, ...input }: Input): Context => ({
  ...input,
  voted: input.voted ?? null,
  ourNumber: input.ourNumber ?? null,
  code: input.code ?? null,
  begunAt: at,
  promptTextId: derivedId(input.id, `invite:${input.inviteIndex}`),
  answering: 'invite',
  promptedAt: null,
  invitedAt: null,
  reply: 'none',
  guests: 0,
  replies: 0,
  unknowns: 0,
  clarifications: 0,
  reminders: 0,
  telling: 'reminder',
  late: [],
  again: null,
  knownBy: null,
  followUp: null,
  timedOut: [],
  delivery: 'queued',
  question: 'queued',
  endedAt: null,
  datedAt: at,
  cancelled: false,
});

export const begin = (input: Input): Context => ({ ...fresh(input), ...goingOn(input) });
