/* What a text is told, what it remembers, and what its one actor takes and gives. */
import { z } from 'zod';
import {
  INVITE_VIAS,
  type PROVIDERS,
  type SMS_ENCODINGS,
  SMS_PURPOSES,
  TARGETS,
} from '../src/behavior/vocabulary.ts';
import { defineEvents } from './kit.ts';
import { E164 } from './replies.ts';
import { DELIVERY_STATUSES } from './text.delivery.ts';

const id = z.uuid().nullable();

/** What the starter wants said. The text's id is the starter's to derive; its owner may be nil. */
export const input = z.strictObject({
  phone: z.string().regex(E164),
  /** Pins the sender; null leaves it to the carrier. */
  ourNumber: z.string().nullable(),
  purpose: z.enum(SMS_PURPOSES),
  template: z.string(),
  copyVersion: z.string(),
  body: z.string().min(1).max(1600),
  /** Said in its place, with the letter of that question, where its phone has another one by then. */
  lettered: z.strictObject({ promptId: z.uuid(), body: z.string().min(1).max(1600) }).nullish(),
  /** The invitation that this text belongs to, which its log rows name. */
  cycle: z.strictObject({ id: z.uuid(), version: z.string(), target: z.enum(TARGETS) }).nullable(),
  subject: z.strictObject({ eventId: id, crewId: id, syncupId: id }),
  /** Who is told how it went. */
  notify: z.strictObject({ to: z.uuid(), owner: z.uuid() }).nullable(),
  /** Epoch ms from which on it says nothing that helps: it is not sent then. */
  expiresAt: z.int().nullable().optional(),
  /** Epoch ms before which it must be known, so that a night does not keep it; later it still helps. */
  knownBy: z.int().nullable().optional(),
  invite: z.strictObject({ index: z.int().min(1), via: z.enum(INVITE_VIAS) }).nullable(),
  /** When the message that this one answers was received, epoch ms. */
  answersAt: z.int().nullish(),
});
export type TextInput = z.output<typeof input>;

export const events = defineEvents({
  'carrier.reported': z.strictObject({
    /** Whose text it is at the carrier: a text of which we had no answer is known by it. */
    sid: z.string(),
    status: z.enum(DELIVERY_STATUSES),
    providerCode: z.int().nullable(),
    /** The carrier's code says that this person wants no texts. */
    optOut: z.boolean(),
    /** The carrier's code says that the same text may arrive later. */
    passing: z.boolean().optional(),
  }),
  /** Its starter wants it said no more: nothing is asked any more, or what a reminder asks is answered. */
  'text.withdrawn': z.strictObject({ reason: z.enum(['over', 'answered']) }),
});

export type Event = typeof events.type;
export type Reported = Extract<Event, { type: 'carrier.reported' }>;
export type Withdrawn = Extract<Event, { type: 'text.withdrawn' }>;
export type Report = Pick<Reported, 'status' | 'providerCode' | 'optOut' | 'passing'>;

const LOOKS = ['no', 'only', 'then_send'] as const;

export const context = input.extend({
  id: z.uuid(),
  owner: z.uuid(),
  queuedAt: z.int(),
  expiresAt: z.int().nullable(),
  /** The morning that it waits for, or waited for last. */
  quietUntil: z.int().nullable(),
  quietMs: z.int(),
  /** Epoch ms of its turn, where it has to wait for one. */
  slotAt: z.int().nullable().optional(),
  /** Where it is, for the read model. */
  status: z.string(),
  updatedAt: z.int(),
  /** Empty once it needs no sending any more. */
  body: z.string(),
  attempts: z.int(),
  /** How long the carrier asked us to wait, if it did. */
  retryAfterMs: z.int().nullable(),
  /** Whether the next try asks the carrier first if it has the text already. */
  look: z.enum(LOOKS),
  looks: z.int(),
  resent: z.boolean(),
  /** Taken back while it may have gone out: it is looked for, and not sent again; absent in texts of old. */
  withdrawn: z.boolean().optional(),
  sid: z.string().nullable(),
  providerCode: z.int().nullable(),
  /** When the carrier said that this person wants no texts. */
  optedOutAt: z.int().nullable(),
});
export type TextContext = z.output<typeof context>;

export type SendTextInput = Pick<
  TextContext,
  | 'phone'
  | 'ourNumber'
  | 'body'
  | 'lettered'
  | 'purpose'
  | 'look'
  | 'owner'
  | 'expiresAt'
  | 'knownBy'
  | 'slotAt'
> & {
  readonly eventId: string | null;
  /** Set where the carrier has spoken of it already: it is there. */
  readonly sid?: string | null;
  readonly textId: string;
  /** Epoch ms before which it cannot have been sent. */
  readonly since: number;
};

type Tried = {
  /** How often this job was begun; more than 1 when a lease lapsed. */
  readonly tries: number;
};

/** How one try went. */
export type SendTextOutput =
  | ({
      readonly kind: 'accepted';
      readonly sid: string;
      readonly status: string;
      /** The number of ours that it went from, where the carrier has said so. */
      readonly ourNumber?: string | null;
      readonly provider: (typeof PROVIDERS)[number];
      readonly segments: number;
      readonly encoding: (typeof SMS_ENCODINGS)[number];
      readonly providerMs: number;
      /** Found at the carrier, which is done with it: the last that it says of it. */
      readonly report?: Report | null;
    } & Tried)
  /** Not sent, because the phone has opted out, or it comes too late. */
  | { readonly kind: 'withheld'; readonly reason: 'opted_out' | 'expired' }
  /** Not sent, because sending is paused. */
  | { readonly kind: 'held' }
  /** Not sent, because it is night where its reader is: `until` is epoch ms. */
  | { readonly kind: 'quiet'; readonly until: number }
  /** Not sent, because its number has others to send first: `until` is epoch ms of its turn. */
  | { readonly kind: 'paced'; readonly until: number }
  /** Only looked for, and the carrier has none. */
  | { readonly kind: 'missing' }
  /** Looked for, and the carrier did not say whether it has it: nothing was sent. */
  | ({ readonly kind: 'unanswered' } & Tried)
  | ({
      readonly kind: 'rejected';
      readonly reason: 'bad_number' | 'opted_out' | 'config' | 'ours' | 'credentials';
      readonly providerCode: number;
      readonly httpStatus: number;
    } & Tried)
  /** Never processed, so it is safe to repeat. */
  | ({
      readonly kind: 'retry';
      readonly providerCode: number | null;
      readonly httpStatus: number | null;
      readonly retryAfterMs: number | null;
    } & Tried)
  /** It may have been sent. */
  | ({ readonly kind: 'unknown' } & Tried);

export type OutputOf<K extends SendTextOutput['kind']> = Extract<
  SendTextOutput,
  { readonly kind: K }
>;
