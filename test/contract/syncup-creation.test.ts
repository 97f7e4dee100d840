import { describe, expect, test } from 'vitest';
import { ListedSyncup, Syncup } from '../../src/api/syncup-routes.ts';
import type { LogRow } from '../../src/behavior/row.ts';
import { addByHand, addByPicker, type Contact, type Organizer, type Run } from './organizer.ts';
import { openTown } from './town.ts';

const machine = 'syncup-creation';
const town = openTown();

const people = (count: number): Contact[] =>
  Array.from({ length: count }, (_, n) => ({ name: `Guest ${n + 1}`, phone: town.phone() }));

const nextYear = (day: number): string => `${new Date().getFullYear() + 1}-06-0${day}T19:00`;

/** Asks a crew of these people by all the questions. */
async function asksCrew(maya: Organizer, members: readonly Contact[]): Promise<Run> {
  const crewId = await maya.hasCrew(members);
  const run = await maya.begins(machine, { input: { title: 'Dinner' } });
  await run.does('organizer.chose_crew', { crewId });
  await run.does('organizer.added_option', { startsAt: nextYear(5) });
  await run.does('organizer.added_option', { startsAt: nextYear(6) });
  await run.does('organizer.added_option', { label: 'Whenever' });
  await run.does('organizer.finished_options');
  await run.does('organizer.set_voting', { voting: 'multi', deadlineAt: nextYear(4) });
  await run.does('organizer.saved_syncup');
  return run;
}

/** The sync-up of a run, and the crew it was made for: not the crew's own rows. */
const of = (maya: Organizer, run: Run) => (row: LogRow) =>
  row.metadata.flow_run_id === run.id || (maya.isActor(row) && row.syncup_id !== null);

