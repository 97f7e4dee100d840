import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { LogRow } from '../../src/behavior/row.ts';
import {
  addByHand,
  addByPicker,
  type Contact,
  createOrganizer,
  type Organizer,
} from './organizer.ts';
import { openTown } from './town.ts';

const machine = 'crew-update';
const town = openTown();

const people = (count: number): Contact[] =>
  Array.from({ length: count }, (_, n) => ({ name: `Member ${n + 1}`, phone: town.phone() }));

/** A crew of two, and the run that changes it. */
async function updating(platform: 'web' | 'ios_app' = 'web') {
  const maya = await town.organizer(platform);
  const members = people(2);
  const crewId = await maya.hasCrew(members);
  const run = await maya.begins(machine, { input: { crewId } });
  return { maya, members, crewId, run };
}

const membersOf = async (maya: Organizer, crewId: string): Promise<readonly string[]> => {
  const { body } = await maya.client.get(`/v1/crews/${crewId}`);
  return body.members.map(({ phone }: Contact) => phone);
};

describe('crew update', () => {
  test('CU-1 people join a crew from the contacts of a phone', async (ctx) => {
    const { maya, members, crewId, run } = await updating('ios_app');
    const [known = members[0]] = members;
    const joining = people(2);
    await addByPicker(run, [...joining, ...(known === undefined ? [] : [known])]);
    await run.does('organizer.saved_crew');
    await town.expects(ctx, {
      machine,
      logged:
        'flow_started{crew_update} → contact_picker_opened{crew_members} → [contact_picker_submitted{added:2,already_member:1} fs(add_contacts){input:picker}] → [fs(review_members) crew_updated{members_added,added:2,members_before:2,members_after:4} flow_completed{updated}]',
      of: run.isOf,
      never: ['crew_created'],
    });
    const logged = (await town.rows()).filter(run.isOf);
    expect(logged.filter(({ crew_id: id }) => id !== null && id !== crewId)).toEqual([]);
    expect(JSON.stringify(logged)).not.toMatch(/Night Owls|Member |\+1206/);
    const phones = [...members, ...joining].map(({ phone }) => phone);
    expect((await membersOf(maya, crewId)).toSorted()).toEqual(phones.toSorted());
  });

  test('CU-2 somebody is taken off a crew', async (ctx) => {
    const { maya, members, crewId, run } = await updating();
    await run.does('organizer.removed_person', { phone: members[0]?.phone });
    await run.does('organizer.saved_crew');
    await town.expects(ctx, {
      machine,
      logged:
        'flow_started → fs(review_members) → [crew_updated{members_removed,removed:1,members_after:1} flow_completed{updated}]',
      of: run.isOf,
    });
    expect(await membersOf(maya, crewId)).toEqual([members[1]?.phone]);
  });

  test('CU-3 a crew is saved as it was', async (ctx) => {
    const { maya, members, crewId, run } = await updating();
    await run.does('organizer.removed_person', { phone: members[0]?.phone });
    await addByHand(run, members.slice(0, 1));
    await run.does('organizer.saved_crew');
    await town.expects(ctx, {
      machine,
      logged:
        'flow_started → fs(add_contacts){input:text} → [fs(review_members) flow_completed{no_change}]',
      of: run.isOf,
      never: ['crew_updated'],
    });
    expect(await membersOf(maya, crewId)).toHaveLength(2);
  });

  test('CU-4 a member opts out of all texts, and stays in the crew', async (ctx) => {
    const { maya, members, crewId } = await updating();
    const phone = String(members[0]?.phone);
    await town.texts(phone, 'STOP');
    await town.expects(ctx, {
      machine,
      logged: 'sms_received{opt_out}',
      of: (row: LogRow) => row.invitee_phone === phone,
      never: ['invitee_reply_unknown', 'invitee_reply_no', 'sms_sent'],
    });
    expect(await membersOf(maya, crewId)).toHaveLength(2);
    const invited = await (await town.organizer()).invites(members.map((member) => member.phone));
    await town.row((row) => invited.isOf(row) && row.event_type === 'sms_sent');
    const sent = await town.carrier().messages();
    // The carrier itself confirms the opt-out.
    const ours = sent.filter(({ to, direction }) => to === phone && direction === 'outbound-api');
    expect(ours).toEqual([]);
  });

  test('two taps on save change a crew once', async () => {
    const { maya, crewId, run } = await updating();
    await addByHand(run, people(1));
    const tap = () =>
      maya.client.post(`/v1/instances/${run.id}/events`, {
        body: { type: 'organizer.saved_crew' },
      });
    const taps = await Promise.all([tap(), tap()]);
    expect(taps.map(({ status }) => status).sort()).toEqual([200, 410]);
    const logged = (await town.rows()).filter(run.isOf).map(({ event_type: type }) => type);
    expect(logged.filter((type) => type === 'crew_updated')).toHaveLength(1);
    expect(await membersOf(maya, crewId)).toHaveLength(3);
  });

  test('a crew of somebody else is neither shown nor changed: the organizer is asked which', async () => {
    const { crewId } = await updating();
    const rosa = await town.organizer();
    await rosa.hasCrew(people(1));
    const run = await rosa.begins(machine, { input: { crewId } });
    const { body } = await rosa.client.get(`/v1/instances/${run.id}`);
    expect(body).toMatchObject({ step: 'choose_crew', view: { crewId: null, members: [] } });
    await run.tries(422, 'organizer.chose_crew', { crewId });
    const logged = (await town.rows()).filter(run.isOf);
    expect(JSON.stringify(logged)).not.toContain(crewId);
  });

  test('a dropped run is taken up on another device', async () => {
    const { maya, crewId, run } = await updating();
    await addByHand(run, people(1));
    await maya.leaves();
    const device = { owner: maya.owner, platform: 'ios_app', deviceId: randomUUID() } as const;
    const away = await createOrganizer(town.server(), device);
    const again = await away.begins(machine, { entry: 'resume', resumedFrom: run.id });
    await again.does('organizer.saved_crew');
    const ended = (await town.rows()).filter(again.isOf).at(-1);
    expect(ended?.metadata).toMatchObject({ outcome: 'updated', resumed: true });
    expect(await membersOf(maya, crewId)).toHaveLength(3);
  });

  test('keeps every invariant of the contract, and nothing is missing', () => town.holds());
});
