/**
 * Status callbacks: what one says. They come in any order and more than once: what follows from one is
 * the text's own business.
 */
import type { ParsedUrlQuery } from 'node:querystring';
import { type DeliveryStatus, isDeliveryStatus } from '../../../machines/text.delivery.ts';
import { cleanText } from './clean-text.ts';
import { isE164, isMessageSid } from './inbound.ts';
import type { Form } from './read-form.ts';

export type StatusCallback = {
  readonly sid: string;
  /** Our own id of the text, from the callback's address; null if it is not there. */
  readonly textId: string | null;
  /** Our number and the person's, as the message has them; null where it is no phone number. */
  readonly from: string | null;
  readonly to: string | null;
  /** Null for a word we do not know: nothing follows from it. */
  readonly status: DeliveryStatus | null;
  /** The word as it came, at most 32 characters. */
  readonly raw: string;
  /** Null if there is none or it is no code. */
  readonly errorCode: number | null;
};

export type ParsedStatus =
  | { readonly kind: 'status'; readonly status: StatusCallback }
  | { readonly kind: 'malformed'; readonly why: 'message_sid' };

/** Reads a verified, flat form and the query of the callback's address. */
export function parseStatus(form: Form, query: Readonly<ParsedUrlQuery>): ParsedStatus {
  const { MessageSid: sid = '', MessageStatus: word = '', ErrorCode: code = '' } = form;
  const { From: from = '', To: to = '' } = form;
  if (!isMessageSid(sid)) return { kind: 'malformed', why: 'message_sid' };
  return {
    kind: 'status',
    status: {
      sid,
      textId: textIdOf(query),
      from: isE164(from) ? from : null,
      to: isE164(to) ? to : null,
      status: isDeliveryStatus(word) ? word : null,
      raw: shortText(word),
      errorCode: /^\d{1,6}$/.test(code) && code !== '0' ? Number(code) : null,
    },
  };
}

const shortText = (text: string): string => cleanText(text).slice(0, 32);

function textIdOf({ m: id }: Readonly<ParsedUrlQuery>): string | null {
  const isUuid = typeof id === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
  return isUuid ? id.toLowerCase() : null;
}
