import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SendTextInput } from '../../machines/text.model.ts';
import type {
  Carrier,
  FindScope,
  OutboundText,
  SendOutcome,
} from '../../src/sms/carrier/carrier.ts';
import type { OnLost } from '../../src/sms/reports.ts';
import { sendText } from '../../src/sms/sending.ts';
import { createStandstill, type Standstill } from '../../src/sms/standstill.ts';
import { connect } from '../../src/store/connect.ts';
import { writeMessages } from '../../src/store/messages.ts';
import { saveProfile } from '../../src/store/organizers.ts';
import { writePhones } from '../../src/store/phones.ts';
import { type PromptRow, writePrompts } from '../../src/store/prompts.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

/** Late in the morning at the place of the number. */
const NOW = Date.UTC(2026, 5, 1, 18);
const PHONE = '+14155550101';
const OWNER = '12121212-1212-4212-8212-121212121212';
const SID = `SM${'a'.repeat(32)}`;

const input: SendTextInput = {
  textId: '55555555-5555-4555-8555-555555555555',
  phone: PHONE,
  ourNumber: null,
  body: 'Funlet: hello',
  purpose: 'invite',
  look: 'no',
  ...{ owner: OWNER, eventId: null, expiresAt: null },
  since: NOW,
};

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.sql`truncate phones, messages, organizers, sms_prompts`;
});

const accepted: SendOutcome = {
  kind: 'accepted',
  sid: SID,
  status: 'queued',
  segments: 1,
  providerMs: 12,
  from: null,
};

const standing = (now: () => number) => createStandstill({ now, onBegin: () => undefined });

const open = {
  standstill: standing(() => NOW),
  onLost: () => undefined,
  isPaused: () => false,
  senders: {
    numberFor: async ({ ourNumber }: { readonly ourNumber: string | null }) => ourNumber,
    turnOf: async (): Promise<number | null> => null,
  },
  quietHours: true,
  now: () => NOW,
};

/** A carrier that answers as told, and remembers what it was asked. */
function carrierWith(
  of: { sends?: SendOutcome; finds?: 'nothing' | 'it' | 'lost' | 'no answer' } = {},
) {
  const sent: OutboundText[] = [];
  const looked: FindScope[] = [];
  const carrier: Carrier = {
    provider: 'emulator',
    handlesOptOut: true,
    send: async (text) => {
      sent.push(text);
      return of.sends ?? accepted;
    },
    find: async (_, scope) => {
      looked.push(scope);
      if (of.finds === 'no answer') throw new Error('The carrier cannot be asked.');
      if (of.finds === 'nothing' || of.finds === undefined) return undefined;
      const lost = of.finds === 'lost';
      const status = lost ? 'undelivered' : 'sent';
      return { sid: SID, status, providerCode: lost ? 30003 : null, from: null };
    },
  };
  return { carrier, sent, looked };
}

const trying = (
  { carrier }: Pick<ReturnType<typeof carrierWith>, 'carrier'>,
  of: Partial<SendTextInput> & {
    readonly attempt?: number;
    readonly isPaused?: boolean;
    readonly lapsed?: boolean;
    readonly at?: number;
    readonly standstill?: Standstill;
    readonly onLost?: OnLost;
  } = {},
) => {
  const { attempt = 1, isPaused = false, lapsed = false, at = NOW, ...others } = of;
  const { standstill: _, onLost = open.onLost, ...changes } = others;
  const standstill = of.standstill ?? standing(() => at);
  const deps = { ...open, carrier, standstill, onLost, isPaused: () => isPaused, now: () => at };
  return sendText({ ...deps, sql: database.sql })(
    { ...input, ...changes },
    { attempt, mayStillAct: () => !lapsed },
  );
};

