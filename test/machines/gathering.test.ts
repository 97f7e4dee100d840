import { describe, expect, test } from 'vitest';
import * as gathering from '../../machines/gathering.machine.ts';
import { type Context, isSettled, NO_RULES } from '../../machines/gathering.model.ts';
import { days, hours, minutes } from '../../machines/kit.ts';
import { problemsOf } from '../../src/chart/rules.ts';
import { flow, NOON, type Story } from '../support/flow.ts';

const eventId = 'cccccccc-cccc-4ccc-8ccc-cccccccccccc';
const newsId = 'dddddddd-dddd-4ddd-8ddd-dddddddddddd';
const bo = 'eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee';
const cy = 'ffffffff-ffff-4fff-8fff-ffffffffffff';

const dinner = {
  ...{ eventId, crewId: null, title: 'Dinner', place: null },
  ...{ startsAt: NOON + days(4), whenText: 'Fri Jun 5, 12 PM' },
};
const begun = (rules: object = {}, changes: object = {}) =>
  flow(gathering, { ...dinner, ...changes, rules: { ...NO_RULES, ...rules } });
const answered = { type: 'invitee.answered' };
const finalized = (notify = true) => ({ type: 'event.finalized', newsId, notify });
const cancelled = { type: 'event.cancelled', newsId };
const moved = (startsAt: number | null) => ({
  ...{ type: 'event.changed', newsId, moved: true, title: 'Dinner', place: null, startsAt },
  whenText: startsAt === null ? null : 'Sun Jun 7, 12 PM',
});
const listed = {
  invited: [
    { id: bo, tells: true },
    { id: cy, tells: false },
  ],
};
const away = { code: 'db.unavailable', retryable: true };
const broken = { code: 'db.constraint', retryable: false };

const heard = (story: Story) =>
  story
    .effects()
    .flatMap((effect) =>
      effect.kind === 'send'
        ? [`${effect.send.to === bo ? 'bo' : 'cy'} ${effect.send.event.type}`]
        : [],
    );
const contextOf = (story: Story) => story.context<Context>();

test('the chart keeps the rules of charts', () => {
  const actors = new Set(['settleEvent', 'listInvited', 'closeEvent']);
  expect(problemsOf(gathering, actors)).toEqual([]);
});

describe('an event settles by itself', () => {
  const rules = (changes: object) => ({ ...NO_RULES, ...changes });

  test.each([
    ['never, where nothing was chosen', {}, false, [9, 0], false],
    ['at its quorum', { quorum: 2 }, false, [2, 5], true],
    ['not below its quorum', { quorum: 2 }, false, [1, 5], false],
    ['not below its quorum, also when the time has come', { quorum: 2 }, true, [1, 0], false],
    ['when nobody is left to answer', { whenAllAnswered: true }, false, [1, 0], true],
    ['not while somebody is', { whenAllAnswered: true }, false, [1, 1], false],
    ['not without anybody who comes', { whenAllAnswered: true }, true, [0, 0], false],
    ['when the time has come', { answerBy: 1 }, true, [1, 3], true],
  ])('%s', (_when, chosen, overdue, [yes = 0, waiting = 0], settles) => {
    expect(isSettled(rules(chosen), overdue, { yes, waiting })).toBe(settles);
  });
});

