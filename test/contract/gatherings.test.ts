import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { LogRow } from '../../src/behavior/row.ts';
import { refuseWrites } from './faults.ts';
import { addByHand } from './organizer.ts';
import { openTown, type Town } from './town.ts';

const machine = 'gathering';
const of = (phone: string | undefined) => (row: LogRow) => row.invitee_phone === phone;
const isType = (type: string) => (row: LogRow) => row.event_type === type;

/** A local time, in UTC, some days ahead. */
const inDays = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 16);

/** An event in four days that settles by these rules, and whose invites have all arrived. */
async function planned(town: Town, count: number, rules?: Readonly<Record<string, unknown>>) {
  const maya = await town.organizer('ios_app');
  const phones = Array.from({ length: count }, () => town.phone());
  const run = await maya.begins('event-creation');
  await run.does('organizer.chose_people');
  await addByHand(
    run,
    phones.map((phone, n) => ({ name: `Guest ${n + 1}`, phone })),
  );
  await run.does('organizer.titled_event', { title: 'Dinner' });
  await run.does('organizer.set_time', { startsAt: inDays(4), timeZone: 'UTC' });
  await run.does('organizer.set_place', { place: 'Luigi' });
  await run.does('organizer.skipped');
  if (rules !== undefined) await run.does('organizer.set_rules', rules);
  await run.does('organizer.saved_event');
  const eventId = String(await run.eventId());
  const event = async () => (await maya.client.get(`/v1/events/${eventId}`)).body;
  await town.when(async () =>
    (await event()).invitees.every(({ delivery }: { delivery: string }) => delivery === 'sent'),
  );
  const isText = (purpose: string) => (row: LogRow) =>
    row.event_type === 'sms_sent' && row.metadata.purpose === purpose && row.event_id === eventId;
  const change = (what: 'edit' | 'cancel', body: object = {}, key?: string) =>
    maya.client.post(`/v1/events/${eventId}/${what}`, {
      body,
      ...(key === undefined ? {} : { headers: { 'Idempotency-Key': key } }),
    });
  return { maya, phones, eventId, event, isText, change, run };
}

async function says(town: Town, phone: string | undefined, body: string, type: string) {
  await town.texts(String(phone), body);
  await town.row((row) => row.event_type === type && of(phone)(row));
}

