import { describe, expect, test } from 'vitest';
import { gatheringIdOf } from '../../machines/gathering-news.ts';
import { derivedId, minutes } from '../../machines/kit.ts';
import * as syncupCreation from '../../machines/syncup-creation.machine.ts';
import { problemsOf } from '../../src/chart/rules.ts';
import { flow, NOON, OWNER, type Story } from '../support/flow.ts';

const organizer = { name: 'Olga', country: 'US', timeZone: 'America/New_York' };
const owls = { id: 'cccccccc-cccc-4ccc-8ccc-cccccccccccc', name: 'Night Owls', members: 2 };
const birds = { id: 'dddddddd-dddd-4ddd-8ddd-dddddddddddd', name: 'Early Birds', members: 1 };
const ana = { name: 'Ana', phone: '+14155550100' };
const bo = { name: 'Bo', phone: '+14155550101' };
const picker = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';

const chose = ({ id }: { id: string }) => ({ type: 'organizer.chose_crew', crewId: id });
const option = (what: object) => ({ type: 'organizer.added_option', ...what });
const words = (label: string) => option({ label });
const time = (startsAt: string) => option({ startsAt });
const voting = (rules: object) => ({ type: 'organizer.set_voting', ...rules });
const opened = { type: 'organizer.opened_picker', pickerId: picker, picker: 'web_contact_api' };
const picked = (...people: object[]) => ({
  type: 'organizer.picked_people',
  pickerId: picker,
  people,
});
const done = { type: 'organizer.finished_options' };
const skip = { type: 'organizer.skipped' };
const back = { type: 'organizer.went_back' };
const save = { type: 'organizer.saved_syncup' };

const begun = (given: object = { title: 'Dinner' }) =>
  flow(syncupCreation, { organizer, ...given });
const listed = () => begun().done('loadCrews', { crews: [owls, birds] });
const chosen = () =>
  listed()
    .on(chose(owls))
    .done('loadCrew', { found: true, name: 'Night Owls', members: [ana, bo] });
const listing = () => chosen().on(time('2026-06-05T19:00')).on(time('2026-06-06T19:00'));
const ruling = () => listing().on(done);
const reviewing = () => ruling().on(voting({ voting: 'multi', deadlineAt: '2026-06-03T12:00' }));
const adHoc = () => listed().on(opened).on(picked(ana, bo));

/** The people that the story would save, as `saveSyncup` gives them back when none has opted out. */
const saving = (story: Story, suppressedOptOut = 0) => {
  const call = story.effects().find((effect) => effect.kind === 'call');
  const { people } = (call as unknown as { input: { people: object[] } }).input;
  return story.done('saveSyncup', { suppressedOptOut, invitees: people.slice(suppressedOptOut) });
};
const startsOf = (story: Story) =>
  story.effects().flatMap((effect) => (effect.kind === 'start' ? [effect.start] : []));
/** The invitations that it begins. */
const starts = (story: Story) =>
  startsOf(story).filter(({ machine }) => machine === 'syncup-invitation');
const away = { code: 'db.unavailable', retryable: true };

test('the chart keeps the rules of charts', () => {
  const actors = new Set(['loadCrews', 'loadCrew', 'saveSyncup']);
  expect(problemsOf(syncupCreation, actors)).toEqual([]);
});

