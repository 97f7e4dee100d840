/* What did not arrive is said once more, in both kinds of invitations. */
import { describe, expect, test } from 'vitest';
import * as eventInvitation from '../../machines/event-invitation.machine.ts';
import { hours, minutes } from '../../machines/kit.ts';
import { againIdOf } from '../../machines/resending.ts';
import * as syncupInvitation from '../../machines/syncup-invitation.machine.ts';
import * as text from '../../machines/text.machine.ts';
import { flow, NOON, RUN, type Story } from '../support/flow.ts';

const ID = '77777777-7777-4777-8777-777777777777';

const common = {
  ...{ crewId: null, phone: '+14155550101', name: 'Dana', organizerName: 'Sam', title: 'Dinner' },
  ...{ via: 'flow', inviteIndex: 1, closesAt: NOON + hours(120) },
};
const toEvent = () =>
  flow(eventInvitation, { ...common, eventId: ID, whenText: null, place: null });
const options = [
  { label: 'Beach', whenText: null },
  { label: 'Park', whenText: null },
];
const toSyncup = () =>
  flow(syncupInvitation, { ...common, syncupId: ID, options, voting: 'single' });

const promptOf = (story: Story) => story.context<{ promptTextId: string }>().promptTextId;
const settle = (story: Story, textId = promptOf(story), outcome = 'accepted') =>
  story.on({
    ...{ type: 'text.settled', textId, outcome, purpose: 'invite', settledAt: story.now() },
  });
const lose = (story: Story, textId = promptOf(story)) =>
  story.on({ type: 'text.undelivered', textId, providerCode: 30003, optOut: false });
const missed = (template: string, purpose: string, textId: string) => ({
  ...{ type: 'text.missed', textId, purpose, template },
});
const miss = (story: Story, template: string, purpose = 'invite', textId = promptOf(story)) =>
  story.on(missed(template, purpose, textId), minutes(30));
const startsOf = (story: Story) =>
  story.effects().flatMap((effect) => (effect.kind === 'start' ? [effect.start] : []));
const deliveryOf = (story: Story) => story.context<{ delivery: string }>().delivery;

describe.each([
  ['an event', toEvent, 'event-invitation.invite'],
  ['a sync-up', toSyncup, 'syncup-invitation.invite'],
])('an invite to %s that did not arrive', (_, begun, template) => {
  test('is said once more half an hour later, as a reminder of ours, and not a third time', () => {
    const story = lose(settle(begun())).isIn('open.hearing.waiting.unreached').logged();
    const first = promptOf(story);
    miss(story, template).isIn('open.hearing.waiting.unreached').logged();
    expect(startsOf(story)).toMatchObject([{ machine: 'text', id: againIdOf(first) }]);
    const [again] = startsOf(story).map(({ input }) => text.input.parse(input));
    expect(again).toMatchObject({ template, purpose: 'auto_reminder', invite: null });
    settle(story, againIdOf(first)).isIn('open.hearing.waiting.reached').logged();
    expect(deliveryOf(story)).toBe('sent');
    lose(story, againIdOf(first));
    expect(deliveryOf(story)).toBe('undelivered');
    story.refuses(missed(template, 'auto_reminder', againIdOf(first)));
  });

  test('keeps the time in which a reply is waited for', () => {
    const story = lose(settle(begun()));
    const { firstReply } = story.delays();
    expect(settle(miss(story, template), againIdOf(promptOf(story))).delays()).toMatchObject({
      firstReply,
    });
  });

  test.each([
    ['wants no texts', (story: Story) => story.on({ type: 'phone.opted_out' })],
    ['has said nothing in time', (story: Story) => story.after('firstReply')],
  ])('is not said again to somebody who %s', (_what, meanwhile) => {
    const story = meanwhile(lose(settle(begun())));
    story.refuses(missed(template, 'invite', promptOf(story)));
  });

  test('because its phone wants no texts shows as such', () => {
    const story = settle(begun());
    story.on({ type: 'text.undelivered', textId: RUN, providerCode: 30004, optOut: true });
    expect(deliveryOf(story)).toBe('opted_out');
  });
});

test('that an event is called off is said once more where it did not arrive, and not a third time', () => {
  const story = settle(toEvent()).on({ type: 'gathering.cancelled', newsId: ID, tells: true });
  const [told] = startsOf(story);
  miss(story, 'event-invitation.cancel', 'cancel', told?.id).isIn('closed.quiet').logged();
  expect(startsOf(story)).toMatchObject([
    { id: againIdOf(told?.id ?? ''), input: { purpose: 'cancel', notify: null } },
  ]);
});
