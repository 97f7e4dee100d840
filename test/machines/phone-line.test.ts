import { describe, expect, test } from 'vitest';
import { hours, NIL_ID, type Start } from '../../machines/kit.ts';
import * as line from '../../machines/phone-line.machine.ts';
import type { Route } from '../../machines/phone-line.model.ts';
import type { Reading, Texted } from '../../machines/replies.ts';
import * as text from '../../machines/text.machine.ts';
import { problemsOf } from '../../src/chart/rules.ts';
import { segmentsOf } from '../../src/sms/carrier/segments.ts';
import { flow, type Story } from '../support/flow.ts';

const PHONE = '+14155550101';
const INVITATION = '66666666-6666-4666-8666-666666666666';
const OWNER = '12121212-1212-4212-8212-121212121212';

const reading = (kind: Reading['kind']): Reading => ({
  kind,
  choices: [],
  guests: null,
  reason: kind === 'unknown' ? 'no_match' : null,
  rule: 'none',
});

const texted = (kind: Reading['kind'], changes: Partial<Texted> = {}) => ({
  type: 'phone.texted',
  inboundId: '99999999-9999-4999-8999-999999999999',
  provider: 'emulator',
  parserVersion: '1.0.0',
  segments: 1,
  media: 0,
  lengthBand: 'l1_10',
  phone: PHONE,
  neutral: reading(kind),
  readings: [],
  codes: [],
  forAll: false,
  bareYes: false,
  freeText: false,
  optOutType: null,
  carrierHandlesOptOut: true,
  ...changes,
});

const asked = [
  { id: INVITATION, code: 'A', reading: reading('yes'), organizerName: 'Maya', title: 'Dinner' },
  { id: OWNER, code: 'B', reading: reading('yes'), organizerName: 'Sam', title: 'Morning hike' },
];

const begun = (phone: string | null = PHONE) => flow(line, { phone, ourNumber: '+14155550199' });
const routed = (route: Route, kind: Reading['kind'] = 'yes') =>
  begun().on(texted(kind)).isIn('routing').logged().done('routeReply', route);
const stopped = (changes: Partial<Texted> = {}) => begun().on(texted('opt_out', changes));
const silenced = () => stopped().done('findInvitations', { invitations: [] });

const startsOf = (story: Story): readonly Start[] =>
  story.effects().flatMap((effect) => (effect.kind === 'start' ? [effect.start] : []));
const purposes = (story: Story) =>
  startsOf(story).map(({ input }) => text.input.parse(input).purpose);
const sendsOf = (story: Story) =>
  story.effects().flatMap((effect) => (effect.kind === 'send' ? [effect.send] : []));
const bodyOf = (story: Story): string => text.input.parse(startsOf(story)[0]?.input).body;
const phoneOf = (story: Story) => line.rows(story.context())[0]?.row;