describe('sync-up creation', () => {
  test('SC-1 with a crew leaves the canonical rows', () => {
    const story = listed()
      .asks('choose_crew', /one of your crews/)
      .on(chose(owls))
      .logged('flow_step{choose_crew,completed}')
      .done('loadCrew', { found: true, name: 'Night Owls', members: [ana, bo] })
      .asks('options', /first option/)
      .on(time('2026-06-05T19:00'))
      .logged('flow_step{options,completed}');
    expect(story.row('flow_step')).toMatchObject({ option_count: 1, attempt: 1 });
    story
      .asks('options', /^1\) Fri Jun 5, 7 PM\. And the next\?$/)
      .on(option({ label: 'Beach', startsAt: '2026-06-06T19:00' }))
      .logged('flow_step{options,completed}')
      .asks('options', /2\) Beach, Sat Jun 6, 7 PM\. Another one\?$/)
      .on(done)
      .logged()
      .asks('voting_rules', /one option or several/)
      .on(voting({ voting: 'multi', deadlineAt: '2026-06-03T12:00' }))
      .logged('flow_step{voting_rules,completed}')
      .asks(
        'review',
        /^Dinner: 1\) Fri Jun 5, 7 PM 2\) Beach, Sat Jun 6, 7 PM\. As many as they like until Wed Jun 3, 12 PM\. Ask 2 people by text now\?$/,
      )
      .on(save)
      .logged('flow_step{review,completed}');
    saving(story).logged('syncup_created', 'flow_completed{created}').isIn('saved');
    story.says(/^It is saved\. (1 person gets|\d people get) the question\.$/);
    const { syncupId } = story.view();
    expect(story.rows().map((row) => row.syncup_id)).toEqual([syncupId, syncupId]);
    expect(story.rows().map((row) => row.crew_id)).toEqual([owls.id, owls.id]);
    expect(story.row('syncup_created')).toMatchObject({
      ...{ invitees: 2, suppressed_opt_out: 0, options: 2, voting: 'multi' },
      deadline_min: Math.round((Date.parse('2026-06-03T16:00:00Z') - story.now()) / 60_000),
    });
    const said = JSON.stringify(story.all().map((row) => row.metadata));
    expect(said).not.toMatch(/Dinner|Beach|Ana|Owls|555/);
  });

  test('SC-1 one invitation begins per invitee, with all that its texts say', () => {
    const story = reviewing().on(save);
    saving(story);
    const syncupId = String(story.view().syncupId);
    expect(starts(story)).toEqual(
      [ana, bo].map(({ name, phone }) => ({
        machine: 'syncup-invitation',
        id: derivedId(syncupId, `invitation:${phone}`),
        owner: OWNER,
        input: {
          ...{ syncupId, crewId: owls.id, phone, name, organizerName: 'Olga', title: 'Dinner' },
          options: [
            { label: null, whenText: 'Fri Jun 5, 7 PM' },
            { label: null, whenText: 'Sat Jun 6, 7 PM' },
          ],
          ...{ voting: 'multi', via: 'flow', inviteIndex: 1 },
          ...{ closesAt: Date.parse('2026-06-03T16:00:00Z'), code: null },
        },
      })),
    );
  });

  test('its gathering begins with it, and with what it does by itself', () => {
    const chose = { voting: 'single', quorum: 2, whenAllAnswered: true, finalizes: true };
    const story = ruling().on(voting(chose));
    story
      .asks(
        'review',
        /until 2 have voted, or until everybody has answered; then the winner becomes an event/,
      )
      .on(save);
    saving(story);
    const syncupId = String(story.view().syncupId);
    expect(startsOf(story)[0]).toEqual({
      ...{ machine: 'syncup-gathering', id: gatheringIdOf(syncupId), owner: OWNER },
      input: {
        ...{ syncupId, crewId: owls.id, title: 'Dinner' },
        closesAt: Date.parse('2026-06-06T23:00:00Z'),
        rules: { quorum: 2, whenAllAnswered: true, finalizes: true },
      },
    });
  });

  test('SC-1 people may be put together for it, in a step of their own', () => {
    const story = listed()
      .on(opened)
      .logged('contact_picker_opened')
      .on(picked(ana, bo))
      .logged('contact_picker_submitted', 'flow_step{invitees,completed}')
      .isIn('asking.options');
    story.on(back).logged('flow_step{options,back}');
    story.on({ type: 'organizer.removed_person', phone: bo.phone }).logged();
    story.on({ type: 'organizer.finished_adding' }).logged('flow_step{invitees,completed}');
    expect(story.row('flow_step')).toMatchObject({ selected_count: 1 });
  });

  test('without a deadline votes count until the last option has come, if all have a time', () => {
    const dated = ruling().on(skip).logged('flow_step{voting_rules,skipped}').on(save);
    saving(dated);
    expect(dated.row('syncup_created')).toMatchObject({ voting: 'single', deadline_min: null });
    const closesAt = Date.parse('2026-06-06T23:00:00Z');
    expect(starts(dated)[0]?.input).toMatchObject({ voting: 'single', closesAt });
    const undated = listing().on(words('Whenever')).on(done).on(skip).on(save);
    saving(undated);
    expect(starts(undated)[0]?.input).toMatchObject({ closesAt: null });
  });

  test('a ninth option is the last: one digit votes for each', () => {
    const story = listing();
    for (const label of ['three', 'four', 'five', 'six', 'seven', 'eight']) story.on(words(label));
    story.isIn('asking.options').on(words('nine')).logged('flow_step{options,completed}');
    story.isIn('asking.rules').on(back).on(words('ten'));
    story.logged('flow_step{options,invalid_input}');
    expect(story.problems({ ...words('ten'), at: story.now() })).toMatchObject([
      { path: 'label', code: 'too_many_options' },
    ]);
    story.on(done).on(skip).on(save);
    saving(story);
    expect(story.row('syncup_created')).toMatchObject({ options: 9 });
  });

  test.each([
    ['no option', chosen],
    ['one option', () => chosen().on(words('Beach'))],
  ])('SC-2 with %s it cannot go on', (_what, reach) => {
    const story = reach().on(done).logged('flow_step{options,invalid_input}');
    story.isIn('asking.options');
    expect(story.problems({ ...done, at: story.now() })).toMatchObject([
      { path: '', code: 'too_few_options' },
    ]);
  });

  test.each([
    ['nothing', {}, 'label', 'empty'],
    ['an empty label', { label: ' \u200B' }, 'label', 'empty'],
    ['a label that is too long', { label: 'x'.repeat(41) }, 'label', 'too_long'],
    ['a label of two lines', { label: 'Beach\nPark' }, 'label', 'line_break'],
    ['an emoji', { label: 'Beach 🏖️' }, 'label', 'not_for_a_text'],
    ['a link', { label: 'https://example.com/x' }, 'label', 'not_for_a_text'],
    ['words for a time', { startsAt: 'tonight' }, 'startsAt', 'not_a_date'],
    ['a time in the past', { startsAt: '2026-06-01T07:00' }, 'startsAt', 'in_the_past'],
    [
      'an unknown zone',
      { startsAt: '2026-06-07T07:00', timeZone: 'x' },
      'timeZone',
      'unknown_time_zone',
    ],
    ['the same words again', { label: 'beach' }, 'label', 'duplicate'],
    ['the same time again', { startsAt: '2026-06-05T19:00' }, 'label', 'duplicate'],
  ])('B-46 an option with %s is invalid input', (_what, given, path, code) => {
    const story = chosen().on(words('Beach')).on(time('2026-06-05T19:00')).on(option(given));
    story.logged('flow_step{options,invalid_input}').isIn('asking.options');
    expect(story.problems({ ...option(given), at: story.now() })).toMatchObject([{ path, code }]);
    expect(story.view().options).toHaveLength(2);
  });

  test('an option can be taken off the list; what is not on it is invalid input', () => {
    const story = listing().on({ type: 'organizer.removed_option', option: 1 });
    story.logged('flow_step{options,edited}').asks('options', /^1\) Sat Jun 6, 7 PM\./);
    story.on({ type: 'organizer.removed_option', option: 2 });
    story.logged('flow_step{options,invalid_input}');
  });

  test.each([
    ['a deadline in the past', '2026-06-01T07:00', 'in_the_past'],
    ['a deadline after all of the options', '2026-06-07T07:00', 'after_the_options'],
    ['a deadline that is no date', 'soon', 'not_a_date'],
  ])('%s is invalid input, at first and in the review', (_what, deadlineAt, code) => {
    const event = voting({ voting: 'single', deadlineAt });
    const story = ruling().on(event).logged('flow_step{voting_rules,invalid_input}');
    expect(story.problems({ ...event, at: story.now() })).toMatchObject([
      { path: 'deadlineAt', code },
    ]);
    reviewing().on(event).logged('flow_step{review,invalid_input}');
  });

  test('more votes than people who are asked are invalid input, also when fewer are asked by then', () => {
    const many = voting({ voting: 'single', quorum: 3 });
    const problem = { path: 'quorum', code: 'more_than_invited' };
    const story = ruling().on(many).logged('flow_step{voting_rules,invalid_input}');
    expect(story.problems({ ...many, at: story.now() })).toMatchObject([problem]);
    const fewer = ruling()
      .on(voting({ voting: 'single', quorum: 2 }))
      .on(back)
      .on(back)
      .on(back);
    fewer.done('loadCrews', { crews: [owls] }).on(chose(owls));
    fewer.done('loadCrew', { found: true, name: 'Night Owls', members: [ana] });
    fewer.on(done).on(back).on(done);
    const resumed = begun({ resume: { ...fewer.context<object>(), hasRules: true } }).on(save);
    resumed.logged('flow_step{review,invalid_input}');
    expect(resumed.problems({ ...save, at: resumed.now() })).toMatchObject([problem]);
  });

  test('title and rules are edited in the review; a title is not asked for', () => {
    const story = begun({})
      .done('loadCrews', { crews: [owls] })
      .on(chose(owls));
    story.done('loadCrew', { found: true, name: 'Night Owls', members: [ana] });
    story
      .on(words('Beach'))
      .on(words('Park'))
      .on(done)
      .on(skip)
      .asks('review', /^No title yet: /);
    const titled = (title: string) => ({ type: 'organizer.titled_syncup', title });
    story.on(titled('')).logged('flow_step{review,invalid_input}');
    story
      .on(titled(' Outing '))
      .logged('flow_step{review,edited}')
      .asks('review', /^Outing: /);
    story
      .on(voting({ voting: 'multi' }))
      .logged('flow_step{review,edited}')
      .on(save);
    saving(story);
    expect(starts(story)[0]?.input).toMatchObject({ title: 'Outing', voting: 'multi' });
  });

  test('what has passed while it was looked over is not sent', () => {
    const soon = listing().on(time('2026-06-01T08:10')).on(done).on(skip);
    soon.on(save, minutes(15)).logged('flow_step{review,invalid_input}');
    expect(soon.problems({ ...save, at: soon.now() })).toMatchObject([
      { path: 'options.2.startsAt', code: 'in_the_past' },
    ]);
    const late = ruling().on(voting({ voting: 'single', deadlineAt: '2026-06-01T08:10' }));
    late.on(save, minutes(15)).logged('flow_step{review,invalid_input}');
    expect(late.problems({ ...save, at: late.now() })).toMatchObject([
      { path: 'deadlineAt', code: 'in_the_past' },
    ]);
    expect(late.problems({ ...save, at: NOON })).toMatchObject([]);
  });

  test('every step has a way back', () => {
    const story = reviewing();
    for (const step of ['review', 'voting_rules', 'options']) {
      story.on(back).logged(`flow_step{${step},back}`);
    }
    story.done('loadCrews', { crews: [owls] }).isIn('asking.crew');
    adHoc().on(back).isIn('asking.people').on(back).logged('flow_step{invitees,back}');
  });

  test('who has opted out is counted and gets no invitation', () => {
    const story = reviewing().on(save);
    saving(story, 1);
    expect(story.row('syncup_created')).toMatchObject({ invitees: 1, suppressed_opt_out: 1 });
    expect(starts(story).map(({ input }) => input.phone)).toEqual([bo.phone]);
  });

  test('an option that has passed before the save is tried again is no option any more', () => {
    const story = chosen()
      .on(time('2026-06-01T08:10'))
      .on(time('2026-06-06T19:00'))
      .on(done)
      .on(skip)
      .on(save)
      .fails('saveSyncup', away);
    expect(story.problems({ ...save, at: NOON + minutes(20) })).toEqual([
      { path: 'options.0.startsAt', code: 'in_the_past' },
    ]);
    story
      .on(save, minutes(20))
      .logged('flow_step{review,invalid_input}')
      .asks('review', /Dinner/);
  });

  test('a save that fails is tried again; one that cannot work ends the flow', () => {
    const story = reviewing()
      .on(save)
      .fails('saveSyncup', away)
      .logged('error{db.unavailable}')
      .asks('review', /nobody was asked/)
      .on(save)
      .logged();
    saving(story).logged('syncup_created', 'flow_completed{created}');
    reviewing()
      .on(save)
      .fails('saveSyncup', { code: 'db.constraint', retryable: false })
      .logged('error{db.constraint,fatal}', 'drop_off{error}');
  });

  test.each([
    ['choosing a crew', listed, 'choose_crew'],
    ['adding people', () => listed().on(opened), 'invitees'],
    ['listing options', listing, 'options'],
    ['setting rules', ruling, 'voting_rules'],
    ['reviewing', reviewing, 'review'],
  ])('while %s it ends by cancel, idleness, a newer flow or the session', (_at, reach, step) => {
    const cancelled = reach().on({ type: 'organizer.cancelled' });
    cancelled.logged(`flow_step{${step},cancelled}`, 'drop_off{cancelled}');
    expect(cancelled.row('drop_off')).toMatchObject({ at_step: step });
    reach().after('idle').logged('drop_off{idle_timeout}');
    reach().on({ type: 'flow.superseded' }).logged('drop_off{superseded}');
    const ended = (reason: string) => reach().on({ type: 'session.ended', reason });
    ended('session_ended').logged('drop_off{session_ended}');
    ended('idle_timeout').logged('drop_off{idle_timeout}');
  });

  test.each([
    ['nothing', begun, 'asking.listing'],
    ['a crew', chosen, 'asking.options'],
    ['one option', () => chosen().on(words('Beach')), 'asking.options'],
    ['two options', listing, 'asking.rules'],
    ['rules', reviewing, 'asking.review'],
    ['skipped rules', () => ruling().on(skip), 'asking.review'],
  ])('resumed with %s it asks for what is missing', (_what, reach, path) => {
    const resume = reach().context<object>();
    begun({ resume }).isIn(path).logged('flow_started');
  });
});
