import { describe, expect, test } from 'vitest';
import type { Start } from '../../machines/kit.ts';
import { hours } from '../../machines/kit.ts';
import type { Heard } from '../../machines/replies.ts';
import * as invitation from '../../machines/syncup-invitation.machine.ts';
import type { Context } from '../../machines/syncup-invitation.model.ts';
import * as text from '../../machines/text.machine.ts';
import { problemsOf } from '../../src/chart/rules.ts';
import { segmentsOf } from '../../src/sms/carrier/segments.ts';
import { readAgainst } from '../../src/sms/prompts.ts';
import type { PromptRow } from '../../src/store/prompts.ts';
import { flow, NOON, OWNER, RUN, type Story } from '../support/flow.ts';

const SYNCUP = '77777777-7777-4777-8777-777777777777';
const CREW = '88888888-8888-4888-8888-888888888888';
const REMINDER = '66666666-6666-4666-8666-666666666666';
const PHONE = '+14155550101';
const DAY = hours(24);

const asked = {
  syncupId: SYNCUP,
  crewId: CREW,
  phone: PHONE,
  name: 'Dana',
  organizerName: 'Sam',
  title: 'Dinner',
  options: [
    { label: null, whenText: 'Fri Jun 5, 7 PM' },
    { label: null, whenText: 'Sat Jun 6, 7 PM' },
    { label: 'Beach', whenText: null },
  ],
  voting: 'single',
  via: 'flow',
  inviteIndex: 1,
  closesAt: NOON + 5 * DAY,
};

const heard = (intent: Heard['intent'], changes: Partial<Heard> = {}): Heard => ({
  inboundId: '99999999-9999-4999-8999-999999999999',
  provider: 'emulator',
  parserVersion: '1.0.0',
  segments: 1,
  media: 0,
  lengthBand: 'l1_10',
  intent,
  rule: 'none',
  reason: intent === 'unknown' ? 'no_match' : null,
  guests: null,
  routing: 'single',
  candidates: 1,
  mayAnswer: true,
  ...changes,
});
const vote = (choices: number[], changes?: Partial<Heard>) => ({
  type: 'invitee.voted',
  heard: heard('vote', changes),
  choices,
});
const no = (changes?: Partial<Heard>) => ({
  type: 'invitee.replied_no',
  heard: heard('no', changes),
});
const yes = () => ({ type: 'invitee.replied_yes', heard: heard('yes') });
const huh = (changes?: Partial<Heard>) => ({
  type: 'invitee.replied_unclear',
  heard: heard('unknown', changes),
});
const reminds = { type: 'gathering.reminded', reminderId: REMINDER };

const startsOf = (story: Story): readonly Start[] =>
  story.effects().flatMap((effect) => (effect.kind === 'start' ? [effect.start] : []));
const textsOf = (story: Story) => startsOf(story).map(({ input }) => text.input.parse(input));
const purposes = (story: Story) => textsOf(story).map(({ purpose }) => purpose);
const bodies = (story: Story) => textsOf(story).map(({ body }) => body);
const contextOf = (story: Story) => story.context<Context>();

/** The text that asked last has settled. */
const settle = (story: Story, outcome = 'accepted') =>
  story.on({
    type: 'text.settled',
    textId: contextOf(story).promptTextId,
    outcome,
    purpose: 'invite',
    settledAt: story.now(),
  });
const begun = (changes: Partial<Record<keyof typeof asked, unknown>> = {}) =>
  flow(invitation, { ...asked, ...changes });
const waiting = (changes: Partial<Record<keyof typeof asked, unknown>> = {}) =>
  settle(begun(changes));
const rowOf = (story: Story, table: string) =>
  invitation.rows(contextOf(story)).find((model) => model.table === table)?.row;