describe('a try to send a text', () => {
  test('sends it, and says what it cost', async () => {
    const { sent, ...house } = carrierWith();
    expect(await trying(house)).toEqual({
      kind: 'accepted',
      sid: SID,
      status: 'queued',
      provider: 'emulator',
      segments: 1,
      encoding: 'gsm7',
      providerMs: 12,
      ourNumber: null,
      tries: 1,
    });
    expect(sent).toEqual([{ textId: input.textId, to: PHONE, body: input.body }]);
  });

  test('waits for the turn of its number, and is tried again then', async () => {
    const { sent, carrier } = carrierWith();
    const until = NOW + 5_000;
    const senders = { ...open.senders, turnOf: async () => until };
    const deps = { ...open, senders, carrier, sql: database.sql };
    const scope = { attempt: 1, mayStillAct: () => true };
    expect(await sendText(deps)(input, scope)).toEqual({ kind: 'paced', until });
    expect(sent).toEqual([]);
  });

  test('pins the sender where the text has one', async () => {
    const { sent, ...house } = carrierWith();
    await trying(house, { ourNumber: '+14155550199' });
    expect(sent).toMatchObject([{ from: '+14155550199' }]);
  });

  test('B-20 asks the phone last of all: who has opted out gets nothing', async () => {
    await writePhones(database.sql, [{ phone: PHONE, optedOut: true, updatedAt: NOW }]);
    const { sent, ...house } = carrierWith();
    expect(await trying(house)).toEqual({ kind: 'withheld', reason: 'opted_out' });
    expect(sent).toEqual([]);
  });

  test('I-17 the confirmation of an opt-out is sent all the same', async () => {
    await writePhones(database.sql, [{ phone: PHONE, optedOut: true, updatedAt: NOW }]);
    const { sent, ...house } = carrierWith();
    await trying(house, { purpose: 'opt_out_confirm' });
    expect(sent).toHaveLength(1);
  });

  test('waits for the morning at the place of its number, and of its organizer', async () => {
    const { sent, ...house } = carrierWith();
    const late = Date.UTC(2026, 5, 2, 4, 30);
    const morning = Date.UTC(2026, 5, 2, 15);
    expect(await trying(house, { at: late })).toEqual({ kind: 'quiet', until: morning });
    const profile = { name: 'Maya', country: 'US', timeZone: 'Pacific/Honolulu' };
    await saveProfile(database.sql, { organizerId: OWNER, profile, at: NOW });
    const later = { kind: 'quiet', until: Date.UTC(2026, 5, 2, 18) };
    expect(await trying(house, { at: morning })).toEqual(later);
    expect(sent).toEqual([]);
  });

  test.each(['update', 'clarification', 'help', 'opt_out_confirm'] as const)(
    'of purpose %s answers somebody who has just written, also at night',
    async (purpose) => {
      const at = Date.UTC(2026, 5, 2, 7);
      expect(await trying(carrierWith(), { purpose, at })).toMatchObject({ kind: 'accepted' });
    },
  );

  test.each([
    ['cancel', { kind: 'accepted' }],
    ['change_notice', { kind: 'accepted' }],
    ['invite', { kind: 'withheld', reason: 'expired' }],
    ['auto_reminder', { kind: 'withheld', reason: 'expired' }],
  ] as const)('%s for which the morning would be too late', async (purpose, output) => {
    const at = Date.UTC(2026, 5, 2, 5);
    const expiresAt = Date.UTC(2026, 5, 2, 7);
    expect(await trying(carrierWith(), { at, expiresAt, purpose })).toMatchObject(output);
  });

  test('goes out at night where the morning is later than people must know it', async () => {
    const at = Date.UTC(2026, 5, 2, 5);
    const news = { at, purpose: 'change_notice', expiresAt: Date.UTC(2026, 5, 9) } as const;
    const early = { ...news, knownBy: Date.UTC(2026, 5, 2, 14) };
    expect(await trying(carrierWith(), early)).toMatchObject({ kind: 'accepted' });
    const late = { ...news, knownBy: Date.UTC(2026, 5, 2, 16) };
    expect(await trying(carrierWith(), late)).toMatchObject({ kind: 'quiet' });
    // Once it is past, the news is still of use, and wakes nobody.
    const past = { ...early, at: Date.UTC(2026, 5, 3, 5) };
    expect(await trying(carrierWith(), past)).toMatchObject({ kind: 'quiet' });
  });

  test('held past its event is not sent at all', async () => {
    const { sent, ...house } = carrierWith();
    const expired = { kind: 'withheld', reason: 'expired' };
    expect(await trying(house, { expiresAt: NOW })).toEqual(expired);
    expect(await trying(house, { expiresAt: NOW, isPaused: true })).toEqual(expired);
    expect(sent).toEqual([]);
  });

  test('sends nothing while sending is paused, and still finds what was sent', async () => {
    const { sent, ...house } = carrierWith();
    expect(await trying(house, { isPaused: true })).toEqual({ kind: 'held' });
    expect(sent).toEqual([]);
    const found = carrierWith({ finds: 'it' });
    expect(await trying(found, { isPaused: true, attempt: 2 })).toMatchObject({ sid: SID });
  });

  test('wrong credentials cost no text: the first says so, the others wait, and one tries for all', async () => {
    let at = NOW;
    const standstill = standing(() => at);
    const credentials = { providerCode: 20003, httpStatus: 401, reason: 'credentials' } as const;
    const { sent, ...house } = carrierWith({ sends: { kind: 'rejected', ...credentials } });
    const try1 = trying(house, { standstill });
    const try2 = trying(house, { standstill });
    expect(await Promise.all([try1, try2])).toEqual(
      expect.arrayContaining([{ kind: 'rejected', ...credentials, tries: 1 }, { kind: 'held' }]),
    );
    const before = sent.length;
    at += 600_000;
    const held = { kind: 'held' };
    expect(await Promise.all([1, 2, 3].map(() => trying(house, { standstill })))).toEqual([
      held,
      held,
      held,
    ]);
    expect(sent).toHaveLength(before + 1);
    at += 600_000;
    const mended = carrierWith();
    expect(await trying(mended, { standstill })).toMatchObject({ kind: 'accepted' });
    expect(await trying(mended, { standstill })).toMatchObject({ kind: 'accepted' });
  });

  test('EC-10 after a lapsed lease finds what the first try sent, and sends nothing', async () => {
    const { sent, ...house } = carrierWith({ finds: 'it' });
    expect(await trying(house, { attempt: 2 })).toMatchObject({
      kind: 'accepted',
      sid: SID,
      status: 'sent',
      tries: 2,
    });
    expect(sent).toEqual([]);
  });

  test('EC-6 found lost, says so, as the carrier’s callback would have', async () => {
    const lost: unknown[] = [];
    const onLost: OnLost = (...of) => void lost.push(of);
    const house = carrierWith({ finds: 'lost' });
    expect(await trying(house, { look: 'only', onLost })).toMatchObject({
      ...{ kind: 'accepted', sid: SID, status: 'sent' },
      report: { status: 'undelivered', providerCode: 30003, optOut: false, passing: true },
    });
    // Whoever watches hears of it, too.
    expect(lost).toEqual([[input.textId, 30003]]);
  });

  test('after a lapsed lease sends what the carrier does not have', async () => {
    const { sent, ...house } = carrierWith();
    expect(await trying(house, { attempt: 2 })).toMatchObject({ kind: 'accepted', tries: 2 });
    expect(sent).toHaveLength(1);
  });

  test('that the carrier has spoken of is there: nobody is asked, and nothing is sent', async () => {
    const { sent, looked, ...house } = carrierWith();
    const found = { kind: 'accepted', sid: SID, segments: 1, providerMs: 0 };
    expect(await trying(house, { look: 'then_send', sid: SID })).toMatchObject(found);
    expect({ sent, looked }).toEqual({ sent: [], looked: [] });
  });

  test('only looks when told so', async () => {
    const { sent, ...house } = carrierWith();
    expect(await trying(house, { look: 'only' })).toEqual({ kind: 'missing' });
    expect(await trying(house, { look: 'then_send' })).toMatchObject({ kind: 'accepted' });
    expect(sent).toHaveLength(1);
  });

  test('does not take another text of the same words for its own', async () => {
    const other = { organizerId: input.textId, id: input.textId, phone: PHONE, purpose: 'invite' };
    const times = { queuedAt: NOW - 60_000, updatedAt: NOW - 60_000 };
    const row = { ...other, ...times, status: 'sent', sid: SID, providerCode: null };
    await writeMessages(database.sql, [row]);
    const house = carrierWith();
    await trying(house, { look: 'only' });
    expect(house.looked).toEqual([{ since: NOW, knownSids: new Set([SID]) }]);
  });

  test('says its letter where its phone has another open question, and is found by those words', async () => {
    const promptId = '66666666-6666-4666-8666-666666666601';
    const text = { lettered: { promptId, body: '[A] Funlet: hello' } };
    const bodies = async () => {
      const { sent, ...house } = carrierWith();
      await trying(house, text);
      return sent.map(({ body }) => body);
    };
    expect(await bodies()).toEqual(['Funlet: hello']);
    const other: Omit<PromptRow, 'id'> = {
      ...{
        phone: PHONE,
        ourNumber: '',
        organizerId: OWNER,
        kind: 'event',
        code: 'B',
        options: null,
      },
      ...{ promptedAt: NOW, closedAt: null, state: 'open' },
    };
    await writePrompts(database.sql, [{ ...other, id: promptId }]);
    expect(await bodies()).toEqual(['Funlet: hello']);
    await writePrompts(database.sql, [{ ...other, id: '66666666-6666-4666-8666-666666666602' }]);
    expect(await bodies()).toEqual(['[A] Funlet: hello']);
    const looked: string[] = [];
    const carrier: Carrier = {
      ...carrierWith().carrier,
      find: async ({ body }) => {
        looked.push(body);
        return body.startsWith('[A]')
          ? { sid: SID, status: 'sent', from: null, providerCode: null }
          : undefined;
      },
    };
    expect(await trying({ carrier }, { ...text, attempt: 2 })).toMatchObject({ kind: 'accepted' });
    expect(looked).toEqual(['Funlet: hello', '[A] Funlet: hello']);
  });

  test('sends nothing when the carrier cannot say whether it has the text', async () => {
    const { sent, ...house } = carrierWith({ finds: 'no answer' });
    expect(await trying(house, { attempt: 2 })).toEqual({ kind: 'unknown', tries: 2 });
    const unanswered = { kind: 'unanswered', tries: 0 };
    expect(await trying(house, { look: 'only' })).toEqual(unanswered);
    expect(await trying(house, { look: 'then_send' })).toEqual(unanswered);
    expect(sent).toEqual([]);
  });

  test.each<SendOutcome>([
    { kind: 'unknown' },
    { kind: 'rejected', providerCode: 21211, httpStatus: 400, reason: 'bad_number' },
    { kind: 'retry', providerCode: 20429, httpStatus: 429, retryAfterMs: 1_000 },
  ])('hands on what the carrier answered: $kind', async (sends) => {
    expect(await trying(carrierWith({ sends }))).toEqual({ ...sends, tries: 1 });
  });

  test('sends nothing once another node may have taken it over: what became of it is looked for', async () => {
    const { sent, ...house } = carrierWith();
    expect(await trying(house, { lapsed: true })).toEqual({ kind: 'unknown', tries: 1 });
    expect(sent).toEqual([]);
  });

  test('is to be repeated when the phone cannot be asked', async () => {
    const away = connect({ url: 'postgres://127.0.0.1:1/none', max: 1, applicationName: 'test' });
    const { carrier, sent } = carrierWith();
    const deps = { ...open, carrier, sql: away };
    expect(await sendText(deps)(input, { attempt: 1, mayStillAct: () => true })).toMatchObject({
      kind: 'retry',
      tries: 1,
    });
    expect(sent).toEqual([]);
    await away.end();
  });
});
