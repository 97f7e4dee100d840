/* Two charts in turn: an invitation to vote whose sync-up becomes an event, and the invitation to that event. */
import { describe, expect, test } from 'vitest';
import { eventIdOf } from '../../machines/decided.ts';
import * as toEvent from '../../machines/event-invitation.machine.ts';
import type { Context as EventContext } from '../../machines/event-invitation.model.ts';
import { gatheringIdOf } from '../../machines/gathering-news.ts';
import { invitationIdOf } from '../../machines/inviting.ts';
import { days, hours, type Start } from '../../machines/kit.ts';
import type { Heard } from '../../machines/replies.ts';
import * as toVote from '../../machines/syncup-invitation.machine.ts';
import type { Context as VoteContext } from '../../machines/syncup-invitation.model.ts';
import * as text from '../../machines/text.machine.ts';
import { flow, NOON, OWNER, RUN, type Story } from '../support/flow.ts';

const SYNCUP = '77777777-7777-4777-8777-777777777777';
const NEWS = '66666666-6666-4666-8666-666666666666';
const PHONE = '+14155550101';
const asked = {
  ...{ syncupId: SYNCUP, crewId: null, phone: PHONE, name: 'Dana', organizerName: 'Sam' },
  ...{ title: 'Dinner', voting: 'single', via: 'flow', inviteIndex: 1, closesAt: NOON + days(5) },
  options: ['Beach', 'Park'].map((label) => ({ label, whenText: null })),
};
const event = {
  ...{ eventId: eventIdOf(SYNCUP), crewId: null, title: 'Dinner: Park', timeZone: 'UTC' },
  ...{ startsAt: NOON + days(6), whenText: 'Sun Jun 7, 12 PM' },
};
const decided = (tells = true) => ({ type: 'gathering.decided', newsId: NEWS, tells, event });
const closed = { type: 'gathering.closed' };

const heard = (intent: Heard['intent']): Heard => ({
  ...{ inboundId: '99999999-9999-4999-8999-999999999999', provider: 'emulator' },
  ...{ parserVersion: '1.0.0', segments: 1, media: 0, lengthBand: 'l1_10', rule: 'none' },
  ...{ intent, reason: intent === 'unknown' ? ('no_match' as const) : null, guests: null },
  ...{ routing: 'single', candidates: 1, mayAnswer: true },
});
const vote = { type: 'invitee.voted', heard: heard('vote'), choices: [2] };
const none = { type: 'invitee.replied_no', heard: heard('no') };
const yes = { type: 'invitee.replied_yes', heard: heard('yes') };

const startsOf = (story: Story): readonly Start[] =>
  story.effects().flatMap((effect) => (effect.kind === 'start' ? [effect.start] : []));
const textsOf = (story: Story) => startsOf(story).map(({ input }) => text.input.parse(input));
const settle = (story: Story, outcome = 'accepted') =>
  story.on({
    ...{ type: 'text.settled', textId: story.context<VoteContext>().promptTextId, outcome },
    ...{ purpose: 'invite', settledAt: story.now() },
  });
const voting = (changes: object = {}) => settle(flow(toVote, { ...asked, ...changes }));
const rowOf = (module: typeof toVote | typeof toEvent, story: Story, table: string) =>
  module.rows(story.context<never>()).find((model) => model.table === table)?.row;

/** The invitation to the event that a story of a vote begins. */
function onward(story: Story): Story {
  const [start, ...others] = startsOf(story);
  expect(others).toEqual([]);
  expect(start).toMatchObject({ machine: 'event-invitation', owner: OWNER });
  const { id } = start ?? {};
  expect(id).toBe(invitationIdOf(event.eventId, PHONE));
  return flow(toEvent, { ...start?.input }, { id: String(id), at: story.now() + 50 });
}

