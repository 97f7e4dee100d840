import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { derivedId, NIL_ID } from '../../machines/kit.ts';
import { lineIdOf } from '../../machines/phone-line.model.ts';
import { Texted } from '../../machines/replies.ts';
import { askTogether } from '../../src/engine/asking.ts';
import { type SendPayload, sendJob } from '../../src/engine/index.ts';
import { receiveInbound } from '../../src/sms/inbound.ts';
import { findInvitations, routeReply } from '../../src/sms/routing.ts';
import { receiveStatus } from '../../src/sms/statuses.ts';
import type { InboundMessage } from '../../src/sms/webhook/inbound.ts';
import { insertJobs } from '../../src/store/jobs.ts';
import { writeMessages } from '../../src/store/messages.ts';
import type { Queryable } from '../../src/store/orm.ts';
import { writePhones } from '../../src/store/phones.ts';
import { writePrompts } from '../../src/store/prompts.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const NOW = Date.UTC(2026, 5, 1, 12);
const PHONE = '+14155550101';
const OURS = '+14155550199';
const OWNER = '12121212-1212-4212-8212-121212121212';
const INVITATION = '66666666-6666-4666-8666-666666666666';
const TEXT = '55555555-5555-4555-8555-555555555555';
const sidOf = (digit: string) => `SM${digit.repeat(32)}`;
const SID = sidOf('a');

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.sql`truncate inbound_messages, sms_prompts, phones, messages, jobs`;
});

/** What is promised, in the order in which it will be heard. */
const promises = async (): Promise<readonly SendPayload[]> =>
  (await database.sql<{ payload: SendPayload }[]>`select payload from jobs order by id`).map(
    ({ payload }) => payload,
  );

function house() {
  const happened: string[] = [];
  const note = (what: string) => () => void happened.push(what);
  const deps = {
    sql: database.sql,
    promise: (sql: Queryable, key: string, payload: SendPayload) =>
      insertJobs(sql, NIL_ID, [sendJob(key, payload, NOW)]),
    nudge: note('nudge'),
    now: () => NOW,
    carrier: { provider: 'emulator' as const, handlesOptOut: true },
    hashKeys: ['key'] as const,
    onConflict: note('conflict'),
    onUnknown: (why: string) => void happened.push(`unknown ${why}`),
    onMismatch: note('mismatch'),
    onStop: note('stop'),
    onLost: (_: string, code: number) => void happened.push(`lost ${code}`),
  };
  return { deps, happened };
}

const sms = (body: string, changes: Partial<InboundMessage> = {}): InboundMessage => ({
  sid: SID,
  from: PHONE,
  to: OURS,
  body,
  media: 0,
  segments: 1,
  optOutType: null,
  ...changes,
});

const prompt = {
  phone: PHONE,
  id: INVITATION,
  ourNumber: '',
  organizerId: OWNER,
  kind: 'event',
  code: null,
  options: null,
  state: 'open',
  promptedAt: NOW - 60_000,
  closedAt: null,
} as const;

const message = {
  organizerId: OWNER,
  id: TEXT,
  phone: PHONE,
  purpose: 'invite',
  status: 'queued',
  sid: null,
  providerCode: null,
  queuedAt: NOW - 60_000,
  updatedAt: NOW - 60_000,
};

const textedOf = ({ send }: SendPayload) => {
  const { type: _, ...payload } = send.event;
  return Texted.parse(payload);
};

