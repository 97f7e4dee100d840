import { describe, expect, test } from 'vitest';
import { eventIdOf } from '../../machines/decided.ts';
import * as finalize from '../../machines/finalize.machine.ts';
import { gatheringIdOf } from '../../machines/gathering-news.ts';
import { days, minutes, type Send } from '../../machines/kit.ts';
import { problemsOf } from '../../src/chart/rules.ts';
import { flow, NOON, OWNER, RUN, type Story } from '../support/flow.ts';

const organizer = { name: 'Olga', country: 'US', timeZone: 'America/New_York' };
const eventId = 'cccccccc-cccc-4ccc-8ccc-cccccccccccc';
const crewId = 'dddddddd-dddd-4ddd-8ddd-dddddddddddd';
const other = 'eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee';
const dinner = { id: eventId, title: 'Dinner', startsAt: NOON + days(4), timeZone: 'UTC' };
const whole = { ...dinner, crewId, place: null, createdAt: NOON - days(1) };
const tally = { invited: 6, yes: 2, no: 1, unknown: 1, pending: 2 };
const foundDinner = (finalized = false) => ({
  ...{ found: true, about: { target: 'event', ...whole }, tally, told: 4 },
  ...{ ballot: [], finalized },
});

const chose = (id: string) => ({ type: 'organizer.chose_event', eventId: id });
const confirm = (notify?: boolean) => ({
  ...{ type: 'organizer.confirmed', ...(notify === undefined ? {} : { notify }) },
});
const back = { type: 'organizer.went_back' };
const again = { type: 'organizer.tried_again' };

const begun = (input: object = { eventId }) => flow(finalize, { organizer, ...input });
const confirming = () => begun().done('loadFinalizing', foundDinner());
const asked = () =>
  begun({}).done('loadFinalizable', { offered: [{ target: 'event', ...dinner }] });
const done = { done: true, tally: { ...tally, yes: 3, pending: 1 }, told: 3 };
const away = { code: 'db.save_failed', retryable: true };
const broken = { code: 'db.constraint', retryable: false };

const sendsOf = (story: Story): readonly Send[] =>
  story.effects().flatMap((effect) => (effect.kind === 'send' ? [effect.send] : []));

test('the chart keeps the rules of charts', () => {
  const actors = new Set([
    ...['loadFinalizable', 'loadFinalizing', 'finalizeEvent', 'finalizeSyncup'],
  ]);
  expect(problemsOf(finalize, actors)).toEqual([]);
});

