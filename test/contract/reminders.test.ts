import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { LogRow } from '../../src/behavior/row.ts';
import { createOrganizer, type Organizer } from './organizer.ts';
import { openTown, type Town } from './town.ts';

const machine = 'reminder';

/** An event whose invites have all arrived with its invitations. */
async function invited(town: Town, count: number) {
  const maya = await town.organizer('ios_app');
  const phones = Array.from({ length: count }, () => town.phone());
  const eventId = String(await (await maya.invites(phones)).eventId());
  const event = async () => (await maya.client.get(`/v1/events/${eventId}`)).body;
  await town.when(async () =>
    (await event()).invitees.every(({ delivery }: { delivery: string }) => delivery === 'sent'),
  );
  const isText = (row: LogRow) =>
    row.event_type === 'sms_sent' &&
    row.metadata.purpose === 'reminder' &&
    row.event_id === eventId;
  return { maya, phones, eventId, event, isText };
}

const begins = (maya: Organizer, eventId: string, whom: object = {}) =>
  maya.begins(machine, { input: { eventId, ...whom } });

const of = (phone: string | undefined) => (row: LogRow) => row.invitee_phone === phone;

describe('a reminder', () => {
  const town = openTown();

  test('RE-1 goes to everybody who has not answered', async (ctx) => {
    const { maya, eventId, phones, isText } = await invited(town, 3);
    const [coming] = phones;
    await town.texts(String(coming), 'yes');
    await town.row((row) => row.event_type === 'invitee_reply_yes' && of(coming)(row));
    const run = await begins(maya, eventId);
    await run.does('organizer.chose_audience', { audience: 'non_responders' });
    const rows = (row: LogRow) => row.metadata.flow_run_id === run.id || isText(row);
    await town.expects(ctx, {
      machine,
      logged:
        'flow_started{reminder} → fs(choose_audience) → [reminder_sent{event,non_responders,recipients:2,suppressed_recent:0,suppressed_opt_out:0,reminder_index:1} flow_completed{reminded}] → sms_sent{reminder} ×2',
      of: rows,
      never: ['invite_sent', `sms_sent{invitee_phone:${coming}}`],
    });
    const logged = (await town.rows()).filter(rows);
    const sent = logged.find(({ event_type: type }) => type === 'reminder_sent');
    for (const text of logged.filter(isText)) {
      expect(text.metadata.caused_by).toBe(sent?.metadata.correlation_id);
      expect(text.session_id).toBe(sent?.session_id);
    }
  });

  test('RE-2 ends at once where everybody has answered', async (ctx) => {
    const { maya, eventId, phones } = await invited(town, 1);
    await town.texts(String(phones[0]), 'no');
    await town.row((row) => row.event_type === 'invitee_reply_no' && of(phones[0])(row));
    const run = await begins(maya, eventId);
    await town.expects(ctx, {
      machine,
      logged: 'flow_started{reminder} → flow_completed{no_change}',
      of: run.isOf,
      never: ['reminder_sent', 'sms_sent'],
    });
  });

  test('RE-3 leaves in peace who was reminded a short while ago', async (ctx) => {
    const { maya, eventId, phones, isText } = await invited(town, 3);
    const [first] = phones;
    await begins(maya, eventId, { audience: 'selected', phones: [first] });
    await town.row((row) => isText(row) && of(first)(row));
    const run = await begins(maya, eventId, { audience: 'all' });
    await town.expects(ctx, {
      machine,
      logged:
        'flow_started → [reminder_sent{all,recipients:2,suppressed_recent:1,reminder_index:2} flow_completed{reminded}] → sms_sent{reminder} ×2',
      of: (row) => row.metadata.flow_run_id === run.id || (isText(row) && !of(first)(row)),
    });
    expect((await town.rows()).filter((row) => isText(row) && of(first)(row))).toHaveLength(1);
    const third = await begins(maya, eventId, { audience: 'all' });
    const { body } = await maya.client.get(`/v1/instances/${third.id}`);
    expect(body.view).toMatchObject({ recipients: 0, suppressedRecent: 3 });
  });

  test('I-11 an invitee is reminded and says yes', async (ctx) => {
    const { maya, eventId, phones } = await invited(town, 1);
    const [phone] = phones;
    const run = await begins(maya, eventId, { audience: 'non_responders' });
    await town.row((row) => row.metadata.purpose === 'reminder' && of(phone)(row));
    await town.texts(String(phone), 'Yes, sorry!');
    await town.expects(ctx, {
      machine: 'event-invitation',
      logged:
        '[invite_sent sms_sent{invite}] → reminder_sent → sms_sent{reminder} → [sms_received{yes} invitee_reply_yes{in_reply_to:reminder,reminders_before:1} invitee_confirmed{follow_up:reminder}] → sms_sent{update}',
      of: (row) => of(phone)(row) || (run.isOf(row) && row.event_type === 'reminder_sent'),
      never: ['invitee_timeout'],
    });
  });

  test('leaves in peace who wants no texts, and counts them', async () => {
    const { maya, eventId, phones, isText } = await invited(town, 2);
    const [silent] = phones;
    await town.texts(String(silent), 'STOP');
    await town.row((row) => row.metadata.intent === 'opt_out' && of(silent)(row));
    const run = await begins(maya, eventId);
    await run.does('organizer.skipped');
    const sent = await town.row((row) => run.isOf(row) && row.event_type === 'reminder_sent');
    expect(sent.metadata).toMatchObject({ recipients: 1, suppressed_opt_out: 1 });
    await town.row(isText);
    await town.holds();
    expect((await town.rows()).filter((row) => isText(row) && of(silent)(row))).toEqual([]);
  });

  test('by two taps, or on two devices, goes out once', async () => {
    const { maya, eventId, isText } = await invited(town, 1);
    const device = { owner: maya.owner, platform: 'web', deviceId: randomUUID() } as const;
    const laptop = await createOrganizer(town.server(), device);
    const runs = [await begins(maya, eventId), await begins(laptop, eventId)];
    const tap = (id = '') =>
      maya.client.post(`/v1/instances/${id}/events`, { body: { type: 'organizer.skipped' } });
    const taps = await Promise.all([tap(runs[0]?.id), tap(runs[0]?.id), tap(runs[1]?.id)]);
    expect(taps.map(({ status }) => status).sort()).toEqual([200, 200, 410]);
    await town.row(isText);
    await town.holds();
    const logged = await town.rows();
    expect(logged.filter(isText)).toHaveLength(1);
    const ended = logged.filter((row) => runs.some((run) => run.isOf(row)));
    const outcomes = ended.flatMap(({ event_type: type, metadata }) =>
      type === 'flow_completed' ? [metadata.outcome] : [],
    );
    expect(outcomes.sort()).toEqual(['no_change', 'reminded']);
  });

  describe('B-49 asked for too often, or too late,', () => {
    test('goes out once to each person', async () => {
      const { maya, eventId, event, isText } = await invited(town, 2);
      const asked = Array.from({ length: 20 }, () => begins(maya, eventId, { audience: 'all' }));
      await Promise.all(asked);
      await town.when(async () => (await town.rows()).filter(isText).length === 2);
      await town.holds();
      const logged = await town.rows();
      expect(logged.filter(isText)).toHaveLength(2);
      const sent = ({ event_type: type, event_id: id }: LogRow) =>
        type === 'reminder_sent' && id === eventId;
      expect(logged.filter(sent)).toHaveLength(1);
      const { invitees } = await event();
      for (const { remindedAt } of invitees) expect(Date.parse(remindedAt)).toBeGreaterThan(0);
    });

    test.each(['finalized', 'cancelled', 'closed'])(
      'of an event that is %s is not sent',
      async (state) => {
        const { maya, eventId } = await invited(town, 1);
        await town.sql()`update events set state = ${state} where id = ${eventId}`;
        const run = await begins(maya, eventId, { audience: 'all' });
        const logged = (await town.rows()).filter(run.isOf).map(({ event_type: type }) => type);
        expect(logged).toEqual(['flow_started', 'flow_completed']);
      },
    );
  });

  test('of an event of somebody else is not offered: the organizer is asked which', async () => {
    const { eventId } = await invited(town, 1);
    const { maya: rosa } = await invited(town, 1);
    const run = await begins(rosa, eventId, { audience: 'all' });
    const { body } = await rosa.client.get(`/v1/instances/${run.id}`);
    expect(body).toMatchObject({ step: 'choose_target', view: { eventId: null, invited: [] } });
    await run.tries(422, 'organizer.chose_event', { eventId });
    const logged = (await town.rows()).filter(({ organizer_id: id }) => id === rosa.owner);
    expect(JSON.stringify(logged)).not.toContain(eventId);
  });

  test('keeps every invariant of the contract, and nothing is missing', () => town.holds());
});

describe('an invitee who was reminded', () => {
  const town = openTown({ afterReminder: 400 });

  test('and says nothing times out once more', async () => {
    const { maya, eventId, phones } = await invited(town, 1);
    await begins(maya, eventId, { audience: 'all' });
    const ranOut = await town.row((row) => row.event_type === 'invitee_timeout');
    expect(ranOut.invitee_phone).toBe(phones[0]);
    expect(ranOut.metadata).toMatchObject({
      ...{ stage: 'after_reminder', timeout_ms: 400, reminders_before: 1, terminal: true },
    });
    await town.holds();
  });
});
