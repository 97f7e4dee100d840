import { describe, expect, test } from 'vitest';
import * as eventCreation from '../../machines/event-creation.machine.ts';
import { derivedId, minutes } from '../../machines/kit.ts';
import { problemsOf } from '../../src/chart/rules.ts';
import { flow, NOON, OWNER, type Story } from '../support/flow.ts';

const organizer = { name: 'Olga', country: 'US', timeZone: 'America/New_York' };
const owls = { id: 'cccccccc-cccc-4ccc-8ccc-cccccccccccc', name: 'Night Owls', members: 2 };
const birds = { id: 'dddddddd-dddd-4ddd-8ddd-dddddddddddd', name: 'Early Birds', members: 1 };
const ana = { name: 'Ana', phone: '+14155550100' };
const bo = { name: 'Bo', phone: '+14155550101' };
const picker = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';

const chose = ({ id }: { id: string }) => ({ type: 'organizer.chose_crew', crewId: id });
const titled = (title: string) => ({ type: 'organizer.titled_event', title });
const time = (startsAt: string, timeZone?: string) => ({
  type: 'organizer.set_time',
  startsAt,
  ...(timeZone === undefined ? {} : { timeZone }),
});
const place = (text: string) => ({ type: 'organizer.set_place', place: text });
const details = (text: string) => ({ type: 'organizer.set_details', details: text });
const opened = { type: 'organizer.opened_picker', pickerId: picker, picker: 'web_contact_api' };
const picked = (...people: object[]) => ({
  type: 'organizer.picked_people',
  pickerId: picker,
  people,
});
const skip = { type: 'organizer.skipped' };
const back = { type: 'organizer.went_back' };
const save = { type: 'organizer.saved_event' };

const begun = (resume?: object) =>
  flow(eventCreation, { organizer, ...(resume === undefined ? {} : { resume }) });
const listed = () => begun().done('loadCrews', { crews: [owls, birds] });
const chosen = () =>
  listed()
    .on(chose(owls))
    .done('loadCrew', { found: true, name: 'Night Owls', members: [ana, bo] });
const timing = () => chosen().on(titled('Dinner'));
const placing = () => timing().on(time('2026-06-05T19:00'));
const detailing = () => placing().on(place("Luigi's"));
const reviewing = () => detailing().on(details('Bring cake'));
const adHoc = () => listed().on(opened).on(picked(ana, bo));
const adHocReviewing = () => adHoc().on(titled('Dinner')).on(skip).on(skip).on(skip);

/** The people that the story would save, as `saveEvent` gives them back when none has opted out. */
const saved = (story: Story, suppressedOptOut = 0) => {
  const call = story.effects().find((effect) => effect.kind === 'call');
  const { people } = (call as unknown as { input: { people: object[] } }).input;
  return { suppressedOptOut, invitees: people.slice(suppressedOptOut) };
};
const saving = (story: Story, suppressedOptOut = 0) =>
  story.done('saveEvent', saved(story, suppressedOptOut));
const startsAny = (story: Story) =>
  story.effects().flatMap((effect) => (effect.kind === 'start' ? [effect.start] : []));
const starts = (story: Story) =>
  startsAny(story).filter(({ machine }) => machine === 'event-invitation');
const away = { code: 'db.unavailable', retryable: true };

test('the chart keeps the rules of charts', () => {
  const actors = new Set(['loadCrews', 'loadCrew', 'saveEvent']);
  expect(problemsOf(eventCreation, actors)).toEqual([]);
});

