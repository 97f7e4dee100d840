/* A text that asks again and was held over a night still asks when it goes out. */
import { describe, expect, test } from 'vitest';
import * as invitation from '../../machines/event-invitation.machine.ts';
import type { Context } from '../../machines/event-invitation.model.ts';
import { hours } from '../../machines/kit.ts';
import type { Heard } from '../../machines/replies.ts';
import * as text from '../../machines/text.machine.ts';
import { flow, NOON, type Story } from '../support/flow.ts';

const DAY = hours(24);
const EVENT = '77777777-7777-4777-8777-777777777777';
const NEWS = '88888888-8888-4888-8888-888888888888';

const told = {
  ...{ title: 'Dinner', whenText: 'Sat Jun 6, 7 PM', place: 'Luigi', closesAt: NOON + 5 * DAY },
};
const asked = {
  ...{ eventId: EVENT, crewId: null, phone: '+14155550101', name: 'Dana', organizerName: 'Sam' },
  ...{ ...told, via: 'flow', inviteIndex: 1 },
};
const heard = (intent: Heard['intent']): Heard => ({
  ...{ inboundId: '99999999-9999-4999-8999-999999999999', provider: 'emulator' },
  ...{ parserVersion: '1.0.0', segments: 1, media: 0, lengthBand: 'l1_10', rule: 'none' },
  ...{ intent, reason: intent === 'unknown' ? ('no_match' as const) : null, guests: null },
  ...{ routing: 'single', candidates: 1, mayAnswer: true },
});
const yes = { type: 'invitee.replied_yes', heard: heard('yes') };
const huh = { type: 'invitee.replied_unclear', heard: heard('unknown') };
const remind = { type: 'gathering.reminded', reminderId: NEWS };
const final = { type: 'gathering.finalized', newsId: NEWS, tells: true };
const change = (closesAt: number) => ({
  ...{ type: 'gathering.changed', newsId: NEWS, tells: true, moved: true, ...told, closesAt },
});

const contextOf = (story: Story) => story.context<Context>();
const settled = (story: Story, textId: string, purpose: string, outcome = 'accepted') => ({
  ...{ type: 'text.settled', textId, outcome, purpose, settledAt: story.now() },
});
const settle = (story: Story, purpose: string) =>
  story.on(settled(story, contextOf(story).promptTextId, purpose));
const waiting = () => settle(flow(invitation, asked), 'invite');
const question = (story: Story) =>
  invitation.rows(contextOf(story)).find(({ table }) => table === 'sms_prompts')?.row;
const textsOf = (story: Story) =>
  story
    .effects()
    .flatMap((effect) => (effect.kind === 'start' ? [text.input.parse(effect.start.input)] : []));

/** Asked again in the evening, and given up waiting for; the id of the text that is held. */
function held(story: Story, event: { readonly type: string }): string {
  story.on(event);
  const { promptTextId } = contextOf(story);
  story.after('settle').logged();
  return promptTextId;
}

describe('a reminder that is held over a night', () => {
  test('I-11 asks when it goes out, and a yes to it confirms', () => {
    const story = waiting();
    const textId = held(story, remind);
    story.isIn('open.hearing.waiting.reached');
    story
      .on(settled(story, textId, 'reminder'))
      .isIn('open.hearing.reminded.reached')
      .logged();
    expect(story.delays()).toMatchObject({ afterReminder: DAY });
    expect(question(story)).toMatchObject({ state: 'open', closedAt: null });
    story.on(yes).logged('sms_received', 'invitee_reply_yes', 'invitee_confirmed');
    expect(story.row('invitee_reply_yes')).toMatchObject({
      ...{ in_reply_to: 'reminder', reminders_before: 1 },
    });
  });

  test('asks also who has answered meanwhile, and counts once', () => {
    const story = waiting();
    const textId = held(story, remind);
    story.on(yes).logged('sms_received', 'invitee_reply_yes').isIn('open.hearing.attending');
    story.on(settled(story, textId, 'reminder')).isIn('open.hearing.reminded.reached');
    expect(question(story)).toMatchObject({ state: 'open' });
    story.refuses(settled(story, textId, 'reminder'));
    expect(contextOf(story)).toMatchObject({ reminders: 1, reply: 'yes' });
    story.after('afterReminder').isIn('open.hearing.attending').logged();
  });

  test('counts also while a question back is on its way, which goes on being waited for', () => {
    const story = waiting();
    const textId = held(story, remind);
    story.on(huh).isIn('open.clarifying');
    story
      .on(settled(story, textId, 'reminder'))
      .isIn('open.clarifying')
      .logged();
    expect(contextOf(story)).toMatchObject({ reminders: 1, followUp: { kind: 'reminder' } });
    settle(story, 'clarification').isIn('open.hearing.asked.reached');
    story.on(yes).logged('sms_received', 'invitee_reply_yes', 'invitee_confirmed');
  });

  test.each(['failed', 'withheld'])('and then %s asks nothing', (outcome) => {
    const story = waiting();
    const textId = held(story, remind);
    story.refuses(settled(story, textId, 'reminder', outcome));
    story.on(yes).logged('sms_received', 'invitee_reply_yes');
  });

  test('and goes out after the event has begun changes nothing', () => {
    const story = waiting();
    const textId = held(story, remind);
    story.after('closing').refuses(settled(story, textId, 'reminder'));
  });
});

describe('news that are held over a night', () => {
  test('I-12 ask for a confirmation when they go out', () => {
    const story = waiting().on(yes);
    const textId = held(story, final);
    story.isIn('open.hearing.attending');
    story
      .on(settled(story, textId, 'finalize'))
      .isIn('open.hearing.confirming.reached')
      .logged();
    expect(story.delays()).toMatchObject({ confirmation: DAY });
    story.on(yes).logged('sms_received', 'invitee_reply_yes', 'invitee_confirmed');
    expect(story.row('invitee_confirmed')).toMatchObject({ follow_up: 'finalize' });
  });

  test('of a new date must be known before the sooner of both dates', () => {
    const [later, sooner] = [NOON + 9 * DAY, NOON + 2 * DAY];
    expect(textsOf(waiting().on(change(later)))).toMatchObject([
      { purpose: 'change_notice', expiresAt: later, knownBy: asked.closesAt },
    ]);
    expect(textsOf(waiting().on(change(sooner)))).toMatchObject([
      { purpose: 'change_notice', expiresAt: sooner, knownBy: sooner },
    ]);
  });

  test('help nobody who has come to it; without a date they help for a fortnight', () => {
    expect(textsOf(waiting().on(final))).toMatchObject([
      { purpose: 'finalize', expiresAt: asked.closesAt },
    ]);
    const dateless = flow(invitation, { ...asked, closesAt: null });
    settle(dateless, 'invite').on(final);
    expect(textsOf(dateless)).toMatchObject([{ expiresAt: NOON + 14 * DAY }]);
  });

  test('of an event that is called off help nobody who has come to it', () => {
    const story = waiting().on({ type: 'gathering.cancelled', newsId: NEWS, tells: true });
    expect(textsOf(story)).toMatchObject([{ purpose: 'cancel', expiresAt: asked.closesAt }]);
  });
});
