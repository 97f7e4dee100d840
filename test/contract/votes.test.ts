import { describe, expect, test } from 'vitest';
import type { LogRow } from '../../src/behavior/row.ts';
import { addByHand } from './organizer.ts';
import { openTown, type Town } from './town.ts';

const machine = 'syncup-invitation';
const of = (phone: string) => (row: LogRow) => row.invitee_phone === phone;

const INVITED = '[invite_sent{syncup} sms_sent{invite}]';
const VOTED = '[sms_received{vote,single} invitee_vote{choices:[2],options:3,in_reply_to:invite}]';

/** Somebody who has been asked to choose from Friday, Saturday and Sunday, and how the vote is read. */
async function invited(town: Town, voting: 'single' | 'multi' = 'single') {
  const maya = await town.organizer();
  const phone = town.phone();
  const run = await maya.begins('syncup-creation', { input: { title: 'Dinner' } });
  await run.does('organizer.chose_people');
  await addByHand(run, [{ name: 'Dana', phone }]);
  for (const label of ['Friday', 'Saturday', 'Sunday'])
    await run.does('organizer.added_option', { label });
  await run.does('organizer.finished_options');
  await run.does('organizer.set_voting', { voting });
  const saved = await run.does('organizer.saved_syncup');
  const syncupId = String(saved.body.view.syncupId);
  const shown = async () => (await maya.client.get(`/v1/syncups/${syncupId}`)).body;
  await town.when(async () => (await shown()).invitees[0].delivery === 'sent');
  return { maya, phone, syncupId, shown };
}

const isHeard = (phone: string) => (row: LogRow) =>
  row.event_type === 'sms_received' && of(phone)(row);

/** Writes, and waits until what was written is in the log. */
async function says(town: Town, phone: string, body: string): Promise<void> {
  const known = (await town.rows()).filter(isHeard(phone)).length;
  await town.texts(phone, body);
  await town.when(async () => (await town.rows()).filter(isHeard(phone)).length > known);
}

