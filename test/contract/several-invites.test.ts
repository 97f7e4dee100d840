import { describe, expect, test } from 'vitest';
import type { LogRow } from '../../src/behavior/row.ts';
import { openTown } from './town.ts';

const town = openTown();
const machine = 'phone-line';
const of = (phone: string) => (row: LogRow) => row.invitee_phone === phone;
const isA = (type: string, phone: string) => (row: LogRow) =>
  row.event_type === type && of(phone)(row);
const count = async (is: (row: LogRow) => boolean) => (await town.rows()).filter(is).length;

const INVITED = '[invite_sent sms_sent{invite}]';
const ASKED =
  '[sms_received{yes,ambiguous,candidates:2} invitee_reply_unknown{ambiguous,candidates:2,clarification_sent}] → sms_sent{clarification}';

/** Somebody whom two organizers have invited, one after the other. */
async function invitedTwice(): Promise<string> {
  const phone = town.phone();
  for (const n of [1, 2]) {
    await (await town.organizer()).invites([phone]);
    await town.when(async () => (await count(isA('invite_sent', phone))) === n);
  }
  return phone;
}

async function says(phone: string, body: string, times = 1): Promise<void> {
  const known = await count(isA('sms_received', phone));
  await town.carrier().inbound({ from: phone, body, times });
  await town.when(async () => (await count(isA('sms_received', phone))) > known);
}

const textsTo = async (phone: string): Promise<readonly string[]> =>
  (await town.carrier().messages())
    .filter(({ direction, to }) => direction.startsWith('outbound') && to === phone)
    .map(({ body }) => body);