describe('finalizing', () => {
  test('FI-1 asks once more, says how people have answered, and tells the gathering', () => {
    const story = asked()
      .asks('choose_target', /Which event/)
      .on(chose(eventId))
      .logged('flow_step{choose_target,completed}')
      .done('loadFinalizing', foundDinner())
      .asks('confirm', /Dinner, Fri Jun 5, 12 PM: 2 yes, 1 no, 3 without.*tell 4 people\?/)
      .on(confirm())
      .logged('flow_step{confirm,completed}')
      .done('finalizeEvent', done)
      .logged('finalize_triggered', 'flow_completed{finalized}')
      .says(/^It is final: Dinner, Fri Jun 5, 12 PM\. 3 people are told\.$/);
    expect(story.row('finalize_triggered')).toMatchObject({
      ...{ target: 'event', invited: 6, yes: 3, no: 1, unknown: 1, pending: 1 },
      ...{ notify: true, age_min: 1_440 },
    });
    const event = { type: 'event.finalized', newsId: RUN, notify: true };
    expect(sendsOf(story)).toEqual([{ to: gatheringIdOf(eventId), owner: OWNER, event }]);
    expect(story.view()).toMatchObject({ finalized: true });
  });

  test('its rows bear the event and its crew once that is found, and no name', () => {
    const [started, ...rest] = confirming().on(confirm()).done('finalizeEvent', done).all();
    expect(started).toMatchObject({ event_id: null, crew_id: null });
    for (const row of rest) expect(row).toMatchObject({ event_id: eventId, crew_id: crewId });
    expect(JSON.stringify(rest.map(({ metadata }) => metadata))).not.toContain('Dinner');
  });

  test('may tell nobody', () => {
    const story = confirming().on(confirm(false)).done('finalizeEvent', done);
    expect(story.row('finalize_triggered')).toMatchObject({ notify: false });
    expect(sendsOf(story)).toMatchObject([{ event: { notify: false } }]);
  });

  test('FI-4 of what is final already changes nothing', () => {
    const early = begun().logged('flow_started').done('loadFinalizing', foundDinner(true));
    early.logged('flow_completed{no_change}').says(/final already, so nobody is told again/);
    const late = confirming().on(confirm()).done('finalizeEvent', { done: false });
    late.logged('flow_completed{no_change}').says(/final or over by now/);
    expect([...sendsOf(early), ...sendsOf(late)]).toEqual([]);
  });

  test('of an event that is not there says so and asks which, and no row bears it', () => {
    const story = begun({ eventId: other })
      .done('loadFinalizing', { found: false })
      .done('loadFinalizable', { offered: [{ target: 'event', ...dinner }] })
      .asks('choose_target', /not there\. Which event is settled\?$/);
    expect(story.prompt()?.problems).toEqual([{ path: 'eventId', code: 'not_offered' }]);
    story.on(chose(other)).logged('flow_step{choose_target,invalid_input}');
    expect(story.problems(chose(other))).toEqual([{ path: 'eventId', code: 'not_offered' }]);
    expect(story.all().every((row) => row.event_id === null)).toBe(true);
    story
      .fails('loadFinalizable', away)
      .logged('error{db.save_failed}')
      .asks('choose_target', /Which/);
    begun({}).done('loadFinalizable', { offered: [] }).logged('flow_completed{no_change}');
    begun().fails('loadFinalizing', away).logged('error{db.save_failed}').isIn('asking.listing');
  });

  test('may go back to which event it is', () => {
    confirming().on(back).logged('flow_step{confirm,back}').isIn('asking.listing');
  });

  test('what fails is tried again, or ends the flow', () => {
    const story = confirming()
      .on(confirm())
      .fails('finalizeEvent', away)
      .logged('error{db.save_failed}')
      .asks('confirm', /It is not final yet/)
      .on(again)
      .logged()
      .done('finalizeEvent', done);
    expect(story.row('flow_completed')).toMatchObject({ errors: 1, outcome: 'finalized' });
    const lost = confirming().on(confirm()).fails('finalizeEvent', broken);
    lost.logged('error{db.constraint,fatal}', 'drop_off{error}');
  });

  test.each([
    ['choosing an event', asked, 'choose_target'],
    ['confirming', confirming, 'confirm'],
    ['unfinalized', () => confirming().on(confirm()).fails('finalizeEvent', away), 'confirm'],
  ])('while %s it ends by cancel, idleness, a newer flow or the session', (_at, reach, step) => {
    const cancelled = reach().on({ type: 'organizer.cancelled' });
    cancelled.logged(`flow_step{${step},cancelled}`, 'drop_off{cancelled}');
    expect(cancelled.row('drop_off')).toMatchObject({ at_step: step, resumable: false });
    const lapsed = reach();
    expect(lapsed.delays()).toEqual({ idle: minutes(30) });
    lapsed.after('idle').logged('drop_off{idle_timeout}');
    expect(lapsed.row('drop_off')).toMatchObject({ at_step: step, resumable: true });
    const ended = (reason: string) => reach().on({ type: 'session.ended', reason });
    ended('session_ended').logged('drop_off{session_ended}');
    ended('idle_timeout').logged('drop_off{idle_timeout}');
    reach().on({ type: 'flow.superseded' }).logged('drop_off{superseded}');
  });

  test('resumed elsewhere it is about the same event, and looks anew how it stands', () => {
    const unsent = confirming().on(confirm(false)).fails('finalizeEvent', away).after('idle');
    const resumed = begun({ resume: unsent.context<object>() });
    resumed.isIn('asking.loading').done('loadFinalizing', foundDinner());
    expect(resumed.context()).toMatchObject({ tries: 0, notify: true });
  });

  test('a second confirmation finds no flow that takes it', () => {
    expect(confirming().on(confirm()).done('finalizeEvent', done).ended()).toBe(true);
  });
});