describe('sync-up creation', () => {
  test('SC-1 an organizer asks a crew of three which of three options works', async (ctx) => {
    const maya = await town.organizer('ios_app');
    const run = await asksCrew(maya, people(3));
    await town.expects(ctx, {
      machine,
      logged:
        'flow_started{syncup_creation} → fs(choose_crew|invitees) → fs(options) ×3 → {fs(voting_rules)}? → [fs(review) syncup_created{invitees:3,suppressed_opt_out:0,options:3,voting:multi} flow_completed{created}] → ([invite_sent{syncup,via:flow} sms_sent{invite}]) ×3 ∥',
      of: of(maya, run),
      never: ['event_created'],
    });
    const rows = (await town.rows()).filter(of(maya, run));
    expect(JSON.stringify(rows.map(({ metadata }) => metadata))).not.toMatch(
      /Dinner|Whenever|Guest|\+1206/,
    );
    const [listed] = (await maya.client.get('/v1/syncups')).body.syncups;
    const { body } = await maya.client.get(`/v1/syncups/${listed.id}`);
    expect(body).toMatchObject({
      ...{ title: 'Dinner', voting: 'multi', state: 'live' },
      options: [{ votes: 0 }, { votes: 0 }, { label: 'Whenever', startsAt: null, votes: 0 }],
      tally: { invited: 3, voted: 0, no: 0, unknown: 0, pending: 3 },
    });
    const stranger = await town.organizer();
    expect((await stranger.client.get(`/v1/syncups/${listed.id}`)).status).toBe(404);
    expect((await stranger.client.get('/v1/syncups')).body).toEqual({ syncups: [] });
  });

  test.each([
    ['that were set', true, { voting: 'multi', quorum: 1, whenAllAnswered: true, finalizes: true }],
    [
      'that were skipped',
      false,
      { voting: 'single', quorum: null, whenAllAnswered: false, finalizes: false },
    ],
  ])('shows the rules of its vote %s, as the client types them', async (_how, isSet, expected) => {
    const maya = await town.organizer();
    const run = await maya.begins(machine);
    await run.does('organizer.chose_people');
    await addByHand(run, people(1));
    await run.does('organizer.added_option', { startsAt: nextYear(5), timeZone: 'UTC' });
    await run.does('organizer.added_option', { startsAt: nextYear(6), timeZone: 'UTC' });
    await run.does('organizer.finished_options');
    const { voting, ...rules } = expected;
    const deadlineAt = isSet ? `${nextYear(4)}:00.000Z` : null;
    const set = { ...expected, deadlineAt: nextYear(4), timeZone: 'UTC' };
    if (isSet) await run.does('organizer.set_voting', set);
    else await run.does('organizer.skipped');
    const saved = await run.does('organizer.saved_syncup');
    const { body } = await maya.client.get(`/v1/syncups/${saved.body.view.syncupId}`);
    // Without a deadline votes count until the last option has come.
    const closesAt = deadlineAt ?? `${nextYear(6)}:00.000Z`;
    expect(Syncup.parse(body)).toMatchObject({ voting, deadlineAt, rules: { ...rules, closesAt } });
    const { syncups } = (await maya.client.get('/v1/syncups')).body;
    expect(syncups.map((one: unknown) => ListedSyncup.parse(one))).toMatchObject([
      { voting, deadlineAt, rules: { ...rules, closesAt }, tally: { invited: 1 } },
    ]);
  });

  test('SC-2 fewer than two options are too few', async (ctx) => {
    const maya = await town.organizer();
    const run = await maya.begins(machine);
    await run.does('organizer.chose_people');
    await addByHand(run, people(1));
    await run.does('organizer.added_option', { label: 'Beach' });
    const { body } = await run.tries(422, 'organizer.finished_options');
    expect(body).toMatchObject({ code: 'invalid_input' });
    await run.does('organizer.cancelled');
    await town.expects(ctx, {
      machine,
      logged:
        'flow_started → fs(invitees) → fs(options) → flow_step{options,invalid_input,attempt:2} → [flow_step{options,cancelled} drop_off{cancelled,at_step:options}]',
      of: of(maya, run),
      never: ['syncup_created'],
    });
  });

  test('asks people picked for the occasion, those that may be texted, and once when saved twice', async () => {
    const maya = await town.organizer('ios_app');
    const [silent, ...others] = people(3);
    if (silent === undefined) throw new Error('Three people are made above.');
    await town.texts(silent.phone, 'STOP');
    const run = await maya.begins(machine);
    await addByPicker(run, [silent, ...others]);
    for (const label of ['Beach', 'Park']) await run.does('organizer.added_option', { label });
    await run.does('organizer.finished_options');
    await run.does('organizer.skipped');
    const saves = [1, 2].map(() =>
      maya.client.post(`/v1/instances/${run.id}/events`, {
        body: { type: 'organizer.saved_syncup' },
      }),
    );
    const statuses = (await Promise.all(saves)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 410]);
    const created = await town.row(
      (row) => row.event_type === 'syncup_created' && of(maya, run)(row),
    );
    expect(created.metadata).toMatchObject({
      invitees: 2,
      suppressed_opt_out: 1,
      voting: 'single',
    });
    for (const { phone } of others) {
      const text = await town.carrier().waitForMessage(({ to }) => to === phone);
      expect(text.body).toContain('1) Beach 2) Park');
    }
    await town.when(async () => (await invitesOf(run, maya)) === 2);
  });

  test('goes on where it was left, in a new run', async () => {
    const maya = await town.organizer();
    const run = await maya.begins(machine, { input: { title: 'Dinner' } });
    await run.does('organizer.chose_people');
    await addByHand(run, people(1));
    for (const label of ['Beach', 'Park']) await run.does('organizer.added_option', { label });
    await maya.leaves();
    const again = await maya.begins(machine, { resumedFrom: run.id, entry: 'resume' });
    await again.does('organizer.skipped');
    const saved = await again.does('organizer.saved_syncup');
    expect(saved.body.view).toMatchObject({ title: 'Dinner', options: [{ label: 'Beach' }, {}] });
    const done = await town.row(
      (row) => row.event_type === 'flow_completed' && of(maya, again)(row),
    );
    expect(done.metadata).toMatchObject({ resumed: true });
  });

  test('keeps every invariant of the contract, and nothing is missing', () => town.holds());
});

const invitesOf = async (run: Run, maya: Organizer): Promise<number> =>
  (await town.rows()).filter((row) => row.event_type === 'invite_sent' && of(maya, run)(row))
    .length;