describe('an invitee with two open invites', () => {
  test('I-20 says yes, is asked once which one, and answers by its letter', async (ctx) => {
    const phone = await invitedTwice();
    await says(phone, 'yes');
    await town.row((row) => row.metadata.purpose === 'clarification' && of(phone)(row));
    await says(phone, 'B');
    await town.expects(ctx, {
      machine,
      logged: `${INVITED} → ${INVITED} → ${ASKED} → [sms_received{yes,disambiguated,candidates:2} invitee_reply_yes] → sms_sent{update}`,
      of: of(phone),
      never: ['invitee_reply_no'],
    });
    expect(await textsTo(phone)).toEqual([
      expect.stringMatching(/^Funlet: .*Reply YES or NO\./),
      expect.stringMatching(/^\[B\] Funlet: .*Reply B YES or B NO\./),
      expect.stringMatching(/^Funlet: 2 invites open\. A: .* B: .*your YES for\? Reply A or B\.$/),
      expect.stringMatching(/^Funlet: you are in for .*Reply B NO\.$/),
    ]);
  });

  test('is told by each text how that very invite is answered, also by those of the first one', async () => {
    const phone = await invitedTwice();
    await says(phone, 'A yes');
    await town.when(async () => (await textsTo(phone)).length === 3);
    expect((await textsTo(phone))[2]).toMatch(/you are in for .* Reply A NO\.$/);
    await says(phone, 'A no');
    await town.when(async () => (await textsTo(phone)).length === 4);
    expect((await textsTo(phone))[3]).toMatch(/you are not coming to .* Reply A YES\.$/);
    const replies = await town.sql()`
      select reply from invitations where phone = ${phone} order by updated_at desc`;
    expect(replies.map(({ reply }) => reply).sort()).toEqual(['no', 'none']);
  });

  test('is reminded of the first one with its letter, and answers that one', async () => {
    const phone = town.phone();
    const maya = await town.organizer();
    const eventId = await (await maya.invites([phone])).eventId();
    await town.when(async () => (await count(isA('invite_sent', phone))) === 1);
    await (await town.organizer()).invites([phone]);
    await town.when(async () => (await count(isA('invite_sent', phone))) === 2);
    const run = await maya.begins('reminder', { input: { eventId } });
    await run.does('organizer.chose_audience', { audience: 'non_responders' });
    await town.row((row) => row.metadata.purpose === 'reminder' && of(phone)(row));
    expect((await textsTo(phone))[2]).toMatch(/^\[A\] Funlet: .*Reply A YES or A NO\.$/);
    await says(phone, 'A no');
    await town.row(isA('invitee_reply_no', phone));
  });

  test('answers both in one text', async () => {
    const phone = await invitedTwice();
    await says(phone, 'A yes, B no', 3);
    await town.when(async () => (await count(isA('invitee_reply_no', phone))) === 1);
    const heard = (await town.rows()).filter(isA('sms_received', phone));
    // Two invitations hear it, each in its own time: which of them logs it first is nobody's promise.
    const byIntent = Object.fromEntries(heard.map(({ metadata }) => [metadata.intent, metadata]));
    expect(heard).toHaveLength(2);
    expect(byIntent).toMatchObject({
      yes: { routing: 'disambiguated', segments: 1 },
      no: { routing: 'disambiguated', segments: 0 },
    });
    expect(await count(isA('invitee_reply_yes', phone))).toBe(1);
    expect(await count(isA('invitee_reply_unknown', phone))).toBe(0);
  });

  test('who says both is answered once, is asked which one a no is for, and told what came of it', async () => {
    const phone = await invitedTwice();
    const said = async (body: string, texts: number) => {
      await says(phone, body);
      await town.when(async () => (await textsTo(phone)).length === texts);
      return (await textsTo(phone)).at(-1);
    };
    expect(await said('yes', 3)).toMatch(/your YES for\? Reply A or B\.$/);
    expect(await said('both', 4)).toMatch(
      /^Funlet: noted\. A: .*: YES\. B: .*: YES\. Changed your mind\? Reply A or B with your new answer\.$/,
    );
    expect(await said('no', 5)).toMatch(/your NO for\? Reply A or B\.$/);
    expect(await said('A', 6)).toMatch(/you are not coming to .* Reply A YES\.$/);
    const replies = (await town.rows()).filter(
      (row) => row.event_type.startsWith('invitee_reply_') && of(phone)(row),
    );
    expect(
      replies.map(({ event_type, metadata: { is_change } }) => [event_type, is_change]),
    ).toEqual([
      ['invitee_reply_unknown', undefined],
      ['invitee_reply_yes', false],
      ['invitee_reply_yes', false],
      ['invitee_reply_unknown', undefined],
      ['invitee_reply_no', true],
    ]);
  });

  test('answers the question which one by its place in the list', async () => {
    const phone = await invitedTwice();
    await says(phone, 'no');
    await town.when(async () => (await textsTo(phone)).length === 3);
    await says(phone, 'The second one, please.');
    await town.row(isA('invitee_reply_no', phone));
    await town.when(async () => (await textsTo(phone)).length === 4);
    expect((await textsTo(phone))[3]).toMatch(/you are not coming to .* Reply B YES\.$/);
  });

  test('is not asked a third time on one day', async () => {
    const phone = await invitedTwice();
    for (const body of ['yes', 'no', 'yes']) await says(phone, body);
    await town.when(async () => (await count(isA('invitee_reply_unknown', phone))) === 3);
    const unknown = (await town.rows()).filter(isA('invitee_reply_unknown', phone));
    expect(unknown.map(({ metadata }) => metadata)).toMatchObject([
      { clarification_sent: true },
      { clarification_sent: true },
      { clarification_sent: false },
    ]);
  });

  test('is heard where the first delivery went when the webhook comes again', async () => {
    const phone = await invitedTwice();
    await says(phone, 'B yes', 5);
    await town.when(async () => (await count(isA('invitee_reply_yes', phone))) === 1);
    expect(await count(isA('sms_received', phone))).toBe(1);
  });

  test('keeps every invariant of the contract, and nothing is missing', () => town.holds());
});
