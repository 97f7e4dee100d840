import { describe, expect, test } from 'vitest';
import { hours, minutes } from '../../machines/kit.ts';
import * as session from '../../machines/session.machine.ts';
import { successorOf } from '../../machines/session.model.ts';
import { problemsOf } from '../../src/chart/rules.ts';
import { flow, NOON, RUN, SESSION } from '../support/flow.ts';

const previous = 'eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee';
const crewId = 'cccccccc-cccc-4ccc-8ccc-cccccccccccc';
const opening = {
  platform: 'ios_app',
  appVersion: '1.2.3',
  device: 'ffffffff-ffff-4fff-8fff-ffffffffffff',
  previousSessionId: null,
};
const begun = (more: object = {}) => flow(session, { ...opening, ...more });
const viewed = { type: 'organizer.acted', action: 'crew_viewed', target: 'crew', crewId };
const away = { code: 'db.unavailable', retryable: true };
const broken = { code: 'db.constraint', retryable: false };

/** The actor that the session waits for, and what it was given. */
const called = (story: ReturnType<typeof begun>) =>
  story.effects().flatMap((effect) => (effect.kind === 'call' ? [effect] : []));

test('the chart keeps the rules of charts', () => {
  expect(problemsOf(session, new Set(['endFlows', 'renewSession']))).toEqual([]);
});

