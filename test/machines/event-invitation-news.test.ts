import { describe, expect, test } from 'vitest';
import * as invitation from '../../machines/event-invitation.machine.ts';
import type { Context } from '../../machines/event-invitation.model.ts';
import { gatheringIdOf } from '../../machines/gathering-news.ts';
import { days, hours, minutes } from '../../machines/kit.ts';
import type { Heard } from '../../machines/replies.ts';
import * as text from '../../machines/text.machine.ts';
import { segmentsOf } from '../../src/sms/carrier/segments.ts';
import { flow, NOON, OWNER, type Story } from '../support/flow.ts';

const DAY = hours(24);
const FIRST = '77777777-7777-4777-8777-777777777777';
const SECOND = '88888888-8888-4888-8888-888888888888';

const asked = {
  ...{ eventId: FIRST, crewId: SECOND, phone: '+14155550101', name: 'Dana' },
  ...{ organizerName: 'Sam', title: 'Dinner', whenText: 'Sat Jun 6, 7 PM', place: 'Luigi' },
  ...{ via: 'flow', inviteIndex: 1, closesAt: NOON + days(5) },
};
const heard = (intent: Heard['intent']): Heard => ({
  ...{ inboundId: '99999999-9999-4999-8999-999999999999', provider: 'emulator' },
  ...{ parserVersion: '1.0.0', segments: 1, media: 0, lengthBand: 'l1_10', rule: 'none' },
  ...{ intent, reason: intent === 'unknown' ? ('no_match' as const) : null, guests: null },
  ...{ routing: 'single', candidates: 1, mayAnswer: true },
});
const yes = { type: 'invitee.replied_yes', heard: heard('yes') };
const no = { type: 'invitee.replied_no', heard: heard('no') };
const huh = { type: 'invitee.replied_unclear', heard: heard('unknown') };
const final = (newsId = FIRST, tells = true) => ({ type: 'gathering.finalized', newsId, tells });
const cancel = (tells = true) => ({ type: 'gathering.cancelled', newsId: SECOND, tells });
const sunday = { whenText: 'Sun Jun 7, 7 PM', closesAt: NOON + days(6) };
const change = (changes: object = { ...sunday, moved: true }) => ({
  ...{ type: 'gathering.changed', newsId: SECOND, tells: true, moved: false, title: 'Dinner' },
  ...{ whenText: asked.whenText, place: 'Luigi', closesAt: asked.closesAt, ...changes },
});
const remind = { type: 'gathering.reminded', reminderId: FIRST, automatic: true };

const contextOf = (story: Story) => story.context<Context>();
const settle = (story: Story, outcome = 'accepted') =>
  story.on({
    ...{ type: 'text.settled', textId: contextOf(story).promptTextId, outcome },
    ...{ purpose: 'finalize', settledAt: story.now() },
  });
const waiting = () => settle(flow(invitation, asked));
const textsOf = (story: Story) =>
  story
    .effects()
    .flatMap((effect) => (effect.kind === 'start' ? [text.input.parse(effect.start.input)] : []));
const sendsOf = (story: Story) =>
  story.effects().flatMap((effect) => (effect.kind === 'send' ? [effect.send] : []));
const question = (story: Story) =>
  invitation.rows(contextOf(story)).find(({ table }) => table === 'sms_prompts')?.row;

test('a yes and a no are told to the gathering and to its organizer, and nothing else is', () => {
  const event = { type: 'invitee.answered' };
  const told = { to: gatheringIdOf(FIRST), owner: OWNER, event };
  const noticed = { owner: OWNER, event, orStart: { machine: 'notice' } };
  for (const answered of [waiting().on(yes), waiting().on(no)]) {
    expect(sendsOf(answered)).toMatchObject([noticed, told]);
  }
  expect(sendsOf(settle(waiting().on(final())).on(yes))).toMatchObject([noticed, told]);
  expect(sendsOf(waiting().on(huh))).toEqual([]);
});

