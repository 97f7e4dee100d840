import { describe, expect, test } from 'vitest';
import { countVotes, isTie, leadersOf } from '../../machines/ballot.ts';
import { eventIdOf } from '../../machines/decided.ts';
import { gatheringIdOf } from '../../machines/gathering-news.ts';
import { days, hours } from '../../machines/kit.ts';
import * as gathering from '../../machines/syncup-gathering.machine.ts';
import {
  type Context,
  decidesItself,
  isOver,
  NO_VOTE_RULES,
} from '../../machines/syncup-gathering.model.ts';
import { problemsOf } from '../../src/chart/rules.ts';
import { flow, NOON, OWNER, type Story } from '../support/flow.ts';

const syncupId = 'cccccccc-cccc-4ccc-8ccc-cccccccccccc';
const newsId = 'dddddddd-dddd-4ddd-8ddd-dddddddddddd';
const bo = 'eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee';
const cy = 'ffffffff-ffff-4fff-8fff-ffffffffffff';

const begun = (rules: object = {}) =>
  flow(gathering, {
    ...{ syncupId, crewId: null, title: 'Dinner', closesAt: NOON + days(3) },
    rules: { ...NO_VOTE_RULES, ...rules },
  });
const answered = { type: 'invitee.answered' };
const event = {
  ...{ eventId: eventIdOf(syncupId), crewId: null, title: 'Dinner: Beach' },
  ...{ startsAt: NOON + days(4), timeZone: 'America/New_York', whenText: 'Fri Jun 5, 8 AM' },
};
const decided = { outcome: 'decided', event, invitees: 2, suppressedOptOut: 1 };
const byHand = (notify = true) => ({ type: 'syncup.finalized', newsId, notify, event });
const listed = {
  voters: [
    { id: bo, joins: true },
    { id: cy, joins: false },
  ],
};
const away = { code: 'db.unavailable', retryable: true };
const broken = { code: 'db.constraint', retryable: false };

const sends = (story: Story) =>
  story.effects().flatMap((effect) => (effect.kind === 'send' ? [effect.send] : []));
const told = (story: Story) =>
  sends(story).map(({ to, event: news }) => `${to === bo ? 'bo' : 'cy'} ${news.type}`);
const starts = (story: Story) =>
  story.effects().flatMap((effect) => (effect.kind === 'start' ? [effect.start] : []));
const contextOf = (story: Story) => story.context<Context>();

test('the chart keeps the rules of charts', () => {
  expect(problemsOf(gathering, new Set(['settleSyncup', 'listVoters']))).toEqual([]);
});

test('votes are counted per option, and two that lead are a tie', () => {
  const votes = countVotes(3, [[1, 3], [3], null, undefined, [1]]);
  expect(votes).toEqual([2, 0, 2]);
  expect([leadersOf(votes), isTie(votes)]).toEqual([[1, 3], true]);
  expect([leadersOf([0, 0]), isTie([0, 0])]).toEqual([[], false]);
  expect([leadersOf([1, 2]), isTie([1, 2])]).toEqual([[2], false]);
});

