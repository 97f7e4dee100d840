/** Carries a message that was taken: its statuses, one after the other, each called back. */
import { setTimeout as delay } from 'node:timers/promises';
import { isDeliveryStatus, isForward } from '../../../machines/text.delivery.ts';
import { callWebhook } from './call-webhook.ts';
import { type Exchange, optOutKey } from './exchange.ts';
import { type CarrierMessage, messageBySid, stateOf, takePlan } from './memory.ts';
import type { StatusStep } from './schemas.ts';
import { sentinels } from './sentinels.ts';

/** The steps of a message: a script's, its number's fate, or the usual ones. */
export function stepsFor(exchange: Exchange, message: CarrierMessage): readonly StatusStep[] {
  const plan = takePlan(exchange.memory, message.to);
  if (plan) return plan.steps;
  const queued = message.messagingServiceSid === null ? [] : [step('queued')];
  const key = optOutKey(exchange, message.to, message.from);
  // Only reached with a messaging service: for a plain number the request itself was refused.
  if (stateOf(exchange.memory).optOuts.includes(key)) {
    return [step('failed', { errorCode: 21610 })];
  }
  return [...queued, ...fateOf(message.to)];
}

function fateOf(to: string): readonly StatusStep[] {
  const sentinel = sentinels.get(to);
  switch (sentinel?.fate) {
    case 'undelivered':
      return [step('sent'), step('undelivered', { errorCode: sentinel.code })];
    case 'no_receipt':
      return [step('sent')];
    case 'early':
      return [step('sent', { beforeAnswer: true }), step('delivered', { beforeAnswer: true })];
    case 'jumbled':
      return [step('delivered', { copies: 2 }), step('sent', { copies: 2 }), step('queued')];
    default:
      return [step('sent'), step('delivered')];
  }
}

/** Walks the steps. Never rejects; stops when the carrier closes. */
export async function walk(
  exchange: Exchange,
  sid: string,
  steps: readonly StatusStep[],
): Promise<void> {
  const usualDelayMs = exchange.deps.statusDelayMs ?? 20;
  for (const each of steps) {
    const waitMs = each.beforeAnswer ? 0 : (each.afterMs ?? usualDelayMs);
    await delay(waitMs, undefined, { signal: exchange.closing }).catch(() => undefined);
    if (exchange.closing.aborted) return;
    reach(exchange, sid, each);
    for (let copy = 0; copy < each.copies; copy++) await callBack(exchange, sid, each);
  }
}

/** The resource only goes forward, whatever the order of the callbacks. */
function reach({ deps, memory }: Exchange, sid: string, { status, errorCode }: StatusStep): void {
  const message = messageBySid(memory, sid);
  if (!message || !isDeliveryStatus(message.status) || !isDeliveryStatus(status)) return;
  if (!isForward(message.status, status)) return;
  const isSent = status !== 'queued' && status !== 'failed';
  const sentAt = message.sentAt ?? (isSent ? deps.now() : null);
  memory.trigger.changed({
    sid,
    change: { status, sentAt, errorCode: typeof errorCode === 'number' ? errorCode : null },
  });
}

async function callBack(exchange: Exchange, sid: string, step: StatusStep): Promise<void> {
  const message = messageBySid(exchange.memory, sid);
  if (!message?.statusCallback) return;
  const { messagingServiceSid } = message;
  const answer = await callWebhook(exchange, message.statusCallback, {
    AccountSid: exchange.deps.accountSid,
    MessageSid: sid,
    SmsSid: sid,
    MessageStatus: step.status,
    SmsStatus: step.status,
    From: message.from,
    To: message.to,
    ApiVersion: '2010-04-01',
    ...(messagingServiceSid === null ? {} : { MessagingServiceSid: messagingServiceSid }),
    ...(step.errorCode === undefined ? {} : { ErrorCode: String(step.errorCode) }),
  });
  exchange.deps.log?.('status_called_back', { sid, status: step.status, answer: answer.status });
}

const step = (status: string, other: Partial<StatusStep> = {}): StatusStep => ({
  ...{ status, beforeAnswer: false, copies: 1 },
  ...other,
});
