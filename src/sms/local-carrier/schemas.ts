/** The words of the control: what a person sends, what goes wrong, what callbacks come. */
import { z } from 'zod';

/** A person writes. The same `sid` again is the same message delivered once more. */
export const inboundSchema = z.strictObject({
  from: z.string().max(200),
  /** Our number; absent: the carrier's first. */
  to: z.string().max(200).optional(),
  body: z.string().max(10_000),
  media: z.int().min(0).max(10).default(0),
  /** How often the webhook is called for this message. */
  times: z.int().min(1).max(100).default(1),
  concurrent: z.boolean().default(false),
  sid: z.string().max(64).optional(),
  /** Further or other form fields, for malformed and rare webhooks. */
  fields: z.record(z.string(), z.string()).default({}),
});
export type InboundDraft = z.input<typeof inboundSchema>;
export type Inbound = z.output<typeof inboundSchema>;

const stepSchema = z.strictObject({
  /** Any word: an unknown one is worth a test. */
  status: z.string().max(2_000),
  errorCode: z.union([z.int(), z.string().max(2_000)]).optional(),
  /** Since the step before; absent: the carrier's usual delay. */
  afterMs: z.int().min(0).optional(),
  /** Called back before the request to send is answered. */
  beforeAnswer: z.boolean().default(false),
  copies: z.int().min(1).max(20).default(1),
});
export type StatusStep = z.output<typeof stepSchema>;

/** The status callbacks, in this order, of the next messages that match. */
export const planSchema = z.strictObject({
  to: z.string().optional(),
  times: z.int().min(1).default(1),
  steps: z.array(stepSchema),
});
export type StatusPlanDraft = z.input<typeof planSchema>;
export type StatusPlan = z.output<typeof planSchema>;

/** What goes wrong with the next requests that match. */
export const faultSchema = z.strictObject({
  kind: z.enum(['throttle', 'reset', 'hang', 'late', 'server_error', 'reject']),
  on: z.enum(['create', 'read']).default('create'),
  to: z.string().optional(),
  times: z.int().min(1).default(1),
  /** Whether the message is taken (and carried) all the same; `late` always takes it. */
  recorded: z.boolean().default(false),
  /** For `late`. */
  delayMs: z.int().min(0).default(1_000),
  /** For `server_error`. */
  status: z.int().min(500).max(599).default(503),
  /** For `reject`: Twilio's code. */
  code: z.int().min(10_000).max(99_999).default(21211),
  /** For `throttle`; Twilio does not always say. */
  retryAfterS: z.int().min(0).optional(),
});
export type FaultDraft = z.input<typeof faultSchema>;
export type Fault = z.output<typeof faultSchema>;

/** Where inbound messages go. A fragment such as `#rc=2&rp=all` sets timeouts and retries. */
export const webhookSchema = z.strictObject({
  url: z.url(),
  fallbackUrl: z.url().optional(),
});
export type WebhookTarget = z.output<typeof webhookSchema>;
