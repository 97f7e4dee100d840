/* What an organizer's client asks twice, too late, or of what never was: bad inputs 49 and 50, over HTTP. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { LogRow } from '../../src/behavior/row.ts';
import type { Organizer } from './organizer.ts';
import { openTown } from './town.ts';

const town = openTown();
const isType = (type: string) => (row: LogRow) => row.event_type === type;

async function invited(count: number, platform: 'web' | 'ios_app' = 'web') {
  const maya = await town.organizer(platform);
  const phones = Array.from({ length: count }, () => town.phone());
  const eventId = String(await (await maya.invites(phones)).eventId());
  await town.when(async () => {
    const { body } = await maya.client.get(`/v1/events/${eventId}`);
    return body.invitees.every(({ delivery }: { delivery: string }) => delivery === 'sent');
  });
  const ofEvent = async () => (await town.rows()).filter((row) => row.event_id === eventId);
  return { maya, phones, eventId, ofEvent };
}

const about = (eventId: string) => ({ input: { eventId } });
const keyed = (maya: Organizer, path: string, body: object, key: string) =>
  maya.client.post(path, { body, headers: { 'Idempotency-Key': key } });

describe('B-49 an event that is made final', () => {
  test('ten times by one key, and twenty times more without one, is final once and told once', async () => {
    const { maya, eventId, ofEvent } = await invited(2);
    const { id } = await maya.begins('finalize', about(eventId));
    const confirmed = { type: 'organizer.confirmed' };
    const key = randomUUID();
    const taps = await Promise.all(
      Array.from({ length: 10 }, () => keyed(maya, `/v1/instances/${id}/events`, confirmed, key)),
    );
    expect(taps.map(({ status }) => status)).toEqual(Array(10).fill(200));
    for (const { body } of taps) expect(body).toEqual(taps[0]?.body);
    const other = { ...confirmed, notify: false };
    const reused = await keyed(maya, `/v1/instances/${id}/events`, other, key);
    expect([reused.status, reused.body.code]).toEqual([422, 'key_conflict']);
    for (let round = 1; round <= 20; round += 1) {
      const again = await maya.begins('finalize', about(eventId));
      await again.tries(410, 'organizer.confirmed');
    }
    await town.holds();
    const logged = await ofEvent();
    expect(logged.filter(isType('finalize_triggered'))).toHaveLength(1);
    const told = logged.filter(({ metadata }) => metadata.purpose === 'finalize');
    expect(told.filter(isType('sms_sent'))).toHaveLength(2);
  });

  test('is reminded of no more, and whoever is asked to is told that it is over', async () => {
    const { maya, eventId, ofEvent } = await invited(1);
    await (await maya.begins('finalize', about(eventId))).does('organizer.confirmed');
    const reminder = await maya.begins('reminder', {
      input: { eventId, audience: 'all' },
    });
    await reminder.tries(410, 'organizer.chose_audience', { audience: 'all' });
    const { body } = await maya.client.get(`/v1/instances/${reminder.id}`);
    expect(body.view.closing).toMatch(
      /^That one is final, over or not there, and there is nothing/,
    );
    await town.holds();
    const logged = await ofEvent();
    expect(logged.filter(isType('reminder_sent'))).toEqual([]);
    expect(logged.filter(({ metadata }) => metadata.purpose === 'reminder')).toEqual([]);
  });

  test('reminds nobody who wants no texts: they are counted, and left in peace', async () => {
    const { maya, eventId, phones, ofEvent } = await invited(2);
    await town.texts(String(phones[0]), 'STOP');
    await town.row((row) => row.metadata.intent === 'opt_out' && row.invitee_phone === phones[0]);
    await maya.begins('reminder', { input: { eventId, audience: 'all' } });
    const sent = await town.row(
      (row) => row.event_type === 'reminder_sent' && row.event_id === eventId,
    );
    expect(sent.metadata).toMatchObject({ recipients: 1, suppressed_opt_out: 1 });
    await town.holds();
    const reminded = (await ofEvent()).filter(({ metadata }) => metadata.purpose === 'reminder');
    expect(reminded.map(({ invitee_phone: phone }) => phone)).toEqual([phones[1]]);
  });
});

describe('an id in the input of a flow', () => {
  test.each(['finalize', 'reminder', 'add-people'] as const)(
    'that is nobody’s or somebody else’s is told with the question of %s, and no row bears it',
    async (machine) => {
      const [{ maya }, others] = await Promise.all([invited(1), invited(1)]);
      for (const eventId of [randomUUID(), others.eventId]) {
        const { status, body } = await maya.client.post(`/v1/machines/${machine}`, {
          body: about(eventId),
        });
        expect([status, body.step]).toEqual([201, 'choose_target']);
        expect(body.prompt).toMatchObject({ problems: [{ path: 'eventId', code: 'not_offered' }] });
        expect(JSON.stringify(body)).not.toContain(eventId);
      }
      await town.holds();
      const rows = (await town.rows()).filter((row) => row.organizer_id === maya.owner);
      expect(rows.some(({ event_id: id }) => id === others.eventId)).toBe(false);
    },
  );
});

describe('B-50 a device that speaks of pushes', () => {
  const opened = { action: 'default' };
  const received = { receipt: 'app' };

  test('that never were is told so, begins no session and leaves no row', async () => {
    const maya = await town.organizer('ios_app');
    const instance = await maya.begins('crew-creation');
    const before = (await town.rows()).filter((row) => row.organizer_id === maya.owner).length;
    for (const [id, status] of [
      [randomUUID(), 404],
      [instance.id, 404],
      ['mine', 404],
    ] as const) {
      const answers = [
        await maya.client.post(`/v1/pushes/${id}/opens`, { body: opened }),
        await maya.client.post(`/v1/pushes/${id}/receipts`, { body: received }),
      ];
      expect(
        answers.map((answer) => answer.status),
        id,
      ).toEqual([status, status]);
    }
    await town.holds();
    const facts = (await town.rows()).filter(
      (row) => row.organizer_id === maya.owner && row.event_type !== 'latency',
    );
    expect(facts.length).toBeLessThanOrEqual(before);
    expect(facts.some(({ event_type: type }) => type.startsWith('push_'))).toBe(false);
  });

  test('with words of its own is refused, and no time but ours counts', async () => {
    const maya = await town.organizer('ios_app');
    await maya.client.put('/v1/device', { body: { token: `local-${maya.owner}` } });
    const phone = town.phone();
    await maya.invites([phone, town.phone()]);
    await town.row((row) => row.event_type === 'sms_sent' && row.invitee_phone === phone);
    await town.texts(phone, 'yes');
    const pushes = async () => (await maya.client.get('/v1/development/pushes')).body.pushes;
    await town.when(async () => (await pushes()).length > 0);
    const [{ id }] = await pushes();
    const refused = [
      await maya.client.post(`/v1/pushes/${id}/opens`, { body: { action: 'threw_away' } }),
      await maya.client.post(`/v1/pushes/${id}/opens`, { body: { ...opened, at: 1 } }),
      await maya.client.post(`/v1/pushes/${id}/receipts`, { body: { receipt: 'pigeon' } }),
      await maya.client.post(`/v1/pushes/${id}/receipts`, {
        body: { ...received, deviceAt: 'soon' },
      }),
    ];
    expect(refused.map(({ status, body }) => `${status} ${body.code}`)).toEqual([
      ...['400 invalid_body', '422 unknown_field', '400 invalid_body', '400 invalid_body'],
    ]);
    const deviceAt = '2999-01-01T00:00:00.000Z';
    const told = await maya.client.post(`/v1/pushes/${id}/receipts`, {
      body: { ...received, deviceAt },
    });
    expect(told.status, told.text).toBe(200);
    const row = await town.row(({ metadata, event_type: type }) =>
      type === 'push_received' ? metadata.push_id === id : false,
    );
    expect(row.metadata.device_at).toBe(deviceAt);
    expect(row.timestamp).toBeLessThanOrEqual(Date.now());
    await town.holds();
  });
});