describe('a gathering', () => {
  test('looks up how it stands after an answer, where an answer could settle it', () => {
    begun().on(answered).isIn('open.waiting').logged();
    const waits = begun({ quorum: 2 }).on(answered).isIn('open.settling');
    waits.done('settleEvent', { settled: false }).isIn('open.waiting');
    waits.on(answered).done('settleEvent', { settled: true }).isIn('open.telling');
    waits.done('listInvited', listed).isIn('open.waiting').logged();
    expect(heard(waits)).toEqual(['bo gathering.finalized', 'cy gathering.finalized']);
    waits.on(answered).isIn('open.waiting');
  });

  test('waits for no answer once its organizer has made it final, and tells people if that is wanted', () => {
    const told = begun({ quorum: 2 }).on(finalized()).isIn('open.telling');
    expect(heard(told.done('listInvited', listed))).toHaveLength(2);
    told.on(answered).isIn('open.waiting');
    begun().on(finalized(false)).isIn('open.waiting');
  });

  test('looks up how it stands when answers were wanted by, once', () => {
    const story = begun({ answerBy: NOON + days(2) });
    expect(story.delays()).toMatchObject({ answerBy: days(2), closing: days(4) });
    story.after('answerBy').isIn('open.settling').done('settleEvent', { settled: false });
    expect(contextOf(story)).toMatchObject({ overdue: true });
    story.on(answered).isIn('open.settling');
  });

  test('without a date waits for answers until they are wanted by, and as long after as ever', () => {
    const undated = { startsAt: null, whenText: null };
    const story = begun({ answerBy: NOON + days(20) }, undated);
    expect(story.delays()).toMatchObject({ answerBy: days(20), closing: days(34) });
    const change = { ...moved(null), moved: false, title: 'Supper' };
    const closesAt = () =>
      story
        .done('listInvited', listed)
        .effects()
        .flatMap((effect) => (effect.kind === 'send' ? [effect.send.event.closesAt] : []));
    story.on(change, days(1));
    expect(closesAt()).toEqual([NOON + days(34), NOON + days(34)]);
    story.after('answerBy').done('settleEvent', { settled: false }).on(change, days(1));
    expect(story.delays()).toMatchObject({ closing: days(14) });
    expect(closesAt()).toEqual([null, null]);
  });

  test('what was not chosen never comes before the end', () => {
    const { closing = 0, answerBy, nearing } = begun().delays();
    expect(answerBy).toBeGreaterThan(closing);
    expect(nearing).toBeGreaterThan(closing);
    begun().after('nearing').isIn('open.waiting');
    begun().after('answerBy').isIn('open.waiting');
  });

  test('reminds its people before it starts, and again where it was moved afterwards', () => {
    const story = begun({ remindMin: 120 });
    expect(story.delays()).toMatchObject({ nearing: days(4) - hours(2) });
    story.after('nearing').done('listInvited', listed).isIn('open.waiting');
    expect(heard(story)).toEqual(['bo gathering.reminded']);
    story.on(moved(NOON + days(6))).done('listInvited', listed);
    expect(story.delays()).toMatchObject({ nearing: NOON + days(6) - hours(2) - story.now() });
    const soon = begun({ remindMin: 120 }, { startsAt: NOON + hours(1) });
    expect(soon.delays().nearing).toBeGreaterThan(hours(1));
  });

  test('reminds people of the next date where the one it had was taken away', () => {
    const story = begun({ remindMin: 120 }).on(moved(null)).done('listInvited', listed);
    expect(story.delays().nearing).toBeGreaterThan(days(14));
    story.on(moved(NOON + days(6))).done('listInvited', listed);
    expect(story.after('nearing').now()).toBe(NOON + days(6) - hours(2));
    expect(heard(story.done('listInvited', listed))).toEqual(['bo gathering.reminded']);
  });

  test('follows its date in the step that moves it', () => {
    const story = begun()
      .on(moved(NOON + days(6)), days(1))
      .isIn('open.telling');
    expect(story.delays()).toMatchObject({ closing: NOON + days(6) - story.now() });
    story.done('listInvited', listed);
    expect(heard(story)).toEqual(['bo gathering.changed', 'cy gathering.changed']);
    const undated = begun().on(moved(null)).done('listInvited', listed);
    expect(undated.delays()).toMatchObject({ closing: days(14) });
  });

  test('closes its event when that begins, and is over', () => {
    const story = begun().after('closing').isIn('closing');
    expect(story.done('closeEvent', {}).ended()).toBe(true);
    const unclosed = begun().after('closing').fails('closeEvent', away);
    unclosed.logged('error{db.unavailable}').after('retell').isIn('closing');
    for (let tries = 0; tries < 20; tries += 1) {
      unclosed.fails('closeEvent', broken).isIn('unclosed').after('retell');
    }
    expect(unclosed.done('closeEvent', {}).ended()).toBe(true);
  });

  test('that is called off tells everybody, and is over', () => {
    const story = begun().on(cancelled).done('listInvited', listed);
    expect(heard(story)).toEqual(['bo gathering.cancelled', 'cy gathering.cancelled']);
    expect(story.ended()).toBe(true);
  });

  test('tells what it could not tell at first, in the order in which it came about', () => {
    const story = begun()
      .on(finalized())
      .fails('listInvited', away)
      .logged('error{db.unavailable}')
      .isIn('open.untold');
    expect(story.delays()).toMatchObject({ retell: 2_000 });
    story.on(moved(NOON + days(6))).done('listInvited', { invited: [{ id: bo, tells: true }] });
    expect(heard(story)).toEqual(['bo gathering.finalized', 'bo gathering.changed']);
    expect(contextOf(story)).toMatchObject({ news: [], tries: 0 });
  });

  test.each([
    ['for a moment, again and again', away],
    ['for good, until that is mended', broken],
  ])('loses nothing where telling fails %s', (_how, failure) => {
    const story = begun()
      .on(moved(NOON + days(6)))
      .on(cancelled);
    for (let tries = 1; tries <= 8; tries += 1) {
      story.fails('listInvited', failure).logged(`error{${failure.code}}`).isIn('open.untold');
      expect(story.delays()).toMatchObject({ retell: 1_000 * 2 ** tries });
      story.after('retell').isIn('open.telling');
    }
    story.done('listInvited', { invited: [{ id: bo, tells: true }] });
    expect(heard(story)).toEqual(['bo gathering.changed', 'bo gathering.cancelled']);
    expect(story.ended()).toBe(true);
  });

  test('that cannot tell tries it every hour in the end, and no longer once it begins', () => {
    const story = begun().on(cancelled);
    for (let tries = 1; tries <= 20; tries += 1) story.fails('listInvited', broken).after('retell');
    story.fails('listInvited', broken).logged('error{db.constraint}');
    expect(story.delays()).toMatchObject({ retell: hours(1) });
    expect(story.after('closing').done('closeEvent', {}).ended()).toBe(true);
  });

  test('goes on where looking up failed for good', () => {
    const story = begun({ quorum: 1 }).on(answered).fails('settleEvent', broken);
    story.logged('error{db.constraint}').isIn('open.waiting');
    const later = begun({ quorum: 1 }).on(answered).fails('settleEvent', away);
    later.isIn('open.unsettled').after('retell').isIn('open.settling');
    expect(later.now()).toBeLessThan(NOON + minutes(1));
  });
});
