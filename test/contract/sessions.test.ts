import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { LogRow } from '../../src/behavior/row.ts';
import { addByHand, createOrganizer, type Organizer } from './organizer.ts';
import { openTown, waitFor } from './town.ts';
import { isCompared } from './verdict.ts';

const machine = 'session';
/** All rows of an organizer, whatever session they are of. */
const of = (organizer: Organizer) => (row: LogRow) => row.organizer_id === organizer.owner;

describe('a session', () => {
  const town = openTown();

  test('S-1 begins with the first event and ends when the app is closed', async (ctx) => {
    const maya = await town.organizer('ios_app');
    const run = await maya.begins('crew-creation');
    await run.does('organizer.named_crew', { name: 'Night Owls' });
    await maya.leaves();
    await town.expects(ctx, {
      machine,
      logged:
        'session_start{previous_session_id:null} → flow_started → fs(name_crew) → [drop_off{session_ended} session_end{explicit}]',
      of: of(maya),
    });
    const rows = (await town.rows()).filter(of(maya)).filter(isCompared);
    expect(new Set(rows.map(({ session_id }) => session_id)).size).toBe(1);
  });

  test('S-4 on a second device is another session, and neither ends the other', async (ctx) => {
    const maya = await town.organizer('ios_app');
    const tablet = { owner: maya.owner, platform: 'ios_app', deviceId: randomUUID() } as const;
    const again = await createOrganizer(town.server(), tablet);
    const first = await maya.arrives();
    const run = await maya.begins('crew-creation');
    const second = await again.arrives();
    const other = await again.begins('crew-creation');
    await maya.leaves();
    await other.does('organizer.named_crew', { name: 'Night Owls' });
    expect(second).not.toBe(first);
    await town.expects(ctx, {
      machine,
      logged: `session_start{previous_session_id:null,session_id:${first}} → flow_started{flow_run_id:${run.id},session_id:${first}} → session_start{previous_session_id:null,session_id:${second}} → flow_started{flow_run_id:${other.id},session_id:${second}} → [drop_off{session_ended,flow_run_id:${run.id},session_id:${first}} session_end{explicit,session_id:${first}}] → fs(name_crew){flow_run_id:${other.id},session_id:${second}}`,
      of: of(maya),
      never: ['drop_off{superseded}'],
    });
  });

  test('that ends under an action leaves it to the next one', async () => {
    const maya = await town.organizer('ios_app');
    const act = () =>
      maya.client.post('/v1/actions', { body: { action: 'help_opened', target: 'none' } });
    for (let round = 0; round < 5; round += 1) {
      const ending = `/v1/sessions/${await maya.arrives()}/events`;
      const leaving = maya.client.post(ending, { body: { type: 'app.left' } });
      const [left, ...acted] = await Promise.all([leaving, act(), act(), act()]);
      expect(left.status, left.text).toBe(200);
      expect(acted.map(({ status }) => status)).toEqual([200, 200, 200]);
    }
  });

  test('S-6 takes an action outside of any flow as one row', async (ctx) => {
    const maya = await town.organizer();
    for (const action of ['help_opened', 'link_copied']) {
      const acted = await maya.client.post('/v1/actions', { body: { action, target: 'none' } });
      expect(acted.status, acted.text).toBe(200);
    }
    // The same tap, told again by a client that heard no answer.
    const tap = {
      body: { action: 'crew_viewed', target: 'crew', crewId: maya.owner },
      headers: { 'Idempotency-Key': 'one-tap' },
    };
    for (const _ of [1, 2]) await maya.client.post('/v1/actions', tap);
    const wrong = await maya.client.post('/v1/actions', {
      body: { action: 'event_viewed', target: 'none', note: 'Bo is nice' },
    });
    expect(wrong.status).toBe(422);
    await maya.client.get('/v1/crews');
    await town.expects(ctx, {
      machine,
      logged:
        'session_start → user_action{help_opened} → user_action{link_copied} → user_action{crew_viewed,crew}',
      of: of(maya),
      never: ['flow_started', 'flow_step', 'flow_completed', 'drop_off'],
    });
  });

  test.each(['event_edited', 'event_cancelled', 'crew_renamed', 'crew_deleted'])(
    'does not take %s from a client: the server logs what is done here',
    async (action) => {
      const maya = await town.organizer();
      const session = await maya.arrives();
      const body = { action, target: 'event', eventId: maya.owner };
      const answers = [
        await maya.client.post('/v1/actions', { body }),
        await maya.client.post(`/v1/sessions/${session}/events`, {
          body: { type: 'organizer.acted', ...body },
        }),
      ];
      for (const { status, body: problem } of answers) {
        expect([status, problem.code]).toEqual([422, 'invalid_input']);
        expect(problem.problems).toEqual([{ path: 'action', code: 'not_told' }]);
      }
      const logged = (await town.rows()).filter((row) => row.organizer_id === maya.owner);
      expect(logged.some(({ event_type: type }) => type === 'user_action')).toBe(false);
    },
  );

  test('S-7 says nothing when the server restarts, or a page is loaded again', async (ctx) => {
    const maya = await town.organizer();
    const run = await maya.begins('crew-creation');
    await run.does('organizer.named_crew', { name: 'Night Owls' });
    await town.restart();
    const again = await maya.at(town.server());
    expect((await again.client.get(`/v1/instances/${run.id}`)).status).toBe(200);
    await again.arrives();
    await addByHand(again.run(run.id), [{ name: 'Bo', phone: town.phone() }]);
    await town.expects(ctx, {
      machine,
      logged:
        'session_start → flow_started → fs(name_crew){attempt:1} → fs(add_contacts){attempt:1}',
      of: of(maya),
    });
  });

  test('keeps every invariant of the contract, and nothing is missing', () => town.holds());
});

