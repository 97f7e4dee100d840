import { describe, expect, test } from 'vitest';
import { NIL_ID } from '../../machines/kit.ts';
import { lineIdOf } from '../../machines/phone-line.model.ts';
import { fitting, gsmOf, nameOf } from '../../machines/text.copy.ts';
import * as text from '../../machines/text.machine.ts';
import type { SendTextOutput } from '../../machines/text.model.ts';
import { problemsOf } from '../../src/chart/rules.ts';
import { flow, NOON, OWNER, type Story } from '../support/flow.ts';

const TEXT = '55555555-5555-4555-8555-555555555555';
const CYCLE = '66666666-6666-4666-8666-666666666666';
const EVENT = '77777777-7777-4777-8777-777777777777';
const PHONE = '+14155550101';

const wish = {
  phone: PHONE,
  ourNumber: null,
  purpose: 'invite',
  template: 'none',
  copyVersion: '1.0.0',
  body: 'Funlet: Sam invites you to Dinner. Reply YES or NO. Reply STOP to opt out',
  cycle: { id: CYCLE, version: '1.0.0', target: 'event' },
  subject: { eventId: EVENT, crewId: null, syncupId: null },
  notify: { to: CYCLE, owner: OWNER },
  invite: { index: 1, via: 'flow' },
};

const begun = (
  changes: Partial<Record<keyof typeof wish | 'answersAt' | 'expiresAt', unknown>> = {},
) => flow(text, { ...wish, ...changes }, { id: TEXT });
const update = () => begun({ purpose: 'update', notify: null, invite: null });

const ok: SendTextOutput = {
  kind: 'accepted',
  sid: `SM${'0'.repeat(32)}`,
  status: 'queued',
  provider: 'emulator',
  segments: 1,
  encoding: 'gsm7',
  providerMs: 40,
  tries: 1,
};
const retry: SendTextOutput = {
  kind: 'retry',
  providerCode: 20429,
  httpStatus: 429,
  retryAfterMs: null,
  tries: 1,
};
const rejected = (reason: 'bad_number' | 'opted_out' | 'credentials'): SendTextOutput => ({
  kind: 'rejected',
  reason,
  providerCode: 21211,
  httpStatus: 400,
  tries: 1,
});
const unknown: SendTextOutput = { kind: 'unknown', tries: 1 };
const accepted = () => begun().done('sendText', ok);

const reported = (status: string, providerCode: number | null = null, optOut = false) => ({
  type: 'carrier.reported',
  sid: ok.sid,
  status,
  providerCode,
  optOut,
});
const told = (story: Story) =>
  story.effects().flatMap((effect) => (effect.kind === 'send' ? [effect.send] : []));
const asked = (story: Story) =>
  story.effects().flatMap((effect) => (effect.kind === 'call' ? [effect.input] : []));
const rowsOf = (story: Story) => text.rows(story.context());
const message = (story: Story) => rowsOf(story).find(({ table }) => table === 'messages')?.row;

