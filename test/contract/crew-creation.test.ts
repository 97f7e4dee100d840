import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { refuseWrites } from './faults.ts';
import { addByHand, addByPicker, type Contact } from './organizer.ts';
import { openTown } from './town.ts';

const machine = 'crew-creation';
const town = openTown();

const people = (count: number): Contact[] =>
  Array.from({ length: count }, (_, n) => ({ name: `Member ${n + 1}`, phone: town.phone() }));

/** A run that stands at the review. */
async function reviewed(platform: 'web' | 'ios_app' = 'web') {
  const maya = await town.organizer(platform);
  const run = await maya.begins(machine);
  await run.does('organizer.named_crew', { name: 'Night Owls' });
  await addByHand(run, people(2));
  return { maya, run };
}

describe('crew creation', () => {
  test('CC-1 an organizer makes a crew from the contacts of a phone', async (ctx) => {
    const maya = await town.organizer('ios_app');
    const run = await maya.begins(machine);
    await run.does('organizer.named_crew', { name: 'Night Owls' });
    await addByPicker(run, people(3));
    await run.does('organizer.saved_crew');
    await town.expects(ctx, {
      machine,
      logged:
        'flow_started{crew_creation} → fs(name_crew) → contact_picker_opened → [contact_picker_submitted{added:3} fs(add_contacts){input:picker}] → [fs(review_members) crew_created{members:3} flow_completed{created}]',
      of: maya.isActor,
      never: ['error', 'session_start'],
    });
    const logged = JSON.stringify((await town.rows()).filter(maya.isActor));
    expect(logged).not.toMatch(/Night Owls|Member|\+1206/);
  });

  test('CC-2 an organizer makes a crew on the web by typing', async (ctx) => {
    const { maya, run } = await reviewed();
    await run.does('organizer.saved_crew');
    await town.expects(ctx, {
      machine,
      logged:
        'flow_started{crew_creation} → fs(name_crew) → fs(add_contacts){input:text,selected_count:2} → [fs(review_members) crew_created{members:2} flow_completed{created}]',
      of: maya.isActor,
      never: ['contact_picker_opened', 'contact_picker_submitted'],
    });
  });

  test('CC-3 the picker is opened again to add more', async (ctx) => {
    const maya = await town.organizer('ios_app');
    const run = await maya.begins(machine);
    await run.does('organizer.named_crew', { name: 'Night Owls' });
    await addByPicker(run, people(2));
    await addByPicker(run, people(1));
    await run.does('organizer.saved_crew');
    await town.expects(ctx, {
      machine,
      logged:
        'flow_started → fs(name_crew) → contact_picker_opened → [contact_picker_submitted fs(add_contacts)] → contact_picker_opened → [contact_picker_submitted fs(add_contacts){attempt:2}] → [fs(review_members) crew_created{members:3} flow_completed{created}]',
      of: maya.isActor,
    });
    const rows = (await town.rows()).filter(maya.isActor);
    expect(new Set(rows.flatMap(({ metadata }) => metadata.picker_id ?? [])).size).toBe(2);
  });

  test('CC-4 the picker is cancelled, and done the second time', async (ctx) => {
    const maya = await town.organizer('ios_app');
    const run = await maya.begins(machine);
    await run.does('organizer.named_crew', { name: 'Night Owls' });
    const pickerId = randomUUID();
    await run.does('organizer.opened_picker', { pickerId, picker: 'ios_native' });
    await run.does('organizer.closed_picker', { pickerId });
    await addByPicker(run, people(2));
    await run.does('organizer.saved_crew');
    await town.expects(ctx, {
      machine,
      logged:
        'flow_started → fs(name_crew) → contact_picker_opened → flow_step{add_contacts,cancelled} → contact_picker_opened → [contact_picker_submitted fs(add_contacts)] → [fs(review_members) crew_created flow_completed{created}]',
      of: maya.isActor,
      never: ['contact_picker_submitted{selected:0}'],
    });
  });

  test('CC-5 an empty name and a bad phone number are asked again', async (ctx) => {
    const maya = await town.organizer();
    const run = await maya.begins(machine);
    await run.tries(422, 'organizer.named_crew', { name: '   ' });
    await run.does('organizer.named_crew', { name: 'Night Owls' });
    await run.tries(422, 'organizer.typed_person', { person: { name: 'Bo', phone: '12' } });
    await addByHand(run, people(2));
    await run.does('organizer.saved_crew');
    await town.expects(ctx, {
      machine,
      logged:
        'flow_started → flow_step{name_crew,invalid_input,attempt:1} → fs(name_crew){attempt:2} → flow_step{add_contacts,invalid_input,attempt:1} → fs(add_contacts){attempt:2} → [fs(review_members) crew_created flow_completed{created,invalid_inputs:2}]',
      of: maya.isActor,
      never: ['error'],
    });
  });

  test('CC-6 an organizer goes back from the review', async (ctx) => {
    const { maya, run } = await reviewed();
    await run.does('organizer.went_back');
    await addByHand(run, people(1));
    await run.does('organizer.saved_crew');
    await town.expects(ctx, {
      machine,
      logged:
        'flow_started → fs(name_crew) → fs(add_contacts) → flow_step{review_members,back} → fs(add_contacts) → [fs(review_members){attempt:2} crew_created{members:3} flow_completed{created}]',
      of: maya.isActor,
    });
  });

  test('CC-7 a save that fails is tried again', async (ctx) => {
    const { maya, run } = await reviewed('ios_app');
    const when = `new.organizer_id = '${maya.owner}'`;
    await refuseWrites(town.sql(), {
      table: 'crews',
      on: 'insert',
      when,
      times: 1,
      state: '53100',
    });
    await run.does('organizer.saved_crew');
    await run.does('organizer.saved_crew');
    await town.expects(ctx, {
      machine,
      // What may be tried again is of severity error, what ends the run is fatal.
      logged:
        'flow_started → fs(name_crew) → fs(add_contacts) → fs(review_members) → error{db,handled,severity:error} → [crew_created flow_completed{errors:1}]',
      of: maya.isActor,
    });
  });

  test('CC-8 a save that cannot succeed ends the run', async (ctx) => {
    const { maya, run } = await reviewed();
    const when = `new.organizer_id = '${maya.owner}'`;
    await refuseWrites(town.sql(), {
      table: 'crews',
      on: 'insert',
      when,
      times: 1,
      state: '23514',
    });
    await run.does('organizer.saved_crew');
    await town.expects(ctx, {
      machine,
      logged:
        'flow_started → fs(name_crew) → fs(add_contacts) → fs(review_members) → error{fatal} → drop_off{error}',
      of: maya.isActor,
      never: ['crew_created'],
    });
  });

  test('CC-9 an organizer cancels', async (ctx) => {
    const maya = await town.organizer();
    const run = await maya.begins(machine);
    await run.does('organizer.named_crew', { name: 'Night Owls' });
    await run.does('organizer.cancelled');
    await town.expects(ctx, {
      machine,
      logged:
        'flow_started → fs(name_crew) → [flow_step{cancelled} drop_off{cancelled,at_step:add_contacts}]',
      of: maya.isActor,
      never: ['flow_completed'],
    });
  });

  test('CC-11 a second run takes the place of the first', async (ctx) => {
    const maya = await town.organizer();
    const first = await maya.begins(machine);
    await first.does('organizer.named_crew', { name: 'Night Owls' });
    await maya.begins(machine);
    await first.tries(410, 'organizer.cancelled');
    await town.expects(ctx, {
      machine,
      logged: 'flow_started → fs(name_crew) → [drop_off{superseded} flow_started{crew_creation}]',
      of: maya.isActor,
    });
  });

  test('CC-12 a dropped run is taken up again', async (ctx) => {
    const maya = await town.organizer();
    const first = await maya.begins(machine);
    await first.does('organizer.named_crew', { name: 'Night Owls' });
    await maya.leaves();
    const second = await maya.begins(machine, { entry: 'resume', resumedFrom: first.id });
    await addByHand(second, people(2));
    await second.does('organizer.saved_crew');
    await town.expects(ctx, {
      machine,
      logged: `flow_started{resumed_from:null} → fs(name_crew) → drop_off{session_ended,resumable:true} → flow_started{resumed_from:${first.id},entry:resume} → fs(add_contacts) → [fs(review_members) crew_created flow_completed{resumed:true}]`,
      of: maya.isActor,
    });
    const rows = (await town.rows()).filter(first.isOf);
    expect(rows.at(-1)?.event_type).toBe('drop_off');
  });

  test('CC-13 two taps on save make one crew', async (ctx) => {
    const { maya, run } = await reviewed('ios_app');
    const tap = () =>
      maya.client.post(`/v1/instances/${run.id}/events`, {
        body: { type: 'organizer.saved_crew' },
      });
    const taps = await Promise.all([tap(), tap()]);
    expect(taps.map(({ status }) => status).sort()).toEqual([200, 410]);
    await town.expects(ctx, {
      machine,
      logged:
        'flow_started → fs(name_crew) → fs(add_contacts) → [fs(review_members) crew_created{members:2} flow_completed{created}]',
      of: maya.isActor,
    });
  });

  test('keeps every invariant of the contract, and nothing is missing', () => town.holds());
});
