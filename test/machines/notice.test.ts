import { describe, expect, test } from 'vitest';
import { days, hours } from '../../machines/kit.ts';
import * as notice from '../../machines/notice.machine.ts';
import type { News } from '../../machines/notice.model.ts';
import { noticeOf } from '../../machines/noticing.ts';
import { problemsOf } from '../../src/chart/rules.ts';
import { flow, OWNER } from '../support/flow.ts';

const targetId = 'eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee';
const phone = 'dddddddd-dddd-4ddd-8ddd-dddddddddddd';
const tablet = 'cccccccc-cccc-4ccc-8ccc-cccccccccccc';
const gathering = { target: 'event', targetId, crewId: null, title: 'Dinner' } as const;
const begun = (kind: string = 'rsvp_update') => flow(notice, { kind, ...gathering });
const answered = { type: 'invitee.answered' };
const news = (more: Partial<News> = {}): News => ({
  ...{ devices: [phone], title: 'Dinner', yes: 1, no: 0, votes: 0, waiting: 2 },
  ...more,
});

const over = (more: Partial<News>) => news({ yes: 0, votes: 3, waiting: 0, ...more });

/** What the last step starts: the pushes. */
const pushes = (story: ReturnType<typeof begun>) =>
  story.effects().flatMap((effect) => (effect.kind === 'start' ? [effect.start] : []));
const sends = (story: ReturnType<typeof begun>) =>
  story.effects().flatMap((effect) => (effect.kind === 'send' ? [effect.send] : []));

test('the chart keeps the rules of charts', () => {
  expect(problemsOf(notice, new Set(['readNews']))).toEqual([]);
});

