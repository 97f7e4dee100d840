import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  inboundFields,
  invitee,
  newSid,
  ownNumber,
  post,
  startWebhookServer,
  statusFields,
  type WebhookServer,
} from './webhook-server.ts';

let server: WebhookServer;
beforeAll(async () => {
  server = await startWebhookServer({ messagingServiceSid: `MG${'0'.repeat(32)}` });
});
afterAll(() => server.close());
afterEach(() => {
  expect(server.koaErrors).toEqual([]);
  server.messages.length = 0;
  server.statuses.length = 0;
  server.malformed.length = 0;
});

const textId = '019b0000-0000-7000-8000-000000000001';
const statusPath = `/webhooks/twilio/status?m=${textId}`;

test('an inbound message is read whole', async () => {
  const sid = newSid().replace('SM', 'MM');
  const fields = inboundFields({ MessageSid: sid, NumMedia: '2', OptOutType: 'START' });
  await post(server, { fields });
  expect(server.messages).toEqual([
    {
      ...{ sid, from: invitee, to: ownNumber, body: 'Yes', media: 2, segments: 1 },
      optOutType: 'START',
    },
  ]);
});

test('B-12 control characters in a signed body are dropped', async () => {
  await post(server, { fields: inboundFields({ Body: 'Ye\u0000s\u0007 \u009fsure\nok' }) });
  expect(server.messages[0]?.body).toBe('Yes sure\nok');
});

test.each([
  ['RTL override', 'yes\u202Eon'],
  ['zero-width letters', 'y\u200Bes'],
  ['combining marks', 'ye\u0301s'],
  ['full-width letters', 'ｙｅｓ'],
  ['emoji only', '👍🏽'],
  ['1,600 characters', 'a'.repeat(1_600)],
  ['no text', ''],
  ['only spaces', '   '],
])('B-13 a message of %s arrives unchanged', async (_what, body) => {
  expect((await post(server, { fields: inboundFields({ Body: body }) })).status).toBe(200);
  expect(server.messages[0]?.body).toBe(body);
});

test.each([
  "'; drop table instances; --",
  '<script>x</script>',
  '{{7*7}}',
  '{"__proto__":{"a":1}}',
])('B-14 the text %s is a text, and not echoed', async (body) => {
  const answer = await post(server, { fields: inboundFields({ Body: body }) });
  expect(await answer.text()).toBe('<Response></Response>');
  expect(server.messages[0]?.body).toBe(body);
});

test('B-15 a missing or odd MessageSid is a silent 200 and malformed', async () => {
  for (const sid of ['', 'SM1', `XX${'0'.repeat(32)}`, `SM${'g'.repeat(32)}`, 'SM'.repeat(5_000)]) {
    const answer = await post(server, { fields: inboundFields({ MessageSid: sid }) });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('<Response></Response>');
  }
  expect(server.messages).toEqual([]);
  expect(server.malformed).toEqual(Array(5).fill('sms:malformed_webhook'));
});

test('B-15 a status callback without a right MessageSid is a 204 and malformed', async () => {
  const answer = await post(server, {
    path: statusPath,
    fields: statusFields({ MessageSid: 'x' }),
  });
  expect(answer.status).toBe(204);
  expect(server.malformed).toEqual(['status:malformed_webhook']);
});

test('B-16 a foreign account or a number not ours is refused with 403', async () => {
  const foreign = { AccountSid: `AC${'b'.repeat(32)}` };
  expect((await post(server, { fields: inboundFields(foreign) })).status).toBe(403);
  expect((await post(server, { fields: inboundFields({ To: '+14155550177' }) })).status).toBe(403);
  const status = { path: statusPath, fields: statusFields(foreign) };
  expect((await post(server, status)).status).toBe(403);
  expect(server.messages).toEqual([]);
  expect(server.statuses).toEqual([]);
});

test('B-16 a number of our messaging service is ours', async () => {
  const fields = inboundFields({ To: '+14155550177', MessagingServiceSid: `MG${'0'.repeat(32)}` });
  expect((await post(server, { fields })).status).toBe(200);
  expect(server.messages).toHaveLength(1);
});

test.each([
  '32665',
  'ACME',
  'whatsapp:+14155550101',
  'client:sam',
  '',
  '+'.padEnd(200, '1'),
  '+0123',
])(
  'B-17 the sender "%s" is no phone number, and the message is taken without one',
  async (from) => {
    expect((await post(server, { fields: inboundFields({ From: from }) })).status).toBe(200);
    expect(server.messages).toMatchObject([{ from: null, body: 'Yes' }]);
  },
);

test('B-18 a message from our own number is dropped', async () => {
  const answer = await post(server, { fields: inboundFields({ From: ownNumber }) });
  expect(answer.status).toBe(200);
  expect(server.messages).toEqual([]);
  expect(server.malformed).toEqual(['sms:own_number']);
});

test('a status callback is answered 204 and carries the text it is about', async () => {
  const fields = statusFields({ MessageStatus: 'undelivered', ErrorCode: '30003' });
  expect((await post(server, { path: statusPath, fields })).status).toBe(204);
  expect(server.statuses).toMatchObject([
    { textId, status: 'undelivered', raw: 'undelivered', errorCode: 30003 },
  ]);
});

test('B-22 a status whose address names no text of ours has no text id', async () => {
  for (const query of ['', '?m=', '?m=1', '?m=a&m=b', "?m=1'--"]) {
    const path = `/webhooks/twilio/status${query}`;
    expect((await post(server, { path, fields: statusFields() })).status).toBe(204);
  }
  expect(server.statuses.map((status) => status.textId)).toEqual(Array(5).fill(null));
});

test.each([
  [{ MessageStatus: 'teleported' }, { status: null, raw: 'teleported' }],
  [{ MessageStatus: 'toString' }, { status: null, raw: 'toString' }],
  [{ MessageStatus: 'x'.repeat(900) }, { status: null, raw: 'x'.repeat(32) }],
  [{ ErrorCode: 'abc' }, { errorCode: null }],
  [{ ErrorCode: '9'.repeat(400) }, { errorCode: null }],
  [{ ErrorCode: '1e400' }, { errorCode: null }],
  [{ MessageStatus: undefined as unknown as string }, { status: null, raw: '' }],
])('B-26 the odd status %j is answered 204, and its word is kept short', async (odd, expected) => {
  const fields = JSON.parse(JSON.stringify({ ...statusFields(), ...odd }));
  expect((await post(server, { path: statusPath, fields })).status).toBe(204);
  expect(server.statuses).toMatchObject([expected]);
});

test('B-27 a status says whom it is about, so that a foreign one can be told', async () => {
  const fields = statusFields({ To: 'whatsapp:+14155550101' });
  await post(server, { path: statusPath, fields: statusFields() });
  await post(server, { path: statusPath, fields });
  expect(server.statuses).toMatchObject([
    { from: ownNumber, to: invitee },
    { from: ownNumber, to: null },
  ]);
});
