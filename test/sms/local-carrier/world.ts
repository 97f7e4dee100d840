/** A local carrier, our carrier pointed at it, and our webhooks: all over real HTTP. */
import { randomUUID } from 'node:crypto';
import type { Carrier } from '../../../src/sms/carrier/carrier.ts';
import { createTwilioCarrier } from '../../../src/sms/carrier/twilio-carrier.ts';
import type { LocalCarrierDeps } from '../../../src/sms/local-carrier/exchange.ts';
import { createLocalCarrier } from '../../../src/sms/local-carrier/local-carrier.ts';
import type { WebhookDeps } from '../../../src/sms/webhook/webhook-router.ts';
import { accountSid, authToken, ownNumber, startWebhookServer } from '../webhook/webhook-server.ts';

export const messagingServiceSid = `MG${'1'.repeat(32)}`;

export type WorldOptions = {
  readonly withService?: boolean;
  readonly carrier?: Partial<LocalCarrierDeps>;
  readonly webhooks?: Partial<WebhookDeps>;
  readonly timeoutMs?: number;
  readonly authToken?: string;
};

export async function startWorld(options: WorldOptions = {}) {
  const service = options.withService ? { messagingServiceSid } : {};
  const server = await startWebhookServer({ ...service, ...options.webhooks });
  const local = createLocalCarrier(
    {
      ...{ accountSid, authToken, numbers: [ownNumber], ...service },
      ...{ statusDelayMs: 0, retryDelayMs: 1, now: Date.now, id: randomUUID },
      ...options.carrier,
    },
    { url: `${server.publicUrl}/webhooks/twilio/sms` },
  );
  const apiUrl = await local.listen();
  const carrier: Carrier = createTwilioCarrier({
    accountSid,
    authToken: options.authToken ?? authToken,
    publicUrl: server.publicUrl,
    sender: options.withService ? { messagingServiceSid } : { from: ownNumber },
    apiUrl,
    provider: 'emulator',
    handlesOptOut: true,
    now: Date.now,
    timeoutMs: options.timeoutMs ?? 2_000,
  });
  const close = async (): Promise<void> => {
    await local.close();
    await server.close();
  };
  return { local, server, carrier, apiUrl, close };
}

export type World = Awaited<ReturnType<typeof startWorld>>;

export const textTo = (to: string, body = 'Hike on Saturday? Reply YES or NO') => ({
  textId: randomUUID(),
  to,
  body,
});
