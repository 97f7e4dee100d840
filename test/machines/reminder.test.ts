import { describe, expect, test } from 'vitest';
import { days, minutes, type Send } from '../../machines/kit.ts';
import * as reminder from '../../machines/reminder.machine.ts';
import { problemsOf } from '../../src/chart/rules.ts';
import { flow, NOON, OWNER, RUN, type Story } from '../support/flow.ts';

const organizer = { name: 'Olga', country: 'US', timeZone: 'America/New_York' };
const eventId = 'cccccccc-cccc-4ccc-8ccc-cccccccccccc';
const crewId = 'dddddddd-dddd-4ddd-8ddd-dddddddddddd';
const other = 'eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee';
const dinner = {
  target: 'event',
  id: eventId,
  title: 'Dinner',
  startsAt: NOON + days(4),
  timeZone: 'UTC',
};
const whole = { ...dinner, crewId, place: null, createdAt: NOON - days(1) };

const person = (n: number, reply: string, standing = 'ready') => ({
  ...{ name: `Guest ${n}`, phone: `+1415555010${n}`, reply, standing },
});
const silent = person(0, 'none');
const unclear = person(1, 'unknown');
const coming = person(2, 'yes');
const recent = person(3, 'none', 'recent');
const everybody = [silent, unclear, coming, recent];
const foundDinner = (invited: readonly object[] = everybody) => ({
  ...{ found: true, about: whole, invited },
});

const chose = (id: string) => ({ type: 'organizer.chose_event', eventId: id });
const whom = (audience: string, ...phones: string[]) => ({
  ...{ type: 'organizer.chose_audience', audience },
  ...(phones.length === 0 ? {} : { phones }),
});
const skip = { type: 'organizer.skipped' };
const back = { type: 'organizer.went_back' };
const again = { type: 'organizer.tried_again' };

const begun = (input: object = { eventId }) => flow(reminder, { organizer, ...input });
const choosing = () => begun().done('loadInvitees', foundDinner());
const asked = () => begun({}).done('loadTargets', { offered: [dinner] });
const two = [other, crewId];
const kept = { invitationIds: two, suppressedRecent: 1, suppressedOptOut: 2, index: 3 };
const nobody = { ...kept, invitationIds: [], index: 0 };
const away = { code: 'db.save_failed', retryable: true };
const broken = { code: 'db.constraint', retryable: false };

const sendsOf = (story: Story): readonly Send[] =>
  story.effects().flatMap((effect) => (effect.kind === 'send' ? [effect.send] : []));
const callOf = (story: Story) => story.effects().find(({ kind }) => kind === 'call');

test('the chart keeps the rules of charts', () => {
  const actors = new Set(['loadTargets', 'loadInvitees', 'remind']);
  expect(problemsOf(reminder, actors)).toEqual([]);
});

