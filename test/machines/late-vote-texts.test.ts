/* What an invitation to vote says in time, or not at all; and a reminder that a night held back. */
import { describe, expect, test } from 'vitest';
import { days, hours } from '../../machines/kit.ts';
import type { Heard } from '../../machines/replies.ts';
import * as invitation from '../../machines/syncup-invitation.machine.ts';
import type { Context } from '../../machines/syncup-invitation.model.ts';
import * as text from '../../machines/text.machine.ts';
import { flow, NOON, type Story } from '../support/flow.ts';

const asked = {
  ...{ syncupId: '77777777-7777-4777-8777-777777777777', crewId: null, phone: '+14155550101' },
  ...{ name: 'Dana', organizerName: 'Sam', title: 'Dinner', voting: 'single', via: 'flow' },
  options: ['Friday', 'Saturday'].map((label) => ({ label, whenText: null })),
  ...{ inviteIndex: 1, closesAt: NOON + days(5) },
};
const heard = (intent: Heard['intent']): Heard => ({
  ...{ inboundId: '99999999-9999-4999-8999-999999999999', provider: 'emulator' },
  ...{ parserVersion: '1.0.0', segments: 1, media: 0, lengthBand: 'l1_10', rule: 'none' },
  ...{ intent, reason: intent === 'unknown' ? ('no_match' as const) : null, guests: null },
  ...{ routing: 'single', candidates: 1, mayAnswer: true, receivedAt: NOON },
});
const vote = { type: 'invitee.voted', heard: heard('vote'), choices: [2] };
const huh = { type: 'invitee.replied_unclear', heard: heard('unknown') };
const remind = {
  type: 'gathering.reminded',
  reminderId: '66666666-6666-4666-8666-666666666666',
};

const contextOf = (story: Story) => story.context<Context>();
const settled = (story: Story, textId: string, purpose: string, outcome = 'accepted') => ({
  ...{ type: 'text.settled', textId, outcome, purpose, settledAt: story.now() },
});
const settle = (story: Story, purpose: string) =>
  story.on(settled(story, contextOf(story).promptTextId, purpose));
const waiting = (changes: Partial<typeof asked> | { closesAt: null } = {}) =>
  settle(flow(invitation, { ...asked, ...changes }), 'invite');
const question = (story: Story) =>
  invitation.rows(contextOf(story)).find(({ table }) => table === 'sms_prompts')?.row;
const textsOf = (story: Story) =>
  story
    .effects()
    .flatMap((effect) => (effect.kind === 'start' ? [text.input.parse(effect.start.input)] : []));

/** Asked again in the evening, and given up waiting for; the id of the text that is held. */
function held(story: Story): string {
  story.on(remind);
  const { promptTextId } = contextOf(story);
  story.after('settle').logged();
  return promptTextId;
}

describe('what asks for a vote', () => {
  test('helps nobody once the vote is over, and is not sent then', () => {
    const closesAt = asked.closesAt;
    expect(textsOf(flow(invitation, asked))).toMatchObject([
      { purpose: 'invite', expiresAt: closesAt },
    ]);
    expect(textsOf(waiting().on(remind))).toMatchObject([
      { purpose: 'reminder', expiresAt: closesAt },
    ]);
    expect(textsOf(waiting().on(huh))).toMatchObject([
      { purpose: 'clarification', expiresAt: closesAt },
    ]);
  });

  test('without a deadline helps as long as votes count', () => {
    const begun = flow(invitation, { ...asked, closesAt: null });
    expect(textsOf(begun)).toMatchObject([{ expiresAt: NOON + days(14) }]);
  });
});

describe('an answer to what an invitee wrote', () => {
  test('tells since when it was waited for, and never comes too late', () => {
    expect(textsOf(waiting().on(vote))).toMatchObject([
      { purpose: 'update', answersAt: NOON, expiresAt: null },
    ]);
    expect(textsOf(waiting().on(huh))).toMatchObject([
      { purpose: 'clarification', answersAt: NOON },
    ]);
    expect(textsOf(waiting().after('closing').on(vote))).toMatchObject([
      { template: 'syncup-invitation.closed', answersAt: NOON, expiresAt: null },
    ]);
  });
});

describe('a reminder to vote that is held over a night', () => {
  test('asks when it goes out, and a vote answers it', () => {
    const story = waiting();
    const textId = held(story);
    story.isIn('open.hearing.waiting.reached');
    story
      .on(settled(story, textId, 'reminder'))
      .isIn('open.hearing.reminded.reached')
      .logged();
    expect(story.delays()).toMatchObject({ afterReminder: hours(24) });
    expect(question(story)).toMatchObject({ state: 'open', closedAt: null });
    story.on(vote).logged('sms_received', 'invitee_vote');
    expect(story.row('invitee_vote')).toMatchObject({
      ...{ in_reply_to: 'reminder', reminders_before: 1 },
    });
  });

  test('asks also who has voted meanwhile, and counts once', () => {
    const story = waiting();
    const textId = held(story);
    story.on(vote).isIn('open.hearing.answered');
    story.on(settled(story, textId, 'reminder')).isIn('open.hearing.reminded.reached');
    story.refuses(settled(story, textId, 'reminder'));
    expect(contextOf(story)).toMatchObject({ reminders: 1, reply: 'vote', choices: [2] });
    story.after('afterReminder').isIn('open.hearing.answered').logged();
  });

  test('counts also while a question back is on its way, which goes on being waited for', () => {
    const story = waiting();
    const textId = held(story);
    story.on(huh).isIn('open.clarifying');
    story
      .on(settled(story, textId, 'reminder'))
      .isIn('open.clarifying')
      .logged();
    expect(contextOf(story)).toMatchObject({ reminders: 1, late: [] });
    settle(story, 'clarification').isIn('open.hearing.asked.reached');
  });

  test.each(['failed', 'withheld'])('and then %s asks nothing', (outcome) => {
    const story = waiting();
    const textId = held(story);
    story.refuses(settled(story, textId, 'reminder', outcome));
    story.on(vote).logged('sms_received', 'invitee_vote');
    expect(story.row('invitee_vote')).toMatchObject({ in_reply_to: 'invite', reminders_before: 0 });
  });

  test('and goes out after the vote is over changes nothing', () => {
    const story = waiting();
    const textId = held(story);
    story.after('closing').refuses(settled(story, textId, 'reminder'));
  });
});
