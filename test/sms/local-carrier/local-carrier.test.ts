import { randomUUID } from 'node:crypto';
import twilio from 'twilio';
import { afterEach, expect, test } from 'vitest';
import { isDeliveryStatus, isForward } from '../../../machines/text.delivery.ts';
import { ApiClient } from '../../../src/sms/carrier/api-client.ts';
import {
  accountSid,
  authToken,
  invitee,
  ownNumber,
  startWebhookServer,
} from '../webhook/webhook-server.ts';
import { startWorld, textTo, type World, type WorldOptions } from './world.ts';

let world: World | undefined;
const start = async (options?: WorldOptions): Promise<World> => {
  world = await startWorld(options);
  return world;
};
afterEach(async () => {
  await world?.close();
  world = undefined;
});

const clientOf = ({ apiUrl }: World) =>
  twilio(accountSid, authToken, { httpClient: new ApiClient(apiUrl) });

const words = ({ server }: World) => server.statuses.map((status) => status.raw);

const accepted = async ({ carrier }: World, to = invitee) => {
  const outcome = await carrier.send(textTo(to));
  if (outcome.kind !== 'accepted') throw new Error(`The text was not accepted: ${outcome.kind}.`);
  return outcome;
};

test('the real client creates, fetches and lists messages', async () => {
  const client = clientOf(await start());
  const created = await client.messages.create({ to: invitee, from: ownNumber, body: 'Hi' });
  const fetched = await client.messages(created.sid).fetch();
  expect(fetched).toMatchObject({ sid: created.sid, body: 'Hi', to: invitee, numSegments: '1' });
  expect(fetched.dateCreated).toBeInstanceOf(Date);
  expect(await client.messages.list({ to: invitee })).toHaveLength(1);
  expect(await client.messages.list({ to: '+14155550102' })).toEqual([]);
});

test('a list is read page by page, the newest first', async () => {
  const client = clientOf(await start());
  for (const body of ['1', '2', '3', '4', '5']) {
    await client.messages.create({ to: invitee, from: ownNumber, body });
  }
  const listed = await client.messages.list({ pageSize: 2 });
  expect(listed.map((message) => message.body)).toEqual(['5', '4', '3', '2', '1']);
});

test('a list by DateSent has what was sent then, and nothing still queued', async () => {
  const world = await start();
  const client = clientOf(world);
  await world.local.script({ steps: [] });
  await client.messages.create({ to: invitee, from: ownNumber, body: 'queued for ever' });
  await client.messages.create({ to: invitee, from: ownNumber, body: 'sent' });
  await world.local.waitForMessage((message) => message.status === 'delivered');
  const hour = 3_600_000;
  const list = async (filter: object) =>
    (await client.messages.list(filter)).map((message) => message.body);
  expect(await list({ dateSentAfter: new Date(Date.now() - hour) })).toEqual(['sent']);
  expect(await list({ dateSentAfter: new Date(Date.now() + hour) })).toEqual([]);
  expect(await list({ dateSentBefore: new Date(Date.now() - hour) })).toEqual([]);
  expect(await list({ dateSent: new Date(Date.now() - 48 * hour) })).toEqual([]);
});

test('what is asked wrongly is answered with Twilio’s own codes', async () => {
  const world = await start({ withService: true });
  const client = clientOf(world);
  const { messages } = client;
  const send = (draft: object) =>
    messages.create({ to: invitee, from: ownNumber, body: 'Hi', ...draft });
  await expect(send({ from: undefined })).rejects.toMatchObject({ code: 21603 });
  await expect(send({ from: '+14155550155' })).rejects.toMatchObject({ code: 21606 });
  await expect(send({ to: '+1999' })).rejects.toMatchObject({ code: 21211 });
  await expect(send({ messagingServiceSid: 'MG0' })).rejects.toMatchObject({ code: 21705 });
  await expect(messages('SM0').fetch()).rejects.toMatchObject({ code: 20404, status: 404 });
  const stranger = twilio(accountSid, 'wrong', { httpClient: new ApiClient(world.apiUrl) });
  await expect(stranger.messages.list()).rejects.toMatchObject({ code: 20003, status: 401 });
});