describe('event creation', () => {
  test('EC-1 with a crew leaves the canonical rows', () => {
    const story = listed()
      .asks('choose_crew', /one of your crews/)
      .on(chose(birds))
      .logged('flow_step{choose_crew,completed}')
      .isIn('asking.loading');
    expect(story.row('flow_step')).toMatchObject({ option_count: 2, choice: 2 });
    story
      .done('loadCrew', { found: true, name: 'Early Birds', members: [ana] })
      .logged()
      .asks('title', /planning/)
      .on(titled('Dinner'))
      .logged('flow_step{title,completed}')
      .on(time('2026-06-05T19:00'))
      .logged('flow_step{when,completed}')
      .on(place("Luigi's"))
      .logged('flow_step{where,completed}')
      .on(details('Bring cake'))
      .logged('flow_step{details,completed}')
      .asks('review', /^Dinner, Fri Jun 5, 7 PM, Luigi's\. Invite 1 person by text now\?$/)
      .on(save)
      .logged('flow_step{review,completed}');
    saving(story).logged('event_created', 'flow_completed{created}').isIn('saved');
    expect(story.rows().map((row) => row.crew_id)).toEqual([birds.id, birds.id]);
    expect(story.rows().map((row) => row.event_id)).toEqual([
      story.view().eventId,
      story.view().eventId,
    ]);
  });

  test('EC-1 the event says when it is in the organizer’s own zone, and nothing of its words', () => {
    const story = reviewing().on(save);
    saving(story);
    const startsAt = Date.parse('2026-06-05T23:00:00Z');
    expect(story.row('event_created')).toMatchObject({
      invitees: 2,
      suppressed_opt_out: 0,
      ...{ has_time: true, has_place: true, has_details: true },
      lead_min: Math.round((startsAt - story.now()) / 60_000),
      ...{ local_weekday: 5, local_hour: 19, rsvp_deadline_min: null, from_syncup: false },
    });
    const words = JSON.stringify(story.all().map((row) => row.metadata));
    expect(words).not.toMatch(/Dinner|Luigi|cake|Ana|Owls|555/);
  });

  test('EC-1 one invitation begins per invitee, with all that its texts say', () => {
    const story = reviewing().on(save);
    saving(story);
    const eventId = String(story.view().eventId);
    expect(starts(story)).toEqual(
      [ana, bo].map(({ name, phone }) => ({
        machine: 'event-invitation',
        id: derivedId(eventId, `invitation:${phone}`),
        owner: OWNER,
        input: {
          ...{ eventId, crewId: owls.id, phone, name, organizerName: 'Olga', title: 'Dinner' },
          ...{ whenText: 'Fri Jun 5, 7 PM', place: "Luigi's", via: 'flow', inviteIndex: 1 },
          closesAt: Date.parse('2026-06-05T23:00:00Z'),
          ...{ code: null },
        },
      })),
    );
  });

  test('EC-2 picked people take the place of a crew', () => {
    const story = listed()
      .on(opened)
      .logged('contact_picker_opened')
      .on(picked(ana, bo))
      .logged('contact_picker_submitted', 'flow_step{add_contacts,completed}')
      .on(titled('Dinner'))
      .on(skip)
      .on(skip)
      .on(skip)
      .on(save);
    saving(story, 1).logged('event_created', 'flow_completed{created}');
    story.says(/^Dinner is saved\. 1 person gets an invite; 1 wants no texts\.$/);
    expect(story.all().map((row) => row.metadata.step)).not.toContain('choose_crew');
    expect(story.rows().every((row) => row.crew_id === null)).toBe(true);
    expect(starts(story)).toHaveLength(1);
  });

  test('EC-2 so do people who are typed in', () => {
    const story = listed()
      .on({ type: 'organizer.chose_people' })
      .logged()
      .on({ type: 'organizer.typed_person', person: ana })
      .logged()
      .on({ type: 'organizer.typed_person', person: { name: 'Bo', phone: '12' } })
      .logged('flow_step{add_contacts,invalid_input}')
      .on({ type: 'organizer.finished_adding' })
      .logged('flow_step{add_contacts,completed}');
    expect(story.row('flow_step')).toMatchObject({ selected_count: 1 });
    story.on(back).on({ type: 'organizer.removed_person', phone: ana.phone });
    story.on({ type: 'organizer.finished_adding' }).logged('flow_step{add_contacts,invalid_input}');
  });

  test('EC-3 the people can be kept as a crew', () => {
    const story = adHocReviewing().on({ ...save, crewName: ' Book Club ' });
    saving(story).logged('event_created', 'crew_created', 'flow_completed{created}');
    expect(story.row('crew_created')).toMatchObject({ members: 2, source: 'event' });
    const { newCrew } = story.context<{ newCrew: { id: string; name: string } }>();
    expect(newCrew.name).toBe('Book Club');
    expect(story.rows().map((row) => row.crew_id)).toEqual(Array(3).fill(newCrew.id));
    expect(starts(story)[0]?.input.crewId).toBe(newCrew.id);
  });

  test.each([
    ['an empty name for the crew', adHocReviewing, '', 'empty'],
    ['a crew of a crew', reviewing, 'Book Club', 'already_a_crew'],
  ])('EC-3 %s is invalid input', (_what, reach, crewName, code) => {
    const event = { ...save, crewName };
    const story = reach().on(event).logged('flow_step{review,invalid_input}');
    expect(story.problems({ ...event, at: NOON })).toMatchObject([{ path: 'crewName', code }]);
  });

  test.each([
    [{ quorum: 2 }, 'It becomes final at once when 2 people said yes.'],
    [
      { quorum: 1, answerBy: '2026-06-04T12:00', whenAllAnswered: true },
      'It becomes final at once when 1 person said yes, also before Thu Jun 4, 12 PM.',
    ],
    [{ answerBy: '2026-06-04T12:00' }, 'It becomes final Thu Jun 4, 12 PM, if anybody comes.'],
    [
      { answerBy: '2026-06-04T12:00', whenAllAnswered: true, remindMin: 1_530 },
      'It becomes final when everybody has answered, or Thu Jun 4, 12 PM, if anybody comes. Who may come is reminded 1 day 1 hour 30 minutes before.',
    ],
    [{ remindMin: 120 }, 'Who may come is reminded 2 hours before.'],
  ])('says at the review by which rules it settles: %j', (rules, said) => {
    const story = reviewing().on({ type: 'organizer.set_rules', ...rules });
    story.logged('flow_step{review,edited}');
    const whole = `Dinner, Fri Jun 5, 7 PM, Luigi's. ${said} Invite 2 people by text now?`;
    story.asks('review', new RegExp(`^${whole.replaceAll('.', '\\.').replace('?', '\\?')}$`));
    story.on({ type: 'organizer.set_rules' }).asks('review', /Luigi's\. Invite 2 people/);
  });

  test('says that no text names the notes that are asked for', () => {
    detailing().asks('details', /Any notes of your own\? .*no text to your people says them/);
  });

  test('EC-4 when, where and details may be skipped', () => {
    const story = timing()
      .on(skip)
      .logged('flow_step{when,skipped}')
      .on(skip)
      .logged('flow_step{where,skipped}')
      .on(skip)
      .logged('flow_step{details,skipped}')
      .asks('review', /^Dinner\. Invite 2 people/)
      .on(save);
    saving(story);
    expect(story.row('event_created')).toMatchObject({
      ...{ has_time: false, has_place: false, has_details: false },
      ...{ lead_min: null, local_weekday: null, local_hour: null },
    });
    expect(starts(story)[0]?.input).toMatchObject({ whenText: null, place: null, closesAt: null });
  });

  test('EC-8 who has opted out is counted and gets no invitation', () => {
    const story = reviewing().on(save);
    saving(story, 1);
    expect(story.row('event_created')).toMatchObject({ invitees: 1, suppressed_opt_out: 1 });
    expect(starts(story).map(({ input }) => input.phone)).toEqual([bo.phone]);
  });

  test('EC-9 a crew that was not offered is invalid input, and the crews are looked up again', () => {
    const stranger = { id: picker };
    const story = listed()
      .on(chose(stranger))
      .logged('flow_step{choose_crew,invalid_input}')
      .isIn('asking.listing')
      .done('loadCrews', { crews: [{ ...owls, id: stranger.id }] })
      .on(chose(stranger))
      .logged('flow_step{choose_crew,completed}');
    expect(story.problems(chose(stranger))).toMatchObject([
      { path: 'crewId', code: 'not_offered' },
    ]);
  });

  test.each([
    ['that has gone', { found: false }],
    ['that has become empty', { found: true, name: 'Night Owls', members: [] }],
  ])('EC-9 for a crew %s since it was offered, the question is asked again', (_what, output) => {
    listed()
      .on(chose(owls))
      .done('loadCrew', output)
      .logged()
      .done('loadCrews', { crews: [birds] })
      .asks('choose_crew', /one of your crews/);
  });

  test('EC-9 when the crews cannot be looked up, people can be added all the same', () => {
    begun()
      .fails('loadCrews', away)
      .logged('error{db.unavailable}')
      .asks('choose_crew', /no crew yet/);
    listed().on(chose(owls)).fails('loadCrew', away).logged('error{db.unavailable}').on(opened);
  });

  test.each([
    ['an empty title', chosen, titled(' \u200B'), 'title', 'empty'],
    ['a title that is too long', chosen, titled('x'.repeat(61)), 'title', 'too_long'],
    ['a time in the past', timing, time('2026-06-01T08:00'), 'startsAt', 'in_the_past'],
    ['the year 9999', timing, time('9999-06-01T08:00'), 'startsAt', 'too_far_ahead'],
    ['words for a time', timing, time('tonight'), 'startsAt', 'not_a_date'],
    [
      'an hour that the clock change skips',
      timing,
      time('2027-03-14T02:30'),
      'startsAt',
      'skipped_by_clock_change',
    ],
    [
      'a zone that is none',
      timing,
      time('2026-06-05T19:00', 'Mars/Base'),
      'timeZone',
      'unknown_time_zone',
    ],
    ['an empty place', placing, place(''), 'place', 'empty'],
    ['details without end', detailing, details('x'.repeat(501)), 'details', 'too_long'],
  ])('EC-9 %s is invalid input and asked again', (_what, reach, event, path, code) => {
    const story = reach();
    const before = story.view();
    story.on(event);
    expect(story.rows().map(({ metadata }) => metadata.outcome)).toEqual(['invalid_input']);
    expect(story.view()).toEqual(before);
    expect(story.problems({ ...event, at: story.now() })).toMatchObject([{ path, code }]);
  });

  test('EC-9 a time is read in the zone that is given with it', () => {
    const story = timing().on(time('2026-06-05T19:00', 'Europe/Berlin'));
    expect(story.view()).toMatchObject({
      startsAt: '2026-06-05T17:00:00.000Z',
      timeZone: 'Europe/Berlin',
      when: 'Fri Jun 5, 7 PM',
    });
  });

  test('EC-9 an event that would have begun while it was looked over is not sent', () => {
    const story = timing().on(time('2026-06-01T08:10')).on(skip).on(skip);
    story.on(save, minutes(11)).logged('flow_step{review,invalid_input}').isIn('asking.review');
    story.on(time('2026-06-01T20:00')).logged('flow_step{review,edited}').on(save);
    saving(story).logged('event_created', 'flow_completed{created}');
  });

  test('EC-9 every step has a way back', () => {
    const story = reviewing();
    for (const step of ['review', 'details', 'where', 'when', 'title']) {
      story.on(back).logged(`flow_step{${step},back}`);
    }
    story.done('loadCrews', { crews: [owls] }).isIn('asking.crew');
    adHoc().on(back).isIn('asking.people').on(back).logged('flow_step{add_contacts,back}');
  });

  test('EC-9 anything is edited in the review by saying it anew', () => {
    const story = reviewing();
    for (const event of [titled('Lunch'), time('2026-06-06T12:00'), place('Home'), details('-')]) {
      story.on(event).logged('flow_step{review,edited}');
    }
    story
      .asks('review', /^Lunch, Sat Jun 6, 12 PM, Home\./)
      .on(place(''))
      .on(save);
    saving(story);
    expect(story.row('flow_completed')).toMatchObject({ edits: 4, invalid_inputs: 1 });
  });

  test('without a date its invitations stay open as long as answers are wanted, and as ever after', () => {
    const answerBy = { type: 'organizer.set_rules', answerBy: '2026-06-21T08:00' };
    const story = timing().on(skip).on(skip).on(skip).on(answerBy).on(save);
    saving(story);
    expect(starts(story).map(({ input }) => input.closesAt)).toEqual(
      [ana, bo].map(() => NOON + minutes(60 * 24 * 34)),
    );
  });

  test('EC-9 a time that has passed before the save is tried again is asked anew', () => {
    const story = timing()
      .on(time('2026-06-01T08:10'))
      .on(skip)
      .on(skip)
      .on(save)
      .fails('saveEvent', away);
    expect(story.problems({ ...save, at: NOON + minutes(20) })).toEqual([
      { path: 'startsAt', code: 'in_the_past' },
    ]);
    story
      .on(save, minutes(20))
      .logged('flow_step{review,invalid_input}')
      .asks('review', /^Dinner, Mon Jun 1/);
  });

  test('EC-9 a save that fails is tried again; one that cannot work ends the flow', () => {
    const story = reviewing()
      .on(save)
      .fails('saveEvent', away)
      .logged('error{db.unavailable}')
      .asks('review', /nobody was invited/)
      .on(save)
      .logged();
    saving(story).logged('event_created', 'flow_completed{created}');
    reviewing()
      .on(save)
      .fails('saveEvent', { code: 'db.constraint', retryable: false })
      .logged('error{db.constraint,fatal}', 'drop_off{error}');
  });

  test.each([
    ['choosing a crew', listed, 'choose_crew'],
    ['adding people', () => listed().on(opened), 'add_contacts'],
    ['titling', chosen, 'title'],
    ['timing', timing, 'when'],
    ['placing', placing, 'where'],
    ['detailing', detailing, 'details'],
    ['reviewing', reviewing, 'review'],
  ])(
    'EC-9 while %s it ends by cancel, idleness, a newer flow or the session',
    (_at, reach, step) => {
      const cancelled = reach().on({ type: 'organizer.cancelled' });
      cancelled.logged(`flow_step{${step},cancelled}`, 'drop_off{cancelled}');
      expect(cancelled.row('drop_off')).toMatchObject({ at_step: step });
      reach().after('idle').logged('drop_off{idle_timeout}');
      reach().on({ type: 'flow.superseded' }).logged('drop_off{superseded}');
      const ended = (reason: string) => reach().on({ type: 'session.ended', reason });
      ended('session_ended').logged('drop_off{session_ended}');
      ended('idle_timeout').logged('drop_off{idle_timeout}');
    },
  );

  test.each([
    ['nothing', begun, 'asking.listing'],
    ['a crew', chosen, 'asking.title'],
    ['a title', timing, 'asking.when'],
    ['a time', placing, 'asking.where'],
    ['a place', detailing, 'asking.details'],
    ['all of it', reviewing, 'asking.review'],
    ['people of its own', adHoc, 'asking.title'],
    ['all of it skipped', adHocReviewing, 'asking.review'],
  ])('EC-9 resumed with %s it asks for what is missing', (_what, reach, path) => {
    const draft = reach().context<object>();
    begun(draft).isIn(path).logged('flow_started');
  });
});
