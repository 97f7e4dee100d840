import { describe, expect, test } from 'vitest';
import { refuseWrites } from './faults.ts';
import { addByHand, addByPicker, type Contact, type Organizer, type Run } from './organizer.ts';
import { openTown, waitFor } from './town.ts';

const machine = 'event-creation';
// A text that failed or is in doubt is tried again soon.
const town = openTown({ retry: 100, reconcile: 100 });

const people = (count: number): Contact[] =>
  Array.from({ length: count }, (_, n) => ({ name: `Guest ${n + 1}`, phone: town.phone() }));

const numbered = (phones: readonly string[]): Contact[] =>
  phones.map((phone, n) => ({ name: `Guest ${n + 1}`, phone }));

/** Invites a crew of these people by all the questions. */
async function invitesCrew(maya: Organizer, members: readonly Contact[]): Promise<Run> {
  const crewId = await maya.hasCrew(members);
  const run = await maya.begins(machine);
  await run.does('organizer.chose_crew', { crewId });
  await run.does('organizer.titled_event', { title: 'Dinner' });
  await run.does('organizer.set_time', { startsAt: nextYear(), timeZone: 'Europe/Lisbon' });
  await run.does('organizer.set_place', { place: "Luigi's" });
  await run.does('organizer.set_details', { details: 'Bring something to drink.' });
  await run.does('organizer.saved_event');
  return run;
}

const nextYear = (): string => `${new Date().getFullYear() + 1}-06-05T19:00`;

const UNTIL_REVIEW =
  'flow_started{event_creation} → fs(choose_crew) → fs(title) → fs(when) → fs(where) → {fs(details)}?';