describe('an event that settles by itself', () => {
  const town = openTown();

  test('FI-5 does so at the quorum, and tells everybody who may still come', async (ctx) => {
    const { phones, isText, event, eventId } = await planned(town, 4, { quorum: 2 });
    await says(town, phones[0], 'no', 'invitee_reply_no');
    await says(town, phones[1], 'yes', 'invitee_reply_yes');
    expect(await event()).toMatchObject({ state: 'live', rules: { quorum: 2 } });
    await says(town, phones[2], 'yes', 'invitee_reply_yes');
    const isFinal = isText('finalize');
    await town.expects(ctx, {
      machine,
      logged: 'sms_sent{finalize,session_id:null} ×3',
      of: isFinal,
      never: [
        `finalize_triggered{event_id:${eventId}}`,
        `sms_sent{finalize,invitee_phone:${phones[0]}}`,
      ],
    });
    expect(await event()).toMatchObject({ state: 'finalized' });
  });

  test('waits for who has opted in again', async () => {
    const { phones, isText, event } = await planned(town, 2, { whenAllAnswered: true });
    const shown = async () =>
      (await event()).invitees.map(({ delivery }: { delivery: string }) => delivery).sort();
    const delivered = async (expected: readonly string[]) =>
      (await shown()).join() === expected.join();
    await town.texts(String(phones[0]), 'STOP');
    await town.when(() => delivered(['opted_out', 'sent']));
    await town.texts(String(phones[0]), 'START');
    await town.when(() => delivered(['sent', 'sent']));
    await says(town, phones[1], 'yes', 'invitee_reply_yes');
    await town.row((row) => row.metadata.purpose === 'update' && of(phones[1])(row));
    expect(await event()).toMatchObject({ state: 'live' });
    await says(town, phones[0], 'no', 'invitee_reply_no');
    await town.row(isText('finalize'));
  });

  test('does so when nobody is left to answer, and not before', async () => {
    const { phones, isText, event, run } = await planned(town, 3, { whenAllAnswered: true });
    await town.texts(String(phones[2]), 'STOP');
    await town.row((row) => row.metadata.intent === 'opt_out' && of(phones[2])(row));
    await says(town, phones[0], 'yes', 'invitee_reply_yes');
    await town.holds();
    expect(await event()).toMatchObject({ state: 'live' });
    await says(town, phones[1], 'no', 'invitee_reply_no');
    await town.row(isText('finalize'));
    await town.holds();
    const told = (await town.rows()).filter(isText('finalize'));
    expect(told.map(({ invitee_phone: phone }) => phone)).toEqual([phones[0]]);
    const created = await town.row((row) => run.isOf(row) && isType('event_created')(row));
    expect(created.metadata).toMatchObject({ rsvp_deadline_min: null });
  });

  test('waits on where everybody declines, and is final once where the organizer is faster', async () => {
    const { maya, phones, isText, event, eventId } = await planned(town, 1, { quorum: 1 });
    await says(town, phones[0], 'no', 'invitee_reply_no');
    await town.holds();
    expect(await event()).toMatchObject({ state: 'live' });
    const run = await maya.begins('finalize', { input: { eventId } });
    await run.does('organizer.confirmed');
    // The gathering and its invitations have heard of it.
    await town.holds();
    await says(town, phones[0], 'yes', 'invitee_reply_yes');
    await town.holds();
    expect((await town.rows()).filter(isText('finalize'))).toEqual([]);
  });

  test('refuses rules that could never come true', async () => {
    const { run } = await planned(town, 1).then(async ({ maya }) => {
      const draft = await maya.begins('event-creation');
      await draft.does('organizer.chose_people');
      await addByHand(draft, [{ name: 'Bo', phone: town.phone() }]);
      await draft.does('organizer.titled_event', { title: 'Dinner' });
      await draft.does('organizer.set_time', { startsAt: inDays(4), timeZone: 'UTC' });
      for (const _ of ['where', 'details']) await draft.does('organizer.skipped');
      return { run: draft };
    });
    const codeOf = async (rules: object) =>
      (await run.tries(422, 'organizer.set_rules', { ...rules })).body.problems;
    expect(await codeOf({ quorum: 2 })).toEqual([{ path: 'quorum', code: 'more_than_invited' }]);
    expect(await codeOf({ answerBy: inDays(-1) })).toEqual([
      { path: 'answerBy', code: 'in_the_past' },
    ]);
    expect(await codeOf({ answerBy: inDays(5) })).toEqual([
      { path: 'answerBy', code: 'after_the_event' },
    ]);
    await run.does('organizer.set_rules', { answerBy: inDays(2), quorum: 1 });
    await run.does('organizer.saved_event');
    const created = await town.row((row) => run.isOf(row) && isType('event_created')(row));
    expect(created.metadata.rsvp_deadline_min).toBeGreaterThan(2 * 24 * 60 - 5);
  });

  test('keeps every invariant of the contract, and nothing is missing', () => town.holds());
});

describe('an event whose time has come', () => {
  const town = openTown({ answerBy: 1_500, nearing: 1_500 });

  test('by which answers were wanted is final if somebody comes', async () => {
    const { phones, isText, event } = await planned(town, 2, { answerBy: inDays(2) });
    await says(town, phones[0], 'yes', 'invitee_reply_yes');
    await town.when(async () => (await town.rows()).filter(isText('finalize')).length === 2);
    expect(await event()).toMatchObject({ state: 'finalized' });
  });

  test('to remind people is told by a text of our own, to who has not declined', async () => {
    const { phones, isText } = await planned(town, 2, { remindMin: 120 });
    await says(town, phones[0], 'no', 'invitee_reply_no');
    const text = await town.row(isText('auto_reminder'));
    expect(text).toMatchObject({ invitee_phone: phones[1], session_id: null });
    await town.holds();
    expect((await town.rows()).filter(isText('auto_reminder'))).toHaveLength(1);
    expect((await town.rows()).filter(isType('reminder_sent'))).toEqual([]);
  });
});

