import { describe, expect, test } from 'vitest';
import type { LogRow } from '../../src/behavior/row.ts';
import type { Organizer } from './organizer.ts';
import { openTown } from './town.ts';

const town = openTown();
const machine = 'push';

type Pushed = { readonly id: string; readonly kind: string; readonly body: string };

async function pushesTo(maya: Organizer): Promise<readonly Pushed[]> {
  const answer = await maya.client.get('/v1/development/pushes');
  expect(answer.status, answer.text).toBe(200);
  return answer.body.pushes;
}

/** An organizer whose app is pushed to has closed it; an invitee says yes, another is still to answer. */
async function pushed(): Promise<{ readonly maya: Organizer; readonly push: Pushed }> {
  const maya = await town.organizer('ios_app');
  const kept = await maya.client.put('/v1/device', { body: { token: `local-${maya.owner}` } });
  expect(kept.status, kept.text).toBe(200);
  const phone = town.phone();
  await maya.invites([phone, town.phone()]);
  await town.row((row) => row.event_type === 'sms_sent' && row.invitee_phone === phone);
  await maya.leaves();
  await town.texts(phone, 'yes');
  await town.when(async () => (await pushesTo(maya)).length > 0);
  const [push] = await pushesTo(maya);
  if (push === undefined) throw new Error('It was there a moment ago.');
  return { maya, push };
}

async function reports(
  maya: Organizer,
  push: Pushed,
  { what, ...body }: { readonly what: 'receipts' | 'opens'; readonly [field: string]: unknown },
) {
  const answer = await maya.client.post(`/v1/pushes/${push.id}/${what}`, { body });
  expect(answer.status, answer.text).toBe(200);
  return answer;
}

const received = {
  what: 'receipts',
  ...{ receipt: 'extension', appState: 'terminated', deviceAt: '2026-06-01T12:00:00+02:00' },
} as const;
const opened = { what: 'opens', action: 'default', coldStart: true } as const;

/** Of a push, and of the session that it may begin. */
const of = (maya: Organizer) => (row: LogRow) =>
  row.organizer_id === maya.owner &&
  (row.event_type.startsWith('push_') ||
    (row.event_type === 'session_start' && row.metadata.previous_session_id !== null));

describe('a push', () => {
  test('P-1 received, and opened while the app was closed, begins a session', async (ctx) => {
    const { maya, push } = await pushed();
    expect(push).toMatchObject({
      kind: 'rsvp_update',
      body: 'Dinner: 1 in, 0 out, 1 still to answer.',
    });
    await reports(maya, push, received);
    const { headers, body } = await reports(maya, push, opened);
    expect(body).toEqual({ id: push.id, kind: 'rsvp_update', received: true, opened: true });
    const session = headers.get('x-session-id');
    await town.expects(ctx, {
      machine,
      logged: `push_received{push_id:${push.id},extension,terminated,device_at:2026-06-01T10:00:00.000Z,session_id:null} → [session_start{entry:push,push_id:${push.id},session_id:${session}} push_opened{push_id:${push.id},rsvp_update,cold_start:true,session_id:${session}}]`,
      of: of(maya),
    });
  });

  test('P-2 that nobody opens is only received', async (ctx) => {
    const { maya, push } = await pushed();
    await reports(maya, push, received);
    await town.expects(ctx, {
      ...{ machine, of: of(maya), logged: 'push_received{rsvp_update}' },
      never: ['push_opened', 'session_start'],
    });
  });

  test('P-3 whose receipt the device repeats is received once', async (ctx) => {
    const { maya, push } = await pushed();
    await Promise.all([1, 2, 3].map(() => reports(maya, push, received)));
    await reports(maya, push, { ...received, receipt: 'app' });
    await town.expects(ctx, { machine, of: of(maya), logged: 'push_received' });
  });

  test('P-4 whose receipt was never reported is opened, and no receipt is made up', async (ctx) => {
    const { maya, push } = await pushed();
    const { body } = await reports(maya, push, opened);
    expect(body).toMatchObject({ received: false, opened: true });
    await town.expects(ctx, {
      ...{ machine, of: of(maya), logged: '[session_start{entry:push} push_opened]' },
      never: ['push_received'],
    });
  });

  test('P-5 opened inside a live session begins none', async (ctx) => {
    const { maya, push } = await pushed();
    const session = await maya.arrives();
    const { headers } = await reports(maya, push, { what: 'opens', action: 'button' });
    expect(headers.get('x-session-id')).toBe(session);
    await town.expects(ctx, {
      machine,
      logged: `session_start{session_id:${session}} → push_opened{session_id:${session},button}`,
      of: of(maya),
      never: ['session_start{entry:push}'],
    });
  });

  test('P-6 whose tap is told twice is opened once', async (ctx) => {
    const { maya, push } = await pushed();
    await Promise.all([1, 2, 3].map(() => reports(maya, push, opened)));
    await reports(maya, push, { ...opened, action: 'button' });
    await town.expects(ctx, {
      ...{ machine, of: of(maya), logged: '[session_start{entry:push} push_opened]' },
    });
  });

  test('of somebody else, or one that never was, is not found, and begins no session', async () => {
    const { push } = await pushed();
    const stranger = await town.organizer('ios_app');
    const body = { action: 'default' };
    const answers = await Promise.all([
      stranger.client.post(`/v1/pushes/${push.id}/opens`, { body }),
      stranger.client.post(`/v1/pushes/${stranger.owner}/opens`, { body }),
      stranger.client.post(`/v1/pushes/${push.id}/receipts`, { body: { receipt: 'app' } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect((await town.rows()).filter((row) => row.organizer_id === stranger.owner)).toEqual([]);
  });

  test('is sent no more to a device that was logged out of, or went over to another organizer', async () => {
    const [maya, ines] = [await town.organizer('ios_app'), await town.organizer('ios_app')];
    const token = `local-${maya.owner}`;
    const tokens = () => town.sql()<{ organizer_id: string }[]>`
      select organizer_id from devices where token = ${token}`;
    await maya.client.put('/v1/device', { body: { token } });
    await ines.client.put('/v1/device', { body: { token } });
    expect(await tokens()).toEqual([{ organizer_id: ines.owner }]);
    const session = await ines.arrives();
    await ines.client.post(`/v1/sessions/${session}/events`, {
      body: { type: 'organizer.logged_out' },
    });
    expect(await tokens()).toEqual([]);
  });

  test('is the app’s alone: the web is told so', async () => {
    const web = await town.organizer('web');
    const answer = await web.client.put('/v1/device', { body: { token: 'local-web' } });
    expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
  });

  test('keeps every invariant of the contract, and nothing is missing', () => town.holds());
});