describe('a session at its cap', () => {
  const town = openTown({ cap: 1_500 });

  test('S-3 is followed by another, in which the open flows go on', async (ctx) => {
    const maya = await town.organizer();
    const run = await maya.begins('crew-creation');
    const first = (await town.row((row) => row.event_type === 'session_start')).session_id;
    await town.row((row) => row.event_type === 'session_end');
    await run.does('organizer.named_crew', { name: 'Night Owls' });
    await town.expects(ctx, {
      machine,
      logged: `session_start → flow_started{session_id:${first}} → [session_end{expired_max,session_id:${first}} session_start{previous_session_id:${first}}] → fs(name_crew) → {[session_end{expired_max} session_start]}*`,
      of: of(maya),
      never: ['drop_off', `flow_step{session_id:${first}}`],
    });
  });

  test('keeps every invariant of the contract, and nothing is missing', () => town.holds());
});

describe('a session that nobody uses', () => {
  const town = openTown({ idle: 1_000 });

  test('S-2 expires, and its open flows with it', async (ctx) => {
    const maya = await town.organizer('ios_app');
    const run = await maya.begins('crew-creation');
    await run.does('organizer.named_crew', { name: 'Night Owls' });
    await town.expects(ctx, {
      machine,
      logged:
        'session_start → flow_started → fs(name_crew) → {drop_off{idle_timeout}}? → [{drop_off{idle_timeout}}? session_end{expired_idle}]',
      of: of(maya),
    });
  });

  test('S-5 is followed by a new one when the organizer comes back', async (ctx) => {
    const maya = await town.organizer();
    const first = await maya.arrives();
    await town.row((row) => row.event_type === 'session_end' && row.session_id === first);
    const second = await maya.arrives();
    await town.expects(ctx, {
      machine,
      logged: `session_start{session_id:${first}} → session_end{expired_idle,session_id:${first}} → session_start{previous_session_id:${first},session_id:${second}} → {session_end}?`,
      of: of(maya),
    });
  });

  test('CC-10 an idle run of crew creation drops off once, also while the server is down', async (ctx) => {
    const maya = await town.organizer();
    const run = await maya.begins('crew-creation');
    const begun = Date.now();
    await town.restart(async () => {
      await waitFor(
        async () => Date.now(),
        (now) => now > begun + 1_500,
      );
    });
    const isDown = (row: LogRow) => row.event_type === 'drop_off' && run.isOf(row);
    const { timestamp } = await town.row(isDown);
    expect(timestamp).toBeGreaterThan(begun + 1_500);
    await town.expects(ctx, {
      machine: 'crew-creation',
      logged: 'flow_started{crew_creation} → drop_off{idle_timeout,at_step:name_crew}',
      of: run.isOf,
      never: ['flow_step'],
    });
  });

  test('EC-9 event creation drops off, is cancelled, goes back and refuses as crew creation does', async (ctx) => {
    const maya = await town.organizer('ios_app');
    const first = await maya.begins('event-creation');
    await first.does('organizer.chose_people');
    await first.tries(422, 'organizer.typed_person', { person: { name: 'Bo', phone: '12' } });
    await addByHand(first, [{ name: 'Bo', phone: town.phone() }]);
    await first.does('organizer.went_back');
    await addByHand(first, []);
    const second = await maya.begins('event-creation');
    await second.does('organizer.cancelled');
    await maya.begins('event-creation');
    await maya.leaves();
    const last = await maya.begins('event-creation');
    await town.row((row) => row.event_type === 'drop_off' && last.isOf(row));
    await town.expects(ctx, {
      machine: 'event-creation',
      logged:
        'flow_started{event_creation} → flow_step{add_contacts,invalid_input,attempt:1} → fs(add_contacts){attempt:2} → flow_step{title,back} → fs(add_contacts){attempt:3} → [drop_off{superseded} flow_started] → [flow_step{choose_crew,cancelled} drop_off{cancelled,at_step:choose_crew}] → flow_started → drop_off{session_ended} → flow_started → drop_off{idle_timeout}',
      of: maya.isActor,
      never: ['event_created'],
    });
  });

  test('keeps every invariant of the contract, and nothing is missing', () => town.holds());
});
