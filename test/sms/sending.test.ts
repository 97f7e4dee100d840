import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SendTextInput } from '../../machines/text.model.ts';
import type {
  Carrier,
  FindScope,
  OutboundText,
  SendOutcome,
} from '../../src/sms/carrier/carrier.ts';
import { sendText } from '../../src/sms/sending.ts';
import { connect } from '../../src/store/connect.ts';
import { writeMessages } from '../../src/store/messages.ts';
import { writePhones } from '../../src/store/phones.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const NOW = Date.UTC(2026, 5, 1, 12);
const PHONE = '+14155550101';
const SID = `SM${'a'.repeat(32)}`;

const input: SendTextInput = {
  textId: '55555555-5555-4555-8555-555555555555',
  phone: PHONE,
  ourNumber: null,
  body: 'Funlet: hello',
  purpose: 'invite',
  look: 'no',
  since: NOW,
};

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.sql`truncate phones, messages`;
});

const accepted: SendOutcome = {
  kind: 'accepted',
  sid: SID,
  status: 'queued',
  segments: 1,
  providerMs: 12,
  from: null,
};

/** A carrier that answers as told, and remembers what it was asked. */
function carrierWith(of: { sends?: SendOutcome; finds?: 'nothing' | 'it' | 'no answer' } = {}) {
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
      return of.finds === 'it' ? { sid: SID, status: 'sent' } : undefined;
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
  } = {},
) => {
  const { attempt = 1, isPaused = false, lapsed = false, ...changes } = of;
  const deps = { carrier, sql: database.sql, isPaused: () => isPaused };
  return sendText(deps)({ ...input, ...changes }, { attempt, mayStillAct: () => !lapsed });
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
      tries: 1,
    });
    expect(sent).toEqual([{ textId: input.textId, to: PHONE, body: input.body }]);
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

  test('sends nothing while sending is paused, and still finds what was sent', async () => {
    const { sent, ...house } = carrierWith();
    expect(await trying(house, { isPaused: true })).toEqual({ kind: 'held' });
    expect(sent).toEqual([]);
    const found = carrierWith({ finds: 'it' });
    expect(await trying(found, { isPaused: true, attempt: 2 })).toMatchObject({ sid: SID });
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

  test('after a lapsed lease sends what the carrier does not have', async () => {
    const { sent, ...house } = carrierWith();
    expect(await trying(house, { attempt: 2 })).toMatchObject({ kind: 'accepted', tries: 2 });
    expect(sent).toHaveLength(1);
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

  test('sends nothing when the carrier cannot say whether it has the text', async () => {
    const { sent, ...house } = carrierWith({ finds: 'no answer' });
    expect(await trying(house, { attempt: 2 })).toEqual({ kind: 'unknown', tries: 2 });
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
    const deps = { carrier, sql: away, isPaused: () => false };
    expect(await sendText(deps)(input, { attempt: 1, mayStillAct: () => true })).toMatchObject({
      kind: 'retry',
      tries: 1,
    });
    expect(sent).toEqual([]);
    await away.end();
  });
});