describe('a notice', () => {
  test('tells the first answer at once, on every device, in numbers and without names', () => {
    const story = begun()
      .on(answered)
      .done('readNews', news({ devices: [phone, tablet] }));
    expect(story.isIn('resting.silent').delays()).toEqual({ nextNotice: hours(1) });
    const started = pushes(story);
    expect(started).toMatchObject(
      [phone, tablet].map((device) => ({
        ...{ machine: 'push', owner: OWNER },
        input: { kind: 'rsvp_update', device, subject: { eventId: targetId } },
      })),
    );
    expect(started[0]?.input.body).toBe('Dinner: 1 in, 0 out, 2 still to answer.');
    expect(new Set(started.map(({ id }) => id)).size).toBe(2);
    story.logged();
  });

  test('tells what follows within the hour once, when the hour is over', () => {
    const story = begun().on(answered).done('readNews', news());
    const [first] = pushes(story);
    for (let replies = 0; replies < 10; replies += 1) {
      story.on(answered, 60_000).done('lookAtNews', news({ yes: 2 + replies }));
      expect([...pushes(story), ...sends(story)]).toEqual([]);
    }
    story.after('nextNotice').isIn('reading');
    story.done('readNews', news({ yes: 11, waiting: 1 })).isIn('resting.silent');
    const [second] = pushes(story);
    expect(second?.input.body).toBe('Dinner: 11 in, 0 out, 1 still to answer.');
    expect(second?.id).not.toBe(first?.id);
  });

  test('is never told twice in an hour, however the answers come', () => {
    const story = begun();
    const told: number[] = [];
    story.on(answered).done('readNews', news());
    told.push(story.now());
    for (let hour = 0; hour < 5; hour += 1) {
      story.on(answered, 1_000).done('lookAtNews', news()).after('nextNotice');
      story.done('readNews', news());
      told.push(story.now());
    }
    const gaps = told.slice(1).map((at, n) => at - (told[n] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(hours(1));
  });

  test('is quiet again after an hour without news', () => {
    begun().on(answered).done('readNews', news()).after('nextNotice').isIn('quiet');
  });

  test.each([
    ['at once', () => begun().on(answered), 'readNews', 'quiet'],
    [
      'also within the hour',
      () => begun().on(answered).done('readNews', news()).on(answered),
      'lookAtNews',
      'resting.silent',
    ],
  ] as const)(
    'hands the last answer to the notice of all answers, %s',
    (_, before, actor, state) => {
      const story = before()
        .done(actor, news({ yes: 2, no: 1, waiting: 0 }))
        .isIn(state);
      expect(pushes(story)).toEqual([]);
      const at = story.now();
      expect(sends(story)).toEqual([noticeOf({ owner: OWNER, at, ...gathering }, 'all_replied')]);
    },
  );

  test('of all answers says so, and again within the hour only once', () => {
    const all = news({ yes: 2, no: 1, waiting: 0 });
    const story = begun('all_replied').on({ type: 'gathering.had_news' }).done('readNews', all);
    expect(pushes(story)[0]?.input).toMatchObject({
      ...{ kind: 'all_replied', body: 'Dinner: everybody has answered. 2 in, 1 out.' },
    });
    story.on({ type: 'gathering.had_news' }).on({ type: 'gathering.had_news' });
    expect(pushes(story)).toEqual([]);
    story.after('nextNotice').done('readNews', all);
    expect(pushes(story)).toHaveLength(1);
  });

  test('of all answers says nothing where somebody is to answer again by then', () => {
    const all = news({ yes: 2, no: 1, waiting: 0 });
    const story = begun('all_replied').on({ type: 'gathering.had_news' }).done('readNews', all);
    story.on({ type: 'gathering.had_news' }).after('nextNotice');
    story.done('readNews', news({ yes: 2, no: 1, waiting: 2 })).isIn('quiet');
    expect(pushes(story)).toEqual([]);
  });

  test('says that votes are in, of whatever it is called now', () => {
    const story = begun('vote_result').on({ type: 'gathering.had_news' });
    story.done('readNews', over({ title: null, leaders: ['Beach, Fri Jun 5, 7 PM'] }));
    expect(pushes(story)[0]?.input.body).toBe(
      'Dinner: the votes are in: most are for Beach, Fri Jun 5, 7 PM. 3 voted.',
    );
  });

  test.each([
    [{ leaders: ['Beach', 'Park'], waiting: 1 }, 'in: a tie of 2, so decide. 3 voted, 1 did not.'],
    [{ leaders: [], votes: 0, waiting: 2 }, 'the vote is over, and nobody has voted.'],
  ])('says what a vote came to: %j', (came, said) => {
    const story = begun('vote_result').on({ type: 'gathering.had_news' });
    story.done('readNews', over(came));
    expect(pushes(story)[0]?.input.body).toContain(said);
  });

  test('ends when its gathering has been silent for long; what comes then is told by another', () => {
    const story = begun().on(answered).done('readNews', news()).after('nextNotice').isIn('quiet');
    const noticeAt = (at: number) => noticeOf({ owner: OWNER, at, ...gathering }, 'vote_result');
    for (const waited of [0, hours(1), days(20), days(400)]) {
      const { to } = noticeAt(waited);
      expect(to).toBe(noticeAt(waited).to);
      // Nobody writes to one that may have ended.
      expect(to).not.toBe(noticeAt(waited + (story.delays().noNews ?? 0)).to);
    }
    story.after('noNews').isIn('over');
    expect(pushes(story)).toEqual([]);
  });

  test('that nobody can be told of takes no hour from the next', () => {
    begun()
      .on(answered)
      .done('readNews', news({ devices: [] }))
      .isIn('quiet');
  });

  test('that cannot be read is tried again, and logged as what it is', () => {
    const away = { code: 'db.unavailable', retryable: true };
    const story = begun().on(answered).fails('readNews', away).logged('error{db.unavailable}');
    expect(story.rows()[0]).toMatchObject({ event_id: targetId, metadata: { attempt: 1 } });
    story.after('readAgain').done('readNews', news()).on(answered).fails('lookAtNews', away);
    story.after('nextNotice').isIn('reading');
    begun()
      .on(answered)
      .fails('readNews', { code: 'flow.exception', retryable: false })
      .isIn('quiet');
  });
});
