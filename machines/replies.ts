/*
 * What a reply is on its way from the webhook to an invitation: readings and numbers, never words.
 * Shared by the charts that hear replies and by `src/sms`, which reads them.
 */
import { z } from 'zod';
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import {
  INTENTS,
  LENGTH_BANDS,
  PROVIDERS,
  type PromptKind,
  ROUTINGS,
  SMS_PURPOSES,
  UNKNOWN_REASONS,
} from '../src/behavior/vocabulary.ts';
import type { Start } from './kit.ts';
import { PROMPT_CODES } from './letters.ts';

export const E164 = /^\+[1-9]\d{6,14}$/;

/** One text, understood against one thing that was open for the phone. */
export const Reading = z.strictObject({
  kind: z.enum(INTENTS),
  /** 1-based, ascending, unique; empty unless `vote`. */
  choices: z.array(z.int().min(1)).max(9),
  /** People who come along, the writer not counted. */
  guests: z.int().min(0).nullable(),
  /** Only on `unknown`. */
  reason: z.enum(UNKNOWN_REASONS).nullable(),
  /** Which rule of the parser decided. */
  rule: z.string().max(64),
});
export type Reading = z.output<typeof Reading>;

/** What is known of an inbound message apart from its meaning. */
const Arrived = z.strictObject({
  inboundId: z.uuid(),
  provider: z.enum(PROVIDERS),
  parserVersion: z.string(),
  segments: z.int().min(0),
  media: z.int().min(0),
  lengthBand: z.enum(LENGTH_BANDS),
  /** Epoch ms at which the webhook had it. */
  receivedAt: z.int().optional(),
});

/** A reply as an invitation gets it: one message, its one reading, and how it found its way. */
export const Heard = Arrived.extend({
  intent: z.enum(INTENTS),
  rule: z.string().max(64),
  reason: z.enum(UNKNOWN_REASONS).nullable(),
  guests: z.int().min(0).nullable(),
  routing: z.enum(ROUTINGS),
  candidates: z.int().min(0),
  /** False when the phone has opted out, or had its automatic answers of this hour. */
  mayAnswer: z.boolean(),
});
export type Heard = z.output<typeof Heard>;

/** A message as a phone line gets it: read against everything that was open when it came. */
export const Texted = Arrived.extend({
  /** Null when the sender is no phone number. */
  phone: z.string().regex(E164).nullable(),
  /** Read as if nothing were open. */
  neutral: Reading,
  readings: z
    .array(
      z.strictObject({
        promptId: z.uuid(),
        organizerId: z.uuid(),
        reading: Reading,
        /** What is said of each letter of `codes`, read for this question. */
        coded: z.array(Reading).max(4),
        /** The text quotes this question, names it, or says a word of its title, which may be chance. */
        points: z.enum(['quote', 'name', 'word']).nullable(),
      }),
    )
    .max(50),
  /** The letters by which the text names what it answers; whether they are in use is not known yet. */
  codes: z.array(z.strictObject({ code: z.enum(PROMPT_CODES), alone: z.boolean() })).max(4),
  /** The whole message is a place in a list, "the second one": a vote, or the answer to our question. */
  place: z.union([z.int().min(1).max(9), z.literal('last')]).nullish(),
  /** It says that it is meant for all that is open. */
  forAll: z.boolean(),
  /** The whole message is the word yes, which carriers take for an opt-in. */
  bareYes: z.boolean(),
  /** An opt-out in the writer's own words, which no carrier acts on. */
  freeText: z.boolean(),
  /** What the carrier says that it has answered. */
  optOutType: z.enum(['STOP', 'START', 'HELP']).nullable(),
  carrierHandlesOptOut: z.boolean(),
});
export type Texted = z.output<typeof Texted>;

const reply = z.strictObject({ heard: Heard });

/** The events by which replies reach invitations. A chart takes those that its question allows. */
export const replyEvents = {
  'invitee.replied_yes': reply,
  'invitee.replied_no': reply,
  'invitee.replied_unclear': reply,
  'invitee.voted': reply.extend({ choices: z.array(z.int().min(1)).min(1).max(9) }),
};

/** A text that answers a message: how long that took is logged. */
export const answering = (start: Start, { receivedAt }: Pick<Heard, 'receivedAt'>): Start =>
  receivedAt === undefined ? start : { ...start, input: { ...start.input, answersAt: receivedAt } };

/** How a text tells its starter what became of it. */
export const textEvents = {
  'text.settled': z.strictObject({
    textId: z.uuid(),
    outcome: z.enum(['accepted', 'failed', 'withheld']),
    purpose: z.string(),
    /** Epoch ms of that outcome. */
    settledAt: z.int(),
  }),
  'text.undelivered': z.strictObject({
    textId: z.uuid(),
    providerCode: z.int().nullable(),
    /** By the carrier's code, this person wants no texts. */
    optOut: z.boolean().optional(),
  }),
  /** It has not arrived and never will; said once more, the same might. */
  'text.missed': z.strictObject({
    textId: z.uuid(),
    purpose: z.enum(SMS_PURPOSES),
    template: z.string(),
  }),
};

/** The log's account of the message itself. */
export const receivedFact = (
  heard: Pick<
    Heard,
    'inboundId' | 'provider' | 'intent' | 'routing' | 'candidates' | 'segments' | 'media'
  >,
): DescribedMetadata<'sms_received'> => ({
  inbound_id: heard.inboundId,
  provider: heard.provider,
  intent: heard.intent,
  routing: heard.routing,
  candidates: heard.candidates,
  segments: heard.segments,
  media: heard.media,
});

/** `…heard` of the contract. */
export const heardFact = (
  heard: Pick<Heard, 'inboundId' | 'parserVersion' | 'rule'>,
  inReplyTo: PromptKind,
) => ({
  inbound_id: heard.inboundId,
  parser_version: heard.parserVersion,
  rule: heard.rule,
  in_reply_to: inReplyTo,
});
