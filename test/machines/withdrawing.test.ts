/* What would be stale when the night is over is taken back: nobody is asked about what is no more. */
import { describe, expect, test } from 'vitest';
import * as invitation from '../../machines/event-invitation.machine.ts';
import type { ChartModule } from '../../machines/kit.ts';
import { hours } from '../../machines/kit.ts';
import type { Heard } from '../../machines/replies.ts';
import { againIdOf } from '../../machines/resending.ts';
import * as voting from '../../machines/syncup-invitation.machine.ts';
import { flow, NOON, OWNER, RUN, type Story } from '../support/flow.ts';

const DAY = hours(24);
const TARGET = '77777777-7777-4777-8777-777777777777';
const NEWS = '88888888-8888-4888-8888-888888888888';

const who = {
  ...{ crewId: null, phone: '+14155550101', name: 'Dana', organizerName: 'Sam', title: 'Dinner' },
  ...{ via: 'flow', inviteIndex: 1, closesAt: NOON + 5 * DAY },
};
const event = { ...who, eventId: TARGET, whenText: 'Sat Jun 6, 7 PM', place: null };
const vote = {
  ...{ ...who, syncupId: TARGET, voting: 'single' },
  options: [
    { label: 'Fri', whenText: null },
    { label: 'Sat', whenText: null },
  ],
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
const voted = { type: 'invitee.voted', choices: [2], heard: heard('vote') };
const remind = { type: 'gathering.reminded', reminderId: NEWS };
const final = { type: 'gathering.finalized', newsId: NEWS, tells: true };
const cancel = { type: 'gathering.cancelled', newsId: NEWS, tells: true };
const close = { type: 'gathering.closed' };
const decide = {
  ...{ type: 'gathering.decided', newsId: NEWS, tells: true },
  event: {
    ...{ eventId: TARGET, crewId: null, title: 'Dinner: Sat', startsAt: null },
    ...{ timeZone: null, whenText: null },
  },
};

const promptOf = (story: Story) => story.context<{ promptTextId: string }>().promptTextId;
const settle = (story: Story, purpose: string, outcome = 'accepted') =>
  story.on({
    ...{ type: 'text.settled', textId: promptOf(story), outcome, purpose },
    settledAt: story.now(),
  });
const sends = (story: Story) =>
  story.effects().flatMap((effect) => (effect.kind === 'send' ? [effect.send] : []));
const withdrawn = (story: Story) =>
  sends(story).flatMap(({ to, event: { type, reason } }) =>
    type === 'text.withdrawn' ? [{ to, reason }] : [],
  );
const started = (story: Story) =>
  story.effects().flatMap((effect) => (effect.kind === 'start' ? [effect.start] : []));
const purposes = (story: Story) => started(story).map(({ input }) => input.purpose);

const begun = (module: ChartModule) => flow(module, module === invitation ? event : vote);
const waiting = (module: ChartModule) => settle(begun(module), 'invite');
/** Reminded in the evening, and not waited for any longer; the id of the text that is held. */
function held(story: Story, asks: { readonly type: string }): string {
  story.on(asks);
  const textId = promptOf(story);
  story.after('settle');
  return textId;
}

describe('an invite that is held over a night', () => {
  test.each([
    ['an event that is called off', invitation, cancel],
    ['a vote that is closed', voting, close],
    ['a vote that is decided', voting, decide],
  ])('is taken back by %s, which is heard when the fate of the invite is known', (_, of, over) => {
    const story = begun(of);
    const invite = promptOf(story);
    story.on(over).isIn('open.withdrawing').logged();
    expect(withdrawn(story)).toEqual([{ to: invite, reason: 'over' }]);
    expect(sends(story).at(-1)).toEqual({ to: RUN, owner: OWNER, event: over });
    expect(started(story)).toEqual([]);
  });

  test('and is called off and taken back is followed by no text about that', () => {
    const story = begun(invitation).on(cancel);
    settle(story, 'invite', 'withheld').isIn('open.uninvited').on(cancel).isIn('closed.quiet');
    expect(started(story)).toEqual([]);
    expect(story.view()).toMatchObject({ delivery: 'failed' });
    story.on(no);
    expect(started(story)).toEqual([]);
  });

  test('and had gone out when it was to be taken back is followed by the cancellation', () => {
    const story = begun(invitation).on(cancel);
    settle(story, 'invite').on(cancel).isIn('closed.quiet');
    expect(purposes(story)).toEqual(['cancel']);
  });

  test('and is taken back as the vote was decided goes on as somebody who is invited anew', () => {
    const story = begun(voting).on(decide);
    settle(story, 'invite', 'withheld').on(decide).isIn('closed.quiet');
    expect(started(story)).toMatchObject([{ machine: 'event-invitation', input: { voted: null } }]);
  });
});

describe('what asks again and is held over a night', () => {
  test.each([
    ['an event that is called off', invitation, cancel],
    ['a vote that is closed', voting, close],
    ['a vote that is decided', voting, decide],
  ])('is taken back by %s, also while it is waited for', (_, of, over) => {
    const late = waiting(of);
    const reminder = held(late, remind);
    late.on(over).isIn('closed.quiet');
    expect(withdrawn(late)).toEqual([{ to: reminder, reason: 'over' }]);
    for (const asks of [remind, huh]) {
      const story = waiting(of).on(asks);
      const textId = promptOf(story);
      story.on(over).isIn('closed.quiet');
      expect(withdrawn(story)).toEqual([{ to: textId, reason: 'over' }]);
    }
  });

  test('is taken back by the answer, but news are not: the text knows which it is', () => {
    for (const [of, answer] of [
      [invitation, yes],
      [invitation, no],
      [voting, voted],
      [voting, no],
    ] as const) {
      const story = waiting(of);
      const reminder = held(story, remind);
      story.on(answer);
      expect(withdrawn(story)).toEqual([{ to: reminder, reason: 'answered' }]);
    }
    const story = waiting(invitation);
    const news = held(story, final);
    story.on(yes);
    expect(withdrawn(story)).toEqual([{ to: news, reason: 'answered' }]);
  });

  test('is not taken back by what is no answer', () => {
    const story = waiting(invitation);
    held(story, remind);
    story.on(huh);
    expect(withdrawn(story)).toEqual([]);
  });

  test('is the second text of a question, too, where the first did not arrive', () => {
    const story = waiting(invitation);
    const textId = promptOf(story);
    story.on({
      type: 'text.missed',
      textId,
      purpose: 'invite',
      template: 'event-invitation.invite',
    });
    story.on(cancel);
    expect(withdrawn(story)).toEqual([{ to: againIdOf(textId), reason: 'over' }]);
  });

  test('is nothing at all as a rule: then nothing is sent', () => {
    for (const [of, over] of [
      [invitation, cancel],
      [voting, decide],
    ] as const) {
      const story = waiting(of).on(over);
      expect(withdrawn(story)).toEqual([]);
    }
  });
});
