/** The control of a local carrier that runs as a process of its own. */
import type { InboundDelivery } from './inbound.ts';
import type { LocalCarrierControl } from './local-carrier-control.ts';
import { type MessagesSince, waitForMessage } from './wait-for-message.ts';

/** `url` is the carrier's base URL; `now` gives epoch ms. */
export function createLocalCarrierClient(url: string, now: () => number): LocalCarrierControl {
  const call = async <T>(path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${url}/local${path}`, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    if (answer.ok) return (await answer.json()) as T;
    throw new Error(
      `The local carrier answered ${answer.status} at /local${path.split('?', 1)[0]}: ${await answer.text()}`,
    );
  };
  const next = (since: number, waitMs = 0) =>
    call<MessagesSince>(`/messages?since=${since}&waitMs=${waitMs}`);
  return {
    inbound: (draft) => call<InboundDelivery>('/inbound', draft),
    script: (plan) => call('/plans', plan),
    faults: (fault) => call('/faults', fault),
    setWebhook: (target) => call('/webhook', target),
    messages: async () => (await next(0)).messages,
    messagesSince: next,
    waitForMessage: (predicate, options) => waitForMessage(next, predicate, { ...options, now }),
  };
}
