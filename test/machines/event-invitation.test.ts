import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as invitation from '../../machines/event-invitation.machine.ts';
import type { Context } from '../../machines/event-invitation.model.ts';
import type { Start } from '../../machines/kit.ts';
import { hours } from '../../machines/kit.ts';
import type { Heard } from '../../machines/replies.ts';
import * as text from '../../machines/text.machine.ts';
import { problemsOf } from '../../src/chart/rules.ts';
import { segmentsOf } from '../../src/sms/carrier/segments.ts';
import { chooseQuestions } from '../../src/sms/choosing.ts';
import { readAgainst } from '../../src/sms/prompts.ts';
import type { PromptRow } from '../../src/store/prompts.ts';
import { flow, NOON, OWNER, RUN, type Story } from '../support/flow.ts';

const EVENT = '77777777-7777-4777-8777-777777777777';
const CREW = '88888888-8888-4888-8888-888888888888';
const PHONE = '+14155550101';
const DAY = hours(24);

const asked = {
  eventId: EVENT,
  crewId: CREW,
  phone: PHONE,
  name: 'Dana',
  organizerName: 'Sam',
  title: 'Dinner',
  whenText: 'Sat Jun 6, 7pm',
  place: 'Luigi',
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
const yes = (changes?: Partial<Heard>) => ({
  type: 'invitee.replied_yes',
  heard: heard('yes', changes),
});
const no = (changes?: Partial<Heard>) => ({
  type: 'invitee.replied_no',
  heard: heard('no', changes),
});
const huh = (changes?: Partial<Heard>) => ({
  type: 'invitee.replied_unclear',
  heard: heard('unknown', changes),
});

const startsOf = (story: Story): readonly Start[] =>
  story.effects().flatMap((effect) => (effect.kind === 'start' ? [effect.start] : []));
const textsOf = (story: Story) => startsOf(story).map(({ input }) => text.input.parse(input));
const purposes = (story: Story) => textsOf(story).map(({ purpose }) => purpose);
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
const waiting = () => settle(begun());
const unclear = () => settle(waiting().on(huh()));
const rowOf = (story: Story, table: string) =>
  invitation.rows(contextOf(story)).find((model) => model.table === table)?.row;
/** What routing sees of an invitation. */
const promptOf = (story: Story, id: string) =>
  ({ ...rowOf(story, 'sms_prompts'), id }) as unknown as PromptRow;

describe('an invitation to an event', () => {
  test('obeys the rules of charts', () => {
    expect(problemsOf(invitation, new Set())).toEqual([]);
  });

  test('starts one invite, which names who, what, when, where and how to answer', () => {
    const story = begun().isIn('open.inviting').logged();
    expect(startsOf(story)).toMatchObject([{ machine: 'text', owner: OWNER }]);
    expect(textsOf(story)).toMatchObject([
      {
        phone: PHONE,
        purpose: 'invite',
        template: 'event-invitation.invite',
        cycle: { id: RUN, version: '1.0.0', target: 'event' },
        subject: { eventId: EVENT, crewId: CREW, syncupId: null },
        notify: { to: RUN, owner: OWNER },
        invite: { index: 1, via: 'flow' },
        body: 'Funlet: Sam invites you to Dinner, Sat Jun 6, 7pm at Luigi. Reply YES or NO. Reply STOP to opt out',
      },
    ]);
  });

  test('I-24 a reply that comes before the invite has settled waits for it', () => {
    const meta = invitation.machine.states.open?.states.inviting?.meta;
    expect(meta).toMatchObject({ defers: expect.arrayContaining(['invitee.replied_yes']) });
    const story = begun();
    settle(story).on(yes(), 0).logged('sms_received', 'invitee_reply_yes');
    expect(story.row('invitee_reply_yes').ms_since_invite).toBeGreaterThanOrEqual(0);
  });

  test('I-1 yes is counted and acknowledged, and nothing times out later', () => {
    const story = waiting().isIn('open.hearing.waiting.reached').logged().on(yes());
    story.isIn('open.hearing.attending').logged('sms_received', 'invitee_reply_yes');
    expect(story.row('invitee_reply_yes')).toMatchObject({
      cycle_id: RUN,
      machine_version: '1.0.0',
      in_reply_to: 'invite',
      previous: 'none',
      is_change: false,
      reply_index: 1,
      after_timeout: false,
      reminders_before: 0,
    });
    expect(story.row('sms_received')).toMatchObject({ intent: 'yes', routing: 'single' });
    expect(purposes(story)).toEqual(['update']);
    expect(textsOf(story)[0]?.body).toMatch(/Sam/);
    expect(textsOf(story)[0]?.body).toMatch(/Dinner/);
    expect(Object.keys(story.delays())).toEqual(['closing']);
  });

  test('a yes may bring guests', () => {
    expect(
      waiting()
        .on(yes({ guests: 2 }))
        .row('invitee_reply_yes'),
    ).toMatchObject({ guests: 2 });
  });

  test('I-2 no is counted and acknowledged', () => {
    const story = waiting().on(no()).isIn('open.hearing.declining');
    story.logged('sms_received', 'invitee_reply_no');
    expect(purposes(story)).toEqual(['update']);
  });

  test('I-3 unclear, asked back, then yes', () => {
    const story = waiting().on(huh()).isIn('open.clarifying');
    story.logged('sms_received', 'invitee_reply_unknown{no_match}');
    expect(story.row('invitee_reply_unknown')).toMatchObject({
      unknown_index: 1,
      clarification_sent: true,
      in_reply_to: 'invite',
    });
    expect(purposes(story)).toEqual(['clarification']);
    settle(story).isIn('open.hearing.asked.reached').on(yes());
    expect(story.row('invitee_reply_yes')).toMatchObject({
      in_reply_to: 'clarification',
      previous: 'unknown',
      is_change: false,
      reply_index: 1,
    });
  });

  test('I-4 unclear three times: two questions back, then we stop asking', () => {
    const story = settle(unclear().on(huh())).on(huh()).isIn('open.hearing.asked.reached');
    expect(story.row('invitee_reply_unknown')).toMatchObject({
      unknown_index: 3,
      clarification_sent: false,
    });
    expect(startsOf(story)).toEqual([]);
    const unknowns = story.all().filter((row) => row.event_type === 'invitee_reply_unknown');
    expect(unknowns.map(({ metadata }) => metadata.clarification_sent)).toEqual([
      true,
      true,
      false,
    ]);
    story.on(yes()).isIn('open.hearing.attending');
  });

  test('an unclear message after a yes is asked about and undoes nothing', () => {
    const story = waiting().on(yes()).on(huh()).isIn('open.clarifying');
    settle(story).isIn('open.hearing.asked.reached');
    expect(contextOf(story)).toMatchObject({ reply: 'yes' });
    story.on(no());
    expect(story.row('invitee_reply_no')).toMatchObject({ previous: 'yes', is_change: true });
  });

  test('a clarification that never goes out holds no reply up', () => {
    waiting().on(huh()).after('settle').isIn('open.hearing.asked.reached').on(yes());
    const story = settle(waiting().on(huh()), 'failed').isIn('open.hearing.asked.reached');
    expect(story.on(yes()).row('invitee_reply_yes')).toMatchObject({ in_reply_to: 'invite' });
  });

  test.each([
    ['has waited for half a day', (story: Story) => settle(story).after('afterUnknown').logged()],
    ['failed', (story: Story) => settle(story, 'failed')],
    ['was withheld', (story: Story) => settle(story, 'withheld')],
    ['is still on its way', (story: Story) => story.after('settle')],
  ])('an answer is no open question any more when our question back %s', (_, ends) => {
    for (const answer of [yes(), no()]) {
      const story = ends(waiting().on(answer).on(huh()));
      const closed = { state: 'answered', closedAt: story.now() };
      expect(rowOf(story, 'sms_prompts')).toMatchObject(closed);
    }
  });

  test('an answer is an open question again while our question back stands, also if all is unclear', () => {
    for (const answer of [yes(), no()]) {
      const story = settle(waiting().on(answer).on(huh()));
      expect(rowOf(story, 'sms_prompts')).toMatchObject({ state: 'open', closedAt: null });
      settle(story.on(huh())).on(huh()).isIn('open.hearing.asked.reached');
      expect(rowOf(story, 'sms_prompts')).toMatchObject({ state: 'open', closedAt: null });
      story.after('afterUnknown').logged();
      expect(rowOf(story, 'sms_prompts')).toMatchObject({ state: 'answered' });
    }
  });

  test('a yes, a question back and a later invite: the next yes may be of either, and is asked about', () => {
    const first = promptOf(settle(waiting().on(yes()).on(huh())), RUN);
    const later = promptOf(waiting(), EVENT);
    const { parserVersion, segments, media, lengthBand, provider, inboundId } = heard('yes');
    const texted = {
      ...{ inboundId, provider, parserVersion, segments, media, lengthBand, phone: PHONE },
      ...{ ...readAgainst({ body: 'yes', media: 0 }, [first, later]), readings: [] },
      ...{ optOutType: null, carrierHandlesOptOut: true },
    };
    const prompts = [first, later];
    expect(chooseQuestions({ texted, prompts, held: null, at: NOON + DAY / 2 })).toMatchObject({
      kind: 'many',
      candidates: [{ prompt: { id: RUN } }, { prompt: { id: EVENT } }],
    });
  });

  test('I-9 nobody answers: one timeout, after 24 hours', () => {
    const story = waiting().after('firstReply').isIn('open.hearing.silent');
    story.logged('invitee_timeout');
    expect(story.row('invitee_timeout')).toMatchObject({
      stage: 'first_reply',
      timeout_ms: DAY,
      timeout_index: 1,
      last_reply: 'none',
      terminal: true,
    });
    expect(Object.keys(story.delays())).toEqual(['closing']);
  });

  test('the timeout of an unclear answer comes after 12 hours, and once', () => {
    const story = unclear().after('afterUnknown').logged('invitee_timeout');
    expect(story.row('invitee_timeout')).toMatchObject({
      stage: 'after_unknown',
      timeout_ms: DAY / 2,
      last_reply: 'unknown',
    });
    settle(story.on(huh())).after('afterUnknown').isIn('open.hearing.silent').logged();
  });

  test('I-10 a late yes after the timeout is counted, and says so', () => {
    const story = waiting().after('firstReply').on(yes()).isIn('open.hearing.attending');
    expect(story.row('invitee_reply_yes')).toMatchObject({
      after_timeout: true,
      in_reply_to: 'invite',
    });
    expect(purposes(story)).toEqual(['update']);
    const timeouts = story.all().filter((row) => row.event_type === 'invitee_timeout');
    expect(timeouts).toHaveLength(1);
  });

  test('I-14 yes, then no: a change', () => {
    const story = waiting().on(yes()).on(no()).isIn('open.hearing.declining');
    expect(story.row('invitee_reply_no')).toMatchObject({
      is_change: true,
      previous: 'yes',
      reply_index: 2,
      in_reply_to: 'unprompted',
    });
    expect(story.on(yes()).row('invitee_reply_yes')).toMatchObject({
      is_change: true,
      previous: 'no',
    });
  });

  test('I-15 yes, yes: no change, and acknowledged again', () => {
    const story = waiting().on(yes()).on(yes());
    expect(story.row('invitee_reply_yes')).toMatchObject({ previous: 'yes', is_change: false });
    expect(purposes(story)).toEqual(['update']);
  });

  test('I-16 a reply after the event has closed is logged as expired and answered', () => {
    const story = waiting().after('closing').isIn('closed.quiet').logged();
    const before = contextOf(story).reply;
    story.on(yes()).logged('sms_received', 'invitee_reply_unknown{expired}');
    expect(contextOf(story).reply === before || contextOf(story).reply === 'unknown').toBe(true);
    expect(purposes(story)).toEqual(['update']);
    expect(textsOf(story)[0]?.body).toMatch(/closed/);
    expect(story.row('invitee_reply_unknown')).toMatchObject({ clarification_sent: false });
  });

  test('a closed invitation ends quietly an hour after routing has stopped looking for it', () => {
    const story = waiting().after('closing');
    const closedAt = story.now();
    story.on(yes(), 3 * DAY).after('farewell');
    expect(story.ended()).toBe(true);
    expect(story.now() - closedAt).toBe(7 * DAY + hours(1));
    expect(rowOf(story, 'sms_prompts')).toMatchObject({ state: 'closed', closedAt: null });
  });

  test('closes at its time, or after 14 days where the event has no date', () => {
    expect(begun().delays().closing).toBe(5 * DAY);
    expect(begun({ closesAt: null }).delays().closing).toBe(14 * DAY);
    expect(begun({ closesAt: NOON - DAY }).delays().closing).toBe(0);
  });

  test('I-25 an undelivered invite is kept, and its timeout runs on', () => {
    const story = waiting();
    const due = story.now() + DAY;
    story.on({ type: 'text.undelivered', textId: RUN, providerCode: 30006 }, hours(2));
    story.isIn('open.hearing.waiting.unreached').logged();
    expect(rowOf(story, 'invitations')).toMatchObject({ delivery: 'undelivered' });
    story.after('firstReply').logged('invitee_timeout');
    expect(story.now()).toBeLessThanOrEqual(due);
  });

  test('EC-5 an invite that was never sent leaves nobody to wait for', () => {
    const story = settle(begun(), 'failed').isIn('open.uninvited').logged();
    expect(Object.keys(story.delays())).toEqual(['closing']);
    expect(rowOf(story, 'invitations')).toMatchObject({ delivery: 'failed' });
    expect(rowOf(story, 'sms_prompts')).toMatchObject({ state: 'closed', closedAt: null });
    story.on(yes()).logged('sms_received', 'invitee_reply_unknown{no_active_invite}');
    expect(startsOf(story)).toEqual([]);
  });

  test('an invite withheld from an opted-out phone shows as such', () => {
    const story = settle(begun(), 'withheld');
    expect(rowOf(story, 'invitations')).toMatchObject({ delivery: 'opted_out' });
  });

  test.each([
    ['waiting', waiting],
    ['asked', unclear],
    ['attending', () => waiting().on(yes())],
    ['silent', () => waiting().after('firstReply')],
  ])('a phone that opts out while %s stays there, and its timers with it', (state, reach) => {
    const story = reach();
    const before = story.delays();
    const since = story.now();
    story.on({ type: 'phone.opted_out' }, hours(1)).logged();
    expect(rowOf(story, 'invitations')).toMatchObject({ delivery: 'opted_out' });
    expect(story.delays()).toEqual(before);
    story.isIn(
      ['waiting', 'asked'].includes(state)
        ? `open.hearing.${state}.unreached`
        : `open.hearing.${state}`,
    );
    const { closing: _, ...own } = before;
    for (const [delay, ms] of Object.entries(own)) {
      expect(story.after(delay).now() - since).toBe(ms);
    }
  });

  test('a phone that had its answers of this hour is counted and not answered', () => {
    const story = waiting()
      .on(yes({ mayAnswer: false }))
      .logged('sms_received', 'invitee_reply_yes');
    expect(startsOf(story)).toEqual([]);
    const quiet = waiting()
      .on(huh({ mayAnswer: false }))
      .isIn('open.hearing.asked.reached');
    expect(quiet.row('invitee_reply_unknown')).toMatchObject({ clarification_sent: false });
  });

  test('I-21 a photo alone is not understood, and says that it was one', () => {
    const story = waiting().on(huh({ media: 1, reason: 'media_only', lengthBand: 'l0' }));
    expect(story.row('invitee_reply_unknown')).toMatchObject({
      reason: 'media_only',
      has_media: true,
      length_band: 'l0',
    });
  });

  test('keeps its question in step with what may be answered', () => {
    const state = (story: Story) => rowOf(story, 'sms_prompts')?.state;
    expect(state(begun())).toBe('queued');
    expect(state(waiting())).toBe('open');
    expect(state(waiting().on(yes()))).toBe('answered');
    expect(state(waiting().after('firstReply'))).toBe('timed_out');
    expect(state(waiting().after('firstReply').on(huh()))).toBe('open');
    expect(state(waiting().after('closing'))).toBe('closed');
  });

  test('the text of another question settles nothing', () => {
    begun().refuses({
      type: 'text.settled',
      textId: EVENT,
      outcome: 'accepted',
      purpose: 'invite',
      settledAt: NOON,
    });
  });
});

describe('the texts of an invitation', () => {
  const names = fc.string({ unit: 'binary', maxLength: 300 });

  test('an ordinary invite costs one segment', () => {
    const [invite] = textsOf(begun());
    expect(segmentsOf(invite?.body ?? '')).toEqual({ segments: 1, encoding: 'gsm7' });
  });

  test('no name makes a text longer than three segments, or of two lines', () => {
    fc.assert(
      fc.property(names, names, names, (organizerName, title, place) => {
        const context = { ...contextOf(begun()), organizerName, title, place };
        for (const body of Object.values(invitation.templates).map((of) => of(context))) {
          expect(segmentsOf(body).segments).toBeLessThanOrEqual(3);
          expect(body).not.toMatch(/\p{Cc}/u);
        }
      }),
      { numRuns: 40 },
    );
  });
});
