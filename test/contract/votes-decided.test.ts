import { describe, expect, test } from 'vitest';
import type { LogRow } from '../../src/behavior/row.ts';
import { addByHand } from './organizer.ts';
import { openTown, type Town } from './town.ts';

const machine = 'finalize';
const of = (phone: string | undefined) => (row: LogRow) => row.invitee_phone === phone;
const isType = (type: string) => (row: LogRow) => row.event_type === type;

/** A vote on Friday, Saturday and Sunday whose invites have all arrived. */
async function asked(
  town: Town,
  whom: number | readonly string[],
  rules?: Readonly<Record<string, unknown>>,
) {
  const maya = await town.organizer('ios_app');
  const phones = typeof whom === 'number' ? Array.from({ length: whom }, () => town.phone()) : whom;
  const run = await maya.begins('syncup-creation', { input: { title: 'Dinner' } });
  await run.does('organizer.chose_people');
  await addByHand(
    run,
    phones.map((phone, n) => ({ name: `Guest ${n + 1}`, phone })),
  );
  for (const label of ['Friday', 'Saturday', 'Sunday'])
    await run.does('organizer.added_option', { label });
  await run.does('organizer.finished_options');
  if (rules === undefined) await run.does('organizer.skipped');
  else await run.does('organizer.set_voting', { voting: 'single', ...rules });
  const saved = await run.does('organizer.saved_syncup');
  const syncupId = String(saved.body.view.syncupId);
  const shown = async () => (await maya.client.get(`/v1/syncups/${syncupId}`)).body;
  await town.when(async () =>
    (await shown()).invitees.every(({ delivery }: { delivery: string }) => delivery === 'sent'),
  );
  const event = async (id: string | null) => (await maya.client.get(`/v1/events/${id}`)).body;
  return { maya, phones, syncupId, shown, event };
}

async function says(town: Town, phone: string | undefined, body: string, type: string) {
  await town.texts(String(phone), body);
  await town.row((row) => row.event_type === type && of(phone)(row));
}

const isFinalText =
  (phones: readonly string[]) =>
  (row: LogRow): boolean =>
    row.metadata.purpose === 'finalize' && phones.includes(String(row.invitee_phone));