describe('an invitee who is asked to vote', () => {
  const town = openTown();

  test('I-5 votes with a plain digit', async (ctx) => {
    const { phone, shown } = await invited(town);
    const invite = await town.carrier().waitForMessage(({ to }) => to === phone);
    expect(invite.body).toBe(
      'Funlet: A friend asks what works for Dinner: 1) Friday 2) Saturday 3) Sunday. Reply with one number. Reply STOP to opt out',
    );
    await says(town, phone, '2');
    await town.expects(ctx, {
      machine,
      logged: `${INVITED} → ${VOTED} → sms_sent{update}`,
      of: of(phone),
      never: ['invitee_reply_yes', 'invitee_timeout'],
    });
    expect(await shown()).toMatchObject({
      options: [{ votes: 0 }, { label: 'Saturday', votes: 1 }, { votes: 0 }],
      tally: { invited: 1, voted: 1, no: 0, unknown: 0, pending: 0 },
      invitees: [{ name: 'Dana', reply: 'vote', choices: [2], delivery: expect.any(String) }],
    });
  });

  test('is answered, and how long that took is logged', async () => {
    const { phone, syncupId } = await invited(town);
    await says(town, phone, '7');
    await town.row((row) => row.metadata.purpose === 'clarification' && of(phone)(row));
    await says(town, phone, '2');
    const isTrip = (row: LogRow) =>
      row.metadata.operation === 'sms_round_trip' && row.syncup_id === syncupId;
    await town.when(async () => (await town.rows()).filter(isTrip).length === 2);
  });

  test('I-6 votes for an option that there is not', async (ctx) => {
    const { phone, shown } = await invited(town);
    await says(town, phone, '7');
    await town.expects(ctx, {
      machine,
      logged: `${INVITED} → [sms_received{unknown} invitee_reply_unknown{out_of_range,clarification_sent}] → sms_sent{clarification}`,
      of: of(phone),
      never: ['invitee_vote'],
    });
    expect(await shown()).toMatchObject({ tally: { unknown: 1, voted: 0 } });
  });

  test('I-7 votes for something else later', async (ctx) => {
    const { phone, shown } = await invited(town);
    await says(town, phone, '2');
    await says(town, phone, '3');
    await town.expects(ctx, {
      machine,
      logged: `${INVITED} → (${VOTED} → [sms_received{vote} invitee_vote{choices:[3],is_change:true,previous_choices:[2],vote_index:2}]) ∥ sms_sent{update} ×2`,
      of: of(phone),
    });
    expect(await shown()).toMatchObject({ options: [{ votes: 0 }, { votes: 0 }, { votes: 1 }] });
  });

  test('I-8 votes for two where several may be chosen, and is asked back where not', async (ctx) => {
    const { phone, shown } = await invited(town, 'multi');
    await says(town, phone, '1 3');
    const { phone: other } = await invited(town, 'single');
    await says(town, other, '1 3');
    await town.expects(ctx, {
      machine,
      logged: `(${INVITED} → [sms_received{vote} invitee_vote{choices:[1,3],vote_index:1}] → sms_sent{update}) ∥ (${INVITED} → [sms_received{unknown} invitee_reply_unknown{multiple_intents}] → sms_sent{clarification})`,
      of: (row) => of(phone)(row) || of(other)(row),
    });
    expect(await shown()).toMatchObject({
      options: [{ votes: 1 }, { votes: 0 }, { votes: 1 }],
      invitees: [{ choices: [1, 3] }],
    });
  });

  test('says that none of it works, and then that one does', async () => {
    const { phone, shown } = await invited(town);
    await says(town, phone, 'none of these');
    await town.row((row) => row.event_type === 'invitee_reply_no' && of(phone)(row));
    expect(await shown()).toMatchObject({ tally: { no: 1 }, invitees: [{ choices: null }] });
    await says(town, phone, 'ok, Sunday');
    const vote = await town.row((row) => row.event_type === 'invitee_vote' && of(phone)(row));
    expect(vote.metadata).toMatchObject({
      ...{ choices: [3], previous_choices: null, is_change: true, vote_index: 1 },
    });
  });

  test('is reminded, and votes', async () => {
    const { phone, maya, syncupId } = await invited(town);
    const run = await maya.begins('reminder', { input: { syncupId } });
    await run.does('organizer.skipped');
    const sent = await town.row((row) => row.event_type === 'reminder_sent' && run.isOf(row));
    expect(sent).toMatchObject({ syncup_id: syncupId, event_id: null });
    expect(sent.metadata).toMatchObject({ target: 'syncup', recipients: 1, reminder_index: 1 });
    await town.row((row) => row.metadata.purpose === 'reminder' && of(phone)(row));
    await says(town, phone, '1');
    const vote = await town.row((row) => row.event_type === 'invitee_vote' && of(phone)(row));
    expect(vote.metadata).toMatchObject({ in_reply_to: 'reminder', reminders_before: 1 });
  });

  test('is added later, asked the same, and votes', async () => {
    const { maya, syncupId, shown } = await invited(town, 'multi');
    const late = town.phone();
    const run = await maya.begins('add-people', { input: { syncupId } });
    await addByHand(run, [{ name: 'Edi', phone: late }]);
    await run.does('organizer.invited_people');
    const invite = await town.row((row) => row.event_type === 'invite_sent' && of(late)(row));
    expect(invite).toMatchObject({ syncup_id: syncupId, metadata: { via: 'add_people' } });
    await says(town, late, '1, 2');
    await town.row((row) => row.event_type === 'invitee_vote' && of(late)(row));
    expect(await shown()).toMatchObject({ options: [{ votes: 1 }, { votes: 1 }, { votes: 0 }] });
  });

  test('keeps every invariant of the contract, and nothing is missing', () => town.holds());
});

describe('an invitee who does not vote in time', () => {
  const town = openTown({ firstReply: 300 });

  test('leaves a timeout, and is heard all the same', async () => {
    const { phone } = await invited(town);
    const timeout = await town.row((row) => row.event_type === 'invitee_timeout' && of(phone)(row));
    expect(timeout.metadata).toMatchObject({ stage: 'first_reply', target: 'syncup' });
    expect(timeout.event_id).toBeNull();
    await says(town, phone, 'the second one');
    const vote = await town.row((row) => row.event_type === 'invitee_vote' && of(phone)(row));
    expect(vote.metadata).toMatchObject({ choices: [2], after_timeout: true });
  });

  test('keeps every invariant of the contract, and nothing is missing', () => town.holds());
});

describe('an invitee of a vote that is over', () => {
  const town = openTown({ closing: 900 });

  test('is told that the vote came too late', async () => {
    const { phone, shown } = await invited(town);
    const closed = () => town.sql()`
      select from sms_prompts where phone = ${phone} and state = 'closed'`;
    await town.when(async () => (await closed()).length > 0);
    await says(town, phone, '2');
    const unknown = await town.row(
      (row) => row.event_type === 'invitee_reply_unknown' && of(phone)(row),
    );
    expect(unknown.metadata).toMatchObject({ reason: 'expired', target: 'syncup' });
    await town.row((row) => row.metadata.purpose === 'update' && of(phone)(row));
    expect(await shown()).toMatchObject({ tally: { voted: 0 } });
  });

  test('keeps every invariant of the contract, and nothing is missing', () => town.holds());
});