describe('a phone line', () => {
  test('obeys the rules of charts', () => {
    expect(problemsOf(line, new Set(['routeReply', 'findInvitations']))).toEqual([]);
  });

  test('hands a reply to the one invitation it answers, and logs nothing itself', () => {
    const send = { to: INVITATION, owner: OWNER, event: { type: 'invitee.replied_yes' } };
    const story = routed({ route: 'invitation', sends: [send] })
      .isIn('listening')
      .logged();
    expect(sendsOf(story)).toEqual([send]);
    expect(line.context.parse(story.context()).texted).toBeNull();
  });

  test('I-17 STOP opts the phone out of everything, and the carrier alone answers', () => {
    const story = stopped().isIn('spreading').logged('sms_received');
    expect(story.row('sms_received')).toMatchObject({ intent: 'opt_out' });
    expect(startsOf(story)).toEqual([]);
    expect(phoneOf(story)).toEqual({ phone: PHONE, optedOut: true, updatedAt: story.now() });
  });

  test.each([
    ['in free text', { freeText: true }],
    ['where the carrier confirms nothing', { carrierHandlesOptOut: false }],
  ])('I-17 an opt-out %s is confirmed by us, once', (_, changes) => {
    const story = stopped(changes);
    expect(purposes(story)).toEqual(['opt_out_confirm']);
    expect(startsOf(story)).toMatchObject([{ owner: NIL_ID }]);
    story.done('findInvitations', { invitations: [] }).on(texted('opt_out', changes));
    expect(startsOf(story)).toEqual([]);
    expect(story.all().map((row) => row.event_type)).toEqual(['sms_received', 'sms_received']);
  });

  test('an opt-out that the carrier says it has answered is not answered again', () => {
    const changes = { carrierHandlesOptOut: false, optOutType: 'STOP' } as const;
    expect(startsOf(stopped(changes))).toEqual([]);
  });

  test('every open invitation hears of an opt-in', () => {
    const invitations = [{ id: INVITATION, owner: OWNER }];
    const story = silenced().on(texted('opt_in')).done('findInvitations', { invitations });
    expect(sendsOf(story.isIn('listening'))).toEqual([
      { to: INVITATION, owner: OWNER, event: { type: 'phone.opted_in' } },
    ]);
  });

  test('every open invitation hears of an opt-out', () => {
    const invitations = [{ id: INVITATION, owner: OWNER }];
    const story = stopped().done('findInvitations', { invitations }).isIn('listening').logged();
    expect(sendsOf(story)).toEqual([
      { to: INVITATION, owner: OWNER, event: { type: 'phone.opted_out' } },
    ]);
  });

  describe('that the carrier says wants no texts', () => {
    const invitations = [{ id: INVITATION, owner: OWNER }];
    const muted = [{ to: INVITATION, owner: OWNER, event: { type: 'phone.opted_out' } }];
    const said = (saidAt: number) => ({ type: 'carrier.opted_out', saidAt });

    test('tells every open invitation, and the log nothing more', () => {
      const start = begun();
      const saidAt = start.now() - 1_000;
      const story = start.on(said(saidAt)).isIn('spreading').logged();
      expect(phoneOf(story)).toEqual({ phone: PHONE, optedOut: true, updatedAt: saidAt });
      expect(sendsOf(story.done('findInvitations', { invitations }))).toEqual(muted);
    });

    test('stays in where it has said so since', () => {
      const story = silenced().on(texted('opt_in')).done('findInvitations', { invitations: [] });
      story
        .on(said(story.now() - 60_000))
        .isIn('listening')
        .logged();
      expect(phoneOf(story)).toMatchObject({ optedOut: false });
    });
  });

  test('invitations that cannot be found are looked for again, eight times', () => {
    const away = { code: 'db.save_failed', retryable: true };
    const invitations = [{ id: INVITATION, owner: OWNER }];
    const story = stopped()
      .fails('findInvitations', away)
      .isIn('unspread')
      .logged('error{db.save_failed}');
    story.after('respread').isIn('spreading').logged();
    expect(sendsOf(story.done('findInvitations', { invitations }))).toHaveLength(1);
    // Each word has tries of its own.
    story.on(texted('opt_in'));
    for (let n = 1; n < 8; n += 1) story.fails('findInvitations', away).after('respread');
    story.fails('findInvitations', away).isIn('listening').logged('error{db.save_failed}');
  });

  test('I-18 START after STOP is logged and answered by the carrier alone', () => {
    const story = silenced().on(texted('opt_in')).isIn('spreading').logged('sms_received');
    expect(story.row('sms_received')).toMatchObject({ intent: 'opt_in' });
    expect(startsOf(story)).toEqual([]);
    expect(phoneOf(story)).toMatchObject({ optedOut: false, updatedAt: story.now() });
  });

  test('each word is written anew, so that another line of the phone has the last one only if it is', () => {
    const story = silenced();
    const first = phoneOf(story);
    story.on(texted('opt_out'));
    expect(phoneOf(story)).not.toEqual(first);
  });

  test('a yes that the carrier takes for an opt-in is still the answer to an invite', () => {
    begun()
      .on(texted('yes', { optOutType: 'START', bareYes: true }))
      .isIn('routing');
  });

  test('a bare yes of an opted-out phone opts it in and is asked again, not counted', () => {
    const story = routed({ route: 'opted_in', mayAnswer: true })
      .isIn('spreading')
      .logged('sms_received');
    expect(story.row('sms_received')).toMatchObject({ intent: 'opt_in' });
    expect(purposes(story)).toEqual(['clarification']);
    expect(phoneOf(story)).toMatchObject({ optedOut: false });
  });

  test('HELP is answered where the carrier does not, while the phone may be, never to the opted out', () => {
    const help = texted('help', { carrierHandlesOptOut: false });
    const story = begun();
    const helps = (mayAnswer: boolean) =>
      story
        .on(help)
        .isIn('routing')
        .logged()
        .done('routeReply', { route: 'help', mayAnswer })
        .isIn('listening')
        .logged('sms_received');
    expect(purposes(helps(true))).toEqual(['help']);
    expect(story.row('sms_received')).toMatchObject({ intent: 'help', routing: 'unmatched' });
    expect(startsOf(helps(false))).toEqual([]);
    expect(startsOf(begun().on(texted('help')))).toEqual([]);
    expect(startsOf(silenced().on(help))).toEqual([]);
  });

  test('HELP names the contact, if there is one, in one SMS however long it is', () => {
    const help = texted('help', { carrierHandlesOptOut: false });
    const answer = (contact?: string) => {
      const route: Route = { route: 'help', mayAnswer: true, contact };
      return bodyOf(begun().on(help).done('routeReply', route));
    };
    const plain = line.templates['phone-line.help'];
    expect(answer()).toBe(plain);
    expect(answer('help@funlet.example')).toBe(`${plain} Help: help@funlet.example`);
    for (const length of [1, 36, 37, 60]) {
      const body = answer('a'.repeat(length));
      expect(body).toMatch(new RegExp(`^Funlet: .* STOP to opt out\\. Help: a{${length}}$`));
      expect(segmentsOf(body)).toEqual({ segments: 1, encoding: 'gsm7' });
    }
  });

  test('I-19 a message that answers nothing is logged as such and not answered', () => {
    const story = routed({ route: 'unmatched' }, 'unknown').isIn('listening');
    story.logged('sms_received', 'invitee_reply_unknown{no_active_invite}');
    expect(story.row('sms_received')).toMatchObject({ routing: 'unmatched', candidates: 0 });
    expect(story.row('invitee_reply_unknown')).toMatchObject({
      cycle_id: null,
      target: 'none',
      unknown_index: 1,
      clarification_sent: false,
      in_reply_to: 'unprompted',
      ms_since_invite: null,
    });
    expect(story.rows()[1]).toMatchObject({ invitee_phone: PHONE, event_id: null });
    expect(startsOf(story)).toEqual([]);
  });

  test('I-20 a reply that fits two invites is never guessed: one question goes back', () => {
    const story = routed({ route: 'ambiguous', candidates: 2, asked, mayAnswer: true });
    story.logged('sms_received', 'invitee_reply_unknown{ambiguous}');
    expect(story.row('sms_received')).toMatchObject({
      intent: 'yes',
      routing: 'ambiguous',
      candidates: 2,
    });
    expect(story.row('invitee_reply_unknown')).toMatchObject({ clarification_sent: true });
    expect(purposes(story)).toEqual(['clarification']);
    expect(sendsOf(story)).toEqual([]);
  });

  test('acknowledges several answers in one text', () => {
    const no = { ...asked[1], reading: reading('no') } as (typeof asked)[number];
    const noted = asked.slice(0, 1).concat(no);
    const story = routed({ route: 'invitation', sends: [], noted }).isIn('listening').logged();
    expect(purposes(story)).toEqual(['update']);
    expect(bodyOf(story)).toBe(
      'Funlet: noted. A: Maya, Dinner: YES. B: Sam, Morning hike: NO. Changed your mind? Reply A or B with your new answer.',
    );
    const call = story
      .on(texted('no'))
      .effects()
      .find((effect) => effect.kind === 'call');
    expect(call).toMatchObject({ input: { allowed: 1 } });
  });

  test('a phone that was asked twice that day is not asked which one it meant', () => {
    const story = routed({ route: 'ambiguous', candidates: 2, asked, mayAnswer: false });
    expect(startsOf(story)).toEqual([]);
    expect(story.row('invitee_reply_unknown')).toMatchObject({ clarification_sent: false });
  });

  test('I-20 the question names who and what by letter, in one SMS, and the answer waits for a letter', () => {
    const story = routed({ route: 'ambiguous', candidates: 2, asked, mayAnswer: true });
    expect(bodyOf(story)).toBe(
      'Funlet: 2 invites open. A: Maya, Dinner. B: Sam, Morning hike. Which one is your YES for? Reply A or B.',
    );
    expect(line.context.parse(story.context()).held).toMatchObject({
      askedAt: story.now(),
      candidates: [{ id: INVITATION, code: 'A' }, { code: 'B' }],
    });
  });

  test('asks for letter and answer where the message was none, and cuts long names', () => {
    const long = asked.map((one) => ({
      ...{ ...one, reading: reading('unknown') },
      ...{ organizerName: 'Bartholomew Fitzgerald the Third', title: 'An evening of jazz records' },
    }));
    const many = Array.from({ length: 9 }, (_, n) => ({
      ...{ organizerName: 'Bartholomew Fitzgerald', title: 'An evening of jazz records' },
      ...{ id: INVITATION, code: 'ABDEFGHJL'[n] ?? '', reading: reading('unknown') },
    }));
    const two = routed({ route: 'ambiguous', candidates: 2, asked: long, mayAnswer: true });
    expect(bodyOf(two)).toMatch(/Reply A or B with your answer, like A YES\.$/);
    expect(segmentsOf(bodyOf(two))).toEqual({ segments: 1, encoding: 'gsm7' });
    const all = routed({ route: 'ambiguous', candidates: 9, asked: many, mayAnswer: true });
    expect(segmentsOf(bodyOf(all)).segments).toBeLessThanOrEqual(3);
  });

  test('gives the waiting answer to the next routing, and forgets it when the reply has gone on', () => {
    const send = { to: INVITATION, owner: OWNER, event: { type: 'invitee.replied_yes' } };
    const story = routed({ route: 'ambiguous', candidates: 2, asked, mayAnswer: true });
    story.on(texted('unknown'));
    const call = story.effects().find((effect) => effect.kind === 'call');
    expect(call).toMatchObject({
      input: {
        askedAt: [expect.any(Number)],
        held: { candidates: [{ code: 'A' }, { code: 'B' }] },
      },
    });
    story.done('routeReply', { route: 'invitation', sends: [send] });
    expect(line.context.parse(story.context()).held).toBeNull();
  });

  test('counts its questions of one day', () => {
    const again: Route = { route: 'ambiguous', candidates: 2, asked, mayAnswer: true };
    const questionsAfter = (waitMs: number) => {
      const story = routed(again).on(texted('yes'), waitMs);
      return story.effects().find((effect) => effect.kind === 'call');
    };
    expect(questionsAfter(hours(23))).toMatchObject({ input: { askedAt: [expect.any(Number)] } });
    expect(questionsAfter(hours(25))).toMatchObject({ input: { askedAt: [] } });
  });

  test('a sender that is no phone is logged without a phone, and never routed', () => {
    const story = begun(null)
      .on(texted('yes', { phone: null }))
      .isIn('listening');
    story.logged('sms_received');
    expect(story.rows()[0]).toMatchObject({ invitee_phone: null });
    expect(line.rows(story.context())).toEqual([]);
  });

  test('I-26 routing that fails is tried again, and the message is not lost', () => {
    const failed = { code: 'db.save_failed', retryable: true };
    const story = begun().on(texted('yes')).fails('routeReply', failed).isIn('unrouted');
    story.logged('error{db.save_failed}').after('reroute').isIn('routing').logged();
    story.done('routeReply', { route: 'unmatched' });
    story.logged('sms_received', 'invitee_reply_unknown{no_active_invite}');
  });

  test('after eight failures the message is logged as answering nothing', () => {
    const failed = { code: 'db.save_failed', retryable: true };
    const story = begun().on(texted('yes'));
    for (let n = 1; n < 8; n += 1) story.fails('routeReply', failed).after('reroute');
    story.fails('routeReply', failed).isIn('listening');
    story.logged(
      'error{db.save_failed}',
      'sms_received',
      'invitee_reply_unknown{no_active_invite}',
    );
  });

  test('after eight failures a HELP is logged as such', () => {
    const failed = { code: 'db.save_failed', retryable: true };
    const story = begun().on(texted('help', { carrierHandlesOptOut: false }));
    for (let n = 1; n < 8; n += 1) story.fails('routeReply', failed).after('reroute');
    story.fails('routeReply', failed).isIn('listening');
    story.logged('error{db.save_failed}', 'sms_received');
  });

  test('remembers for some minutes how many answers it allowed, questions which one apart', () => {
    const send = (mayAnswer: boolean) => ({
      ...{ to: INVITATION, owner: OWNER },
      event: { type: 'invitee.replied_yes', heard: { mayAnswer } },
    });
    const story = routed({ route: 'invitation', sends: [send(true), send(false)] });
    const allowed = () =>
      story
        .on(texted('yes'))
        .effects()
        .map((effect) => JSON.stringify(effect))
        .join();
    expect(allowed()).toContain('"allowed":1');
    story.done('routeReply', { route: 'ambiguous', candidates: 2, asked, mayAnswer: true });
    expect(allowed()).toContain('"allowed":1');
    story.done('routeReply', { route: 'unmatched' });
    story.on(texted('yes'), hours(1));
    expect(
      story
        .effects()
        .map((effect) => JSON.stringify(effect))
        .join(),
    ).toContain('"allowed":0');
  });

  test('forgets its counts after a month', () => {
    const story = routed({ route: 'unmatched' }).after('forget').isIn('listening').logged();
    story.on(texted('yes')).done('routeReply', { route: 'unmatched' });
    expect(story.row('invitee_reply_unknown')).toMatchObject({ unknown_index: 1 });
  });

  test('its sentences cost one segment each', () => {
    for (const body of Object.values(line.templates)) {
      expect(segmentsOf(body)).toEqual({ segments: 1, encoding: 'gsm7' });
    }
  });
});