describe('an inbound message', () => {
  test('becomes one durable event for its phone line, which is begun where there is none', async () => {
    const { deps, happened } = house();
    await receiveInbound(deps)(sms('yes'));
    const line = lineIdOf(PHONE, OURS);
    expect(await promises()).toMatchObject([
      {
        send: {
          ...{ to: line, owner: NIL_ID, event: { type: 'phone.texted' } },
          orStart: { machine: 'phone-line', input: { phone: PHONE, ourNumber: OURS } },
        },
        causedAt: NOW,
      },
    ]);
    expect(happened).toEqual(['nudge']);
  });

  test('is read against everything open for its phone', async () => {
    await writePrompts(database.sql, [prompt]);
    const { deps } = house();
    await receiveInbound(deps)(sms('yes'));
    expect((await promises()).map(textedOf)[0]).toMatchObject({
      neutral: { kind: 'yes' },
      readings: [{ promptId: INVITATION, organizerId: OWNER, reading: { kind: 'yes' } }],
      bareYes: true,
    });
  });

  test('is kept as readings; its words are nowhere', async () => {
    const { deps } = house();
    await receiveInbound(deps)(sms('yes, the zebra is coming along'));
    const rows = await database.sql`select * from inbound_messages`;
    expect(rows).toHaveLength(1);
    expect(JSON.stringify([rows, await promises()])).not.toMatch(/zebra/);
    expect(rows[0]?.readings).toMatchObject({ neutral: { kind: 'yes' } });
  });

  test('I-22 that is delivered five times at once is taken once', async () => {
    const { deps, happened } = house();
    await Promise.all(Array.from({ length: 5 }, () => receiveInbound(deps)(sms('yes'))));
    expect(await promises()).toHaveLength(1);
    expect(happened).toEqual(['nudge']);
  });

  test('B-05 comes at the same moment as another body under its sid, and the first one counts', async () => {
    const { deps, happened } = house();
    const receive = receiveInbound(deps);
    await Promise.all([receive(sms('yes')), receive(sms('no')), receive(sms('yes'))]);
    expect((await promises()).map(textedOf)).toMatchObject([{ neutral: { kind: 'yes' } }]);
    expect(happened.sort()).toEqual(['conflict', 'nudge']);
  });

  test('is kept beside one that the database refuses', async () => {
    await database.sql`alter table inbound_messages add constraint no_b check (sid <> ${database.sql.unsafe(`'${sidOf('b')}'`)})`;
    const { deps } = house();
    const receive = receiveInbound(deps);
    const all = ['a', 'b', 'c'].map((digit) => receive(sms('yes', { sid: sidOf(digit) })));
    const settled = await Promise.allSettled(all);
    await database.sql`alter table inbound_messages drop constraint no_b`;
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await promises()).toHaveLength(2);
  });

  test('I-23 is heard after those that came before it', async () => {
    const { deps } = house();
    let at = NOW;
    const ticking = { ...deps, now: () => (at += 1) };
    for (const digit of 'abcdef') {
      await receiveInbound(ticking)(sms('yes', { sid: sidOf(digit) }));
    }
    const sids = (await promises()).map(({ send }) => send.event.inboundId);
    expect(sids).toEqual(
      [...'abcdef'].map((digit) => derivedId(NIL_ID, `inbound:${sidOf(digit)}`)),
    );
  });

  test('B-05 of another body under the same sid is noted, and the first one counts', async () => {
    const { deps, happened } = house();
    await receiveInbound(deps)(sms('yes'));
    await receiveInbound(deps)(sms('no'));
    expect(await promises()).toHaveLength(1);
    expect(happened).toEqual(['nudge', 'conflict']);
  });

  test('is known as a repetition while its key is being changed, and another body is not', async () => {
    const { deps, happened } = house();
    await receiveInbound(deps)(sms('yes'));
    const rotating = { ...deps, hashKeys: ['new key', 'key'] as const };
    await receiveInbound(rotating)(sms('yes'));
    expect(happened).toEqual(['nudge']);
    await receiveInbound(rotating)(sms('no'));
    expect(happened).toEqual(['nudge', 'conflict']);
  });

  test('whose promise fails is not kept, so that its repetition is taken', async () => {
    const { deps } = house();
    await database.sql`alter table jobs add constraint nothing check (false)`;
    await expect(receiveInbound(deps)(sms('yes'))).rejects.toThrow('nothing');
    await database.sql`alter table jobs drop constraint nothing`;
    await receiveInbound(deps)(sms('yes'));
    expect(await promises()).toHaveLength(1);
  });

  test('of a sender that is no phone goes to the line of such senders', async () => {
    const { deps } = house();
    await receiveInbound(deps)(sms('Your code is 1', { from: null }));
    expect(await promises()).toMatchObject([{ send: { to: lineIdOf(null, OURS) } }]);
    expect((await promises()).map(textedOf)[0]?.phone).toBeNull();
  });
});