describe('an invitation to vote', () => {
  test('obeys the rules of charts', () => {
    expect(problemsOf(invitation, new Set())).toEqual([]);
  });

  test('starts one invite, which names who, what, the numbered options and how to answer', () => {
    const story = begun().isIn('open.inviting').logged();
    expect(textsOf(story)).toMatchObject([
      {
        phone: PHONE,
        purpose: 'invite',
        template: 'syncup-invitation.invite',
        cycle: { id: RUN, version: '1.0.0', target: 'syncup' },
        subject: { eventId: null, crewId: CREW, syncupId: SYNCUP },
        notify: { to: RUN, owner: OWNER },
        invite: { index: 1, via: 'flow' },
        body: 'Funlet: Sam asks what works for Dinner: 1) Fri Jun 5, 7 PM 2) Sat Jun 6, 7 PM 3) Beach. Reply with one number. Reply STOP to opt out',
      },
    ]);
  });

  test('says where several numbers may be chosen, and goes without a title', () => {
    const [body] = bodies(begun({ voting: 'multi', title: null, organizerName: ' ' }));
    expect(body).toMatch(/^Funlet: A friend asks what works for a get-together: 1\) /);
    expect(body).toMatch(/Reply with one or more numbers, like 1 2\. Reply STOP to opt out$/);
  });

  test.each([
    ['nine long options', 'Somewhere nice that is not too far away..', null],
    [
      'nine options with words and times',
      'Somewhere nice that is not too far',
      'Wed Nov 25 2026, 7:30 PM',
    ],
    ['nine options in another script', '我们可以去海边或者去公园或者去吃饭或者去看电影', null],
  ])('%s fit three texts, and each can be told apart by its number', (_what, label, whenText) => {
    const options = Array.from({ length: 9 }, () => ({ label, whenText }));
    const [body = ''] = bodies(begun({ options }));
    expect(segmentsOf(body).segments).toBeLessThanOrEqual(3);
    for (const n of [1, 9]) expect(body).toContain(`${n}) `);
    if (whenText !== null) expect(body.match(/7:30 PM/g)).toHaveLength(9);
  });

  test('keeps its question with all that a reply may call an option', () => {
    const row = rowOf(waiting({ voting: 'multi' }), 'sms_prompts');
    expect(row).toMatchObject({
      ...{ kind: 'syncup', options: 3, multi: true, state: 'open', closedAt: null },
      labels: ['Fri Jun 5, 7 PM', 'Sat Jun 6, 7 PM', 'Beach'],
    });
    const read = (body: string) =>
      readAgainst({ body, media: 0 }, [row as unknown as PromptRow]).readings[0]?.reading;
    expect(read('saturday')).toMatchObject({ kind: 'vote', choices: [2] });
    expect(read('beach!')).toMatchObject({ kind: 'vote', choices: [3] });
    expect(read('1 and 3')).toMatchObject({ kind: 'vote', choices: [1, 3] });
    const single = rowOf(waiting(), 'sms_prompts') as unknown as PromptRow;
    expect(readAgainst({ body: '1 and 3', media: 0 }, [single]).readings[0]?.reading).toMatchObject(
      {
        ...{ kind: 'unknown', reason: 'multiple_intents' },
      },
    );
  });

  test('I-24 a vote that comes before the invite has settled waits for it', () => {
    const meta = invitation.machine.states.open?.states.inviting?.meta;
    expect(meta).toMatchObject({ defers: expect.arrayContaining(['invitee.voted']) });
    const story = begun();
    settle(story)
      .on(vote([1]), 0)
      .logged('sms_received', 'invitee_vote');
    expect(story.row('invitee_vote').ms_since_invite).toBeGreaterThanOrEqual(0);
  });

  test('I-5 a vote is counted and acknowledged, and nothing times out later', () => {
    const story = waiting()
      .isIn('open.hearing.waiting.reached')
      .on(vote([2]));
    story.isIn('open.hearing.answered').logged('sms_received', 'invitee_vote');
    expect(story.row('invitee_vote')).toMatchObject({
      ...{ cycle_id: RUN, machine_version: '1.0.0', target: 'syncup', in_reply_to: 'invite' },
      ...{ choices: [2], previous_choices: null, options: 3, is_change: false, vote_index: 1 },
      ...{ after_timeout: false, reminders_before: 0 },
    });
    expect(story.row('sms_received')).toMatchObject({ intent: 'vote', routing: 'single' });
    expect(story.rows().map(({ syncup_id, event_id }) => [syncup_id, event_id])).toEqual([
      [SYNCUP, null],
      [SYNCUP, null],
    ]);
    expect(bodies(story)).toEqual([
      'Funlet: your vote for Dinner with Sam is 2) Sat Jun 6, 7 PM. Changed your mind? Reply with another number.',
    ]);
    expect(purposes(story)).toEqual(['update']);
    expect(Object.keys(story.delays())).toEqual(['closing']);
    expect(rowOf(story, 'invitations')).toMatchObject({ reply: 'vote', choices: [2] });
    expect(rowOf(story, 'sms_prompts')).toMatchObject({ state: 'answered' });
  });

  test('I-6 an option that there is not is asked about', () => {
    const story = waiting()
      .on(huh({ reason: 'out_of_range' }))
      .isIn('open.clarifying');
    story.logged('sms_received', 'invitee_reply_unknown{out_of_range}');
    expect(story.row('invitee_reply_unknown')).toMatchObject({ clarification_sent: true });
    expect(bodies(story)[0]).toMatch(/^Funlet: sorry, we did not get that\. .*1\) .*one number\.$/);
    settle(story).on(vote([3]));
    expect(story.row('invitee_vote')).toMatchObject({ in_reply_to: 'clarification' });
  });

  test.each([
    ['for an option that there is not', 'multi', [1, 4], 'out_of_range'],
    ['for two where one is allowed', 'single', [1, 3], 'multiple_intents'],
  ])('a vote %s is none, whatever routing has read', (_what, voting, choices, reason) => {
    const story = waiting({ voting }).on(vote(choices)).isIn('open.clarifying');
    story.logged('sms_received', `invitee_reply_unknown{${reason}}`);
    expect(story.row('sms_received')).toMatchObject({ intent: 'unknown' });
    expect(contextOf(story)).toMatchObject({ reply: 'unknown', choices: null, votes: 0 });
  });

  test('a yes that names no option is asked about', () => {
    const story = waiting().on(yes()).logged('sms_received', 'invitee_reply_unknown{ambiguous}');
    expect(story.row('sms_received')).toMatchObject({ intent: 'unknown' });
    expect(purposes(story)).toEqual(['clarification']);
  });

  test('I-7 a second vote for something else is a change, the same again is none', () => {
    const story = waiting()
      .on(vote([2]))
      .on(vote([3]));
    expect(story.row('invitee_vote')).toMatchObject({
      ...{ choices: [3], previous_choices: [2], is_change: true, vote_index: 2 },
      in_reply_to: 'unprompted',
    });
    expect(story.on(vote([3])).row('invitee_vote')).toMatchObject({
      ...{ previous_choices: [3], is_change: false, vote_index: 3 },
    });
    expect(rowOf(story, 'invitations')).toMatchObject({ choices: [3] });
  });

  test('I-8 several count where several may be chosen', () => {
    const story = waiting({ voting: 'multi' }).on(vote([1, 3]));
    expect(story.row('invitee_vote')).toMatchObject({ choices: [1, 3] });
    expect(bodies(story)[0]).toContain('is 1) Fri Jun 5, 7 PM 3) Beach.');
  });

  test('none of them is a no; a vote takes its place, and it takes that of a vote', () => {
    const story = waiting().on(no()).logged('sms_received', 'invitee_reply_no');
    expect(story.row('invitee_reply_no')).toMatchObject({ previous: 'none', is_change: false });
    expect(bodies(story)[0]).toMatch(/none of it works for you: Dinner with Sam\./);
    expect(story.on(vote([1])).row('invitee_vote')).toMatchObject({
      ...{ previous_choices: null, is_change: true, vote_index: 1 },
    });
    expect(story.on(no()).row('invitee_reply_no')).toMatchObject({
      ...{ previous: 'vote', is_change: true, reply_index: 3 },
    });
    expect(rowOf(story, 'invitations')).toMatchObject({ reply: 'no', choices: null });
  });

  test('unclear three times: two questions back, then we stop asking', () => {
    const story = settle(settle(waiting().on(huh())).on(huh())).on(huh());
    story.isIn('open.hearing.asked.reached');
    expect(story.row('invitee_reply_unknown')).toMatchObject({
      ...{ unknown_index: 3, clarification_sent: false },
    });
    expect(startsOf(story)).toEqual([]);
    story.on(vote([1])).isIn('open.hearing.answered');
  });

  test('a vote is an open question again while our question back stands', () => {
    const story = settle(
      waiting()
        .on(vote([2]))
        .on(huh()),
    ).isIn('open.hearing.asked.reached');
    expect(contextOf(story)).toMatchObject({ reply: 'vote', choices: [2] });
    expect(rowOf(story, 'sms_prompts')).toMatchObject({ state: 'open', closedAt: null });
  });

  test.each([
    ['has waited for half a day', (story: Story) => settle(story).after('afterUnknown').logged()],
    ['failed', (story: Story) => settle(story, 'failed')],
    ['is still on its way', (story: Story) => story.after('settle')],
  ])(
    'an unclear message undoes no vote, and it stays answered when our question back %s',
    (_, ends) => {
      const story = ends(
        waiting()
          .on(vote([2]))
          .on(huh()),
      ).isIn('open.hearing.answered');
      expect(contextOf(story)).toMatchObject({ reply: 'vote', choices: [2] });
      expect(rowOf(story, 'sms_prompts')).toMatchObject({
        state: 'answered',
        closedAt: story.now(),
      });
      const silent = waiting()
        .on(vote([2]))
        .on(huh({ mayAnswer: false }));
      silent.isIn('open.hearing.answered');
    },
  );

  test('I-9 nobody votes: one timeout, after 24 hours; a late vote says so', () => {
    const story = waiting().after('firstReply').isIn('open.hearing.silent');
    story.logged('invitee_timeout');
    expect(story.row('invitee_timeout')).toMatchObject({
      ...{ stage: 'first_reply', target: 'syncup', timeout_ms: DAY, last_reply: 'none' },
    });
    expect(story.on(vote([1])).row('invitee_vote')).toMatchObject({ after_timeout: true });
  });

  test('the timeout of an unclear answer comes after 12 hours, and once', () => {
    const story = settle(waiting().on(huh())).after('afterUnknown').logged('invitee_timeout');
    expect(story.row('invitee_timeout')).toMatchObject({
      ...{ stage: 'after_unknown', timeout_ms: DAY / 2, last_reply: 'unknown' },
    });
    settle(story.on(huh())).after('afterUnknown').isIn('open.hearing.silent').logged();
  });

  test('a reminder asks once more, and a vote answers it', () => {
    const story = waiting().on(reminds).isIn('open.reminding').logged();
    expect(purposes(story)).toEqual(['reminder']);
    expect(bodies(story)[0]).toMatch(/^Funlet: .*Dinner with Sam: 1\) Fri Jun 5, 7 PM 2\) /);
    settle(story)
      .isIn('open.hearing.reminded.reached')
      .on(vote([2]));
    expect(story.row('invitee_vote')).toMatchObject({
      ...{ in_reply_to: 'reminder', reminders_before: 1 },
    });
    settle(waiting().on(reminds)).after('afterReminder').logged('invitee_timeout');
  });

  test('a reminder tells what was answered before, which goes on counting', () => {
    const voted = waiting()
      .on(vote([2]))
      .on(reminds);
    expect(bodies(voted)[0]).toContain('you voted 2 for Dinner with Sam');
    settle(voted).after('afterReminder').logged().isIn('open.hearing.answered');
    expect(rowOf(voted, 'invitations')).toMatchObject({ reply: 'vote', choices: [2] });
    const declined = waiting().on(no()).on(reminds);
    expect(bodies(declined)[0]).toContain('none works for Dinner with Sam');
    settle(declined, 'failed').isIn('open.hearing.answered');
  });

  test('I-16 a vote after the end is logged as expired, answered, and not counted', () => {
    const story = waiting()
      .on(vote([1]))
      .after('closing')
      .isIn('closed.quiet')
      .logged();
    story.on(vote([2])).logged('sms_received', 'invitee_reply_unknown{expired}');
    expect(bodies(story)[0]).toMatch(/the vote for Dinner with Sam is closed/);
    expect(rowOf(story, 'invitations')).toMatchObject({ reply: 'vote', choices: [1] });
    story.on(no()).on(yes()).on(huh()).on(reminds).logged('error{sms.withheld}');
    story.after('farewell');
    expect(story.ended()).toBe(true);
  });

  test('closes at its time, or after 14 days where nothing says when', () => {
    expect(begun().delays().closing).toBe(5 * DAY);
    expect(begun({ closesAt: null }).delays().closing).toBe(14 * DAY);
  });

  test('an invite that was never sent leaves nobody to wait for', () => {
    const story = settle(begun(), 'failed').isIn('open.uninvited').logged();
    expect(Object.keys(story.delays())).toEqual(['closing']);
    expect(rowOf(story, 'invitations')).toMatchObject({ delivery: 'failed' });
    story.on(vote([1])).logged('sms_received', 'invitee_reply_unknown{no_active_invite}');
    expect(startsOf(story)).toEqual([]);
    expect(rowOf(settle(begun(), 'withheld'), 'invitations')).toMatchObject({
      delivery: 'opted_out',
    });
  });

  test.each([
    ['waiting', () => waiting(), 'open.hearing.waiting.unreached'],
    ['asked', () => settle(waiting().on(huh())), 'open.hearing.asked.unreached'],
    ['answered', () => waiting().on(vote([1])), 'open.hearing.answered'],
    ['silent', () => waiting().after('firstReply'), 'open.hearing.silent'],
  ])(
    'while %s it keeps its timers when the text is lost or the phone opts out',
    (_s, reach, path) => {
      const lost = { type: 'text.undelivered', textId: RUN, providerCode: 30006 };
      for (const event of [lost, { type: 'phone.opted_out' }]) {
        const story = reach();
        const before = story.delays();
        story.on(event, hours(1)).logged().isIn(path);
        expect(story.delays()).toEqual(before);
      }
    },
  );

  test('a phone that had its answers of this hour is counted and not answered', () => {
    const story = waiting().on(vote([1], { mayAnswer: false }));
    story.logged('sms_received', 'invitee_vote');
    expect(startsOf(story)).toEqual([]);
  });

  test('a photo alone is not understood, and says that it was one', () => {
    const story = waiting().on(huh({ media: 1, reason: 'media_only', lengthBand: 'l0' }));
    expect(story.row('invitee_reply_unknown')).toMatchObject({
      ...{ reason: 'media_only', has_media: true, length_band: 'l0' },
    });
  });
});