describe('a vote that its organizer decides', () => {
  const town = openTown();

  test('FI-2 becomes an event with its winner, and everybody who may come is told', async (ctx) => {
    const { maya, phones, syncupId, shown, event } = await asked(town, 4);
    await says(town, phones[0], '2', 'invitee_vote');
    await says(town, phones[1], '2', 'invitee_vote');
    await says(town, phones[2], 'none of these', 'invitee_reply_no');
    const run = await maya.begins(machine);
    await run.does('organizer.chose_syncup', { syncupId });
    const { body } = await run.does('organizer.chose_option', { option: 2 });
    const eventId: string = body.view.eventId;
    const isTold = isFinalText(phones);
    await town.expects(ctx, {
      machine,
      logged: `flow_started{finalize} → fs(choose_target) → fs(choose_option){choice:2,option_count:3} → [finalize_triggered{target:syncup,syncup_id:${syncupId},event_id:${eventId},choice:2,votes:[0,2,0],tie:false,invited:4,yes:2,no:1,pending:1,notify} event_created{from_syncup,event_id:${eventId},syncup_id:${syncupId},invitees:4} flow_completed{finalized}] → sms_sent{finalize,event_id:${eventId},syncup_id:null} ×3`,
      of: (row) => run.isOf(row) || isTold(row),
      never: [`sms_sent{finalize,invitee_phone:${phones[2]}}`],
    });
    const triggered = await town.row((row) => run.isOf(row) && isType('finalize_triggered')(row));
    for (const text of (await town.rows()).filter(isTold)) {
      expect(text.metadata.caused_by).toBe(triggered.metadata.correlation_id);
      expect(text.session_id).toBe(triggered.session_id);
    }
    expect(await shown()).toMatchObject({ state: 'finalized', eventId });
    expect(await event(eventId)).toMatchObject({
      ...{ title: 'Dinner: Saturday', state: 'live' },
      tally: { invited: 4, yes: 0, no: 1, unknown: 0, pending: 3 },
    });
  });

  test('FI-3 is a tie, which the organizer decides', async (ctx) => {
    const { maya, phones, syncupId } = await asked(town, 2);
    await says(town, phones[0], '1', 'invitee_vote');
    await says(town, phones[1], '3', 'invitee_vote');
    const run = await maya.begins(machine, { input: { syncupId } });
    const { body } = await maya.client.get(`/v1/instances/${run.id}`);
    expect(body).toMatchObject({ step: 'choose_option', view: { tie: true, leaders: [1, 3] } });
    expect(body.prompt.text).toContain('It is a tie of 1 and 3.');
    await run.tries(422, 'organizer.chose_option', { option: 4 });
    const { body: ended } = await run.does('organizer.chose_option', { option: 3 });
    const isTold = isFinalText(phones);
    await town.expects(ctx, {
      machine,
      logged: `flow_started{finalize} → flow_step{choose_option,invalid_input} → fs(choose_option){choice:3} → [finalize_triggered{target:syncup,syncup_id:${syncupId},event_id:${ended.view.eventId},choice:3,votes:[1,0,1],tie:true} event_created{from_syncup:true,has_time:false} flow_completed{finalized}] → sms_sent{finalize} ×2`,
      of: (row) => run.isOf(row) || isTold(row),
    });
  });

  test('I-12 an invitee who voted is told, and confirms', async (ctx) => {
    const { maya, phones, syncupId, event } = await asked(town, 1);
    const [phone] = phones;
    await says(town, phone, '2', 'invitee_vote');
    const run = await maya.begins(machine, { input: { syncupId } });
    const { body } = await run.does('organizer.chose_option', { option: 2 });
    await town.row(isFinalText(phones));
    const text = await town
      .carrier()
      .waitForMessage(({ to, body: said }) => to === phone && said.includes('it is on'));
    expect(text.body).toBe(
      'Funlet: A friend says it is on: Dinner: Saturday. Are you in? Reply YES or NO.',
    );
    await says(town, phone, 'yes', 'invitee_confirmed');
    await town.expects(ctx, {
      machine: 'event-invitation',
      logged:
        '[invite_sent{syncup} sms_sent{invite}] → ([sms_received{vote} invitee_vote{choices:[2]}] → finalize_triggered → sms_sent{finalize} → [sms_received{yes} invitee_reply_yes{event,in_reply_to:finalize,previous:vote,is_change:false,reply_index:2} invitee_confirmed{follow_up:finalize,previous:vote}]) ∥ sms_sent{update} ×2',
      of: (row) => of(phone)(row) || (run.isOf(row) && isType('finalize_triggered')(row)),
      never: ['invitee_timeout'],
    });
    const rows = (await town.rows()).filter(of(phone));
    const cycles = new Set(rows.map(({ metadata }) => metadata.cycle_id).filter(Boolean));
    expect([...cycles]).toHaveLength(1);
    expect(await event(body.view.eventId)).toMatchObject({ tally: { invited: 1, yes: 1 } });
  });

  test('an invitee who never voted is told as well, and declines', async () => {
    const { maya, phones, syncupId } = await asked(town, 1);
    const run = await maya.begins(machine, { input: { syncupId } });
    await run.does('organizer.chose_option', { option: 1 });
    await town.row(isFinalText(phones));
    await says(town, phones[0], "can't make it", 'invitee_reply_no');
    const no = await town.row((row) => isType('invitee_reply_no')(row) && of(phones[0])(row));
    expect(no.metadata).toMatchObject({ previous: 'none', is_change: false, target: 'event' });
  });

  test('tells nobody where the organizer wants it so, and they can be reminded of the event', async () => {
    const { maya, phones, syncupId } = await asked(town, 1);
    await says(town, phones[0], '1', 'invitee_vote');
    const run = await maya.begins(machine, { input: { syncupId } });
    const { body } = await run.does('organizer.chose_option', { option: 1, notify: false });
    await town.holds();
    expect((await town.rows()).filter(isFinalText(phones))).toEqual([]);
    const reminder = await maya.begins('reminder', { input: { eventId: body.view.eventId } });
    await reminder.does('organizer.skipped');
    await town.row((row) => row.metadata.purpose === 'reminder' && of(phones[0])(row));
    await says(town, phones[0], 'yes', 'invitee_confirmed');
  });

  test('a second time changes nothing, and a late vote is asked back about the event', async () => {
    const { maya, phones, syncupId } = await asked(town, 2);
    await says(town, phones[0], 'none of these', 'invitee_reply_no');
    const first = await maya.begins(machine, { input: { syncupId } });
    await first.does('organizer.chose_option', { option: 1 });
    const second = await maya.begins(machine, { input: { syncupId } });
    const ended = await town.row((row) => second.isOf(row) && isType('flow_completed')(row));
    expect(ended.metadata).toMatchObject({ outcome: 'no_change' });
    await town.holds();
    await says(town, phones[1], '2', 'invitee_reply_unknown');
    const late = await town.row(
      (row) => isType('invitee_reply_unknown')(row) && of(phones[1])(row),
    );
    expect(late.metadata).toMatchObject({ target: 'event', clarification_sent: true });
  });

  test('leaves in peace who wants no texts', async () => {
    const { maya, phones, syncupId, event } = await asked(town, 2);
    await town.texts(String(phones[0]), 'STOP');
    await town.row((row) => row.metadata.intent === 'opt_out' && of(phones[0])(row));
    const run = await maya.begins(machine, { input: { syncupId } });
    const { body } = await run.does('organizer.chose_option', { option: 1 });
    await town.row(isFinalText(phones));
    await town.holds();
    const created = await town.row((row) => run.isOf(row) && isType('event_created')(row));
    expect(created.metadata).toMatchObject({ invitees: 1, suppressed_opt_out: 1 });
    expect(await event(body.view.eventId)).toMatchObject({ tally: { invited: 1 } });
  });

  test('keeps every invariant of the contract, and nothing is missing', () => town.holds());
});