describe('a text', () => {
  test('obeys the rules of charts', () => {
    expect(problemsOf(text, new Set(['sendText']))).toEqual([]);
  });

  test('that answers a message tells how long the invitee waited, and another text does not', () => {
    const story = begun({ purpose: 'update', invite: null, answersAt: NOON - 12_000 });
    story.done('sendText', ok).logged('sms_sent', 'latency');
    expect(story.row('latency')).toMatchObject({
      ...{ operation: 'sms_round_trip', duration_ms: 12_000, provider_ms: 40, sample_rate: 1 },
      ...{ slo_ms: 10_000, breached: true, ok: true },
    });
    expect(story.rows()[1]).toMatchObject({ event_id: EVENT, invitee_phone: null });
    update().done('sendText', ok).logged('sms_sent');
  });

  test('I-1 an accepted invite leaves invite_sent and sms_sent, in that order, in one step', () => {
    const story = accepted().isIn('accepted').logged('invite_sent', 'sms_sent');
    expect(story.row('invite_sent')).toMatchObject({
      cycle_id: CYCLE,
      message_id: TEXT,
      invite_index: 1,
      via: 'flow',
      quiet_hours_delay_ms: 0,
    });
    expect(story.row('sms_sent')).toMatchObject({
      message_id: TEXT,
      purpose: 'invite',
      attempt: 1,
      provider_ms: 40,
      cycle_id: CYCLE,
    });
    expect(story.rows()[0]).toMatchObject({ invitee_phone: PHONE, event_id: EVENT });
  });

  test('waits for the morning, and says in invite_sent how long that was', () => {
    const until = NOON + 10 * 3_600_000;
    const story = begun().done('sendText', { kind: 'quiet', until }).isIn('quiet').logged();
    expect(message(story)).toMatchObject({ status: 'queued' });
    story.after('morning').isIn('sending').done('sendText', ok);
    expect(story.now()).toBe(until);
    expect(story.row('invite_sent')).toMatchObject({ quiet_hours_delay_ms: until - NOON });
    expect(story.row('sms_sent')).toMatchObject({ attempt: 1 });
  });

  test('waits for the turn of its number, which it has then, and knows its number once it went', () => {
    const until = NOON + 7_000;
    const story = begun().done('sendText', { kind: 'paced', until }).isIn('paced').logged();
    expect(message(story)).toMatchObject({ status: 'queued', ourNumber: null });
    story.after('turn').isIn('sending');
    expect(asked(story)).toMatchObject([{ slotAt: until }]);
    story.done('sendText', { ...ok, ourNumber: '+14155550199' });
    expect(story.row('sms_sent')).toMatchObject({ attempt: 1, queued_ms: 7_000 - 40 });
    expect(story.row('invite_sent')).toMatchObject({ quiet_hours_delay_ms: 0 });
    expect(message(story)).toMatchObject({ ourNumber: '+14155550199' });
  });

  test('a turn that was used is used up', () => {
    const story = begun()
      .done('sendText', { kind: 'paced', until: NOON + 7_000 })
      .after('turn');
    story.done('sendText', retry).after('retry');
    expect(asked(story)).toMatchObject([{ slotAt: null }]);
  });

  test('that comes too late is withheld, and its starter hears of a failure, not of a wish', () => {
    const story = begun({ expiresAt: NOON + 1 });
    expect(asked(story)).toMatchObject([{ expiresAt: NOON + 1, owner: OWNER, eventId: EVENT }]);
    story.done('sendText', { kind: 'withheld', reason: 'expired' }).isIn('withheld');
    story.logged('error{sms.withheld}');
    expect(told(story)).toMatchObject([{ event: { outcome: 'failed' } }]);
  });

  test('any other accepted text leaves sms_sent alone', () => {
    update().done('sendText', ok).isIn('accepted').logged('sms_sent');
  });

  test('tells its starter that it was accepted, and when', () => {
    const story = accepted();
    expect(told(story)).toEqual([
      {
        to: CYCLE,
        owner: OWNER,
        event: {
          type: 'text.settled',
          textId: TEXT,
          outcome: 'accepted',
          purpose: 'invite',
          settledAt: story.now(),
        },
      },
    ]);
  });

  test('tells nobody where nobody asked', () => {
    expect(told(update().done('sendText', ok))).toEqual([]);
  });

  test.each([
    ['accepted', ok],
    ['rejected', rejected('bad_number')],
    ['withheld', { kind: 'withheld', reason: 'opted_out' }],
  ])('forgets its words once %s', (_, output) => {
    expect(begun().done('sendText', output).context<{ body: string }>().body).toBe('');
  });

  test('EC-5 an invite rejected at once leaves one error and no invite_sent', () => {
    const story = begun().done('sendText', rejected('bad_number'));
    story.isIn('failed').logged('error{sms.rejected}');
    expect(story.row('error')).toMatchObject({ provider_code: 21211, http_status: 400 });
    expect(told(story)[0]?.event).toMatchObject({ outcome: 'failed' });
    expect(story.ended()).toBe(true);
  });

  test('bad credentials of ours are a fatal error, and cost no text', () => {
    const story = begun().done('sendText', rejected('credentials')).isIn('held');
    story.logged('error{sms.bad_credentials,fatal}');
    expect(told(story)).toEqual([]);
    story.after('recheck').done('sendText', ok).logged('invite_sent', 'sms_sent');
  });

  test('a carrier that refuses an opted-out person opts the phone out with us too', () => {
    const story = begun().done('sendText', rejected('opted_out'));
    expect(told(story)[0]?.event).toMatchObject({ outcome: 'withheld' });
    expect(rowsOf(story)).toContainEqual({
      table: 'phones',
      row: { phone: PHONE, optedOut: true, updatedAt: story.now() },
    });
  });

  test.each([
    ['refused at once', () => begun().done('sendText', rejected('opted_out'))],
    ['lost later', () => accepted().on(reported('undelivered', 30004, true))],
  ])('the phone’s own line hears of an opt-out that the carrier knows of: %s', (_how, story) => {
    const ended = story();
    expect(told(ended)).toContainEqual({
      ...{ to: lineIdOf(PHONE, ''), owner: NIL_ID },
      event: { type: 'carrier.opted_out', saidAt: ended.now() },
      orStart: { machine: 'phone-line', input: { phone: PHONE, ourNumber: '' } },
    });
  });

  test('no line hears of a text that was lost by chance', () => {
    expect(told(accepted().on(reported('undelivered', 30006)))).toHaveLength(1);
  });

  test('EC-8 a text withheld from an opted-out phone leaves an error and no sms_sent', () => {
    const story = begun().done('sendText', { kind: 'withheld', reason: 'opted_out' });
    story.isIn('withheld').logged('error{sms.withheld}');
    expect(told(story)[0]?.event).toMatchObject({ outcome: 'withheld' });
  });

  test('EC-7 a transient error leaves its row, and the retry is the second attempt', () => {
    const story = begun().done('sendText', retry).isIn('retrying').logged('error{sms.transient}');
    expect(story.row('error')).toMatchObject({ attempt: 1, provider_code: 20429 });
    story.after('retry').isIn('sending').logged().done('sendText', ok);
    story.logged('invite_sent', 'sms_sent');
    expect(story.row('sms_sent')).toMatchObject({ attempt: 2 });
    expect(story.all().filter((row) => row.event_type === 'invite_sent')).toHaveLength(1);
  });

  test('waits longer before each retry, and as long as the carrier asks', () => {
    const first = begun().done('sendText', retry);
    const second = begun().done('sendText', retry).after('retry').done('sendText', retry);
    expect(second.delays().retry).toBeGreaterThan(1.5 * (first.delays().retry ?? 0));
    for (const end of ['0000', '5555', 'ffff']) {
      const id = TEXT.slice(0, -4) + end;
      const asked = flow(text, wish, { id }).done('sendText', { ...retry, retryAfterMs: 600_000 });
      expect(asked.delays().retry).toBeGreaterThanOrEqual(600_000);
      expect(asked.delays().retry).toBeLessThanOrEqual(750_000);
    }
  });

  test('is tried for a day while nothing was ever sent, and only the first refusals are logged', () => {
    let story = begun();
    while (story.now() < NOON + 23 * 3_600_000)
      story = story.done('sendText', retry).after('retry');
    story.isIn('sending');
    expect(story.all().map(({ event_type }) => event_type)).toEqual(Array(4).fill('error'));
    story.done('sendText', retry).after('retry', { lateMs: 3_600_000 }).done('sendText', retry);
    story.isIn('failed').logged('error{sms.failed}');
  });

  test('that answers a message is not tried into another hour', () => {
    const story = begun({ purpose: 'update', invite: null, answersAt: NOON });
    story.done('sendText', retry).after('retry', { lateMs: 3_600_000 });
    story.done('sendText', retry).isIn('failed').logged('error{sms.failed}');
  });

  test('EC-10 a text found after a lapsed lease is accepted once, and flagged by its attempt', () => {
    const story = begun().done('sendText', { ...ok, providerMs: 0, tries: 2 });
    story.logged('invite_sent', 'sms_sent');
    expect(story.row('sms_sent')).toMatchObject({ attempt: 2 });
  });

  test('looks for itself at the carrier after an unknown outcome, before it is sent again', () => {
    const story = begun().done('sendText', unknown).isIn('unsure');
    story.logged('error{sms.unknown_outcome}').after('reconcile').isIn('sending');
    expect(asked(story)).toMatchObject([{ look: 'only' }]);
    story.done('sendText', { kind: 'missing' }).isIn('unsure').logged();
    story.after('reconcile').done('sendText', ok).isIn('accepted');
  });

  const over = { type: 'text.withdrawn', reason: 'over' };
  const until = NOON + 10 * 3_600_000;
  test.each([
    ['held', { kind: 'held' }],
    ['quiet', { kind: 'quiet', until }],
    ['paced', { kind: 'paced', until: NOON + 7_000 }],
    ['retrying', retry],
  ])('%s, is taken back: it is not sent, and its starter hears so', (path, output) => {
    const story = begun().done('sendText', output).isIn(path).on(over).isIn('withheld').logged();
    expect(message(story)).toMatchObject({ status: 'withheld' });
    expect(told(story)[0]).toMatchObject({ to: CYCLE, event: { outcome: 'withheld' } });
    expect(story.context<{ body: string }>().body).toBe('');
    expect(story.ended()).toBe(true);
  });

  test('taken back by an answer is one that reminds; news are said all the same', () => {
    const answered = { type: 'text.withdrawn', reason: 'answered' };
    for (const purpose of ['reminder', 'auto_reminder']) {
      const story = begun({ purpose, invite: null }).done('sendText', { kind: 'quiet', until });
      story.on(answered).isIn('withheld');
    }
    for (const purpose of ['invite', 'finalize', 'change_notice']) {
      const story = begun({ purpose, invite: null }).done('sendText', { kind: 'quiet', until });
      story.refuses(answered).on(over).isIn('withheld');
    }
  });

  test('taken back while nobody knows whether it went out is looked for, and not sent again', () => {
    const story = begun().done('sendText', unknown).on(over).isIn('unsure').logged();
    for (let looks = 1; looks < 5; looks += 1) {
      story.after('reconcile').isIn('sending');
      expect(asked(story)).toMatchObject([{ look: 'only' }]);
      story.done('sendText', { kind: 'missing' }).isIn('unsure');
    }
    story.after('reconcile').isIn('withheld').logged();
    expect(told(story)[0]?.event).toMatchObject({ outcome: 'withheld' });
  });

  test('taken back while nobody knows whether it went out is accepted where it is found', () => {
    const story = begun().done('sendText', unknown).on(over).after('reconcile');
    story.done('sendText', ok).isIn('accepted').logged('invite_sent', 'sms_sent');
    story.refuses(over);
  });

  test.each(['unsure', 'retrying'])('%s, is accepted once the carrier speaks of it', (path) => {
    const story = begun().done('sendText', path === 'unsure' ? unknown : retry);
    story.isIn(path).on(reported('delivered')).isIn('sending').logged();
    expect(asked(story)).toMatchObject([{ sid: ok.sid }]);
    const { type, ...report } = { ...reported('delivered'), passing: false };
    expect(told(story)).toEqual([{ to: TEXT, owner: OWNER, event: { type, ...report } }]);
    story.done('sendText', { ...ok, status: 'accepted' }).logged('invite_sent', 'sms_sent');
    story.on(reported('delivered')).isIn('delivered');
  });

  test('EC-6 found lost at the carrier, it hears so and leaves the error of a lost text', () => {
    const { type: _, sid: __, ...report } = reported('undelivered', 30006);
    const story = begun().done('sendText', unknown).after('reconcile');
    story.done('sendText', { ...ok, status: 'sent', report }).logged('invite_sent', 'sms_sent');
    const heard = told(story).find(({ to }) => to === TEXT)?.event;
    expect(heard).toEqual(reported('undelivered', 30006));
    story.on(reported('undelivered', 30006)).logged('error{sms.undelivered}');
  });

  test('takes no word of another text of the carrier for its own', () => {
    accepted().refuses({ ...reported('delivered'), sid: `SM${'1'.repeat(32)}` });
  });

  test('is sent once more after ten minutes without evidence, and then never again', () => {
    let story = begun().done('sendText', unknown);
    for (let n = 1; n < 5; n += 1) {
      story = story.after('reconcile').done('sendText', { kind: 'missing' });
    }
    story.after('reconcile');
    expect(asked(story)).toMatchObject([{ look: 'then_send' }]);
    expect(story.now() - NOON).toBeGreaterThan(600_000);
    story.done('sendText', unknown).isIn('unsure');
    for (let n = 1; n < 5; n += 1) {
      story = story.after('reconcile').done('sendText', { kind: 'missing' });
      expect(asked(story)).toEqual([]);
    }
    story.after('reconcile').done('sendText', { kind: 'missing' });
    story.isIn('failed').logged('error{sms.failed}');
  });

  test('a carrier that does not say whether it is there says nothing: it is asked again', () => {
    let story = begun().done('sendText', unknown);
    const unanswered = { kind: 'unanswered', tries: 0 };
    for (let n = 0; n < 12; n += 1) {
      story = story.after('reconcile').done('sendText', unanswered).isIn('unsure').logged();
    }
    for (let n = 1; n < 5; n += 1) {
      story = story.after('reconcile').done('sendText', { kind: 'missing' });
    }
    for (let n = 0; n < 3; n += 1) {
      story = story.after('reconcile');
      expect(asked(story)).toMatchObject([{ look: 'then_send' }]);
      story = story.done('sendText', unanswered);
    }
    story.after('reconcile').done('sendText', ok).logged('invite_sent', 'sms_sent');
  });

  test('a carrier that never says whether it is there is given up after a day', () => {
    const story = begun().done('sendText', unknown);
    while (story.now() < NOON + 24 * 3_600_000) {
      story.isIn('unsure').after('reconcile', { lateMs: 3_600_000 });
      story.done('sendText', { kind: 'unanswered', tries: 0 });
    }
    story.isIn('failed').logged('error{sms.failed}');
  });

  test('a try that threw counts as an unknown outcome', () => {
    const story = begun().fails('sendText', { code: 'flow.exception', retryable: false });
    story.isIn('unsure').logged('error{flow.exception}').after('reconcile');
    expect(asked(story)).toMatchObject([{ look: 'only' }]);
  });

  test('is held while sending is paused, and tried again every minute', () => {
    const story = begun().done('sendText', { kind: 'held' }).isIn('held').logged();
    story.after('recheck').isIn('sending').done('sendText', ok).logged('invite_sent', 'sms_sent');
    expect(story.row('sms_sent')).toMatchObject({ attempt: 1, queued_ms: 60_000 - 40 });
  });

  test('a delivered text ends quietly', () => {
    const story = accepted().on(reported('delivered')).isIn('delivered').logged();
    expect(story.ended()).toBe(true);
    expect(message(story)).toMatchObject({ status: 'delivered' });
  });

  test('delivery only moves forward', () => {
    const story = accepted().on(reported('sent')).isIn('accepted').logged();
    story.refuses(reported('queued')).refuses(reported('sent'));
    expect(message(story)).toMatchObject({ status: 'sent' });
  });

  test.each(['undelivered', 'failed', 'canceled'])(
    'EC-6 accepted and later %s leaves one error, and its starter hears of it',
    (status) => {
      const story = accepted().on(reported(status, 30006));
      story.isIn('undelivered').logged('error{sms.undelivered}');
      expect(story.row('error')).toMatchObject({ provider_code: 30006, message_id: TEXT });
      expect(told(story)[0]?.event).toMatchObject({ type: 'text.undelivered', textId: TEXT });
      expect(story.all().filter((row) => row.event_type === 'sms_sent')).toHaveLength(1);
    },
  );

  test('EC-6 lost by a fault that may pass leaves one error, and half an hour later its starter is asked', () => {
    const story = accepted().on({ ...reported('undelivered', 30003), passing: true });
    story.isIn('unreached').logged('error{sms.undelivered}');
    expect(told(story)[0]?.event).toMatchObject({ type: 'text.undelivered', optOut: false });
    expect(message(story)).toMatchObject({ status: 'undelivered', providerCode: 30003 });
    const since = story.now();
    story.refuses(reported('delivered')).after('resend').isIn('undelivered').logged();
    expect(story.now() - since).toBe(30 * 60_000);
    const missed = { type: 'text.missed', textId: TEXT, purpose: 'invite', template: 'none' };
    expect(told(story)).toEqual([{ to: CYCLE, owner: OWNER, event: missed }]);
    expect(story.ended()).toBe(true);
  });

  test('lost so, an answer of ours is not said again: it would come out of nowhere', () => {
    const story = update().done('sendText', ok);
    story.on({ ...reported('undelivered', 30003), passing: true }).isIn('undelivered');
  });

  test('a carrier without receipts keeps no text waiting for ever', () => {
    accepted().after('unreported').isIn('unreported').logged();
  });

  test('keeps its message in step', () => {
    const begin = begun();
    const row = { organizerId: OWNER, id: TEXT, phone: PHONE, purpose: 'invite', queuedAt: NOON };
    expect(message(begin)).toMatchObject({ ...row, status: 'queued', sid: null });
    expect(message(begin.done('sendText', ok))).toMatchObject({ ...row, status: 'queued' });
    expect(message(begin)).toMatchObject({ sid: ok.sid });
    expect(message(begin.on(reported('undelivered', 30003)))).toMatchObject({
      status: 'undelivered',
      providerCode: 30003,
    });
  });

  test('of nobody may have no owner', () => {
    expect(text.input.safeParse({ ...wish, notify: { to: CYCLE, owner: NIL_ID } }).success).toBe(
      true,
    );
  });
});

describe('the words of texts', () => {
  test.each([
    ['Sam\nFunlet: you won', 'Sam Funlet: you won'],
    ['Bo https://evil.example/x now', 'Bo now'],
    ['Visit shop.com/deal today', 'Visit today'],
    ['Bo. Reply STOP', 'Bo.'],
    ['Tomás Ñandú', 'Tomas Ñandu'],
    ['Party 🎉', 'Party'],
    ['\u202eoB', 'oB'],
    ['   ', 'A friend'],
  ])('%j reads as %j', (raw, clean) => {
    expect(nameOf(raw, 'A friend')).toBe(clean);
  });

  test('a name has at most forty letters', () => {
    expect(nameOf('x'.repeat(300), 'A friend')).toHaveLength(40);
  });

  test('another script stays itself', () => {
    expect(gsmOf('李 “hi”')).toBe('李 "hi"');
    expect(gsmOf('Łukasz Đorđe Œuvre „Þór“ – Çağrı')).toBe('Lukasz Dorde OEuvre "Thor" - Çagri');
  });

  test('the longest wording that fits one SMS is taken', () => {
    expect(fitting(['a'.repeat(200), 'b'.repeat(100), 'c'])).toBe('b'.repeat(100));
  });
});
