/** Whether Twilio would take a message, and the message as taken. */
import { isValidPhoneNumber } from 'libphonenumber-js';
import { segmentsOf } from '../carrier/segments.ts';
import type { Form } from '../webhook/read-form.ts';
import type { RestErrorCode } from './errors.ts';
import { type Exchange, newSid, optOutKey } from './exchange.ts';
import { type CarrierMessage, stateOf } from './memory.ts';
import { sentinels } from './sentinels.ts';

/** The code of the refusal; undefined: it is taken. */
export function refusalOf(exchange: Exchange, form: Form): RestErrorCode | undefined {
  const { To: to, Body: body = '' } = form;
  const media = Object.keys(form).some((key) => key.startsWith('MediaUrl'));
  const sender = senderRefusal(exchange, form);
  if (!to) return 21604;
  if (sender !== undefined) return sender;
  if (body === '' && !media) return 21602;
  if (body.length > 1_600) return 21617;
  const sentinel = sentinels.get(to);
  if (sentinel?.fate === 'rejected') return sentinel.code;
  if (!isValidPhoneNumber(to)) return 21211;
  return isRefusedAtOnce(exchange, form, to) ? 21610 : undefined;
}

function senderRefusal({ deps }: Exchange, form: Form): RestErrorCode | undefined {
  const { From: from, MessagingServiceSid: service } = form;
  if (!from && !service) return 21603;
  if (service && service !== deps.messagingServiceSid) return 21705;
  return from && !deps.numbers.includes(from) ? 21606 : undefined;
}

/** With a messaging service the refusal comes later, as a failed status. */
function isRefusedAtOnce(exchange: Exchange, form: Form, to: string): boolean {
  if (form.MessagingServiceSid) return false;
  const from = form.From ?? exchange.deps.numbers[0];
  return stateOf(exchange.memory).optOuts.includes(optOutKey(exchange, to, from));
}

/** Records a message that is not refused. */
export function takeMessage(exchange: Exchange, form: Form): CarrierMessage {
  const { deps, memory } = exchange;
  const { To: to = '', Body: body = '', MessagingServiceSid: service } = form;
  const message = {
    sid: newSid(exchange, 'SM'),
    direction: 'outbound-api',
    from: form.From ?? deps.numbers[0],
    to,
    body,
    status: service ? 'accepted' : 'queued',
    errorCode: null,
    segments: segmentsOf(body).segments,
    media: 0,
    messagingServiceSid: service ?? null,
    statusCallback: form.StatusCallback ?? null,
    confirmation: null,
    createdAt: deps.now(),
    sentAt: null,
  } as const;
  memory.trigger.recorded({ message });
  return { ...message, version: stateOf(memory).version };
}
