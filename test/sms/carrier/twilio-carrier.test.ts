import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { meaningOfLost } from '../../../src/sms/carrier/codes.ts';
import { createTwilioCarrier } from '../../../src/sms/carrier/twilio-carrier.ts';
import { startWorld, textTo, type World, type WorldOptions } from '../local-carrier/world.ts';
import { accountSid, authToken, ownNumber } from '../webhook/webhook-server.ts';

let world: World | undefined;
const start = async (options?: WorldOptions): Promise<World> => {
  world = await startWorld(options);
  return world;
};
afterEach(async () => {
  await world?.close();
  world = undefined;
});

const ann = '+14155550101';
const since = 0;
const none: ReadonlySet<string> = new Set();

test('a text is accepted with its sid, sender and segments', async () => {
  const { carrier, local } = await start();
  const outcome = await carrier.send(textTo(ann, 'á'.repeat(71)));
  expect(outcome).toMatchObject({
    kind: 'accepted',
    status: 'queued',
    from: ownNumber,
    segments: 2,
  });
  const [message] = await local.messages();
  expect(outcome).toMatchObject({ sid: message?.sid });
});

test('a messaging service accepts before it has a sender, and segments are counted by us', async () => {
  const { carrier } = await start({ withService: true });
  const outcome = await carrier.send(textTo(ann, 'a'.repeat(161)));
  expect(outcome).toMatchObject({ kind: 'accepted', status: 'accepted', from: null, segments: 2 });
});

test('a text may pin its sender beside the messaging service', async () => {
  const { carrier, local } = await start({ withService: true });
  await carrier.send({ ...textTo(ann), from: ownNumber });
  expect(await local.messages()).toMatchObject([{ from: ownNumber }]);
});

test.each([
  ['+15005550001', 21211, 'bad_number'],
  ['+14155550192', 21614, 'bad_number'],
  ['+14155550194', 21610, 'opted_out'],
  ['+15005550002', 21612, 'config'],
  ['+15005550003', 21408, 'config'],
  ['12345', 21211, 'bad_number'],
])('a text to %s is rejected for good with %i as %s', async (to, providerCode, reason) => {
  const { carrier, local } = await start();
  const outcome = await carrier.send(textTo(to));
  expect(outcome).toEqual({ kind: 'rejected', providerCode, httpStatus: 400, reason });
  expect(await local.messages()).toEqual([]);
});

test('what is wrong with the text itself is ours', async () => {
  const { carrier } = await start();
  expect(await carrier.send(textTo(ann, ''))).toMatchObject({
    providerCode: 21602,
    reason: 'ours',
  });
  const long = textTo(ann, 'a'.repeat(1_601));
  expect(await carrier.send(long)).toMatchObject({ providerCode: 21617, reason: 'ours' });
  const foreign = { ...textTo(ann), from: '+14155550155' };
  expect(await carrier.send(foreign)).toMatchObject({ providerCode: 21606, reason: 'ours' });
});

test('wrong credentials are told apart from a wrong text', async () => {
  const { carrier } = await start({ authToken: 'wrong' });
  expect(await carrier.send(textTo(ann))).toEqual({
    ...{ kind: 'rejected', providerCode: 20003, httpStatus: 401, reason: 'credentials' },
  });
});

test('a throttled text was never processed and says when to come back', async () => {
  const { carrier, local } = await start();
  await local.faults({ kind: 'throttle', retryAfterS: 7 });
  await local.faults({ kind: 'throttle' });
  const retry = { kind: 'retry', providerCode: 20429, httpStatus: 429 };
  expect(await carrier.send(textTo(ann))).toEqual({ ...retry, retryAfterMs: 7_000 });
  expect(await carrier.send(textTo(ann))).toEqual({ ...retry, retryAfterMs: null });
  expect(await local.messages()).toEqual([]);
  expect(await carrier.send(textTo(ann))).toMatchObject({ kind: 'accepted' });
});

test('a full queue is a retry, minutes later', async () => {
  const { carrier } = await start();
  expect(await carrier.send(textTo('+14155550196'))).toEqual({
    ...{ kind: 'retry', providerCode: 21611, httpStatus: 429, retryAfterMs: 600_000 },
  });
});

test('where nobody listens nothing was sent, and it is safe to repeat', async () => {
  const { carrier, local } = await start();
  await local.close();
  const never = { kind: 'retry', providerCode: null, httpStatus: null, retryAfterMs: null };
  expect(await carrier.send(textTo(ann))).toEqual(never);
});

test('a text that may no longer leave does not, over a new connection or a kept one', async () => {
  const { carrier, local } = await start();
  expect(await carrier.send(textTo(ann, 'first'), () => false)).toEqual({ kind: 'unknown' });
  expect(await carrier.send(textTo(ann, 'second'), () => true)).toMatchObject({ kind: 'accepted' });
  expect(await carrier.send(textTo(ann, 'third'), () => false)).toEqual({ kind: 'unknown' });
  expect(await local.messages()).toMatchObject([{ body: 'second' }]);
});