describe('a vote that decides itself', () => {
  const town = openTown({ voteEnds: 2_500 });

  test('when everybody has answered becomes an event of nobody’s hand', async () => {
    const { maya, phones, syncupId, shown } = await asked(town, 2, {
      ...{ whenAllAnswered: true, finalizes: true },
    });
    await says(town, phones[0], '3', 'invitee_vote');
    expect(await shown()).toMatchObject({ state: 'live' });
    await says(town, phones[1], '3', 'invitee_vote');
    await town.when(async () => (await town.rows()).filter(isFinalText(phones)).length === 2);
    const created = await town.row(isType('event_created'));
    expect(created).toMatchObject({
      ...{ syncup_id: syncupId, session_id: null, platform: 'system', organizer_id: maya.owner },
      metadata: { flow_run_id: null, from_syncup: true, invitees: 2 },
    });
    for (const text of (await town.rows()).filter(isFinalText(phones))) {
      expect(text).toMatchObject({ session_id: null, event_id: created.event_id });
    }
    expect((await town.rows()).filter(isType('finalize_triggered'))).toEqual([]);
    expect(await shown()).toMatchObject({ state: 'finalized' });
    await says(town, phones[0], 'yes', 'invitee_confirmed');
  });

  test('at its deadline is left to the organizer where two lead, and later votes are too late', async () => {
    const { maya, phones, syncupId, shown } = await asked(town, 2, { finalizes: true });
    await says(town, phones[0], '1', 'invitee_vote');
    await says(town, phones[1], '2', 'invitee_vote');
    await town.when(async () => (await shown()).state === 'closed');
    await town.holds();
    await says(town, phones[0], '2', 'invitee_reply_unknown');
    const late = await town.row(
      (row) => isType('invitee_reply_unknown')(row) && of(phones[0])(row),
    );
    expect(late.metadata).toMatchObject({ reason: 'expired', target: 'syncup' });
    const run = await maya.begins(machine, { input: { syncupId } });
    await run.does('organizer.chose_option', { option: 2 });
    await town.when(async () => (await town.rows()).filter(isFinalText(phones)).length === 2);
  });

  test('is over at its deadline, and becomes nothing by itself where nobody chose so', async () => {
    const { phones, shown } = await asked(town, 1);
    await says(town, phones[0], '1', 'invitee_vote');
    await town.when(async () => (await shown()).state === 'closed');
    await town.holds();
    expect((await town.rows()).filter(isFinalText(phones))).toEqual([]);
  });

  test('keeps every invariant of the contract, and nothing is missing', () => town.holds());
});

describe('a vote that enough have voted in', () => {
  const town = openTown();

  test('becomes an event before the others answer, and who wants none of it is no vote', async () => {
    const { phones, syncupId, shown } = await asked(town, 3, { quorum: 2, finalizes: true });
    await says(town, phones[0], '2', 'invitee_vote');
    await says(town, phones[1], 'none of these', 'invitee_reply_no');
    expect(await shown()).toMatchObject({ state: 'live', rules: { quorum: 2 } });
    await says(town, phones[2], '2', 'invitee_vote');
    await town.when(async () => (await town.rows()).filter(isFinalText(phones)).length === 2);
    expect(await shown()).toMatchObject({ state: 'finalized', id: syncupId });
  });

  test('keeps every invariant of the contract, and nothing is missing', () => town.holds());
});

describe('a vote on a phone that has another question', () => {
  const town = openTown();

  test('is answered by its letter, and goes on with it when it is an event', async () => {
    const phone = town.phone();
    await (await town.organizer()).invites([phone]);
    await town.row((row) => isType('invite_sent')(row) && of(phone)(row));
    const { maya, syncupId, shown } = await asked(town, [phone]);
    const says = (part: string) =>
      town.carrier().waitForMessage(({ to, body }) => to === phone && body.includes(part));
    expect((await says('works for Dinner')).body).toMatch(/^\[B\] Funlet: .*number, like B 1\./);
    await town.texts(phone, 'B 3');
    const vote = await town.row((row) => isType('invitee_vote')(row) && of(phone)(row));
    expect(vote.metadata).toMatchObject({ choices: [3] });
    expect(await shown()).toMatchObject({ options: [{ votes: 0 }, { votes: 0 }, { votes: 1 }] });
    const run = await maya.begins(machine, { input: { syncupId } });
    const { body } = await run.does('organizer.chose_option', { option: 3 });
    expect((await says('it is on')).body).toMatch(/^\[B\] Funlet: .*Reply B YES or B NO\.$/);
    await town.texts(phone, 'B yes');
    const yes = await town.row((row) => isType('invitee_confirmed')(row) && of(phone)(row));
    expect(yes.event_id).toBe(body.view.eventId);
    await town.holds();
  });
});
