import type { InboundDelivery } from './inbound.ts';
import type { CarrierMessage } from './memory.ts';
import type { FaultDraft, InboundDraft, StatusPlanDraft, WebhookTarget } from './schemas.ts';
import type { MessagesSince, WaitOptions } from './wait-for-message.ts';

/** What a demo or a test does with a carrier, near or far. */
export type LocalCarrierControl = {
  /** A person writes. Resolves when the webhook has answered. */
  inbound(draft: InboundDraft): Promise<InboundDelivery>;
  /** The status callbacks of the next matching messages. */
  script(plan: StatusPlanDraft): Promise<void>;
  /** What goes wrong with the next matching requests. */
  faults(fault: FaultDraft): Promise<void>;
  setWebhook(target: WebhookTarget): Promise<void>;
  /** Everything sent and received, the carrier's own answers too. */
  messages(): Promise<readonly CarrierMessage[]>;
  /** What changed after a version, waiting for it up to `waitMs`. */
  messagesSince(version: number, waitMs?: number): Promise<MessagesSince>;
  /** The first message, present or to come, for which the predicate holds. */
  waitForMessage(
    predicate: (message: CarrierMessage) => boolean,
    options?: WaitOptions,
  ): Promise<CarrierMessage>;
};