test('a text is asked for again when its connection stands', async () => {
  const { carrier, local } = await start();
  const answers = [true, false];
  expect(await carrier.send(textTo(ann), () => answers.shift() ?? true)).toEqual({
    kind: 'unknown',
  });
  expect(await local.messages()).toEqual([]);
});

test.each([
  { kind: 'reset', recorded: false },
  { kind: 'reset', recorded: true },
  { kind: 'server_error', status: 500, recorded: false },
  { kind: 'server_error', status: 503, recorded: true },
  { kind: 'hang', recorded: true },
  { kind: 'late', delayMs: 5_000 },
] as const)(
  'after %j the outcome is unknown, and find tells whether it was sent',
  async (fault) => {
    const { carrier, local } = await start({ timeoutMs: 200 });
    await local.faults(fault);
    const text = textTo(ann);
    expect(await carrier.send(text)).toEqual({ kind: 'unknown' });
    const wasTaken = fault.kind === 'late' || fault.recorded;
    const [message] = await local.messages();
    const found = await carrier.find(text, { since, knownSids: none });
    expect(found?.sid).toBe(wasTaken ? message?.sid : undefined);
    expect(message === undefined).toBe(!wasTaken);
  },
);

test('an answer that is no Twilio answer leaves the outcome unknown', async () => {
  const page = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi';
  const proxy = createServer((socket) => socket.once('data', () => socket.end(page)));
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const apiUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const carrier = createTwilioCarrier({
    ...{ accountSid, authToken, apiUrl, sender: { from: ownNumber }, provider: 'twilio' },
    ...{ publicUrl: 'https://funlet.example', handlesOptOut: true, now: Date.now },
  });
  expect(await carrier.send(textTo(ann))).toEqual({ kind: 'unknown' });
  proxy.close();
});

test('find takes no other text’s sid, no other body, no other person, nothing older', async () => {
  const { carrier } = await start();
  const text = textTo(ann, 'Got it');
  const scope = (...sids: string[]) => ({ since: Date.now() - 1_000, knownSids: new Set(sids) });
  await carrier.send(textTo(ann, 'Got it!'));
  await carrier.send(textTo('+14155550102', 'Got it'));
  expect(await carrier.find(text, scope())).toBeUndefined();
  const first = await carrier.send(text);
  const second = await carrier.send({ ...text, textId: 'another' });
  if (first.kind !== 'accepted' || second.kind !== 'accepted') throw new Error('Not accepted.');
  expect((await carrier.find(text, scope()))?.sid).toBe(first.sid);
  expect((await carrier.find(text, scope(first.sid)))?.sid).toBe(second.sid);
  expect(await carrier.find(text, scope(first.sid, second.sid))).toBeUndefined();
  const later = { since: Date.now() + 3_600_000, knownSids: none };
  expect(await carrier.find(text, later)).toBeUndefined();
});

test('find never takes a person’s own message for ours', async () => {
  const { carrier, local } = await start();
  await local.inbound({ from: ann, body: 'Got it' });
  expect(
    await carrier.find(textTo(ownNumber, 'Got it'), { since, knownSids: none }),
  ).toBeUndefined();
});

test('find says why the carrier lost a text', async () => {
  const { carrier, local } = await start();
  await local.script({ steps: [{ status: 'undelivered', errorCode: 30006, afterMs: 0 }] });
  const text = textTo(ann);
  await carrier.send(text);
  await local.waitForMessage(({ status }) => status === 'undelivered');
  const found = await carrier.find(text, { since, knownSids: none });
  expect(found).toMatchObject({ status: 'undelivered', providerCode: 30006 });
});

test('find reads past the first page', async () => {
  const { carrier } = await start();
  const text = textTo(ann, 'The first');
  const first = await carrier.send(text);
  for (let n = 0; n < 60; n++) await carrier.send(textTo(ann, `Text ${n}`));
  const found = await carrier.find(text, { since, knownSids: none });
  expect(first).toMatchObject({ kind: 'accepted', sid: found?.sid });
});

test('find sees through smart encoding', async () => {
  const { carrier } = await start();
  await carrier.send(textTo(ann, `It's "on" - come...`));
  const curly = textTo(ann, 'It’s “on” – come…');
  expect(await carrier.find(curly, { since, knownSids: none })).toBeDefined();
});

test('find that cannot ask fails without naming text or person', async () => {
  const { carrier, local } = await start();
  await local.faults({ kind: 'server_error', on: 'read' });
  const error = await carrier.find(textTo(ann), { since, knownSids: none }).catch(String);
  expect(error).toMatch(/could not be read/);
  expect(error).not.toMatch(/4155550101|Hike/);
});

test('a callback’s code says whether the person wants no texts, or may get them later', () => {
  expect([21610, 30004].map(meaningOfLost)).toEqual(['opt_out', 'opt_out']);
  expect(new Set([30001, 30003, 30008, 30024, 30047].map(meaningOfLost))).toEqual(
    new Set(['passing']),
  );
  expect(meaningOfLost(30034)).toBe('stop');
  const others = [null, 30005, 30006, 30007, 99999].map(meaningOfLost);
  expect(new Set(others)).toEqual(new Set([undefined]));
});