describe('an invitee whose vote has become an event', () => {
  test('I-12 is told, and confirms, in the cycle that began with the invite to vote', () => {
    const before = voting().on(vote).on(decided()).isIn('closed.quiet').logged();
    const story = onward(before).isIn('open.telling').logged();
    expect(textsOf(story)).toMatchObject([
      {
        ...{ purpose: 'finalize', template: 'event-invitation.final', invite: null },
        cycle: { id: RUN, target: 'event' },
        subject: { eventId: event.eventId, syncupId: null },
        body: 'Funlet: Sam says it is on: Dinner: Park, Sun Jun 7, 12 PM. Are you in? Reply YES or NO.',
      },
    ]);
    expect(rowOf(toEvent, story, 'invitations')).toMatchObject({ reply: 'none', delivery: 'sent' });
    settle(story).isIn('open.hearing.confirming.reached').on(yes);
    story.logged('sms_received', 'invitee_reply_yes', 'invitee_confirmed');
    expect(story.row('invitee_reply_yes')).toMatchObject({
      ...{ cycle_id: RUN, target: 'event', previous: 'vote', is_change: false, reply_index: 2 },
    });
    expect(story.row('invitee_confirmed')).toMatchObject({
      ...{ cycle_id: RUN, follow_up: 'finalize', previous: 'vote' },
    });
    const told = story.effects().flatMap((effect) => (effect.kind === 'send' ? [effect.send] : []));
    expect(told.map(({ to }) => to)).toContain(gatheringIdOf(event.eventId));
  });

  test('and who says nothing times out once, in the same cycle', () => {
    const story = settle(onward(voting().on(vote).on(decided()))).after('confirmation');
    story.logged('invitee_timeout').isIn('open.hearing.silent');
    expect(story.row('invitee_timeout')).toMatchObject({
      ...{ cycle_id: RUN, stage: 'confirmation', last_reply: 'vote', terminal: true },
    });
    expect(Object.keys(story.delays())).toEqual(['closing']);
  });

  test('keeps what ran out before, and is not waited for twice', () => {
    const late = onward(voting().after('firstReply').on(decided()));
    expect(late.context<EventContext>()).toMatchObject({
      timedOut: ['first_reply'],
      reply: 'none',
    });
    settle(late, 'failed').isIn('open.hearing.silent').logged();
    expect(rowOf(toEvent, late, 'sms_prompts')).toMatchObject({ state: 'timed_out' });
  });

  test('waits in peace where nobody is to be told, and hears of it by a reminder', () => {
    const story = onward(voting().on(vote).on(decided(false))).isIn('open.hearing.silent');
    expect(startsOf(story)).toEqual([]);
    expect(rowOf(toEvent, story, 'sms_prompts')).toMatchObject({ state: 'timed_out' });
    story.on({ type: 'gathering.reminded', reminderId: NEWS }).isIn('open.reminding');
    settle(story).on(yes);
    expect(story.row('invitee_confirmed')).toMatchObject({ follow_up: 'reminder' });
  });

  test('and for whom none of it worked, is not told, and may come after all', () => {
    const story = onward(voting().on(none).on(decided())).isIn('open.hearing.declining');
    expect(startsOf(story)).toEqual([]);
    expect(rowOf(toEvent, story, 'invitations')).toMatchObject({ reply: 'no' });
    expect(rowOf(toEvent, story, 'sms_prompts')).toMatchObject({ state: 'answered' });
    story.on(yes).logged('sms_received', 'invitee_reply_yes');
    expect(story.row('invitee_reply_yes')).toMatchObject({ previous: 'no', is_change: true });
  });

  test('and whom no invite has reached, is invited as anybody is', () => {
    const never = settle(flow(toVote, asked), 'withheld').isIn('open.uninvited').on(decided());
    const story = onward(never).isIn('open.inviting');
    expect(textsOf(story)).toMatchObject([{ purpose: 'invite', invite: { index: 1 } }]);
    expect(story.context<EventContext>()).toMatchObject({ voted: null });
  });

  test('also long after the vote was over', () => {
    const over = voting().on(vote).after('closing').isIn('closed.quiet');
    expect(over.delays()).toEqual({ farewell: days(7) + hours(1) });
    settle(onward(over.on(decided()).isIn('closed.quiet'))).isIn('open.hearing.confirming.reached');
  });

  test('keeps its letter', () => {
    const before = voting({ code: 'B' }).on(vote).on(decided());
    const story = onward(before);
    expect(textsOf(story)[0]?.lettered?.body).toMatch(/^\[B\] Funlet: .*Reply B YES or B NO\.$/);
    expect(rowOf(toEvent, story, 'sms_prompts')).toMatchObject({ code: 'B', state: 'open' });
  });
});

describe('a vote that is over', () => {
  test('before its deadline closes the question, and hears late replies for a week after that', () => {
    const story = voting().on(vote).on(closed, days(1)).isIn('closed.quiet').logged();
    const early = story.delays().farewell ?? 0;
    expect(early).toBeGreaterThan(days(11));
    expect(early).toBeLessThan(days(12));
    story.on(closed).isIn('closed.quiet').on(vote);
    story.logged('sms_received', 'invitee_reply_unknown{expired}');
  });

  test('tells who waits for answers of each that is new', () => {
    const kinds = (story: Story) =>
      story.effects().flatMap((effect) => (effect.kind === 'send' ? [effect.send.to] : []));
    const story = voting().on(vote);
    expect(kinds(story)).toHaveLength(2);
    expect(kinds(story.on(vote))).toEqual([gatheringIdOf(SYNCUP)]);
  });
});

describe('a question with a letter', () => {
  const lettered = { code: 'B' };

  test('says in each text by which letter it is answered', () => {
    const story = flow(toVote, { ...asked, ...lettered });
    expect(textsOf(story)[0]?.lettered?.body).toBe(
      '[B] Funlet: Sam asks what works for Dinner: 1) Beach 2) Park. Reply with one number, like B 1. Reply STOP to opt out',
    );
    settle(story).on(vote);
    expect(textsOf(story)[0]?.lettered?.body).toMatch(/Reply B and another number\.$/);
    const several = flow(toVote, { ...asked, ...lettered, voting: 'multi' });
    expect(textsOf(several)[0]?.lettered?.body).toContain('one or more numbers, like B 1 2.');
    expect(rowOf(toVote, story, 'sms_prompts')).toMatchObject({
      ...{ code: 'B', organizerName: 'Sam', title: 'Dinner' },
    });
  });

  test('says none where its phone has no other question when it goes out', () => {
    const story = flow(toVote, { ...asked, code: 'A' });
    expect(textsOf(story)[0]?.body).not.toMatch(/\[A\]|A 1/);
    expect(rowOf(toVote, story, 'sms_prompts')).toMatchObject({ code: 'A' });
  });
});
