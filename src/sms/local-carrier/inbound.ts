/** A person writes to one of our numbers: recorded, then told to the webhook, as often as asked. */
import { segmentsOf } from '../carrier/segments.ts';
import { callWebhook, type Fields, type WebhookAnswer } from './call-webhook.ts';
import { type Exchange, newSid } from './exchange.ts';
import { messageBySid } from './memory.ts';
import { handleOptOut, type OptOutType } from './opt-out.ts';
import { say } from './say.ts';
import type { Inbound, WebhookTarget } from './schemas.ts';
import { repliesOf } from './twiml.ts';

export type InboundDelivery = {
  readonly sid: string;
  /** One for each call of the webhook; the fallback's where it was called. */
  readonly answers: readonly WebhookAnswer[];
};

type Received = Inbound & { readonly to: string; readonly sid: string };

/** Resolves when the webhook has answered every call. */
export async function receive(exchange: Exchange, inbound: Inbound): Promise<InboundDelivery> {
  const sid = inbound.sid ?? newSid(exchange, inbound.media > 0 ? 'MM' : 'SM');
  const received: Received = { ...inbound, sid, to: inbound.to ?? exchange.deps.numbers[0] };
  const optOutType = isNew(exchange, sid) ? accept(exchange, received) : undefined;
  const target = exchange.webhook();
  if (target === undefined) return { sid, answers: [] };
  const call = () =>
    deliver(exchange, { target, received, fields: fieldsOf(exchange, received, optOutType) });
  const answers: WebhookAnswer[] = [];
  if (inbound.concurrent) {
    answers.push(...(await Promise.all(Array.from({ length: inbound.times }, call))));
  } else {
    for (let time = 0; time < inbound.times; time++) answers.push(await call());
  }
  return { sid, answers };
}

const isNew = (exchange: Exchange, sid: string): boolean =>
  messageBySid(exchange.memory, sid) === undefined;

function accept(exchange: Exchange, received: Received): OptOutType | undefined {
  const { sid, from, to, body, media } = received;
  const now = exchange.deps.now();
  exchange.memory.trigger.recorded({
    message: {
      ...{ sid, from, to, body, media },
      direction: 'inbound',
      status: 'received',
      errorCode: null,
      segments: segmentsOf(body).segments,
      messagingServiceSid: exchange.deps.messagingServiceSid ?? null,
      statusCallback: null,
      confirmation: null,
      createdAt: now,
      sentAt: now,
    },
  });
  return handleOptOut(exchange, { person: from, number: to, body });
}

function fieldsOf(
  { deps }: Exchange,
  { sid, from, to, body, media, fields }: Received,
  optOutType: OptOutType | undefined,
): Fields {
  const service = deps.messagingServiceSid;
  return {
    ...{ MessageSid: sid, SmsSid: sid, SmsMessageSid: sid, AccountSid: deps.accountSid },
    ...{ From: from, To: to, Body: body, NumMedia: String(media) },
    NumSegments: String(segmentsOf(body).segments),
    SmsStatus: 'received',
    ApiVersion: '2010-04-01',
    ...{ FromCity: '', FromState: 'CA', FromZip: '', FromCountry: 'US' },
    ...{ ToCity: '', ToState: 'CA', ToZip: '', ToCountry: 'US' },
    ...(service === undefined ? {} : { MessagingServiceSid: service }),
    ...(optOutType && deps.optOut === 'advanced' ? { OptOutType: optOutType } : {}),
    ...fields,
  };
}

type Delivery = {
  readonly target: WebhookTarget;
  readonly received: Received;
  readonly fields: Fields;
};

async function deliver(exchange: Exchange, delivery: Delivery): Promise<WebhookAnswer> {
  const { target, received, fields } = delivery;
  const first = await callWebhook(exchange, target.url, fields);
  const isLost = first.status === null || first.status >= 400;
  const answer =
    isLost && target.fallbackUrl !== undefined
      ? await callWebhook(exchange, target.fallbackUrl, {
          ...fields,
          ErrorCode: first.status === null ? '11205' : '11200',
          ErrorUrl: target.url.split('#', 1)[0] ?? target.url,
        })
      : first;
  exchange.deps.log?.('inbound_delivered', { sid: received.sid, answer: answer.status });
  if (answer.status !== null && answer.status < 300) reply(exchange, received, answer);
  return answer;
}

function reply(exchange: Exchange, received: Received, answer: WebhookAnswer): void {
  const replies = repliesOf(answer);
  if (replies === 'unreadable') {
    exchange.deps.log?.('answer_unreadable', { sid: received.sid, code: 12300 });
    return;
  }
  for (const body of replies) {
    say(exchange, { from: received.to, to: received.from, body, confirmation: null });
  }
}
