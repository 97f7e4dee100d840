import { describe, expect, test } from 'vitest';
import * as invitation from '../../machines/event-invitation.machine.ts';
import type { Context } from '../../machines/event-invitation.model.ts';
import { hours, minutes } from '../../machines/kit.ts';
import type { Heard } from '../../machines/replies.ts';
import * as text from '../../machines/text.machine.ts';
import { beginChart, takeStep } from '../../src/chart/step.ts';
import { segmentsOf } from '../../src/sms/carrier/segments.ts';
import { flow, NOON, OWNER, RUN, type Story } from '../support/flow.ts';

const DAY = hours(24);
const FIRST = '77777777-7777-4777-8777-777777777777';
const SECOND = '88888888-8888-4888-8888-888888888888';

const asked = {
  ...{ eventId: FIRST, crewId: SECOND, phone: '+14155550101', name: 'Dana' },
  ...{ organizerName: 'Sam', title: 'Dinner', whenText: 'Sat Jun 6, 7pm', place: 'Luigi' },
  ...{ via: 'flow', inviteIndex: 1, closesAt: NOON + 5 * DAY },
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
const remind = (reminderId = FIRST) => ({ type: 'gathering.reminded', reminderId });

const contextOf = (story: Story) => story.context<Context>();
const settle = (story: Story, outcome = 'accepted') =>
  story.on({
    type: 'text.settled',
    textId: contextOf(story).promptTextId,
    outcome,
    purpose: 'reminder',
    settledAt: story.now(),
  });
const waiting = () => settle(flow(invitation, asked));
const reminded = (story = waiting(), reminderId?: string) => settle(story.on(remind(reminderId)));
const textsOf = (story: Story) =>
  story
    .effects()
    .flatMap((effect) => (effect.kind === 'start' ? [text.input.parse(effect.start.input)] : []));
const question = (story: Story) =>
  invitation.rows(contextOf(story)).find(({ table }) => table === 'sms_prompts')?.row;

describe('an invitee who is reminded', () => {
  test('gets one text that asks again, and replies wait until it has settled', () => {
    const story = waiting().on(remind()).isIn('open.reminding').logged();
    expect(textsOf(story)).toMatchObject([
      {
        ...{ purpose: 'reminder', template: 'event-invitation.remind', invite: null },
        body: 'Funlet: Sam reminds you of Dinner, Sat Jun 6, 7pm at Luigi. Are you in? Reply YES or NO.',
      },
    ]);
    const { meta } = invitation.machine.states.open?.states.reminding ?? {};
    const early = ['invitee.replied_yes', 'invitee.replied_no', 'gathering.reminded'];
    expect(meta).toMatchObject({ defers: expect.arrayContaining(early) });
    settle(story).isIn('open.hearing.reminded.reached');
    expect(story.delays()).toEqual({ afterReminder: DAY, closing: 5 * DAY });
  });

  test('I-11 and says yes has confirmed', () => {
    const story = reminded().on(yes, hours(2)).isIn('open.hearing.attending');
    story.logged('sms_received', 'invitee_reply_yes', 'invitee_confirmed');
    expect(story.row('invitee_reply_yes')).toMatchObject({
      ...{ in_reply_to: 'reminder', previous: 'none', reminders_before: 1, reply_index: 1 },
      ms_since_prompt: hours(2) + 1_000,
    });
    expect(story.row('invitee_confirmed')).toMatchObject({
      ...{ follow_up: 'reminder', in_reply_to: 'reminder', previous: 'none', reply_index: 1 },
      ...{ reminders_before: 1, after_timeout: false, ms_since_follow_up: hours(2) + 1_000 },
    });
    expect(textsOf(story).map(({ purpose }) => purpose)).toEqual(['update']);
    expect(Object.keys(story.delays())).toEqual(['closing']);
  });

  test('I-11 confirms once: a second yes answers nothing that was asked', () => {
    reminded().on(yes).on(yes).logged('sms_received', 'invitee_reply_yes');
    const changed = reminded().on(no).logged('sms_received', 'invitee_reply_no').on(yes);
    changed.logged('sms_received', 'invitee_reply_yes');
  });

  test('I-11 and says something unclear first confirms with the yes to the question back', () => {
    const story = settle(reminded().on(huh)).on(yes);
    expect(story.row('invitee_confirmed')).toMatchObject({
      ...{ follow_up: 'reminder', in_reply_to: 'clarification', previous: 'unknown' },
    });
  });

  test('and says no declines, which confirms nothing', () => {
    const story = reminded().on(no).isIn('open.hearing.declining');
    expect(story.row('invitee_reply_no')).toMatchObject({ in_reply_to: 'reminder' });
  });

  test('and says nothing times out after a day, once', () => {
    const story = reminded().after('afterReminder').isIn('open.hearing.silent');
    expect(story.row('invitee_timeout')).toMatchObject({
      ...{ stage: 'after_reminder', timeout_ms: DAY, timeout_index: 1, reminders_before: 1 },
      ...{ last_reply: 'none', terminal: true },
    });
    reminded(story, SECOND).after('afterReminder').isIn('open.hearing.silent').logged();
    const late = reminded().after('afterReminder').on(yes);
    expect(late.row('invitee_confirmed')).toMatchObject({ after_timeout: true });
  });

  test('after the first day timed out is waited for once more', () => {
    const story = reminded(waiting().after('firstReply')).after('afterReminder');
    expect(story.row('invitee_timeout')).toMatchObject({ timeout_index: 2 });
  });

  test('twice has been reminded twice, by two texts', () => {
    const once = waiting().on(remind());
    const first = contextOf(once).promptTextId;
    const twice = settle(once).on(remind(SECOND));
    expect(contextOf(twice).promptTextId).not.toBe(first);
    settle(twice).on(yes);
    expect(twice.row('invitee_reply_yes')).toMatchObject({ reminders_before: 2 });
  });

  test.each([
    ['yes', yes, 'open.hearing.attending', /You said YES. Still in\?/],
    ['no', no, 'open.hearing.declining', /You said NO. Changed your mind\?/],
  ])('having said %s is asked for a day whether that still holds', (_reply, answer, path, body) => {
    const asks = () => waiting().on(answer).on(remind());
    expect(textsOf(asks())[0]?.body).toMatch(body);
    const confirmed = settle(asks()).isIn('open.hearing.reminded.reached').on(yes);
    confirmed.logged('sms_received', 'invitee_reply_yes', 'invitee_confirmed');
    const silent = settle(asks());
    expect(question(silent)).toMatchObject({ state: 'open' });
    silent.after('afterReminder').isIn(path).logged();
    expect(question(silent)).toMatchObject({ state: 'answered', closedAt: silent.now() });
  });

  test('has a question again from the moment the reminder is queued', () => {
    const late = waiting().after('firstReply');
    expect(question(late)).toMatchObject({ state: 'timed_out' });
    expect(question(late.on(remind()))).toMatchObject({ state: 'open', closedAt: null });
  });

  test.each([
    ['waiting', () => waiting(), 'open.hearing.waiting.reached', 'open'],
    ['unclear', () => settle(waiting().on(huh)), 'open.hearing.asked.reached', 'open'],
    ['silent', () => waiting().after('firstReply'), 'open.hearing.silent', 'timed_out'],
    ['coming', () => waiting().on(yes), 'open.hearing.attending', 'answered'],
  ])(
    'and was %s stands there again where the reminder never goes out',
    (_was, reach, path, state) => {
      const failed = settle(reach().on(remind()), 'failed').isIn(path).logged();
      expect(contextOf(failed)).toMatchObject({ reminders: 0, followUp: null });
      expect(question(failed)).toMatchObject({ state });
      const held = reach().on(remind());
      expect(held.delays()).toMatchObject({ settle: minutes(30) });
      held.after('settle').isIn(path);
    },
  );

  test.each([
    ['never got an invite', () => settle(flow(invitation, asked), 'failed')],
    ['is invited to what is over', () => waiting().after('closing')],
  ])('and %s is not texted, and the log says so', (_who, reach) => {
    const story = reach().on(remind()).logged('error{sms.withheld}');
    expect(textsOf(story)).toEqual([]);
    expect(story.row('error')).toMatchObject({ component: 'sms_out', severity: 'warning' });
    expect(story.rows()[0]).toMatchObject({ event_id: FIRST, crew_id: SECOND });
  });

  test('since before there were reminders answers and is reminded like the others', () => {
    const begun = beginChart(invitation.machine, { ...asked, id: RUN, owner: OWNER, at: NOON });
    const { followUp: _, ...old } = begun.snapshot.context as Context;
    const invited = takeStep(
      invitation.machine,
      { ...begun.snapshot, context: old },
      { type: 'text.settled', textId: old.promptTextId, outcome: 'accepted', settledAt: NOON },
    );
    const answered = takeStep(invitation.machine, invited.snapshot, { ...yes, at: NOON });
    expect(answered.microsteps[0]?.meta.logs).toEqual(['sms_received', 'invitee_reply_yes']);
  });

  test('pays one segment for an ordinary reminder', () => {
    for (const answer of [[], [yes], [no]]) {
      const story = answer.reduce((to, event) => to.on(event), waiting()).on(remind());
      expect(segmentsOf(textsOf(story)[0]?.body ?? '')).toMatchObject({ segments: 1 });
    }
  });
});