describe('an invitee of an event that becomes final', () => {
  test('gets one text that asks to confirm, and replies wait until it has settled', () => {
    const story = waiting().on(yes).on(final()).isIn('open.telling').logged();
    expect(textsOf(story)).toMatchObject([
      {
        ...{ purpose: 'finalize', template: 'event-invitation.final_yes', invite: null },
        body: 'Funlet: Sam says it is on: Dinner, Sat Jun 6, 7 PM at Luigi. You said YES. Still in? Reply YES or NO.',
      },
    ]);
    expect(question(story)).toMatchObject({ state: 'open', closedAt: null });
    settle(story).isIn('open.hearing.confirming.reached');
    expect(story.delays()).toMatchObject({ confirmation: DAY });
  });

  test('I-13 and had said yes declines, which is a change and confirms nothing', () => {
    const story = settle(waiting().on(yes).on(final())).on(no);
    story.logged('sms_received', 'invitee_reply_no').isIn('open.hearing.declining');
    expect(story.row('invitee_reply_no')).toMatchObject({
      ...{ in_reply_to: 'finalize', is_change: true, previous: 'yes', reply_index: 2 },
    });
  });

  test('and says yes has confirmed, also after a question back', () => {
    const story = settle(waiting().on(final())).on(yes, hours(1));
    story.logged('sms_received', 'invitee_reply_yes', 'invitee_confirmed');
    expect(story.row('invitee_confirmed')).toMatchObject({
      ...{ follow_up: 'finalize', in_reply_to: 'finalize', previous: 'none' },
      ms_since_follow_up: hours(1) + 1_000,
    });
    const later = settle(settle(waiting().on(final())).on(huh)).on(yes);
    expect(later.row('invitee_confirmed')).toMatchObject({
      ...{ follow_up: 'finalize', in_reply_to: 'clarification', previous: 'unknown' },
    });
  });

  test.each([
    ['yes', [yes], 'open.hearing.attending', 'answered'],
    ['nothing', [], 'open.hearing.silent', 'timed_out'],
  ])('and had said %s times out after a day, once', (last, answers, path, state) => {
    const told = () => settle(answers.reduce((to, event) => to.on(event), waiting()).on(final()));
    const story = told().after('confirmation').isIn(path).logged('invitee_timeout');
    expect(story.row('invitee_timeout')).toMatchObject({
      ...{ stage: 'confirmation', timeout_ms: DAY, timeout_index: 1, terminal: true },
      last_reply: last === 'yes' ? 'yes' : 'none',
    });
    expect(question(story)).toMatchObject({ state, closedAt: story.now() });
    settle(story.on(change())).after('confirmation').isIn(path).logged();
  });

  test.each([
    ['is asked back', (story: Story) => settle(story.on(huh))],
    ['our question back stays on its way', (story: Story) => story.on(huh).after('settle')],
    ['is asked back no more', (story: Story) => settle(settle(story.on(huh)).on(huh)).on(huh)],
  ])('and was unclear is waited for still, where it %s', (_, unclear) => {
    const story = unclear(settle(waiting().on(yes).on(final())));
    story.isIn('open.hearing.confirming.reached');
    expect(question(story)).toMatchObject({ state: 'open', closedAt: null });
    story.after('confirmation').isIn('open.hearing.attending').logged('invitee_timeout');
    expect(story.row('invitee_timeout')).toMatchObject({ stage: 'confirmation' });
    expect(question(story)).toMatchObject({ state: 'answered' });
  });

  test('and has declined, or may not be texted, hears nothing', () => {
    waiting().on(no).refuses(final());
    waiting().refuses(final(FIRST, false));
    settle(flow(invitation, asked), 'failed').refuses(final());
  });

  test.each([
    ['waiting', () => waiting(), 'open.hearing.waiting.reached', 'open'],
    ['silent', () => waiting().after('firstReply'), 'open.hearing.silent', 'timed_out'],
    ['coming', () => waiting().on(yes), 'open.hearing.attending', 'answered'],
  ])('and was %s stands there again where the text never goes out', (_was, reach, path, state) => {
    const failed = settle(reach().on(final()), 'failed').isIn(path).logged();
    expect(contextOf(failed)).toMatchObject({ followUp: null });
    expect(question(failed)).toMatchObject({ state });
    const held = reach().on(final());
    expect(held.delays()).toMatchObject({ settle: minutes(30) });
    held.after('settle').isIn(path);
  });
});