describe('the gathering of a sync-up', () => {
  test('is over at its deadline, tells the invitations, and waits a week for the organizer', () => {
    const story = begun();
    expect(story.delays()).toEqual({
      ...{ voteEnds: days(3), forgetting: days(10) + hours(1) },
      deadlineNear: days(3) - hours(2),
    });
    story.on(answered).isIn('voting.waiting').logged();
    story.after('deadlineNear').isIn('voting.waiting').logged();
    expect(sends(story)).toMatchObject([{ orStart: { input: { kind: 'deadline_near' } } }]);
    story.after('voteEnds').isIn('voting.settling').done('settleSyncup', { outcome: 'closed' });
    expect(sends(story)).toMatchObject([{ event: { type: 'gathering.had_news' } }]);
    story.isIn('voting.telling').done('listVoters', listed).isIn('voting.waiting').logged();
    expect(told(story)).toEqual(['bo gathering.closed', 'cy gathering.closed']);
    story.after('forgetting').isIn('over').logged();
  });

  test('FI-5 makes the event by itself, and each invitation hears what it has become', () => {
    const story = begun({ finalizes: true }).after('voteEnds').done('settleSyncup', decided);
    story.logged('event_created');
    expect(story.rows()[0]).toMatchObject({
      ...{ event_id: event.eventId, syncup_id: syncupId },
      ...{ session_id: null, platform: 'system' },
    });
    expect(story.row('event_created')).toMatchObject({
      ...{ flow_run_id: null, from_syncup: true, invitees: 2, suppressed_opt_out: 1 },
      ...{ has_time: true, lead_min: 24 * 60, local_weekday: 5, local_hour: 8 },
    });
    expect(starts(story)).toMatchObject([
      { machine: 'gathering', id: gatheringIdOf(event.eventId), owner: OWNER },
    ]);
    story.done('listVoters', listed).isIn('over').logged();
    expect(told(story)).toEqual(['bo gathering.decided', 'cy gathering.closed']);
    expect(sends(story)[0]?.event).toMatchObject({ tells: true, event });
  });

  test('looks after each answer whether it was the last, where that ends the vote', () => {
    const story = begun({ whenAllAnswered: true, finalizes: true }).on(answered);
    story.isIn('voting.settling').done('settleSyncup', { outcome: 'open' }).isIn('voting.waiting');
    story.on(answered).done('settleSyncup', { outcome: 'closed' }).done('listVoters', listed);
    story.on(answered).isIn('voting.waiting').after('voteEnds').isIn('voting.waiting').logged();
  });

  test('looks after each answer whether enough have voted, where that ends the vote', () => {
    const story = begun({ quorum: 2 }).on(answered).isIn('voting.settling');
    story.done('settleSyncup', { outcome: 'closed' }).done('listVoters', listed);
    expect(told(story)).toEqual(['bo gathering.closed', 'cy gathering.closed']);
  });

  test.each([
    ['is not over for nothing', {}, false, [9, true], false, false],
    ['at its time is over', {}, true, [0, false], true, false],
    ['with enough votes is over', { quorum: 2 }, false, [2, false], true, false],
    ['with too few is not', { quorum: 2 }, false, [1, false], false, false],
    ['which all have answered is over', { whenAllAnswered: true }, false, [0, true], true, false],
    ['which all have answered is decided', { finalizes: true }, true, [1, true], true, true],
    ['without a vote is not decided', { finalizes: true }, true, [0, true], true, false],
    ['by too few is not decided', { finalizes: true, quorum: 2 }, true, [1, true], true, false],
  ] as const)('%s', (_what, chosen, overdue, [voted, allAnswered], over, decides) => {
    const rules = { ...NO_VOTE_RULES, ...chosen };
    const turnout = { voted, allAnswered };
    expect(isOver(rules, overdue, turnout)).toBe(over);
    expect(decidesItself(rules, turnout) && over).toBe(decides);
  });

  test('tells what its organizer has chosen, before and after its end', () => {
    const early = begun().on(byHand(false)).isIn('voting.telling').done('listVoters', listed);
    expect(sends(early)[0]?.event).toMatchObject({ newsId, tells: false, event });
    early.isIn('over');
    const late = begun().after('voteEnds').done('settleSyncup', { outcome: 'closed' });
    late.done('listVoters', listed).on(byHand()).logged().done('listVoters', listed).isIn('over');
    expect(told(late)).toEqual(['bo gathering.decided', 'cy gathering.closed']);
  });

  test('what fails for a moment is tried again, and nothing of it is lost', () => {
    const story = begun().after('voteEnds').fails('settleSyncup', away);
    story.logged('error{db.unavailable}').isIn('voting.unsettled').after('retell');
    story.done('settleSyncup', { outcome: 'closed' }).fails('listVoters', away);
    story.isIn('voting.untold').on(byHand()).done('listVoters', listed);
    expect(told(story)).toEqual(['bo gathering.decided', 'cy gathering.closed']);
    const blocked = begun().on(byHand());
    for (let tries = 1; tries <= 8; tries += 1) {
      blocked.fails('listVoters', broken).logged('error{db.constraint}').after('retell');
    }
    expect(told(blocked.done('listVoters', listed))).toHaveLength(2);
    const lost = begun().after('voteEnds').fails('settleSyncup', broken);
    lost.logged('error{db.constraint}').isIn('voting.waiting');
    expect(contextOf(lost)).toMatchObject({ state: 'live', overdue: true });
  });
});
