import { describe, expect, test } from 'vitest';
import * as crewCreation from '../../machines/crew-creation.machine.ts';
import { minutes } from '../../machines/kit.ts';
import { problemsOf } from '../../src/chart/rules.ts';
import { flow, RUN } from '../support/flow.ts';

const organizer = { name: 'Olga', country: 'US', timeZone: 'America/New_York' };
const ana = { name: 'Ana', phone: '(415) 555-0100' };
const bo = { name: 'Bo', phone: '+1 415 555 0101' };
const first = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
const second = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb';

const opened = (pickerId: string) => ({
  type: 'organizer.opened_picker',
  pickerId,
  picker: 'ios_native',
});
const picked = (pickerId: string, ...people: object[]) => ({
  type: 'organizer.picked_people',
  pickerId,
  people,
});
const typed = (person: object) => ({ type: 'organizer.typed_person', person });
const named = (name: string) => ({ type: 'organizer.named_crew', name });
const done = { type: 'organizer.finished_adding' };
const back = { type: 'organizer.went_back' };
const save = { type: 'organizer.saved_crew' };
const cancel = { type: 'organizer.cancelled' };

const begun = (resume?: object) =>
  flow(crewCreation, { organizer, ...(resume === undefined ? {} : { resume }) });
const adding = () => begun().on(named('Night Owls'));
const reviewing = () =>
  adding()
    .on(opened(first))
    .on(picked(first, ana, bo));
const away = { code: 'db.save_failed', retryable: true };
const broken = { code: 'db.constraint', retryable: false };

test('the chart keeps the rules of charts', () => {
  expect(problemsOf(crewCreation, new Set(['saveCrew']))).toEqual([]);
});

