import { describe, expect, test } from 'vitest';
import * as crewUpdate from '../../machines/crew-update.machine.ts';
import { minutes } from '../../machines/kit.ts';
import { problemsOf } from '../../src/chart/rules.ts';
import { flow, type Story } from '../support/flow.ts';

const organizer = { name: 'Olga', country: 'US', timeZone: 'America/New_York' };
const owls = { id: 'cccccccc-cccc-4ccc-8ccc-cccccccccccc', name: 'Night Owls', members: 2 };
const birds = { id: 'dddddddd-dddd-4ddd-8ddd-dddddddddddd', name: 'Early Birds', members: 1 };
const ana = { name: 'Ana', phone: '+14155550100' };
const bo = { name: 'Bo', phone: '+14155550101' };
const cy = { name: 'Cy', phone: '+14155550102' };
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
const removed = ({ phone }: { phone: string }) => ({ type: 'organizer.removed_person', phone });
const chose = ({ id }: { id: string }) => ({ type: 'organizer.chose_crew', crewId: id });
const done = { type: 'organizer.finished_adding' };
const skip = { type: 'organizer.skipped' };
const back = { type: 'organizer.went_back' };
const save = { type: 'organizer.saved_crew' };

const foundOwls = { found: true, name: 'Night Owls', members: [ana, bo] };
const begun = (input: object = { crewId: owls.id }) => flow(crewUpdate, { organizer, ...input });
const reviewing = () => begun().done('loadCrew', foundOwls);
const adding = () => reviewing().on(opened(first));
const joined = () => adding().on(picked(first, cy));
const asked = () => begun({}).done('loadCrews', { crews: [owls, birds] });
const away = { code: 'db.save_failed', retryable: true };
const broken = { code: 'db.constraint', retryable: false };

const calls = (story: Story) =>
  story.effects().flatMap((effect) => (effect.kind === 'call' ? [effect] : []));
const typesOf = (story: Story) => story.all().map(({ event_type: type }) => type);

test('the chart keeps the rules of charts', () => {
  const actors = new Set(['loadCrews', 'loadCrew', 'updateCrew']);
  expect(problemsOf(crewUpdate, actors)).toEqual([]);
});

