import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { LogRow } from '../../src/behavior/row.ts';
import { addByHand, addByPicker, type Contact, createOrganizer } from './organizer.ts';
import { openTown } from './town.ts';

const machine = 'add-people';
const town = openTown();

const people = (count: number): Contact[] =>
  Array.from({ length: count }, (_, n) => ({ name: `Guest ${n + 1}`, phone: town.phone() }));

/** An event with one invitee, and the run that adds people to it. */
async function adding(platform: 'web' | 'ios_app' = 'web') {
  const maya = await town.organizer(platform);
  const known = { name: 'Ana', phone: town.phone() };
  const eventId = String(await (await maya.invites([known.phone])).eventId());
  const run = await maya.begins(machine, { input: { eventId } });
  const guests = people(2);
  const phones = guests.map(({ phone }) => phone);
  /** The run's rows, and those of the invitations that it makes. */
  const isOf = (row: LogRow): boolean =>
    row.metadata.flow_run_id === run.id || phones.includes(String(row.invitee_phone));
  return { maya, known, eventId, run, guests, isOf };
}

describe('adding people', () => {
  test('AP-1 people from the contacts are invited to an event that exists', async (ctx) => {
    const { eventId, known, run, guests, isOf } = await adding('ios_app');
    await addByPicker(run, [known, ...guests]);
    await run.does('organizer.invited_people');
    await town.expects(ctx, {
      machine,
      logged:
        'flow_started{add_people} → contact_picker_opened{event_people} → [contact_picker_submitted{added:2,already_member:1} fs(add_contacts){input:picker}] → [fs(review) flow_completed{added:2}] → ([invite_sent{via:add_people,invite_index:1} sms_sent{invite}]) ×2 ∥',
      of: isOf,
      never: ['event_created'],
    });
    const [started, ...rest] = (await town.rows()).filter(isOf);
    expect(started?.event_id).toBeNull();
    expect(new Set(rest.map((row) => row.event_id))).toEqual(new Set([eventId]));
    expect(new Set(rest.map((row) => row.session_id)).size).toBe(1);
  });

  test('AP-2 only people who are invited already are picked', async (ctx) => {
    const { known, run, isOf } = await adding('ios_app');
    await addByPicker(run, [known]);
    await town.expects(ctx, {
      machine,
      logged:
        'flow_started → contact_picker_opened → [contact_picker_submitted{already_member:1} flow_completed{no_change}]',
      of: isOf,
      never: ['invite_sent'],
    });
  });

  test('a person who was added answers like the others', async () => {
    const { maya, eventId, run, guests } = await adding();
    await addByHand(run, guests);
    await run.does('organizer.invited_people');
    const [guest] = guests;
    const isGuest = (row: LogRow) => row.invitee_phone === guest?.phone;
    await town.row((row) => isGuest(row) && row.event_type === 'sms_sent');
    await town.texts(String(guest?.phone), 'yes');
    await town.row((row) => isGuest(row) && row.event_type === 'invitee_reply_yes');
    const { body } = await maya.client.get(`/v1/events/${eventId}`);
    expect(body.tally).toMatchObject({ invited: 3, yes: 1, pending: 2 });
  });

  test('who has opted out is counted, and gets no text', async () => {
    const { eventId, run, guests, isOf } = await adding();
    const [silent] = guests;
    await town.texts(String(silent?.phone), 'STOP');
    await town.row((row) => row.metadata.intent === 'opt_out' && isOf(row));
    await addByHand(run, guests);
    const { body } = await run.does('organizer.invited_people');
    expect(body.view).toMatchObject({ added: 1, optedOut: 1 });
    await town.row((row) => row.event_type === 'sms_sent' && isOf(row));
    const invites = (await town.rows()).filter(
      (row) => row.event_type === 'invite_sent' && row.event_id === eventId,
    );
    expect(invites.map((row) => row.invitee_phone)).not.toContain(silent?.phone);
  });

  test('two taps, or two devices, invite each person once', async () => {
    const { maya, eventId, run, guests, isOf } = await adding();
    const device = { owner: maya.owner, platform: 'ios_app', deviceId: randomUUID() } as const;
    const phone = await createOrganizer(town.server(), device);
    const other = await phone.begins(machine, { input: { eventId } });
    for (const one of [run, other]) await addByHand(one, guests);
    const tap = (id: string) =>
      maya.client.post(`/v1/instances/${id}/events`, {
        body: { type: 'organizer.invited_people' },
      });
    const taps = await Promise.all([tap(run.id), tap(run.id), tap(other.id)]);
    expect(taps.map(({ status }) => status).sort()).toEqual([200, 200, 410]);
    await town.holds();
    const logged = (await town.rows()).filter(isOf);
    expect(logged.filter((row) => row.event_type === 'invite_sent')).toHaveLength(2);
  });

  test('an event of somebody else is neither shown nor added to: the organizer is asked which', async () => {
    const { eventId } = await adding();
    const rosa = await town.organizer();
    await rosa.invites([town.phone()]);
    const run = await rosa.begins(machine, { input: { eventId } });
    const { body } = await rosa.client.get(`/v1/instances/${run.id}`);
    expect(body).toMatchObject({ step: 'choose_target', view: { eventId: null, title: null } });
    await run.tries(422, 'organizer.chose_event', { eventId });
    const logged = (await town.rows()).filter(({ organizer_id: id }) => id === rosa.owner);
    expect(JSON.stringify(logged)).not.toContain(eventId);
  });

  test('keeps every invariant of the contract, and nothing is missing', () => town.holds());
});