describe('crew creation', () => {
  test('CC-1 with a picker leaves the canonical rows', () => {
    const story = begun()
      .logged('flow_started')
      .asks('name_crew', /call this crew/)
      .on(named('  Night\nOwls '))
      .logged('flow_step{name_crew,completed}')
      .asks('add_contacts', /Who is in Night Owls/)
      .on(opened(first))
      .logged('contact_picker_opened')
      .on(picked(first, ana, bo), 4_000)
      .logged('contact_picker_submitted', 'flow_step{add_contacts,completed}')
      .asks('review_members', /Night Owls, 2 people/);
    expect(story.row('contact_picker_submitted')).toMatchObject({
      picker_id: first,
      dwell_ms: 4_000,
    });
    expect(story.row('flow_step')).toMatchObject({ selected_count: 2 });
    story
      .on(save)
      .logged('flow_step{review_members,completed}')
      .isIn('asking.saving')
      .done('saveCrew', { members: 2 })
      .logged('crew_created', 'flow_completed{created}')
      .says(/ is saved, with 2 people\.$/)
      .isIn('saved');
    expect(story.row('crew_created')).toMatchObject({
      members: 2,
      source: 'contacts',
      has_custom_name: true,
    });
    expect(story.ended()).toBe(true);
  });

  test('CC-1 no row of it holds a name or a number', () => {
    const story = reviewing().on(save).done('saveCrew', { members: 2 });
    const metadata = JSON.stringify(story.all().map((row) => row.metadata));
    expect(metadata).not.toMatch(/Night|Ana|Bo|555/);
    expect(story.all().every((row) => row.invitee_phone === null)).toBe(true);
  });

  test('the crew’s id is on its rows once it is saved, and not before', () => {
    const story = reviewing();
    expect(story.all().every((row) => row.crew_id === null)).toBe(true);
    story.on(save).done('saveCrew', { members: 2 });
    expect(story.rows().map((row) => row.crew_id)).toEqual([
      story.view().crewId,
      story.view().crewId,
    ]);
  });

  test('the save is asked for with clean people and an id that follows from the run', () => {
    const call = reviewing()
      .on(save)
      .effects()
      .find(({ kind }) => kind === 'call');
    expect(call).toMatchObject({
      src: 'saveCrew',
      input: {
        name: 'Night Owls',
        members: [
          { name: 'Ana', phone: '+14155550100' },
          { name: 'Bo', phone: '+14155550101' },
        ],
      },
    });
  });

  test('CC-2 people typed in are counted once, when the organizer says done', () => {
    const story = adding().on(typed(ana)).logged().on(typed(bo)).logged().on(done);
    story.logged('flow_step{add_contacts,completed}');
    expect(story.row('flow_step')).toMatchObject({ selected_count: 2 });
    story.on(save).done('saveCrew', { members: 2 });
    expect(story.row('crew_created')).toMatchObject({ source: 'manual' });
  });

  test('CC-3 a picker can be opened again to add more', () => {
    const story = reviewing()
      .on(opened(second))
      .logged('contact_picker_opened')
      .on(picked(second, { name: 'Cy', phone: '+14155550102' }))
      .logged('contact_picker_submitted', 'flow_step{add_contacts,completed}')
      .asks('review_members', /3 people/);
    expect(story.row('flow_step')).toMatchObject({ attempt: 2 });
  });

  test('CC-3 a picker’s id is used once', () => {
    reviewing().refuses(opened(first)).refuses(picked(first, ana));
    adding()
      .refuses(picked(first, ana))
      .refuses({ type: 'organizer.closed_picker', pickerId: first });
  });

  test('CC-4 closing the picker, or picking nobody, cancels the step and is no submission', () => {
    adding()
      .on(opened(first))
      .on({ type: 'organizer.closed_picker', pickerId: first })
      .logged('flow_step{add_contacts,cancelled}')
      .on(opened(second))
      .on(picked(second))
      .logged('flow_step{add_contacts,cancelled}')
      .refuses(picked(second, ana));
  });

  test.each([
    ['no name', '  \u200B ', 'empty'],
    ['a name that is too long', 'x'.repeat(41), 'too_long'],
  ])('CC-5 %s is invalid input, then the step is completed', (_what, name, code) => {
    const story = begun().on(named(name)).logged('flow_step{name_crew,invalid_input}');
    expect(story.problems(named(name))).toMatchObject([{ path: 'name', code }]);
    story.on(named('Night Owls')).logged('flow_step{name_crew,completed}');
    expect(story.row('flow_step')).toMatchObject({ attempt: 2 });
  });

  test.each([
    ['a bad number', { name: 'Ana', phone: '12' }, 'person.phone', 'invalid_phone'],
    ['no number', { name: 'Ana' }, 'person.phone', 'no_phone'],
    ['nobody’s name', { name: '', phone: '+14155550100' }, 'person.name', 'empty'],
    ['somebody who is there already', bo, 'person.phone', 'already_member'],
  ])('CC-5 typing %s is invalid input', (_what, person, path, code) => {
    const story = adding().on(typed(bo)).on(typed(person));
    story.logged('flow_step{add_contacts,invalid_input}');
    expect(story.problems(typed(person))).toMatchObject([{ path, code }]);
  });

  test('CC-5 finishing with nobody is invalid input', () => {
    adding().on(done).logged('flow_step{add_contacts,invalid_input}').isIn('asking.people');
  });

  test('CC-5 a submission without one good number is counted and asked for again', () => {
    const bad = [{ name: 'Ana' }, { name: 'Bo', phone: '12' }];
    const story = adding().on(opened(first));
    expect(story.problems(picked(first, ...bad))).toMatchObject([
      { path: 'people.0', code: 'no_phone' },
      { path: 'people.1', code: 'invalid_phone' },
    ]);
    story
      .on(picked(first, ...bad))
      .logged('contact_picker_submitted', 'flow_step{add_contacts,invalid_input}')
      .asks('add_contacts', /2 people had no number/)
      .refuses(picked(first, ana));
    expect(story.row('contact_picker_submitted')).toMatchObject({
      ...{ selected: 2, added: 0, no_phone: 1, invalid_phone: 1 },
    });
  });

  test('contacts that cannot be added do not keep the others from being added', () => {
    const story = adding()
      .on(opened(first))
      .on(picked(first, ana, ana, { name: 'Cy' }))
      .asks('review_members', /1 person\. 1 person had no number/);
    expect(story.row('contact_picker_submitted')).toMatchObject({
      ...{ selected: 3, added: 1, duplicate: 1, no_phone: 1, already_member: 0 },
    });
    expect(story.view().skipped).toEqual([
      { index: 1, code: 'duplicate' },
      { index: 2, code: 'no_phone' },
    ]);
  });

  test('a crew holds 200 people and no more', () => {
    const many = Array.from({ length: 199 }, (_, i) => ({
      name: `P${i}`,
      phone: `+1415555${String(i + 2000)}`,
    }));
    const story = adding()
      .on(opened(first))
      .on(picked(first, ...many))
      .on(opened(second));
    story.on(picked(second, ana, bo)).logged('flow_step{add_contacts,invalid_input}');
    expect(story.problems(picked(second, ana, bo))).toMatchObject([
      { path: 'people', code: 'too_many' },
    ]);
    story.on(picked(second, ana)).isIn('asking.review');
  });

  test('CC-6 going back and forth is counted as attempts', () => {
    const story = reviewing()
      .on(back)
      .logged('flow_step{review_members,back}')
      .on(done)
      .logged('flow_step{add_contacts,completed}')
      .on(save);
    expect(story.row('flow_step')).toMatchObject({ step: 'review_members', attempt: 2 });
    adding().on(back).logged('flow_step{add_contacts,back}').isIn('asking.name');
  });

  test('CC-6 the name and the people are edited in the review', () => {
    const story = reviewing()
      .on(named('Early Birds'))
      .logged('flow_step{review_members,edited}')
      .asks('review_members', /Early Birds, 2 people/)
      .on(named(''))
      .logged('flow_step{review_members,invalid_input}')
      .on({ type: 'organizer.removed_person', phone: '+14155550100' })
      .logged('flow_step{review_members,edited}')
      .on({ type: 'organizer.removed_person', phone: '+14155550100' })
      .logged('flow_step{review_members,invalid_input}')
      .on({ type: 'organizer.removed_person', phone: '+14155550101' })
      .isIn('asking.people');
    story.on(typed(ana)).on(done).on(save).done('saveCrew', { members: 1 });
    expect(story.row('flow_completed')).toMatchObject({ edits: 3, invalid_inputs: 2 });
  });

  test('people who were typed can be taken off before the organizer says done', () => {
    adding()
      .on(typed(ana))
      .on({ type: 'organizer.removed_person', phone: '+14155550100' })
      .logged()
      .on(done)
      .logged('flow_step{add_contacts,invalid_input}');
  });

  test('CC-7 a save that fails is tried again and leaves one crew', () => {
    const story = reviewing()
      .on(save)
      .fails('saveCrew', away)
      .logged('error{db.save_failed}')
      .asks('review_members', /not saved yet/)
      .on(save)
      .logged()
      .done('saveCrew', { members: 2 })
      .logged('crew_created', 'flow_completed{created}');
    expect(story.row('flow_completed')).toMatchObject({ errors: 1 });
    expect(story.all().filter(({ event_type: type }) => type === 'flow_step')).toHaveLength(3);
  });

  test('CC-8 a save that cannot work ends the flow', () => {
    reviewing()
      .on(save)
      .fails('saveCrew', broken)
      .logged('error{db.constraint,fatal}', 'drop_off{error}')
      .isIn('failed');
  });

  test('CC-8 so does the fifth failure', () => {
    const story = reviewing().on(save);
    for (let failed = 1; failed < 5; failed += 1) story.fails('saveCrew', away).on(save);
    story.fails('saveCrew', away).logged('error{db.save_failed,fatal}', 'drop_off{error}');
    expect(story.row('error')).toMatchObject({ attempt: 5 });
  });

  test.each([
    ['naming', begun, 'name_crew'],
    ['adding people', adding, 'add_contacts'],
    ['reviewing', reviewing, 'review_members'],
    ['unsaved', () => reviewing().on(save).fails('saveCrew', away), 'review_members'],
  ])(
    'CC-9, CC-10, CC-11 while %s it ends by cancel, idleness, a newer flow or the session',
    (_at, reach, step) => {
      const cancelled = reach().on(cancel).isIn('cancelled');
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
    },
  );

  test('CC-10 every answer begins the wait anew', () => {
    const story = adding()
      .on(typed(ana), minutes(29))
      .on(typed({ name: 'Bo' }), minutes(29));
    expect(story.after('idle').now()).toBe(story.now());
    expect(story.row('drop_off')).toMatchObject({ duration_ms: 1_000 + minutes(88) });
  });

  test.each([
    ['nothing', {}, 'asking.name'],
    ['a name', { name: 'Night Owls' }, 'asking.people'],
    [
      'a name and people',
      { name: 'Night Owls', people: [{ name: 'Ana', phone: '+14155550100', source: 'manual' }] },
      'asking.review',
    ],
  ])('CC-12 resumed with %s it asks for what is missing', (_what, resume, path) => {
    begun(resume).isIn(path).logged('flow_started');
  });

  test('CC-12 a resumed draft is a new crew, with tries and pickers of its own', () => {
    const dropped = reviewing().on(save).fails('saveCrew', away);
    const resumed = flow(
      crewCreation,
      { organizer, resume: dropped.context<object>() },
      { id: first },
    );
    expect(resumed.context<{ crewId: string }>().crewId).not.toBe(
      dropped.context<{ crewId: string }>().crewId,
    );
    expect(resumed.context()).toMatchObject({
      saves: 0,
      saved: false,
      picker: null,
      pickerIds: [],
    });
    expect(RUN).not.toBe(first);
  });

  test('CC-13 a second confirmation finds no flow that takes it', () => {
    const story = reviewing().on(save).done('saveCrew', { members: 2 });
    expect(story.ended()).toBe(true);
    expect(story.all().filter(({ event_type: type }) => type === 'crew_created')).toHaveLength(1);
  });
});
