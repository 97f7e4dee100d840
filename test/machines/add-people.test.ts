import { describe, expect, test } from 'vitest';
import * as addPeople from '../../machines/add-people.machine.ts';
import { days, derivedId, minutes, type Start } from '../../machines/kit.ts';
import { problemsOf } from '../../src/chart/rules.ts';
import { flow, NOON, OWNER, type Story } from '../support/flow.ts';

const organizer = { name: 'Olga', country: 'US', timeZone: 'America/New_York' };
const eventId = 'cccccccc-cccc-4ccc-8ccc-cccccccccccc';
const crewId = 'dddddddd-dddd-4ddd-8ddd-dddddddddddd';
const startsAt = NOON + days(4) + minutes(11 * 60);
const dinner = {
  ...{ target: 'event', id: eventId, title: 'Dinner' },
  ...{ startsAt, timeZone: 'America/New_York' },
};
const whole = { ...dinner, crewId, place: "Luigi's", createdAt: NOON - days(1) };
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
const chose = (id: string) => ({ type: 'organizer.chose_event', eventId: id });
const done = { type: 'organizer.finished_adding' };
const back = { type: 'organizer.went_back' };
const invite = { type: 'organizer.invited_people' };

const foundDinner = { found: true, about: whole, invited: [ana] };
const begun = (input: object = { eventId }) => flow(addPeople, { organizer, ...input });
const adding = () => begun().done('loadInvited', foundDinner);
const picking = () => adding().on(opened(first));
const reviewing = () => picking().on(picked(first, bo, cy));
const asked = () => begun({}).done('loadTargets', { offered: [dinner] });
const away = { code: 'db.save_failed', retryable: true };

const invitee = (person: typeof ana) => ({
  ...person,
  invitationId: derivedId(eventId, `invitation:${person.phone}`),
});
const saved = { about: whole, invitees: [invitee(bo), invitee(cy)], suppressedOptOut: 0 };
const startsOf = (story: Story): readonly Start[] =>
  story.effects().flatMap((effect) => (effect.kind === 'start' ? [effect.start] : []));

test('the chart keeps the rules of charts', () => {
  const actors = new Set(['loadTargets', 'loadInvited', 'inviteMore']);
  expect(problemsOf(addPeople, actors)).toEqual([]);
});