test('a text is called back as sent, then delivered, with its own id', async () => {
  const world = await start();
  const { sid } = await accepted(world);
  await world.local.waitForMessage((message) => message.status === 'delivered');
  await expect.poll(() => words(world)).toEqual(['sent', 'delivered']);
  expect(world.server.statuses.every((status) => status.sid === sid && status.textId)).toBe(true);
});

test('with a messaging service a text is called back as queued first', async () => {
  const world = await start({ withService: true });
  await accepted(world);
  await expect.poll(() => words(world)).toEqual(['queued', 'sent', 'delivered']);
});

test('B-23 callbacks may come before the request to send is answered', async () => {
  const world = await start();
  await accepted(world, '+14155550199');
  expect(words(world)).toEqual(['sent', 'delivered']);
});

test('B-24 callbacks may come in the wrong order and twice; the resource goes forward', async () => {
  const world = await start();
  const { sid } = await accepted(world, '+14155550198');
  await expect
    .poll(() => words(world))
    .toEqual(['delivered', 'delivered', 'sent', 'sent', 'queued']);
  expect(await clientOf(world).messages(sid).fetch()).toMatchObject({ status: 'delivered' });
  const final = world.server.statuses
    .map((status) => status.raw)
    .filter(isDeliveryStatus)
    .reduce((now, next) => (isForward(now, next) ? next : now));
  expect(final).toBe('delivered');
});

test('B-25 B-26 any callbacks can be scripted, for one person and so many texts', async () => {
  const world = await start();
  await world.local.script({
    to: invitee,
    steps: [
      { status: 'failed', errorCode: 30008 },
      { status: 'delivered' },
      { status: 'odd', errorCode: 'abc' },
    ],
  });
  await accepted(world, '+14155550102');
  await expect.poll(() => words(world)).toEqual(['sent', 'delivered']);
  await accepted(world);
  await expect.poll(() => words(world).slice(2)).toEqual(['failed', 'delivered', 'odd']);
  expect(world.server.statuses.slice(2)).toMatchObject([
    { errorCode: 30008 },
    { errorCode: null },
    { status: null, errorCode: null },
  ]);
});

test('an undelivered text carries its code', async () => {
  const world = await start();
  const { sid } = await accepted(world, '+14155550193');
  await expect.poll(() => words(world)).toEqual(['sent', 'undelivered']);
  expect(world.server.statuses.at(-1)).toMatchObject({ errorCode: 30006 });
  expect(await clientOf(world).messages(sid).fetch()).toMatchObject({ errorCode: 30006 });
});

test('a text that was taken is carried even if its sender never got the answer', async () => {
  const world = await start({ timeoutMs: 100 });
  await world.local.faults({ kind: 'reset', recorded: true });
  expect(await world.carrier.send(textTo(invitee))).toEqual({ kind: 'unknown' });
  await expect.poll(() => words(world)).toEqual(['sent', 'delivered']);
});

test('a person’s message arrives at the webhook, signed and whole', async () => {
  const world = await start();
  const { sid, answers } = await world.local.inbound({ from: invitee, body: 'Sí, +1 👍' });
  expect(answers).toMatchObject([{ status: 200, attempts: 1 }]);
  expect(world.server.messages).toMatchObject([
    { sid, from: invitee, to: ownNumber, body: 'Sí, +1 👍', media: 0, segments: 1 },
  ]);
});

test('B-03 B-04 a message is delivered again, one by one or all at once, with the same sid', async () => {
  const world = await start();
  const sid = `SM${randomUUID().replaceAll('-', '')}`;
  await world.local.inbound({ from: invitee, body: 'Yes', sid, times: 3 });
  await world.local.inbound({ from: invitee, body: 'Yes', sid, times: 10, concurrent: true });
  expect(world.server.messages.map((message) => message.sid)).toEqual(Array(13).fill(sid));
  expect(await world.local.messages()).toHaveLength(1);
});

test('an MMS has another kind of sid and counts its media', async () => {
  const world = await start();
  const { sid } = await world.local.inbound({ from: invitee, body: '', media: 2 });
  expect(sid).toMatch(/^MM/);
  expect(world.server.messages).toMatchObject([{ media: 2, body: '' }]);
});

