/** What an inbound message webhook says, in our words. It decides nothing about the text. */
import { cleanText } from './clean-text.ts';
import type { Form } from './read-form.ts';

export type InboundMessage = {
  /** MessageSid: the key by which a message is known for ever. */
  readonly sid: string;
  /** E.164; null for short codes, alphanumeric and channel senders. */
  readonly from: string | null;
  /** Our number. */
  readonly to: string;
  /** Cleaned; empty for media without text. */
  readonly body: string;
  readonly media: number;
  readonly segments: number;
  /** Only with Advanced Opt-Out; the carrier has answered already. */
  readonly optOutType: 'STOP' | 'START' | 'HELP' | null;
};

export type ParsedInbound =
  | { readonly kind: 'message'; readonly message: InboundMessage }
  | { readonly kind: 'malformed'; readonly why: 'message_sid' | 'to' }
  /** A message from ourselves: answering it would go round for ever. */
  | { readonly kind: 'own_number' };

/** Reads a verified, flat form. Unknown keys are Twilio's right and ignored. */
export function parseInbound(
  form: Form,
  options: { readonly ownNumbers: ReadonlySet<string> },
): ParsedInbound {
  const { MessageSid: sid = '', From: from = '', To: to = '' } = form;
  if (!isMessageSid(sid)) return { kind: 'malformed', why: 'message_sid' };
  if (options.ownNumbers.has(from)) return { kind: 'own_number' };
  // A messaging service may be written to by a number that we do not list, yet it is a number.
  if (!isE164(to) && !/^\d{3,8}$/.test(to)) return { kind: 'malformed', why: 'to' };
  const { Body: body = '', NumMedia: media, NumSegments: segments, OptOutType: optOutType } = form;
  return {
    kind: 'message',
    message: {
      sid,
      from: isE164(from) ? from : null,
      to,
      body: cleanText(body),
      media: countOf(media, 0),
      segments: countOf(segments, 1),
      optOutType: optOutTypeOf(optOutType),
    },
  };
}

/** `SM` or `MM` (with media) and 32 hex digits. */
export const isMessageSid = (sid: string): boolean => /^(SM|MM)[0-9a-f]{32}$/i.test(sid);

export const isE164 = (phone: string): boolean => /^\+[1-9]\d{6,14}$/.test(phone);

const countOf = (text: string | undefined, least: number): number =>
  text !== undefined && /^\d{1,3}$/.test(text) ? Math.max(least, Number(text)) : least;

const optOutTypeOf = (text: string | undefined): InboundMessage['optOutType'] =>
  text === 'STOP' || text === 'START' || text === 'HELP' ? text : null;