describe('crew update', () => {
  test('CU-1 people join a crew from the contacts', () => {
    const story = begun()
      .logged('flow_started')
      .done('loadCrew', foundOwls)
      .logged()
      .asks('review_members', /Night Owls has 2 people\. Add/)
      .on(opened(first))
      .logged('contact_picker_opened')
      .on(picked(first, bo, cy))
      .logged('contact_picker_submitted', 'flow_step{add_contacts,completed}')
      .asks('review_members', /1 joins, which makes 3 people\. 1 person is in it already\. Save/);
    expect(story.row('contact_picker_submitted')).toMatchObject({
      ...{ selected: 2, added: 1, already_member: 1 },
    });
    story.on(save).logged('flow_step{review_members,completed}');
    expect(calls(story)).toMatchObject([
      { src: 'updateCrew', input: { crewId: owls.id, added: [cy], removed: [] } },
    ]);
    story
      .done('updateCrew', { found: true, before: 2, added: 1, removed: 0 })
      .logged('crew_updated', 'flow_completed{updated}')
      .says(/ is saved: 1 joins\.$/)
      .isIn('updated');
    expect(story.row('crew_updated')).toMatchObject({
      ...{ change: 'members_added', added: 1, removed: 0, members_before: 2, members_after: 3 },
    });
    expect(typesOf(story)).not.toContain('crew_created');
  });

  test('CU-1 no row of it holds a name or a number, and all from the review on bear the crew', () => {
    const story = joined().on(save);
    story.done('updateCrew', { found: true, before: 2, added: 1, removed: 0 });
    expect(JSON.stringify(story.all().map(({ metadata }) => metadata))).not.toMatch(
      /Night|Ana|Bo|Cy|555/,
    );
    const [started, ...rest] = story.all().map(({ crew_id: crewId }) => crewId);
    expect(started).toBeNull();
    expect(new Set(rest)).toEqual(new Set([owls.id]));
  });

  test('people typed in are counted once, when the organizer says done', () => {
    const story = reviewing()
      .on(typed({ name: 'Cy', phone: '(415) 555-0102' }))
      .logged()
      .asks('add_contacts', /1 person joins Night Owls so far/)
      .on(done)
      .logged('flow_step{add_contacts,completed}');
    expect(story.row('flow_step')).toMatchObject({ selected_count: 1 });
    expect(calls(story.on(save))).toMatchObject([{ input: { added: [cy] } }]);
  });

  test('CU-2 people leave a crew', () => {
    const story = reviewing()
      .on(removed(ana))
      .logged()
      .asks('review_members', /Night Owls: 1 leaves, which makes 1 person/)
      .on(save)
      .logged('flow_step{review_members,completed}');
    expect(calls(story)).toMatchObject([{ input: { added: [], removed: [ana.phone] } }]);
    story
      .done('updateCrew', { found: true, before: 2, added: 0, removed: 1 })
      .logged('crew_updated', 'flow_completed{updated}');
    expect(story.row('crew_updated')).toMatchObject({
      ...{ change: 'members_removed', members_before: 2, members_after: 1 },
    });
    expect(story.row('flow_completed')).toMatchObject({ steps: 1, edits: 0 });
  });

  test('some join and some leave in one update', () => {
    const story = joined().on(removed(bo)).on(save);
    story.done('updateCrew', { found: true, before: 2, added: 1, removed: 1 });
    expect(story.row('crew_updated')).toMatchObject({ change: 'mixed', members_after: 2 });
  });

  test('CU-3 saving a crew as it is changes nothing', () => {
    reviewing()
      .on(save)
      .logged('flow_step{review_members,completed}', 'flow_completed{no_change}')
      .says(/^Nothing has changed in /);
    const returned = reviewing().on(removed(ana)).on(opened(first)).on(picked(first, ana)).on(save);
    returned.logged('flow_step{review_members,completed}', 'flow_completed{no_change}');
    expect(typesOf(returned)).not.toContain('crew_updated');
    joined()
      .on(removed(cy))
      .logged('flow_step{review_members,edited}')
      .on(save)
      .logged('flow_step{review_members,completed}', 'flow_completed{no_change}');
  });

  test('CU-3 neither does picking only members', () => {
    adding()
      .on(picked(first, ana, bo))
      .logged('contact_picker_submitted', 'flow_step{add_contacts,completed}')
      .asks('review_members', /2 people are in it already/)
      .on(save)
      .logged('flow_step{review_members,completed}', 'flow_completed{no_change}');
  });

  test.each([
    ['had been changed so on another device', { found: true, before: 3, added: 0, removed: 0 }],
    ['has gone', { found: false }],
  ])('CU-3 a crew that %s meanwhile is not changed', (_why, output) => {
    joined().on(save).done('updateCrew', output).logged('flow_completed{no_change}');
  });

  test('somebody who leaves and comes back under another name is replaced', () => {
    const anna = { ...ana, name: 'Anna' };
    const story = reviewing().on(removed(ana)).on(opened(first)).on(picked(first, anna)).on(save);
    expect(calls(story)).toMatchObject([{ input: { added: [anna], removed: [ana.phone] } }]);
  });

  test('a crew that was not named is chosen', () => {
    const story = asked()
      .asks('choose_crew', /Which crew/)
      .on(chose(birds))
      .logged('flow_step{choose_crew,completed}')
      .done('loadCrew', { found: true, name: 'Early Birds', members: [cy] })
      .asks('review_members', /Early Birds has 1 person/);
    expect(story.all().at(-1)?.metadata).toMatchObject({ option_count: 2, choice: 2 });
    story.on(back).logged('flow_step{review_members,back}').isIn('asking.listing');
  });

  test('a crew that is not the organizer’s is asked for, and no row bears it', () => {
    const story = begun({ crewId: first })
      .done('loadCrew', { found: false })
      .done('loadCrews', { crews: [owls] })
      .asks('choose_crew', /^That crew is not there\. Which crew/);
    expect(story.prompt()?.problems).toEqual([{ path: 'crewId', code: 'not_offered' }]);
    story.on(chose({ id: second })).logged('flow_step{choose_crew,invalid_input}');
    expect(story.problems(chose({ id: second }))).toEqual([
      { path: 'crewId', code: 'not_offered' },
    ]);
    expect(story.all().every(({ crew_id: crewId }) => crewId === null)).toBe(true);
    story.fails('loadCrews', away).logged('error{db.save_failed}').asks('choose_crew', /Which/);
  });

  test('an organizer without a crew has nothing to change', () => {
    begun({}).done('loadCrews', { crews: [] }).logged('flow_completed{no_change}');
  });

  test('a crew that cannot be looked up is asked for', () => {
    begun().fails('loadCrew', away).logged('error{db.save_failed}').isIn('asking.listing');
  });

  test('going back and forth between the people and the review is counted', () => {
    adding()
      .on(back)
      .logged('flow_step{add_contacts,back}')
      .on(opened(second))
      .on({ type: 'organizer.closed_picker', pickerId: second })
      .logged('flow_step{add_contacts,cancelled}')
      .on(skip)
      .logged('flow_step{add_contacts,skipped}')
      .asks('review_members', /has 2 people/)
      .refuses(opened(second));
  });

  test('another crew is chosen: what was changed in the one before is forgotten', () => {
    const again = () =>
      joined()
        .on(removed(ana))
        .on(back)
        .done('loadCrews', { crews: [owls, birds] });
    const other = again().on(chose(birds));
    other.done('loadCrew', { found: true, name: 'Early Birds', members: [bo] });
    expect(other.view()).toMatchObject({ crewId: birds.id, members: [bo], added: [], removed: [] });
    const same = again().on(chose(owls)).done('loadCrew', foundOwls);
    expect(same.view()).toMatchObject({ members: [bo, cy], added: [cy], removed: [ana] });
  });

  test('invalid input is told by place and code', () => {
    const wrong = (story: Story, event: { type: string }, code: string) => {
      story.on(event);
      expect(story.row('flow_step')).toMatchObject({ outcome: 'invalid_input' });
      expect(story.problems(event).map((problem) => problem.code)).toMatchObject([code]);
    };
    wrong(reviewing(), typed({ name: 'Ana', phone: '+1 415 555 0100' }), 'already_member');
    wrong(reviewing(), typed({ name: '', phone: '+14155550102' }), 'empty');
    wrong(reviewing(), removed(cy), 'not_listed');
    wrong(reviewing().on(removed(ana)).on(removed(bo)), save, 'nobody_left');
    wrong(adding(), typed({ name: 'Cy' }), 'no_phone');
    wrong(adding(), removed(ana), 'not_listed');
    wrong(adding(), done, 'nobody_added');
    wrong(adding(), picked(first, { name: 'Cy', phone: '12' }), 'invalid_phone');
    adding().on(picked(first)).logged('flow_step{add_contacts,cancelled}');
  });

  test('a crew holds at most 200 people, those who are in it counted', () => {
    const many = Array.from({ length: 199 }, (_, n) => ({
      ...{ name: `P${n}`, phone: `+1415555${String(n + 2000)}` },
    }));
    const story = adding().on(picked(first, ...many));
    story.logged('flow_step{add_contacts,invalid_input}');
    expect(story.problems(picked(first, ...many))).toMatchObject([
      { path: 'people', code: 'too_many' },
    ]);
    const full = adding().on(picked(first, ...many.slice(1)));
    full.asks('review_members', /198 join, which makes 200 people/).on(typed(cy));
    expect(full.problems(typed(cy))).toMatchObject([{ path: 'person', code: 'too_many' }]);
  });

  test('a save that fails is tried again, or ends the flow', () => {
    const story = joined()
      .on(save)
      .fails('updateCrew', away)
      .logged('error{db.save_failed}')
      .asks('review_members', /as it was/)
      .on(save)
      .logged()
      .done('updateCrew', { found: true, before: 2, added: 1, removed: 0 });
    expect(story.row('flow_completed')).toMatchObject({ errors: 1, outcome: 'updated' });
    joined()
      .on(save)
      .fails('updateCrew', broken)
      .logged('error{db.constraint,fatal}', 'drop_off{error}');
  });

  test.each([
    ['choosing a crew', asked, 'choose_crew'],
    ['reviewing', reviewing, 'review_members'],
    ['adding people', adding, 'add_contacts'],
    ['unsaved', () => joined().on(save).fails('updateCrew', away), 'review_members'],
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

  test('resumed elsewhere, the changes are made to the crew as it is now', () => {
    const dropped = joined().on(removed(ana)).after('idle');
    const resumed = begun({ resume: dropped.context<object>() }).done('loadCrew', {
      ...foundOwls,
      members: [ana, bo, { name: 'Di', phone: '+14155550103' }],
    });
    resumed.asks('review_members', /1 joins, 1 leaves, which makes 3 people/);
    expect(calls(resumed.on(save))).toMatchObject([
      { input: { added: [cy], removed: [ana.phone] } },
    ]);
    const late = begun({ resume: dropped.context<object>() });
    late.done('loadCrew', { ...foundOwls, members: [ana, bo, cy] });
    expect(late.view()).toMatchObject({ members: [bo, cy], added: [], removed: [ana] });
    const other = begun({ crewId: birds.id, resume: dropped.context<object>() });
    other.done('loadCrew', { found: true, name: 'Early Birds', members: [bo] });
    expect(other.view()).toMatchObject({ added: [], removed: [] });
  });

  test('a second save finds no flow that takes it', () => {
    const story = joined().on(save);
    story.done('updateCrew', { found: true, before: 2, added: 1, removed: 0 });
    expect(story.ended()).toBe(true);
  });
});