test('STOP is remembered, confirmed by the carrier, and told to the webhook', async () => {
  const world = await start();
  await world.local.inbound({ from: invitee, body: ' Stop ' });
  expect(world.server.messages).toMatchObject([{ body: ' Stop ', optOutType: null }]);
  const confirmations = (await world.local.messages()).map((message) => message.confirmation);
  expect(confirmations).toEqual([null, 'stop']);
  expect(await world.carrier.send(textTo(invitee))).toMatchObject({ reason: 'opted_out' });
  await world.local.inbound({ from: invitee, body: 'START' });
  expect(await world.carrier.send(textTo(invitee))).toMatchObject({ kind: 'accepted' });
});

test('STOP PLEASE is no keyword, and YES changes nothing for who is not opted out', async () => {
  const world = await start();
  await world.local.inbound({ from: invitee, body: 'STOP PLEASE' });
  await world.local.inbound({ from: invitee, body: 'Yes' });
  expect(await world.local.messages()).toHaveLength(2);
  expect(await world.carrier.send(textTo(invitee))).toMatchObject({ kind: 'accepted' });
});

test('with a messaging service a text to who opted out fails afterwards', async () => {
  const world = await start({ withService: true });
  await world.local.inbound({ from: invitee, body: 'STOP' });
  await accepted(world);
  await expect.poll(() => words(world)).toEqual(['failed']);
  expect(world.server.statuses).toMatchObject([{ errorCode: 21610 }]);
});

test('with Advanced Opt-Out the webhook hears what the carrier made of a Yes', async () => {
  const world = await start({ withService: true, carrier: { optOut: 'advanced' } });
  await world.local.inbound({ from: invitee, body: 'Yes' });
  expect(world.server.messages).toMatchObject([{ body: 'Yes', optOutType: 'START' }]);
});

test('a webhook that fails is not called again by default, but its fallback is', async () => {
  let calls = 0;
  const world = await start({
    webhooks: {
      onInbound: async () => {
        if (calls++ === 0) throw new Error('database away');
      },
    },
  });
  expect(await world.local.inbound({ from: invitee, body: 'Yes' })).toMatchObject({
    answers: [{ status: 503, attempts: 1 }],
  });
  const url = `${world.server.publicUrl}/webhooks/twilio/sms`;
  calls = 0;
  await world.local.setWebhook({ url, fallbackUrl: `${url}/fallback` });
  const { answers } = await world.local.inbound({ from: invitee, body: 'Yes' });
  expect(answers).toMatchObject([{ status: 200, attempts: 1 }]);
  expect(calls).toBe(2);
});

test('a webhook asks in its fragment to be called again after a failure', async () => {
  let calls = 0;
  const world = await start({
    webhooks: {
      onInbound: async () => {
        if (calls++ < 2) throw new Error('database away');
      },
    },
  });
  const url = `${world.server.publicUrl}/webhooks/twilio/sms`;
  await world.local.setWebhook({ url: `${url}#rc=3&rp=all` });
  const { answers } = await world.local.inbound({ from: invitee, body: 'Yes' });
  expect(answers).toMatchObject([{ status: 200, attempts: 3 }]);
});

const deadUrl = async (): Promise<string> => {
  const gone = await startWebhookServer();
  await gone.close();
  return `${gone.publicUrl}/webhooks/twilio/sms`;
};

test('a webhook where nobody listens is tried twice', async () => {
  const world = await start();
  await world.local.setWebhook({ url: await deadUrl() });
  const { answers } = await world.local.inbound({ from: invitee, body: 'Yes' });
  expect(answers).toMatchObject([{ end: 'no_connection', status: null, attempts: 2 }]);
});

test('a webhook that hangs is given up after its time', async () => {
  const world = await start({ webhooks: { onInbound: () => new Promise(() => undefined) } });
  const url = `${world.server.publicUrl}/webhooks/twilio/sms`;
  await world.local.setWebhook({ url: `${url}#rt=50` });
  const { answers } = await world.local.inbound({ from: invitee, body: 'Yes' });
  expect(answers).toMatchObject([{ end: 'timed_out', attempts: 1 }]);
});

test('who listens hears of each message until they stop', async () => {
  const world = await start();
  const heard: string[] = [];
  const stop = world.local.onMessage((message) => heard.push(message.body));
  await world.local.inbound({ from: invitee, body: 'Anybody?' });
  stop();
  await world.local.inbound({ from: invitee, body: 'Nobody.' });
  expect(heard).toEqual(['Anybody?']);
});