describe('finalizing a sync-up', () => {
  const syncupId = 'ffffffff-ffff-4fff-8fff-ffffffffffff';
  const poll = { target: 'syncup', ...whole, id: syncupId, startsAt: null, timeZone: null };
  const choice = (text: string, votes: number, startsAt: number | null = null) => ({
    ...{ text, votes, startsAt },
  });
  const ballot = [choice('Fri', 2, NOON + days(4)), choice('Sat', 2), choice('Mon', 0, NOON - 1)];
  const foundPoll = { found: true, about: poll, tally, told: 4, ballot, finalized: false };
  const choosing = () => begun({ syncupId }).done('loadFinalizing', foundPoll);
  const option = (number: number, notified?: boolean) => ({
    ...{ type: 'organizer.chose_option', option: number },
    ...(notified === undefined ? {} : { notify: notified }),
  });
  const event = {
    ...{ eventId: eventIdOf(syncupId), crewId, title: 'Dinner: Sat' },
    ...{ startsAt: null, timeZone: null, whenText: null },
  };
  const made = {
    ...{ done: true, tally, told: 4, votes: [2, 2, 0], tie: true },
    ...{ event, invitees: 5, suppressedOptOut: 1 },
  };

  test('FI-2 FI-3 shows how the votes stand, and makes the event of the option that is chosen', () => {
    const story = begun({})
      .done('loadFinalizable', { offered: [{ ...dinner, target: 'syncup', id: syncupId }] })
      .asks('choose_target', /Which event or sync-up is settled\?/)
      .on({ type: 'organizer.chose_syncup', syncupId })
      .logged('flow_step{choose_target,completed}')
      .done('loadFinalizing', foundPoll)
      .asks('choose_option', /1\) Fri: 2 votes; 2\) Sat: 2 votes; .* a tie of 1 and 2\. Which/)
      .on(option(2))
      .logged('flow_step{choose_option,completed}');
    expect(story.row('flow_step')).toMatchObject({ option_count: 3, choice: 2 });
    expect(story.rows()[0]).toMatchObject({ syncup_id: syncupId, event_id: null });
    story.done('finalizeSyncup', made);
    story.logged('finalize_triggered', 'event_created', 'flow_completed{finalized}');
    story.says(/^It is final: Sat\. /);
    for (const row of story.rows())
      expect(row).toMatchObject({ syncup_id: syncupId, event_id: event.eventId, crew_id: crewId });
    expect(story.row('finalize_triggered')).toMatchObject({
      ...{ target: 'syncup', choice: 2, votes: [2, 2, 0], tie: true, notify: true },
    });
    expect(story.row('event_created')).toMatchObject({
      ...{ from_syncup: true, invitees: 5, suppressed_opt_out: 1, has_time: false, lead_min: null },
    });
    expect(sendsOf(story)).toEqual([
      {
        ...{ to: gatheringIdOf(syncupId), owner: OWNER },
        event: { type: 'syncup.finalized', newsId: RUN, notify: true, event },
      },
    ]);
    expect(story.effects().find(({ kind }) => kind === 'start')).toMatchObject({
      start: { machine: 'gathering', id: gatheringIdOf(event.eventId) },
    });
  });

  test('takes no option that is not there, or has passed', () => {
    const story = choosing().on(option(4)).logged('flow_step{choose_option,invalid_input}');
    expect(story.row('flow_step')).not.toHaveProperty('choice');
    expect(story.problems({ ...option(4), at: NOON })).toEqual([
      { path: 'option', code: 'not_listed' },
    ]);
    expect(story.problems({ ...option(3), at: NOON })).toEqual([
      { path: 'option', code: 'in_the_past' },
    ]);
    story.on(option(3)).logged('flow_step{choose_option,invalid_input}');
    story.on(back).logged('flow_step{choose_option,back}').isIn('asking.listing');
  });

  test('may tell nobody, and of one that is decided already changes nothing', () => {
    const quiet = choosing().on(option(1, false)).done('finalizeSyncup', made);
    expect(sendsOf(quiet)).toMatchObject([{ event: { notify: false } }]);
    choosing()
      .on(option(1))
      .done('finalizeSyncup', { done: false })
      .logged('flow_completed{no_change}');
    const late = begun({ syncupId }).done('loadFinalizing', { ...foundPoll, finalized: true });
    late.logged('flow_completed{no_change}');
  });

  test('an option that has passed before it is tried again is chosen anew', () => {
    const soon = [choice('Today', 2, NOON + minutes(10)), choice('Sat', 2)];
    const story = begun({ syncupId })
      .done('loadFinalizing', { ...foundPoll, ballot: soon })
      .on(option(1))
      .fails('finalizeSyncup', away);
    expect(story.problems({ ...again, at: NOON + minutes(20) })).toEqual([
      { path: 'option', code: 'in_the_past' },
    ]);
    story
      .on(again, minutes(20))
      .logged('flow_step{choose_option,invalid_input}')
      .asks('choose_option', /Which one is it/)
      .on(option(2))
      .done('finalizeSyncup', made);
    expect(story.row('flow_completed')).toMatchObject({ errors: 1, invalid_inputs: 1 });
  });

  test('what fails is tried again, or ends the flow', () => {
    const story = choosing().on(option(1)).fails('finalizeSyncup', away);
    story
      .asks('choose_option', /not final yet/)
      .on(again)
      .done('finalizeSyncup', made);
    expect(story.row('flow_completed')).toMatchObject({ errors: 1, outcome: 'finalized' });
    const lost = choosing().on(option(1)).fails('finalizeSyncup', broken);
    lost.logged('error{db.constraint,fatal}', 'drop_off{error}');
  });
});
