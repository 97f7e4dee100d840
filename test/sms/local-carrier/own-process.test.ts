import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTwilioCarrier } from '../../../src/sms/carrier/twilio-carrier.ts';
import { createLocalCarrierClient } from '../../../src/sms/local-carrier/client.ts';
import {
  accountSid,
  authToken,
  invitee,
  ownNumber,
  startWebhookServer,
  type WebhookServer,
} from '../webhook/webhook-server.ts';
import { textTo } from './world.ts';

let child: ChildProcess;
let url: string;
let server: WebhookServer;

beforeAll(async () => {
  server = await startWebhookServer();
  child = spawn(
    process.execPath,
    [
      ...['--import', 'tsx', 'src/sms/local-carrier/main.ts', '--status-delay-ms', '0'],
      ...['--account-sid', accountSid, '--auth-token', authToken, '--number', ownNumber],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (!child.stdout) throw new Error('The child has no stdout.');
  const [line] = await once(createInterface(child.stdout), 'line');
  url = JSON.parse(String(line)).url;
}, 30_000);

afterAll(async () => {
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  await server.close();
  expect(code).toBe(0);
});

test('the local carrier as a process of its own is driven over HTTP', async () => {
  const local = createLocalCarrierClient(url, Date.now);
  await local.setWebhook({ url: `${server.publicUrl}/webhooks/twilio/sms` });
  const carrier = createTwilioCarrier({
    ...{ accountSid, authToken, apiUrl: url, sender: { from: ownNumber }, now: Date.now },
    ...{ publicUrl: server.publicUrl, provider: 'emulator', handlesOptOut: true },
  });
  const later = local.waitForMessage((message) => message.status === 'undelivered');
  await local.faults({ kind: 'throttle' });
  await local.script({ steps: [{ status: 'undelivered', errorCode: 30003 }] });
  expect(await carrier.send(textTo(invitee))).toMatchObject({ kind: 'retry' });
  const outcome = await carrier.send(textTo(invitee));
  expect(await later).toMatchObject({ sid: 'sid' in outcome ? outcome.sid : '', errorCode: 30003 });
  const { sid } = await local.inbound({ from: invitee, body: 'Yes', times: 2 });
  expect(server.messages.map((message) => message.sid)).toEqual([sid, sid]);
  expect(await local.messages()).toHaveLength(2);
});

test('what the control does not know is refused in words', async () => {
  const local = createLocalCarrierClient(url, Date.now);
  const wrong = { kind: 'explode' } as unknown as Parameters<typeof local.faults>[0];
  await expect(local.faults(wrong)).rejects.toThrow(/422 at \/local\/faults/);
});

test('waiting for what never comes ends with a sentence', async () => {
  const local = createLocalCarrierClient(url, Date.now);
  await expect(local.waitForMessage(() => false, { timeoutMs: 50 })).rejects.toThrow(
    /No such message came to the local carrier within 50 ms/,
  );
});