describe('event creation', () => {
  test('EC-1 an organizer invites a crew of three', async (ctx) => {
    const maya = await town.organizer('ios_app');
    const run = await invitesCrew(maya, people(3));
    await town.expects(ctx, {
      machine,
      logged: `${UNTIL_REVIEW} → [fs(review) event_created{invitees:3,suppressed_opt_out:0} flow_completed{created}] → ([invite_sent{via:flow} sms_sent{invite,attempt:1}]) ×3 ∥`,
      of: run.isOf,
    });
    const rows = (await town.rows()).filter(run.isOf);
    expect(JSON.stringify(rows.map(({ metadata }) => metadata))).not.toMatch(
      /Dinner|Luigi|Guest|drink|\+1206/,
    );
  });

  test('EC-2 an organizer invites people picked for the occasion', async (ctx) => {
    const maya = await town.organizer('ios_app');
    const run = await maya.begins(machine);
    await addByPicker(run, people(2));
    await run.does('organizer.titled_event', { title: 'Dinner' });
    for (const _ of ['when', 'where', 'details']) await run.does('organizer.skipped');
    await run.does('organizer.saved_event');
    await town.expects(ctx, {
      machine,
      logged:
        'flow_started{event_creation} → contact_picker_opened → [contact_picker_submitted{added:2} fs(add_contacts){input:picker}] → fs(title) → flow_step{when,skipped} → flow_step{where,skipped} → flow_step{details,skipped} → [fs(review) event_created{invitees:2} flow_completed{created}] → ([invite_sent sms_sent]) ×2 ∥',
      of: maya.isActor,
      never: ['crew_created'],
    });
  });

  test('EC-3 the people of an event are kept as a crew', async (ctx) => {
    const maya = await town.organizer();
    const run = await maya.begins(machine);
    await run.does('organizer.chose_people');
    await addByHand(run, people(2));
    await run.does('organizer.titled_event', { title: 'Dinner' });
    for (const _ of ['when', 'where', 'details']) await run.does('organizer.skipped');
    await run.does('organizer.saved_event', { crewName: 'Night Owls' });
    await town.expects(ctx, {
      machine,
      logged:
        'flow_started → fs(add_contacts){input:text,selected_count:2} → fs(title) → flow_step{skipped} ×3 → [fs(review) event_created crew_created{members:2,source:event} flow_completed] → ([invite_sent sms_sent]) ×2 ∥',
      of: maya.isActor,
    });
    const isMade = ({ event_type }: { event_type: string }) =>
      ['event_created', 'crew_created', 'invite_sent', 'sms_sent'].includes(event_type);
    const rows = (await town.rows()).filter((row) => maya.isActor(row) && isMade(row));
    expect(new Set(rows.map(({ crew_id }) => crew_id)).size).toBe(1);
    expect(rows[0]?.crew_id).not.toBeNull();
  });

  test('EC-4 an optional question is skipped', async (ctx) => {
    const maya = await town.organizer();
    const crewId = await maya.hasCrew(people(1));
    const run = await maya.begins(machine);
    await run.does('organizer.chose_crew', { crewId });
    await run.does('organizer.titled_event', { title: 'Dinner' });
    await run.does('organizer.set_time', { startsAt: nextYear() });
    await run.does('organizer.skipped');
    await run.does('organizer.skipped');
    await run.does('organizer.saved_event');
    await town.expects(ctx, {
      machine,
      logged:
        'flow_started → fs(choose_crew) → fs(title) → fs(when) → flow_step{where,skipped} → flow_step{details,skipped} → [fs(review) event_created{has_place:false} flow_completed] → [invite_sent sms_sent]',
      of: run.isOf,
    });
  });

  test('EC-5 invites that the carrier rejects at once are errors and no invites', async (ctx) => {
    const maya = await town.organizer();
    // Numbers of which the local carrier says that they cannot be texted.
    const refused = ['+14155550191', '+14155550192'];
    const run = await maya.invites([town.phone(), ...refused]);
    await town.expects(ctx, {
      machine,
      logged:
        '… → [fs(review) event_created{invitees:3} flow_completed] → ([invite_sent sms_sent] ∥ error{sms_out,code} ×2 ∥)',
      of: run.isOf,
      never: refused.map((phone) => `invite_sent{invitee_phone:${phone}}`),
    });
  });

  test('EC-6 a text that was accepted and then not delivered is one error', async (ctx) => {
    const maya = await town.organizer();
    const run = await maya.invites(['+14155550190']);
    await town.expects(ctx, {
      machine,
      logged:
        '… → [fs(review) event_created flow_completed] → [invite_sent sms_sent] → error{sms.undelivered,provider_code:30003}',
      of: run.isOf,
    });
  });

  test('EC-7 a carrier that is busy for a moment is tried again', async (ctx) => {
    const maya = await town.organizer();
    const to = town.phone();
    await town.carrier().faults({ kind: 'throttle', to });
    const run = await maya.invites([to]);
    await town.expects(ctx, {
      machine,
      // What is tried again is a warning.
      logged:
        '… → [fs(review) event_created flow_completed] → error{sms_out,severity:warning,attempt:1} → [invite_sent sms_sent{attempt:2}]',
      of: run.isOf,
    });
  });

  test('EC-8 somebody who has opted out is in the crew and gets no text', async (ctx) => {
    const maya = await town.organizer('ios_app');
    const [silent, ...others] = people(3);
    if (silent === undefined) throw new Error('Three people are made above.');
    await town.texts(silent.phone, 'STOP');
    const run = await invitesCrew(maya, [silent, ...others]);
    await town.expects(ctx, {
      machine,
      logged: `${UNTIL_REVIEW} → [fs(review) event_created{invitees:2,suppressed_opt_out:1} flow_completed{created}] → ([invite_sent sms_sent]) ×2 ∥`,
      of: run.isOf,
      never: [`sms_sent{invitee_phone:${silent.phone}}`],
    });
  });

  test('EC-10 a server that dies between the carrier’s yes and its own commit sends once', async (ctx) => {
    const maya = await town.organizer();
    const [guest] = numbered([town.phone()]);
    if (guest === undefined) throw new Error('One guest is made above.');
    // The commit fails until the job that sends has given up, as if its server had died.
    const lift = await refuseWrites(town.sql(), {
      ...{ table: 'instances', on: 'update', times: 1_000, state: '23514' },
      when: `new.organizer_id = '${maya.owner}' and new.machine = 'text' and new.state = 'accepted'`,
    });
    const run = await maya.invites([guest.phone]);
    const triedTexts = () => town.sql()`
      select from instances
      where organizer_id = ${maya.owner} and machine = 'text' and tries > 0`;
    await waitFor(triedTexts, (given) => given.length > 0);
    await lift();
    await town.expects(ctx, {
      machine,
      logged: '… → [fs(review) event_created flow_completed] → [invite_sent sms_sent{attempt:2}]',
      of: run.isOf,
    });
    const sent = await town.carrier().messages();
    expect(sent.filter(({ to }) => to === guest.phone)).toHaveLength(1);
    await waitFor(
      async () => town.carrier().messages(),
      (all) => all.some(({ to, status }) => to === guest.phone && status === 'delivered'),
    );
  });

  test('keeps every invariant of the contract, and nothing is missing', () => town.holds());
});