describe('adding people to an event', () => {
  test('AP-1 people from the contacts are invited, and the run says how many', () => {
    const story = begun()
      .logged('flow_started')
      .done('loadInvited', foundDinner)
      .logged()
      .asks('add_contacts', /Who else is invited to Dinner, Fri Jun 5, 7 PM\?/)
      .on(opened(first))
      .logged('contact_picker_opened')
      .on(picked(first, ana, bo, cy))
      .logged('contact_picker_submitted', 'flow_step{add_contacts,completed}')
      .asks('review', /1 person is invited already\. Invite 2 people more/);
    expect(story.row('contact_picker_submitted')).toMatchObject({ added: 2, already_member: 1 });
    story.on(invite).logged('flow_step{review,completed}');
    expect(story.effects().find(({ kind }) => kind === 'call')).toMatchObject({
      ...{
        src: 'inviteMore',
        input: { of: { target: 'event', id: eventId }, people: saved.invitees },
      },
    });
    story.done('inviteMore', saved).logged('flow_completed{added}').isIn('added');
    story.says(/^2 people get an invite\.$/);
    expect(story.row('flow_completed')).toMatchObject({ added: 2 });
    expect(startsOf(story)).toMatchObject([
      {
        ...{ machine: 'event-invitation', id: invitee(bo).invitationId, owner: OWNER },
        input: {
          ...{ eventId, crewId, organizerName: 'Olga', title: 'Dinner', place: "Luigi's" },
          ...{ whenText: 'Fri Jun 5, 7 PM', closesAt: startsAt, via: 'add_people', inviteIndex: 1 },
          ...bo,
        },
      },
      { id: invitee(cy).invitationId, input: cy },
    ]);
  });

  test('are told what it is when they are invited, though it was changed since the flow began', () => {
    const supper = { ...whole, title: 'Supper', startsAt: startsAt + days(1), place: null };
    const story = reviewing()
      .on(invite)
      .done('inviteMore', { ...saved, about: supper });
    for (const { input } of startsOf(story)) {
      expect(input).toMatchObject({
        ...{ title: 'Supper', whenText: 'Sat Jun 6, 7 PM', place: null },
        closesAt: startsAt + days(1),
      });
    }
    expect(story.view()).toMatchObject({ title: 'Supper', when: 'Sat Jun 6, 7 PM' });
  });

  test('to an event without a date wait as long as the others', () => {
    const about = { ...whole, startsAt: null, timeZone: null, answerBy: NOON + days(20) };
    const story = reviewing()
      .on(invite)
      .done('inviteMore', { ...saved, about });
    expect(startsOf(story)).toMatchObject([
      { input: { closesAt: NOON + days(34), whenText: null } },
      {},
    ]);
  });

  test('AP-1 its rows bear the event and its crew once that is found, and no name or number', () => {
    const story = reviewing().on(invite).done('inviteMore', saved);
    const [started, ...rest] = story.all();
    expect(started).toMatchObject({ event_id: null, crew_id: null });
    for (const row of rest) expect(row).toMatchObject({ event_id: eventId, crew_id: crewId });
    expect(JSON.stringify(story.all().map(({ metadata }) => metadata))).not.toMatch(
      /Dinner|Luigi|Ana|Bo|Cy|555/,
    );
  });

  test('may be to a sync-up, whose options the new invitations number', () => {
    const options = [
      { label: 'Beach', whenText: null },
      { label: null, whenText: 'Sat Jun 6, 7 PM' },
    ];
    const poll = { title: null, options, voting: 'multi', closesAt: startsAt };
    const about = {
      ...{ target: 'syncup', id: second, crewId, title: 'Beach or Sat Jun 6, 7 PM', poll },
      ...{ startsAt: null, timeZone: null, place: null, createdAt: NOON },
    };
    const { target, id, title, timeZone } = about;
    const offered = [dinner, { target, id, title, startsAt: null, timeZone }];
    const chose = { type: 'organizer.chose_syncup', syncupId: second };
    const story = begun({})
      .done('loadTargets', { offered })
      .asks('choose_target', /^Which event or sync-up do you want to add people to/)
      .on(chose)
      .logged('flow_step{choose_target,completed}')
      .done('loadInvited', { found: true, about, invited: [ana] })
      .asks('add_contacts', /invited to Beach or Sat/)
      .on({ type: 'organizer.typed_person', person: bo })
      .on({ type: 'organizer.finished_adding' })
      .on({ type: 'organizer.invited_people' });
    const invitationId = derivedId(second, `invitation:${bo.phone}`);
    const invitees = [{ invitationId, ...bo }];
    expect(story.effects().find(({ kind }) => kind === 'call')).toMatchObject({
      input: { of: { target: 'syncup', id: second }, people: invitees },
    });
    story
      .done('inviteMore', { about, suppressedOptOut: 0, invitees })
      .logged('flow_completed{added}');
    for (const row of story.rows())
      expect(row).toMatchObject({ syncup_id: second, event_id: null });
    expect(story.effects().find(({ kind }) => kind === 'start')).toMatchObject({
      start: {
        ...{ machine: 'syncup-invitation', id: invitationId, owner: OWNER },
        input: { ...poll, syncupId: second, crewId, via: 'add_people', ...bo },
      },
    });
    expect(story.problems(chose)).toMatchObject([{ path: 'syncupId', code: 'not_offered' }]);
    story.view();
    begun({ syncupId: second }).isIn('asking.loading');
  });

  test('people typed in are counted once, when the organizer says done', () => {
    const story = adding().on(typed(bo)).logged().on(typed(cy)).logged().on(done);
    story.logged('flow_step{add_contacts,completed}').asks('review', /Invite 2 people more/);
    expect(story.row('flow_step')).toMatchObject({ selected_count: 2 });
  });

  test('AP-2 picking only people who are invited ends the flow', () => {
    const story = picking()
      .on(picked(first, ana, { ...ana, name: 'Ana Again' }))
      .logged('contact_picker_submitted', 'flow_completed{no_change}')
      .says(/^Everybody is invited already\.$/);
    expect(story.row('contact_picker_submitted')).toMatchObject({ added: 0, already_member: 2 });
    expect(story.row('flow_completed')).toMatchObject({ added: 0 });
    expect(startsOf(story)).toEqual([]);
  });

  test('picking them beside others whom we cannot text is asked again', () => {
    picking()
      .on(picked(first, ana, { name: 'Bo' }))
      .logged('contact_picker_submitted', 'flow_step{add_contacts,invalid_input}')
      .asks('add_contacts', /1 person is invited already\. 1 person had no number/);
  });

  test('picking them after somebody new was added goes on', () => {
    adding()
      .on(typed(bo))
      .on(opened(first))
      .on(picked(first, ana))
      .logged('contact_picker_submitted', 'flow_step{add_contacts,completed}')
      .asks('review', /Invite 1 person more/);
  });

  test('who has opted out is counted and not invited', () => {
    const story = reviewing().on(invite);
    story.done('inviteMore', { about: whole, invitees: [invitee(cy)], suppressedOptOut: 1 });
    expect(story.row('flow_completed')).toMatchObject({ outcome: 'added', added: 1 });
    expect(story.view()).toMatchObject({ added: 1, optedOut: 1 });
    story.says(/^1 person gets an invite; 1 wants no texts\.$/);
    expect(startsOf(story)).toHaveLength(1);
    const nobody = reviewing().on(invite);
    nobody.done('inviteMore', { about: whole, invitees: [], suppressedOptOut: 2 });
    nobody.logged('flow_completed{no_change}').says(/^Nobody new is invited; 2 want no texts\.$/);
    expect(nobody.view()).toMatchObject({ added: 0, optedOut: 2 });
  });

  test('an event that was not named is chosen', () => {
    const story = asked()
      .asks('choose_target', /Which event/)
      .on(chose(eventId))
      .logged('flow_step{choose_target,completed}')
      .done('loadInvited', foundDinner)
      .asks('add_contacts', /Dinner/);
    expect(story.all().at(-1)?.metadata).toMatchObject({ option_count: 1, choice: 1 });
    story.on(back).logged('flow_step{add_contacts,back}').isIn('asking.listing');
  });

  test('an event that is over, or somebody else’s, is asked for, and no row bears it', () => {
    const story = begun({ eventId: first })
      .done('loadInvited', { found: false })
      .done('loadTargets', { offered: [dinner] })
      .asks('choose_target', /^That one is final, over or not there\. Which event/);
    expect(story.prompt()?.problems).toEqual([{ path: 'eventId', code: 'not_offered' }]);
    story.on(chose(second)).logged('flow_step{choose_target,invalid_input}');
    expect(story.problems(chose(second))).toEqual([{ path: 'eventId', code: 'not_offered' }]);
    expect(story.all().every((row) => row.event_id === null)).toBe(true);
    story.fails('loadTargets', away).logged('error{db.save_failed}').asks('choose_target', /Which/);
  });

  test('an organizer with nothing to come has nobody to add', () => {
    begun({}).done('loadTargets', { offered: [] }).logged('flow_completed{no_change}');
  });

  test('an event that cannot be looked up is asked for', () => {
    begun().fails('loadInvited', away).logged('error{db.save_failed}').isIn('asking.listing');
  });

  test('the people are edited in the review', () => {
    reviewing()
      .on(removed(ana))
      .logged('flow_step{review,invalid_input}')
      .on(removed(bo))
      .logged('flow_step{review,edited}')
      .asks('review', /Invite 1 person more/)
      .on(back)
      .logged('flow_step{review,back}')
      .on(done)
      .on(opened(second))
      .on(picked(second, bo))
      .on(removed(bo))
      .on(removed(cy))
      .logged('flow_step{review,edited}')
      .isIn('asking.people')
      .refuses(invite);
    reviewing()
      .on(typed({ name: 'Di', phone: '+14155550103' }))
      .logged()
      .isIn('asking.people');
  });

  test('invalid input is told by place and code', () => {
    const wrong = (story: Story, event: { type: string }, code: string) => {
      story.on(event);
      expect(story.row('flow_step')).toMatchObject({ outcome: 'invalid_input' });
      expect(story.problems(event).map((problem) => problem.code)).toMatchObject([code]);
    };
    wrong(adding(), typed({ name: 'Ana', phone: '(415) 555-0100' }), 'already_member');
    wrong(adding(), done, 'nobody_added');
    wrong(reviewing(), typed(bo), 'already_member');
    const many = Array.from({ length: 200 }, (_, n) => ({
      ...{ name: `P${n}`, phone: `+1415555${String(n + 2000)}` },
    }));
    wrong(picking(), picked(first, ...many), 'too_many');
    picking()
      .on({ type: 'organizer.closed_picker', pickerId: first })
      .logged('flow_step{add_contacts,cancelled}');
    picking().on(picked(first)).logged('flow_step{add_contacts,cancelled}');
  });

  test('a save that fails is tried again, or ends the flow', () => {
    const story = reviewing()
      .on(invite)
      .fails('inviteMore', away)
      .logged('error{db.save_failed}')
      .asks('review', /Nobody was invited yet/)
      .on(invite)
      .logged()
      .done('inviteMore', saved);
    expect(story.row('flow_completed')).toMatchObject({ errors: 1, added: 2 });
    reviewing()
      .on(invite)
      .fails('inviteMore', { code: 'db.constraint', retryable: false })
      .logged('error{db.constraint,fatal}', 'drop_off{error}');
  });

  test.each([
    ['choosing an event', asked, 'choose_target'],
    ['adding people', adding, 'add_contacts'],
    ['reviewing', reviewing, 'review'],
    ['unsaved', () => reviewing().on(invite).fails('inviteMore', away), 'review'],
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

  test('resumed elsewhere it goes on with those who were not invited since', () => {
    const resume = reviewing().after('idle').context<object>();
    const resumed = begun({ resume }).done('loadInvited', { ...foundDinner, invited: [ana, bo] });
    resumed.asks('review', /Invite 1 person more/);
    expect(resumed.view()).toMatchObject({ people: [cy], invited: 2 });
    const late = begun({ resume }).done('loadInvited', { ...foundDinner, invited: [ana, bo, cy] });
    late.asks('add_contacts', /Who else/);
    const other = { ...foundDinner, about: { ...whole, id: second } };
    const elsewhere = begun({ eventId: second, resume }).done('loadInvited', other);
    elsewhere.asks('add_contacts', /Who else/);
  });

  test('a second confirmation finds no flow that takes it', () => {
    expect(reviewing().on(invite).done('inviteMore', saved).ended()).toBe(true);
  });
});