describe('routing in the database', () => {
  const routed = async (body: string, { allowed = 0, sid = SID } = {}) => {
    const { deps } = house();
    await receiveInbound(deps)(sms(body, { sid }));
    const texted = (await promises()).map(textedOf)[0];
    if (texted === undefined) throw new Error('The message was not taken.');
    await database.sql`truncate jobs`;
    const ask = askTogether(database.sql);
    return routeReply(
      { texted, ourNumber: OURS, held: null, askedAt: [], allowed },
      { ask, at: NOW },
    );
  };

  test('finds the open invitation', async () => {
    await writePrompts(database.sql, [prompt]);
    expect(await routed('no')).toMatchObject({
      route: 'invitation',
      sends: [{ to: INVITATION, owner: OWNER, event: { type: 'invitee.replied_no' } }],
    });
  });

  test('passes by an invitation that reached nobody', async () => {
    await writePrompts(database.sql, [{ ...prompt, state: 'closed' }]);
    expect(await routed('yes')).toEqual({ route: 'unmatched' });
  });

  test('knows that the phone has opted out, and how often it was answered', async () => {
    await writePrompts(database.sql, [prompt]);
    for (const n of [1, 2, 3]) {
      const id = `55555555-5555-4555-8555-55555555555${n}`;
      await writeMessages(database.sql, [{ ...message, id, purpose: 'update' }]);
    }
    expect(await routed('no')).toMatchObject({
      sends: [{ event: { heard: { mayAnswer: false } } }],
    });
    await database.sql`truncate inbound_messages`;
    await writePhones(database.sql, [{ phone: PHONE, optedOut: true, updatedAt: NOW }]);
    expect(await routed('yes')).toEqual({ route: 'opted_in', mayAnswer: false });
  });

  const mayAnswer = (answer: boolean) => ({
    sends: [{ event: { heard: { mayAnswer: answer } } }],
  });

  test('B-19 counts answers that were allowed lately and are not in our books yet', async () => {
    await writePrompts(database.sql, [prompt]);
    await writeMessages(database.sql, [{ ...message, purpose: 'update' }]);
    expect(await routed('yes', { allowed: 3 })).toMatchObject(mayAnswer(false));
    await database.sql`truncate inbound_messages`;
    expect(await routed('yes', { allowed: 2 })).toMatchObject(mayAnswer(true));
    await database.sql`truncate inbound_messages`;
    const queuedAt = NOW - 20 * 60_000;
    await database.sql`truncate messages`;
    await writeMessages(database.sql, [{ ...message, purpose: 'update', queuedAt }]);
    expect(await routed('yes', { allowed: 2 })).toMatchObject(mayAnswer(false));
  });

  test('B-19 knows that the phone has said the very same before', async () => {
    await writePrompts(database.sql, [prompt]);
    const sid = `SM${'b'.repeat(32)}`;
    expect(await routed('purple')).toMatchObject(mayAnswer(true));
    expect(await routed('purple', { sid })).toMatchObject(mayAnswer(false));
    await database.sql`update inbound_messages set received_at = received_at - interval '1 day' where sid = ${SID}`;
    await database.sql`delete from inbound_messages where sid = ${sid}`;
    expect(await routed('purple', { sid })).toMatchObject(mayAnswer(true));
  });

  test('an older word of a phone does not undo a newer one', async () => {
    await writePhones(database.sql, [{ phone: PHONE, optedOut: false, updatedAt: NOW }]);
    await writePhones(database.sql, [{ phone: PHONE, optedOut: true, updatedAt: NOW - 1 }]);
    const [row] = await database.sql`select opted_out from phones`;
    expect(row?.opted_out).toBe(false);
  });

  test('finds the invitations that must hear of an opt-out', async () => {
    await writePrompts(database.sql, [prompt]);
    await writePrompts(database.sql, [{ ...prompt, id: TEXT, state: 'closed' }]);
    const found = await findInvitations({ phone: PHONE }, { sql: database.sql });
    expect(found).toEqual({ invitations: [{ id: INVITATION, owner: OWNER }] });
  });
});

describe('a status callback', () => {
  const status = {
    sid: SID,
    textId: TEXT,
    from: OURS,
    to: PHONE,
    status: 'undelivered',
    raw: 'undelivered',
    errorCode: 21610,
  } as const;

  test('that comes before the sid is known finds its text by our own id', async () => {
    await writeMessages(database.sql, [message]);
    const { deps } = house();
    await receiveStatus(deps)(status);
    expect(await promises()).toMatchObject([
      {
        send: {
          to: TEXT,
          owner: OWNER,
          event: {
            type: 'carrier.reported',
            sid: SID,
            status: 'undelivered',
            providerCode: 21610,
            optOut: true,
          },
        },
      },
    ]);
  });

  test('without our id finds its text by the sid', async () => {
    await writeMessages(database.sql, [{ ...message, sid: SID }]);
    const { deps } = house();
    await receiveStatus(deps)({ ...status, textId: null });
    expect(await promises()).toHaveLength(1);
  });

  test('that is repeated is promised under the same key', async () => {
    await writeMessages(database.sql, [{ ...message, sid: SID }]);
    const { deps } = house();
    await receiveStatus(deps)(status);
    await receiveStatus(deps)(status);
    expect(await promises()).toHaveLength(1);
  });

  test.each([
    ['of a text that is not ours', status, 'unknown text'],
    ['with a word we do not know', { ...status, status: null }, 'unknown status'],
  ])('%s changes nothing', async (_, callback, why) => {
    const { deps, happened } = house();
    await receiveStatus(deps)(callback);
    expect(await promises()).toEqual([]);
    expect(happened).toEqual([why]);
  });

  test('whose id, sid and phone are not of one text changes nothing', async () => {
    await writeMessages(database.sql, [{ ...message, sid: `SM${'b'.repeat(32)}` }]);
    await writeMessages(database.sql, [{ ...message, id: INVITATION }]);
    const { deps, happened } = house();
    await receiveStatus(deps)(status);
    await receiveStatus(deps)({ ...status, textId: INVITATION, to: '+14155550102' });
    expect(await promises()).toEqual([]);
    expect(happened).toEqual(['mismatch', 'mismatch']);
  });
});
