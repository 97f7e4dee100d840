/* A phone line: what it is told, what it remembers, and what its actors take and give. */
import { z } from 'zod';
import { type Begun, defineEvents, derivedId, NIL_ID, type Send } from './kit.ts';
import { E164, Reading, Texted } from './replies.ts';

export const input = z.strictObject({
  /** Null for all senders that are no phone numbers. */
  phone: z.string().regex(E164).nullable(),
  /** Empty where the carrier has not said which of ours it chose. */
  ourNumber: z.string(),
});
export type Input = Begun & z.output<typeof input>;

/** The line of a phone at one number of ours; all senders that are no phones share one. */
export const lineIdOf = (phone: string | null, ourNumber: string): string =>
  derivedId(NIL_ID, `phone-line:${phone ?? 'none'}:${ourNumber}`);

export const events = defineEvents({
  'phone.texted': Texted,
  /** The carrier refuses our texts by this phone's wish; `saidAt` is epoch ms. */
  'carrier.opted_out': z.strictObject({ saidAt: z.int() }),
});
export type Event = typeof events.type;

/** An answer that fits more than one question waits for a letter: what it says of each. */
export const Held = z.strictObject({
  askedAt: z.int(),
  /** Whether the candidates were sent as a list, in this order. */
  listed: z.boolean().optional(),
  candidates: z.array(z.strictObject({ id: z.uuid(), code: z.string(), reading: Reading })),
});
export type Held = z.output<typeof Held>;

export const context = input.extend({
  id: z.uuid(),
  /** The message that is being routed. */
  texted: Texted.nullable(),
  held: Held.nullable(),
  /** When this phone was asked which one it meant, within the last day. */
  askedAt: z.array(z.int()),
  tries: z.int(),
  optedOut: z.boolean(),
  /** When the phone last opted out or in; null while it has done neither. */
  optedAt: z.int().nullable(),
  unknowns: z.int(),
  /** When it allowed automatic answers that may not be in our books yet, an instant for each. */
  answeredAt: z.array(z.int()),
});
export type Context = z.output<typeof context>;

export const begin = ({ id, phone, ourNumber }: Input): Context => ({
  ...{ id, phone, ourNumber },
  ...{
    texted: null,
    held: null,
    askedAt: [],
    tries: 0,
    optedOut: false,
    optedAt: null,
    unknowns: 0,
    answeredAt: [],
  },
});

export type RouteReplyInput = {
  readonly texted: Texted;
  readonly ourNumber: string;
  readonly held: Held | null;
  /** When this phone was asked which one it meant, in the last day: an instant for each. */
  readonly askedAt: readonly number[];
  /** How many automatic answers were allowed lately, which may not be in our books yet. */
  readonly allowed: number;
};

/** A question that a message may have been for, and the letter that says so. */
export type Asked = {
  readonly id: string;
  readonly code: string;
  readonly reading: Reading;
  readonly organizerName: string | null;
  readonly title: string | null;
};

/** Where a message goes. It is never guessed. */
export type Route =
  /**
   * One send for each question that it answers; where those are several and count, what is acknowledged
   * of all of them in one text, instead of by each.
   */
  | {
      readonly route: 'invitation';
      readonly sends: readonly Send[];
      readonly noted?: readonly Asked[] | undefined;
    }
  /** A bare yes of a phone that had opted out: it is back, and is asked again. */
  | { readonly route: 'opted_in'; readonly mayAnswer: boolean }
  | {
      readonly route: 'help';
      readonly mayAnswer: boolean;
      /** Whom the answer names: 1 to 60 places of GSM-7. */
      readonly contact?: string | undefined;
    }
  | {
      readonly route: 'ambiguous';
      readonly candidates: number;
      readonly asked: readonly Asked[];
      readonly mayAnswer: boolean;
    }
  | { readonly route: 'unmatched' };

/** Invitations that stand open for a phone, and whose they are. */
export type FindInvitationsInput = { readonly phone: string };
export type FoundInvitations = {
  readonly invitations: readonly { readonly id: string; readonly owner: string }[];
};
