import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { LogRow } from '../../src/behavior/row.ts';
import { createOrganizer, type Organizer } from './organizer.ts';
import { openTown, type Town } from './town.ts';

const machine = 'finalize';
const INVITED = '[invite_sent sms_sent{invite}]';

const of = (phone: string | undefined) => (row: LogRow) => row.invitee_phone === phone;
const isType = (type: string) => (row: LogRow) => row.event_type === type;

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
    row.metadata.purpose === 'finalize' &&
    row.event_id === eventId;
  return { maya, phones, eventId, event, isText };
}

const begins = (maya: Organizer, eventId: string) => maya.begins(machine, { input: { eventId } });

async function says(town: Town, phone: string | undefined, body: string, type: string) {
  await town.texts(String(phone), body);
  await town.row((row) => row.event_type === type && of(phone)(row));
}

describe('finalizing an event', () => {
  const town = openTown();

  test('FI-1 tells everybody who may still come, and asks them to confirm', async (ctx) => {
    const { maya, eventId, phones, isText, event } = await invited(town, 3);
    await says(town, phones[0], 'yes', 'invitee_reply_yes');
    await says(town, phones[1], 'no', 'invitee_reply_no');
    const run = await maya.begins(machine);
    await run.does('organizer.chose_event', { eventId });
    await run.does('organizer.confirmed');
    const rows = (row: LogRow) => row.metadata.flow_run_id === run.id || isText(row);
    await town.expects(ctx, {
      machine,
      logged:
        'flow_started{finalize} → fs(choose_target) → fs(confirm) → [finalize_triggered{event,invited:3,yes:1,no:1,unknown:0,pending:1,notify} flow_completed{finalized}] → sms_sent{finalize} ×2',
      of: rows,
      never: [`sms_sent{finalize,invitee_phone:${phones[1]}}`, 'event_created{from_syncup:true}'],
    });
    const logged = (await town.rows()).filter(rows);
    const triggered = logged.find(isType('finalize_triggered'));
    for (const text of logged.filter(isText)) {
      expect(text.metadata.caused_by).toBe(triggered?.metadata.correlation_id);
      expect(text.session_id).toBe(triggered?.session_id);
    }
    expect(await event()).toMatchObject({ state: 'finalized' });
  });

  test('FI-4 a second time changes nothing', async (ctx) => {
    const { maya, eventId, isText } = await invited(town, 1);
    await (await begins(maya, eventId)).does('organizer.confirmed');
    await town.row(isText);
    const second = await begins(maya, eventId);
    await town.expects(ctx, {
      machine,
      logged: 'flow_started{finalize} → flow_completed{no_change}',
      of: second.isOf,
      never: ['finalize_triggered', 'sms_sent'],
    });
  });

  test('by two taps, or on two devices, happens once', async () => {
    const { maya, eventId, isText } = await invited(town, 1);
    const device = { owner: maya.owner, platform: 'web', deviceId: randomUUID() } as const;
    const laptop = await createOrganizer(town.server(), device);
    const runs = [await begins(maya, eventId), await begins(laptop, eventId)];
    const tap = (id = '') =>
      maya.client.post(`/v1/instances/${id}/events`, { body: { type: 'organizer.confirmed' } });
    const taps = await Promise.all([tap(runs[0]?.id), tap(runs[0]?.id), tap(runs[1]?.id)]);
    expect(taps.map(({ status }) => status).sort()).toEqual([200, 200, 410]);
    await town.row(isText);
    await town.holds();
    const logged = await town.rows();
    expect(logged.filter(isText)).toHaveLength(1);
    const ended = logged.filter((row) => runs.some((run) => run.isOf(row)));
    expect(ended.filter(isType('finalize_triggered'))).toHaveLength(1);
    const outcomes = ended.filter(isType('flow_completed')).map(({ metadata }) => metadata.outcome);
    expect(outcomes.sort()).toEqual(['finalized', 'no_change']);
  });

  test('tells nobody where the organizer wants it so', async () => {
    const { maya, eventId, isText, event } = await invited(town, 1);
    const run = await begins(maya, eventId);
    await run.does('organizer.confirmed', { notify: false });
    const triggered = await town.row((row) => run.isOf(row) && isType('finalize_triggered')(row));
    expect(triggered.metadata).toMatchObject({ notify: false, invited: 1, pending: 1 });
    await town.holds();
    expect((await town.rows()).filter(isText)).toEqual([]);
    expect(await event()).toMatchObject({ state: 'finalized' });
  });

  test('leaves in peace who wants no texts', async () => {
    const { maya, eventId, phones, isText } = await invited(town, 2);
    await town.texts(String(phones[0]), 'STOP');
    await town.row((row) => row.metadata.intent === 'opt_out' && of(phones[0])(row));
    await (await begins(maya, eventId)).does('organizer.confirmed');
    await town.row(isText);
    await town.holds();
    const texts = (await town.rows()).filter(isText);
    expect(texts.map(({ invitee_phone: phone }) => phone)).toEqual([phones[1]]);
  });

  test('of an event of somebody else is not offered: the organizer is asked which', async () => {
    const { eventId } = await invited(town, 1);
    const { maya: rosa } = await invited(town, 1);
    const run = await begins(rosa, eventId);
    const { body } = await rosa.client.get(`/v1/instances/${run.id}`);
    expect(body).toMatchObject({ step: 'choose_target', view: { eventId: null, tally: null } });
    await run.tries(422, 'organizer.chose_event', { eventId });
  });

  test('I-13 an invitee who said yes declines', async (ctx) => {
    const { maya, eventId, phones } = await invited(town, 1);
    const [phone] = phones;
    await says(town, phone, 'yes', 'invitee_reply_yes');
    const run = await begins(maya, eventId);
    await run.does('organizer.confirmed');
    await town.row((row) => row.metadata.purpose === 'finalize' && of(phone)(row));
    await town.texts(String(phone), "No, I can't make it any more");
    await town.expects(ctx, {
      machine: 'event-invitation',
      logged: `${INVITED} → ([sms_received{yes} invitee_reply_yes{in_reply_to:invite}] → finalize_triggered → sms_sent{finalize} → [sms_received{no} invitee_reply_no{in_reply_to:finalize,is_change:true,previous:yes}]) ∥ sms_sent{update} ×2`,
      of: (row) => of(phone)(row) || (run.isOf(row) && isType('finalize_triggered')(row)),
      never: ['invitee_confirmed'],
    });
  });

  test('an invitee who said yes confirms it', async () => {
    const { maya, eventId, phones } = await invited(town, 1);
    const [phone] = phones;
    await says(town, phone, 'yes', 'invitee_reply_yes');
    await (await begins(maya, eventId)).does('organizer.confirmed');
    await town.row((row) => row.metadata.purpose === 'finalize' && of(phone)(row));
    await says(town, phone, 'Yes!', 'invitee_confirmed');
    const confirmed = await town.row((row) => isType('invitee_confirmed')(row) && of(phone)(row));
    expect(confirmed.metadata).toMatchObject({
      ...{ follow_up: 'finalize', in_reply_to: 'finalize', previous: 'yes', reply_index: 2 },
    });
  });

  test('keeps every invariant of the contract, and nothing is missing', () => town.holds());
});

describe('an invitee who was told that it is on', () => {
  const town = openTown({ confirmation: 400 });

  test('and says nothing times out once more, and what was said before goes on counting', async () => {
    const { maya, eventId, phones, event } = await invited(town, 1);
    await says(town, phones[0], 'yes', 'invitee_reply_yes');
    await (await begins(maya, eventId)).does('organizer.confirmed');
    const ranOut = await town.row(isType('invitee_timeout'));
    expect(ranOut.metadata).toMatchObject({
      ...{ stage: 'confirmation', timeout_ms: 400, last_reply: 'yes', terminal: true },
    });
    expect(await event()).toMatchObject({ tally: { yes: 1 } });
    await town.holds();
  });
});