describe('a session', () => {
  test('begins with where it came from', () => {
    const story = begun({ entry: 'deep_link', tzOffsetMin: -240, previousSessionId: previous });
    expect(story.logged('session_start').row('session_start')).toMatchObject({
      ...{ previous_session_id: previous, entry: 'deep_link', tz_offset_min: -240 },
    });
    expect(story.delays()).toEqual({ idle: minutes(30), cap: hours(24) });
  });

  test.each([
    ['organizer.ended_session', 'explicit', 1],
    ['organizer.logged_out', 'logout', 1],
    ['app.left', 'explicit', 0],
  ])('S-1 %s ends it, after its open flows', (type, reason, own) => {
    const story = begun().on({ type }, 5_000).logged().isIn('ending');
    const left = reason === 'logout' ? opening.device : null;
    const input = { reason: 'session_ended', left };
    expect(called(story)).toMatchObject([{ src: 'endFlows', input }]);
    story.done('endFlows', { actions: 7 }).logged(`session_end{${reason}}`).isIn('ended');
    expect(story.row('session_end')).toMatchObject({
      ...{ duration_ms: 5_000, actions: 7 + own },
      last_activity_at: new Date(NOON + 5_000).toISOString(),
    });
  });

  test('S-2 half an hour without activity ends it, back at its last activity', () => {
    const story = begun().on(viewed, 60_000).after('idle').isIn('ending');
    expect(story.now()).toBe(NOON + 60_000 + minutes(30));
    expect(called(story)).toMatchObject([{ src: 'endFlows', input: { reason: 'idle_timeout' } }]);
    story.done('endFlows', { actions: 0 }).logged('session_end{expired_idle}');
    expect(story.row('session_end')).toMatchObject({ duration_ms: 60_000, actions: 1 });
  });

  test('S-2 activity that is no step makes it wait for what remains, and no longer', () => {
    const story = begun().after('idle', { seenAt: NOON + minutes(10) });
    expect(story.logged().isIn('open.active').delays()).toMatchObject({ idle: minutes(10) });
    story.after('idle', { seenAt: NOON + minutes(10) }).isIn('ending');
    expect(story.now()).toBe(NOON + minutes(40));
    story.done('endFlows', { actions: 3 });
    expect(story.row('session_end')).toMatchObject({ duration_ms: minutes(10), actions: 3 });
  });

  test('S-2 after a downtime it ends at once, without a negative wait', () => {
    const of = { seenAt: NOON + minutes(10), lateMs: hours(3) };
    const story = begun().after('idle', of);
    expect(story.delays()).toMatchObject({ idle: 0 });
    story.after('idle', { seenAt: of.seenAt }).isIn('ending');
  });

  test('S-3 waiting on does not put off the cap', () => {
    const story = begun();
    for (let half = 1; half <= 47; half += 1) {
      story.after('idle', { seenAt: story.now() + minutes(30) - 1 });
    }
    expect(story.delays().cap).toBe(hours(24));
    story.after('cap', { seenAt: NOON + hours(24) - 1_000 });
    expect(story.now()).toBe(NOON + hours(24));
  });

  test('S-3 after a day another session goes on in its place', () => {
    const story = begun()
      .after('cap', { seenAt: NOON + hours(24) - 1_000 })
      .logged();
    const nextId = successorOf(RUN);
    expect(called(story)).toMatchObject([
      {
        src: 'renewSession',
        input: { nextId, platform: 'ios_app', appVersion: '1.2.3', device: opening.device },
      },
    ]);
    story.done('renewSession', { actions: 4 }).logged('session_end{expired_max}');
    expect(story.view()).toMatchObject({ reason: 'expired_max', renewedAs: nextId });
    expect(story.row('session_end')).toMatchObject({ duration_ms: hours(24) - 1_000, actions: 4 });
  });

  test('S-2 a session that had been idle when its cap fell due is not renewed', () => {
    const seenAt = NOON + hours(20);
    const story = begun()
      .after('cap', { seenAt, lateMs: hours(3) })
      .isIn('ending')
      .logged();
    expect(called(story)).toMatchObject([{ src: 'endFlows', input: { reason: 'idle_timeout' } }]);
    story.done('endFlows', { actions: 0 }).logged('session_end{expired_idle}');
    expect(story.row('session_end')).toMatchObject({ duration_ms: hours(20) });
  });

  test('S-6 an action outside any flow is one row with what it is about', () => {
    const story = begun().on(viewed).logged('user_action{crew_viewed}');
    expect(story.rows()[0]).toMatchObject({
      ...{ crew_id: crewId, event_id: null, session_id: SESSION, platform: 'ios_app' },
      metadata: { action: 'crew_viewed', target: 'crew' },
    });
    story.on({
      ...{ type: 'organizer.acted', action: 'settings_changed', target: 'event' },
      ...{ eventId: previous, changedFields: ['title', 'when'] },
    });
    expect(story.rows()[0]).toMatchObject({ crew_id: null, event_id: previous });
    expect(story.row('user_action')).toMatchObject({ changed_fields: ['title', 'when'] });
  });

  test('what the last action was about is on no other row', () => {
    const story = begun().on(viewed).on({ type: 'app.left' }).done('endFlows', { actions: 0 });
    expect(story.rows()[0]).toMatchObject({ event_type: 'session_end', crew_id: null });
  });

  test('an end that cannot be saved is tried again', () => {
    begun()
      .on({ type: 'app.left' })
      .fails('endFlows', away)
      .logged('error{db.unavailable}')
      .refuses(viewed)
      .after('endAgain')
      .done('endFlows', { actions: 0 })
      .logged('session_end{explicit}');
    begun()
      .after('cap', { seenAt: NOON + hours(24) - 1_000 })
      .fails('renewSession', away)
      .after('endAgain')
      .isIn('renewing')
      .done('renewSession', { actions: 0 })
      .logged('session_end{expired_max}');
  });

  test('a session ends once, even where its flows cannot be ended', () => {
    begun()
      .on({ type: 'app.left' })
      .fails('endFlows', broken)
      .logged('error{db.constraint}', 'session_end{explicit}')
      .isIn('ended');
    const story = begun().on({ type: 'app.left' });
    for (let tries = 1; tries < 5; tries += 1) story.fails('endFlows', away).after('endAgain');
    story.fails('endFlows', away).logged('error{db.unavailable}', 'session_end{explicit}');
  });
});