describe('a reminder', () => {
  test('RE-1 goes to the audience that is chosen, and each invitation hears of it', () => {
    const story = begun()
      .logged('flow_started')
      .done('loadInvitees', foundDinner())
      .logged()
      .asks('choose_audience', /Dinner, Fri Jun 5, 12 PM: 1 person without an answer, 1 with/)
      .on(whom('all'))
      .logged('flow_step{choose_audience,completed}');
    expect(callOf(story)).toMatchObject({
      src: 'remind',
      input: { of: { target: 'event', id: eventId }, audience: 'all' },
    });
    story.done('remind', kept).logged('reminder_sent', 'flow_completed{reminded}');
    story.says(/^2 people get a reminder; 2 want no texts; 1 heard from you a short while ago\.$/);
    expect(story.row('reminder_sent')).toMatchObject({
      ...{ target: 'event', audience: 'all', recipients: 2, reminder_index: 3, age_min: 1_440 },
      ...{ suppressed_recent: 1, suppressed_opt_out: 2 },
    });
    expect(sendsOf(story)).toEqual(
      two.map((to) => ({
        ...{ to, owner: OWNER },
        event: { type: 'gathering.reminded', reminderId: RUN },
      })),
    );
    expect(story.view()).toMatchObject({ recipients: 2, suppressedRecent: 1, suppressedOptOut: 2 });
  });

  test('may be of a sync-up, which its rows bear instead of an event', () => {
    const dates = { ...whole, target: 'syncup', title: 'Friday or Saturday', startsAt: null };
    const poll = { target: 'syncup', id: other, title: 'Friday or Saturday' };
    const offered = [dinner, { ...poll, startsAt: null, timeZone: null }];
    const chose = { type: 'organizer.chose_syncup', syncupId: other };
    const story = begun({})
      .done('loadTargets', { offered })
      .asks('choose_target', /^Which event or sync-up do you want to remind people of/)
      .on({ ...chose, syncupId: crewId })
      .logged('flow_step{choose_target,invalid_input}');
    expect(story.problems(chose)).toEqual([{ path: 'syncupId', code: 'not_offered' }]);
    story.done('loadTargets', { offered }).on(chose);
    expect(story.row('flow_step')).toMatchObject({ option_count: 2, choice: 2 });
    expect(callOf(story)).toMatchObject({ input: { of: { target: 'syncup', id: other } } });
    story
      .done('loadInvitees', { found: true, about: { ...dates, id: other }, invited: everybody })
      .asks('choose_audience', /^Friday or Saturday: 1 person without/)
      .on(skip)
      .done('remind', kept)
      .logged('reminder_sent', 'flow_completed{reminded}');
    expect(story.row('reminder_sent')).toMatchObject({ target: 'syncup' });
    for (const row of story.rows()) expect(row).toMatchObject({ syncup_id: other, event_id: null });
    expect(story.view()).toMatchObject({ eventId: null, syncupId: other });
    begun({ syncupId: other }).isIn('asking.loading');
  });

  test('RE-1 without a question where the client says who is meant', () => {
    const story = begun({ eventId, audience: 'unknown_replies' });
    story.done('loadInvitees', foundDinner()).logged().done('remind', kept);
    story.logged('reminder_sent', 'flow_completed{reminded}');
    expect(story.row('reminder_sent')).toMatchObject({ audience: 'unknown_replies' });
  });

  test('its rows bear the event and its crew once that is found, and no name or number', () => {
    const story = choosing().on(whom('selected', coming.phone)).done('remind', kept);
    const [started, ...rest] = story.all();
    expect(started).toMatchObject({ event_id: null, crew_id: null });
    for (const row of rest) expect(row).toMatchObject({ event_id: eventId, crew_id: crewId });
    const logged = JSON.stringify(story.all().map(({ metadata }) => metadata));
    expect(logged).not.toMatch(/Dinner|Guest|555/);
  });

  test('may go to people selected one by one, whatever they have answered', () => {
    const story = choosing().on(whom('selected', coming.phone, unclear.phone));
    expect(story.row('flow_step')).toMatchObject({ outcome: 'completed', selected_count: 2 });
    expect(callOf(story)).toMatchObject({
      input: { audience: 'selected', phones: [coming.phone, unclear.phone] },
    });
  });

  test('goes to those without an answer where the question is skipped', () => {
    const story = choosing().on(skip).logged('flow_step{choose_audience,skipped}');
    expect(callOf(story)).toMatchObject({ input: { audience: 'non_responders' } });
    const none = begun()
      .done('loadInvitees', foundDinner([unclear]))
      .on(skip);
    none.logged('flow_step{choose_audience,invalid_input}');
    expect(none.problems(skip)).toEqual([{ path: '', code: 'nobody_to_remind' }]);
  });

  test.each([
    ['everybody has answered', [coming, person(4, 'no')], /reminder: everybody has answered\.$/],
    ['the others were reminded a short while ago', [coming, recent], /; 1 heard from you a short/],
    ['the others want no texts', [person(4, 'none', 'opted_out')], /; 1 wants no texts\.$/],
    ['nobody could be reached', [person(4, 'none', 'unreached')], /; 1 could not be reached\.$/],
    ['nobody is invited', [], /^Nobody is left to remind\.$/],
  ])('RE-2 ends at once where %s, and says so', (_why, invited, said) => {
    const story = begun().done('loadInvitees', foundDinner(invited)).says(said);
    story.logged('flow_completed{no_change}');
    expect(sendsOf(story)).toEqual([]);
  });

  test('RE-2 those who have answered are reminded when the client says so', () => {
    const story = begun({ eventId, audience: 'all' });
    story.done('loadInvitees', foundDinner([coming])).isIn('asking.reminding');
  });

  test('RE-2 sends nothing where others were faster, and says how many were left in peace', () => {
    const story = choosing().on(whom('all')).done('remind', nobody);
    story.logged('flow_completed{no_change}');
    expect(sendsOf(story)).toEqual([]);
    expect(story.view()).toMatchObject({ recipients: 0, suppressedRecent: 1, suppressedOptOut: 2 });
    story.says(/^Nobody gets a reminder; 2 want no texts; 1 heard from you a short while ago\.$/);
  });

  test('invalid input is told by place and code', () => {
    const wrong = (event: { type: string }, problem: object, invited: object[] = everybody) => {
      const story = begun().done('loadInvitees', foundDinner(invited)).on(event);
      story.logged('flow_step{choose_audience,invalid_input}');
      expect(story.problems(event)).toEqual([problem]);
    };
    const stranger = '+14155550199';
    const code = 'nobody_to_remind';
    wrong(whom('selected', silent.phone, stranger), { path: 'phones.1', code: 'not_invited' });
    wrong(whom('selected'), { path: 'phones', code: 'nobody_selected' });
    wrong(whom('selected', recent.phone), { path: 'phones', code });
    wrong(whom('unknown_replies'), { path: 'audience', code }, [silent]);
  });

  test('a number that is not invited is asked about, also where the client says who is meant', () => {
    const input = { eventId, audience: 'selected', phones: ['+14155550199'] };
    begun(input)
      .done('loadInvitees', foundDinner([coming]))
      .asks('choose_audience', /Who gets/);
  });

  test('an event that was not named is chosen', () => {
    const story = asked()
      .asks('choose_target', /Which event/)
      .on(chose(eventId))
      .logged('flow_step{choose_target,completed}')
      .done('loadInvitees', foundDinner())
      .on(back)
      .logged('flow_step{choose_audience,back}')
      .isIn('asking.listing');
    expect(story.context()).toMatchObject({ audience: null });
  });

  test('an event that is over, or somebody else’s, is asked for, and no row bears it', () => {
    const story = begun({ eventId: other })
      .done('loadInvitees', { found: false })
      .done('loadTargets', { offered: [dinner] })
      .asks('choose_target', /^That one is final, over or not there\. Which event/);
    expect(story.prompt()?.problems).toEqual([{ path: 'eventId', code: 'not_offered' }]);
    story.on(chose(other)).logged('flow_step{choose_target,invalid_input}');
    expect(story.problems(chose(other))).toEqual([{ path: 'eventId', code: 'not_offered' }]);
    expect(story.all().every((row) => row.event_id === null)).toBe(true);
    story.fails('loadTargets', away).logged('error{db.save_failed}').asks('choose_target', /Which/);
    begun({})
      .done('loadTargets', { offered: [] })
      .logged('flow_completed{no_change}')
      .says(/^There is nothing to remind people of\.$/);
    begun()
      .done('loadInvitees', { found: false })
      .done('loadTargets', { offered: [] })
      .says(/^That one is final, over or not there, and there is nothing else to remind/);
    begun().fails('loadInvitees', away).logged('error{db.save_failed}').isIn('asking.listing');
  });

  test('what fails is tried again, or ends the flow', () => {
    const story = choosing()
      .on(skip)
      .fails('remind', away)
      .logged('error{db.save_failed}')
      .asks('choose_audience', /Nobody was reminded yet/)
      .on(again)
      .logged()
      .done('remind', kept);
    expect(story.row('flow_completed')).toMatchObject({ errors: 1, outcome: 'reminded' });
    const lost = choosing().on(skip).fails('remind', broken);
    lost.logged('error{db.constraint,fatal}', 'drop_off{error}');
  });

  test('what fails before anything was asked is asked about once', () => {
    const story = begun({ eventId, audience: 'all' })
      .done('loadInvitees', foundDinner())
      .fails('remind', broken)
      .logged('error{db.constraint}')
      .asks('choose_audience', /Nobody was reminded yet/)
      .on(again)
      .fails('remind', broken)
      .logged('error{db.constraint,fatal}', 'drop_off{error}');
    expect(story.row('drop_off')).toMatchObject({ at_step: 'choose_audience' });
  });

  test.each([
    ['choosing an event', asked, 'choose_target'],
    ['choosing who', choosing, 'choose_audience'],
    ['unsent', () => choosing().on(skip).fails('remind', away), 'choose_audience'],
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

  test('resumed elsewhere it is about the same event, and asks anew who is meant', () => {
    const unsent = choosing().on(whom('all')).fails('remind', away).after('idle');
    const resumed = begun({ resume: unsent.context<object>() });
    resumed.isIn('asking.loading').done('loadInvitees', foundDinner());
    resumed.asks('choose_audience', /Who gets a reminder/);
    expect(resumed.context()).toMatchObject({ tries: 0, audience: null });
  });

  test('a second confirmation finds no flow that takes it', () => {
    expect(choosing().on(skip).done('remind', kept).ended()).toBe(true);
  });
});