describe('an event that has begun', () => {
  const town = openTown({ closing: 2_500 });

  test('is closed by itself: neither edited nor reminded of, and a reply is told that it is late', async () => {
    const { maya, phones, event, eventId, change } = await planned(town, 1);
    await town.when(async () => (await event()).state === 'closed');
    expect((await change('edit', { place: 'Gino' })).body).toMatchObject({ code: 'finished' });
    const run = await maya.begins('reminder', { input: { eventId } });
    const { body } = await maya.client.get(`/v1/instances/${run.id}`);
    expect(body.view.eventId ?? null).toBeNull();
    await says(town, phones[0], 'yes', 'invitee_reply_unknown');
    const late = await town.row(isType('invitee_reply_unknown'));
    expect(late.metadata).toMatchObject({ reason: 'expired', target: 'event' });
    expect(await event()).toMatchObject({ state: 'closed', tally: { yes: 0 } });
    await town.holds();
  });
});

describe('an event that its organizer changes', () => {
  const town = openTown();

  test('is logged with what has changed, and its people are asked again', async () => {
    const { phones, isText, change, eventId, maya } = await planned(town, 2);
    await says(town, phones[0], 'no', 'invitee_reply_no');
    const startsAt = inDays(6);
    const { status, body } = await change('edit', { startsAt, timeZone: 'UTC', place: 'Gino' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ place: 'Gino', startsAt: `${startsAt}:00.000Z`, title: 'Dinner' });
    await town.when(async () => (await town.rows()).filter(isText('change_notice')).length === 2);
    const action = await town.row((row) => isType('user_action')(row) && row.event_id === eventId);
    expect(action).toMatchObject({ organizer_id: maya.owner, platform: 'ios_app' });
    expect(action.metadata).toMatchObject({
      ...{ action: 'event_edited', target: 'event', changed_fields: ['when', 'where'] },
    });
    const told = (await town.rows()).filter(isText('change_notice'));
    for (const text of told) {
      expect(text.metadata.caused_by).toBe(action.metadata.correlation_id);
      expect(text.session_id).toBe(action.session_id);
    }
    await says(town, phones[0], 'yes', 'invitee_confirmed');
    const confirmed = await town.row(isType('invitee_confirmed'));
    expect(confirmed.metadata).toMatchObject({ follow_up: 'change_notice', previous: 'no' });
    const timers = await town.sql()`
      select min((value ->> 'dueAt')::float8) as due from instances, jsonb_each(timers)
      where event_id = ${eventId} and machine = 'gathering'`;
    expect(timers[0]?.due).toBe(Date.parse(`${startsAt}:00.000Z`));
    await town.holds();
  });

  test('only for the organizer’s own eyes tells nobody, and nothing is done twice', async () => {
    const { isText, change, eventId } = await planned(town, 1);
    const key = randomUUID();
    expect((await change('edit', { details: 'Bring wine' }, key)).status).toBe(200);
    expect((await change('edit', { details: 'Bring wine' }, key)).status).toBe(200);
    expect((await change('edit', { details: 'Bring wine' })).status).toBe(200);
    await town.holds();
    const own = (await town.rows()).filter(({ event_id: id }) => id === eventId);
    expect(
      own.filter(isType('user_action')).map(({ metadata }) => metadata.changed_fields),
    ).toEqual([['details']]);
    expect(own.filter(isText('change_notice'))).toEqual([]);
  });

  test.each(['edit', 'cancel'] as const)(
    'whose %s could not be saved is changed by the same request once it can be, and once only',
    async (what) => {
      const { change, eventId } = await planned(town, 1);
      const restore = await refuseWrites(town.sql(), {
        ...{ table: 'events', on: 'update', when: `new.id = '${eventId}'`, times: 2 },
        state: '53100',
      });
      const [key, body] = [randomUUID(), what === 'edit' ? { title: 'Supper' } : {}];
      const answers = [];
      for (let n = 1; n <= 4; n += 1) answers.push(await change(what, body, key));
      await restore();
      expect(answers.map(({ status }) => status)).toEqual([503, 503, 200, 200]);
      expect(answers.map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([
        ...[null, null, null, 'true'],
      ]);
      const other = await change('edit', { title: 'Brunch' }, key);
      expect([other.status, other.body.code]).toEqual([422, 'key_conflict']);
      await town.holds();
      const own = (await town.rows()).filter(({ event_id: id }) => id === eventId);
      expect(own.filter(isType('user_action'))).toHaveLength(1);
    },
  );

  test('is told what is wrong with an edit', async () => {
    const { change, eventId } = await planned(town, 1);
    const wrong = await change('edit', { title: ' ', startsAt: inDays(-1) });
    expect(wrong.status).toBe(422);
    expect(wrong.body.problems).toEqual([
      { path: 'title', code: 'empty' },
      { path: 'startsAt', code: 'in_the_past' },
    ]);
    for (const about of [{ timeZone: 'UTC' }, { answerBy: null }]) {
      const { status, body } = await change('edit', { ...about, title: 'Supper' });
      expect([status, body.problems]).toEqual([422, [{ path: 'startsAt', code: 'missing' }]]);
    }
    const rosa = await town.organizer();
    const foreign = await rosa.client.post(`/v1/events/${eventId}/cancel`, { body: {} });
    expect(foreign.status).toBe(404);
  });

  test('is not moved before answers are wanted, unless they are wanted by no time any more', async () => {
    const { change, event, eventId } = await planned(town, 1, { answerBy: inDays(3) });
    const moved = { startsAt: inDays(2), timeZone: 'UTC' };
    const { startsAt } = await event();
    const refused = await change('edit', moved);
    expect([refused.status, refused.body.problems]).toEqual([
      422,
      [{ path: 'answerBy', code: 'after_the_event' }],
    ]);
    expect(await event()).toMatchObject({ startsAt });
    expect((await change('edit', { title: 'Supper' })).status).toBe(200);
    expect((await change('edit', { startsAt: inDays(5), timeZone: 'UTC' })).status).toBe(200);
    const freed = await change('edit', { ...moved, answerBy: null });
    expect([freed.status, freed.body.rules]).toMatchObject([200, { answerBy: null }]);
    const [gathering] = await town.sql()`
      select snapshot -> 'context' -> 'rules' ->> 'answerBy' as "answerBy" from instances
      where event_id = ${eventId} and machine = 'gathering'`;
    expect(gathering).toEqual({ answerBy: null });
    await town.holds();
  });

  test('by calling it off tells who might come, and replies are too late', async () => {
    const { maya, phones, isText, change, eventId, event } = await planned(town, 3);
    await says(town, phones[0], 'yes', 'invitee_reply_yes');
    await says(town, phones[1], 'no', 'invitee_reply_no');
    expect((await change('cancel')).body).toMatchObject({ state: 'cancelled' });
    await town.when(async () => (await town.rows()).filter(isText('cancel')).length === 2);
    expect((await change('cancel')).status).toBe(200);
    expect((await change('edit', { title: 'Supper' })).status).toBe(410);
    await says(town, phones[0], 'yes', 'invitee_reply_unknown');
    const late = await town.row(
      (row) => isType('invitee_reply_unknown')(row) && of(phones[0])(row),
    );
    expect(late.metadata).toMatchObject({ reason: 'expired' });
    const run = await maya.begins('finalize', { input: { eventId } });
    await town.holds();
    const logged = await town.rows();
    const actions = logged.filter((row) => isType('user_action')(row) && row.event_id === eventId);
    expect(actions.map(({ metadata }) => metadata.action)).toEqual(['event_cancelled']);
    expect(
      logged
        .filter(isText('cancel'))
        .map(({ invitee_phone: phone }) => phone)
        .sort(),
    ).toEqual([phones[0], phones[2]].sort());
    expect(logged.filter(run.isOf).map(({ event_type: type }) => type)).not.toContain(
      'finalize_triggered',
    );
    expect(await event()).toMatchObject({ state: 'cancelled', tally: { yes: 1 } });
  });

  test('keeps every invariant of the contract, and nothing is missing', () => town.holds());
});