describe('an invitee of an event that changes', () => {
  test('is asked again on the new day, which is waited for from then on', () => {
    const story = waiting().on(yes, days(2)).on(change()).isIn('open.telling');
    expect(textsOf(story)).toMatchObject([
      {
        ...{ purpose: 'change_notice', template: 'event-invitation.changed_yes' },
        body: 'Funlet: Sam changed plans: Dinner, Sun Jun 7, 7 PM at Luigi. You said YES. Still in? Reply YES or NO.',
      },
    ]);
    expect(story.delays()).toMatchObject({ closing: NOON + days(6) - story.now() });
    settle(story).on(yes).logged('sms_received', 'invitee_reply_yes', 'invitee_confirmed');
    expect(story.row('invitee_confirmed')).toMatchObject({
      ...{ follow_up: 'change_notice', in_reply_to: 'change_notice', previous: 'yes' },
    });
    story.after('closing').isIn('closed.quiet');
    expect(story.now()).toBe(NOON + days(6));
  });

  test('but not its date is waited for until that date, however late the change comes', () => {
    const supper = change({ title: 'Supper' });
    const told = waiting().on(supper, days(2)).isIn('open.telling');
    expect(told.delays()).toMatchObject({ closing: NOON + days(5) - told.now() });
    settle(told).on(yes).after('closing').isIn('closed.quiet');
    expect(told.now()).toBe(NOON + days(5));
  });

  test('and had declined is asked again on another day, and not at another place', () => {
    const declined = () => waiting().on(no);
    expect(textsOf(declined().on(change()))).toMatchObject([
      { template: 'event-invitation.changed_no' },
    ]);
    const elsewhere = declined()
      .on(change({ place: 'Gino' }))
      .isIn('open.hearing.declining');
    expect(textsOf(elsewhere)).toEqual([]);
    expect(contextOf(elsewhere)).toMatchObject({ place: 'Gino' });
  });

  test('and may not be texted, or has no invite, learns of it without a word', () => {
    const muted = waiting().on(change({ ...sunday, moved: true, tells: false }));
    muted.isIn('open.hearing.waiting.reached');
    expect(textsOf(muted)).toEqual([]);
    expect(muted.delays()).toMatchObject({ closing: NOON + days(6) - muted.now() });
    const never = settle(flow(invitation, asked), 'failed').on(change()).isIn('open.uninvited');
    expect(textsOf(never)).toEqual([]);
  });

  test('and waits for no date until it has one', () => {
    const story = settle(flow(invitation, { ...asked, whenText: null, closesAt: null }));
    expect(story.delays()).toMatchObject({ closing: days(14) });
    story.on(change(), days(3));
    expect(story.delays()).toMatchObject({ closing: NOON + days(6) - story.now() });
  });

  test('and has no date is waited for as long as its gathering, also who is not told', () => {
    const undated = { whenText: null, closesAt: null };
    const invited = () => settle(flow(invitation, { ...asked, ...undated }));
    const declined = invited().on(no);
    for (const story of [invited(), declined]) {
      story.on(change({ ...undated, title: 'Supper' }), days(3));
      const toldAt = story.now();
      expect(story.after('closing').now()).toBe(toldAt + days(14));
    }
  });
});

describe('an invitee of an event that is called off', () => {
  test('is told so, and a reply afterwards is answered with the same', () => {
    const story = waiting().on(yes).on(cancel()).isIn('closed.quiet').logged();
    expect(textsOf(story)).toMatchObject([
      {
        ...{ purpose: 'cancel', template: 'event-invitation.cancel' },
        body: 'Funlet: Sam called off Dinner, Sat Jun 6, 7 PM at Luigi.',
      },
    ]);
    expect(question(story)).toMatchObject({ state: 'closed', closedAt: story.now() });
    story.on(yes).logged('sms_received', 'invitee_reply_unknown{expired}');
    expect(textsOf(story)).toMatchObject([{ template: 'event-invitation.called_off' }]);
    expect(contextOf(story)).toMatchObject({ reply: 'yes' });
  });

  test.each([
    ['had declined', () => waiting().on(no).on(cancel())],
    ['may not be texted', () => waiting().on(cancel(false))],
    ['has no invite', () => settle(flow(invitation, asked), 'failed').on(cancel())],
  ])('and %s hears nothing', (_who, reach) => {
    expect(textsOf(reach().isIn('closed.quiet'))).toEqual([]);
  });
});

test('an automatic reminder asks once more, and a yes to it is no confirmation', () => {
  const story = waiting().on(remind).isIn('open.reminding');
  expect(textsOf(story)).toMatchObject([
    { purpose: 'auto_reminder', template: 'event-invitation.remind' },
  ]);
  settle(story).isIn('open.hearing.reminded.reached');
  story.on(yes).logged('sms_received', 'invitee_reply_yes');
  expect(story.row('invitee_reply_yes')).toMatchObject({ in_reply_to: 'reminder' });
});

test('who has declined gets no automatic reminder', () => {
  waiting().on(no).refuses(remind);
});

test('news pay one segment each', () => {
  for (const event of [final(), change(), cancel()]) {
    for (const answers of [[], [yes]]) {
      const story = answers.reduce((to, answer) => to.on(answer), waiting()).on(event);
      expect(segmentsOf(textsOf(story)[0]?.body ?? '')).toMatchObject({ segments: 1 });
    }
  }
});
