/** Records what the carrier itself sends to a person: TwiML replies and its opt-out answers. */
import { segmentsOf } from '../carrier/segments.ts';
import { type Exchange, newSid } from './exchange.ts';
import type { CarrierMessage } from './memory.ts';

type Said = Pick<CarrierMessage, 'from' | 'to' | 'body' | 'confirmation'>;

/** Delivered at once; no callbacks. */
export function say(exchange: Exchange, said: Said): void {
  const now = exchange.deps.now();
  exchange.memory.trigger.recorded({
    message: {
      ...said,
      sid: newSid(exchange, 'SM'),
      direction: 'outbound-reply',
      status: 'delivered',
      errorCode: null,
      segments: segmentsOf(said.body).segments,
      media: 0,
      messagingServiceSid: null,
      statusCallback: null,
      createdAt: now,
      sentAt: now,
    },
  });
}
