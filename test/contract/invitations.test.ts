import { describe, expect, test } from 'vitest';
import type { LogRow } from '../../src/behavior/row.ts';
import { openTown } from './town.ts';

const machine = 'event-invitation';
const town = openTown();
const of = (phone: string) => (row: LogRow) => row.invitee_phone === phone;

const INVITED = '[invite_sent sms_sent{invite}]';
const YES = '[sms_received{yes,single} invitee_reply_yes{in_reply_to:invite}] → sms_sent{update}';

/** Somebody whose invite has gone out. */
async function invited(): Promise<string> {
  const maya = await town.organizer();
  const phone = town.phone();
  await maya.invites([phone]);
  await town.row((row) => row.event_type === 'sms_sent' && of(phone)(row));
  return phone;
}

/** Writes, and waits until what was written is in the log. */
async function says(phone: string, body: string): Promise<void> {
  const known = (await town.rows()).filter(isHeard(phone)).length;
  await town.texts(phone, body);
  await town.when(async () => (await town.rows()).filter(isHeard(phone)).length > known);
}

const isHeard = (phone: string) => (row: LogRow) =>
  row.event_type === 'sms_received' && of(phone)(row);

describe('an invitee', () => {
  test('I-1 says yes', async (ctx) => {
    const phone = await invited();
    await says(phone, 'Yes!');
    await town.expects(ctx, {
      machine,
      logged: `${INVITED} → ${YES}`,
      of: of(phone),
      never: ['invitee_timeout'],
    });
  });

  test('is answered, and how long that took is logged', async () => {
    const phone = await invited();
    const { event_id: event } = await town.row(of(phone));
    await says(phone, 'who is this?');
    await town.row((row) => row.metadata.purpose === 'clarification' && of(phone)(row));
    await says(phone, 'yes');
    const isTrip = (row: LogRow) =>
      row.metadata.operation === 'sms_round_trip' && row.event_id === event;
    await town.when(async () => (await town.rows()).filter(isTrip).length === 2);
  });

  test('I-2 says no', async (ctx) => {
    const phone = await invited();
    await says(phone, 'no, sorry');
    await town.expects(ctx, {
      machine,
      logged: `${INVITED} → [sms_received{no} invitee_reply_no{in_reply_to:invite}] → sms_sent{update}`,
      of: of(phone),
    });
  });

  test('I-3 is not understood, and then says yes', async (ctx) => {
    const phone = await invited();
    await says(phone, 'who is this?');
    await town.row((row) => row.metadata.purpose === 'clarification' && of(phone)(row));
    await says(phone, 'yes');
    await town.expects(ctx, {
      machine,
      logged: `${INVITED} → [sms_received{unknown} invitee_reply_unknown{clarification_sent}] → sms_sent{clarification} → [sms_received{yes} invitee_reply_yes{in_reply_to:clarification}] → sms_sent{update}`,
      of: of(phone),
    });
  });

  test('I-4 is asked twice what was meant, and not a third time', async (ctx) => {
    const phone = await invited();
    for (const body of ['who is this?', 'what do you want?', 'purple']) await says(phone, body);
    await town.expects(ctx, {
      machine,
      logged: `${INVITED} → ${[1, 2]
        .map(
          (n) =>
            `[sms_received{unknown} invitee_reply_unknown{unknown_index:${n},clarification_sent}] → sms_sent{clarification}`,
        )
        .join(
          ' → ',
        )} → [sms_received{unknown} invitee_reply_unknown{unknown_index:3,clarification_sent:false}]`,
      of: of(phone),
    });
  });

  test('I-14 says yes, and then no', async (ctx) => {
    const phone = await invited();
    await says(phone, 'yes');
    await says(phone, 'no, I cannot come after all');
    await town.expects(ctx, {
      machine,
      logged: `${INVITED} → ([sms_received{yes} invitee_reply_yes{reply_index:1}] → [sms_received{no} invitee_reply_no{is_change:true,previous:yes,reply_index:2}]) ∥ sms_sent{update} ×2`,
      of: of(phone),
    });
  });

  test('I-15 says yes twice', async (ctx) => {
    const phone = await invited();
    await says(phone, 'yes');
    await says(phone, 'Yes');
    await town.expects(ctx, {
      machine,
      logged: `${INVITED} → ([sms_received{yes} invitee_reply_yes{previous:none}] → [sms_received{yes} invitee_reply_yes{previous:yes,is_change:false}]) ∥ sms_sent{update} ×2`,
      of: of(phone),
      never: ['invitee_reply_yes{is_change:true}'],
    });
  });

  test('I-17 writes STOP and gets nothing any more', async (ctx) => {
    const phone = await invited();
    await says(phone, 'STOP');
    const maya = await town.organizer();
    const run = await maya.invites([phone]);
    expect((await maya.client.get(`/v1/events/${await run.eventId()}`)).body.invitees).toEqual([]);
    await town.expects(ctx, {
      machine: 'phone-line',
      logged: `${INVITED} → sms_received{opt_out} → {sms_sent{opt_out_confirm}}?`,
      of: of(phone),
      never: ['invitee_reply_yes', 'invitee_reply_no', 'invitee_reply_unknown'],
    });
  });

  test('I-18 writes START after STOP', async (ctx) => {
    const phone = town.phone();
    await says(phone, 'STOP');
    await says(phone, 'START');
    await town.expects(ctx, {
      machine: 'phone-line',
      logged: 'sms_received{opt_out} → sms_received{opt_in}',
      of: of(phone),
    });
  });

  test('I-19 writes without having been invited', async (ctx) => {
    const phone = town.phone();
    await says(phone, 'hello?');
    await town.expects(ctx, {
      machine: 'phone-line',
      logged:
        '[sms_received{unmatched,organizer_id:null,event_id:null} invitee_reply_unknown{no_active_invite,organizer_id:null,event_id:null}]',
      of: of(phone),
    });
  });

  test('I-21 sends a photo without a word, and is asked back', async (ctx) => {
    const phone = await invited();
    const { answers } = await town.carrier().inbound({ from: phone, body: '', media: 1 });
    expect(answers.map(({ status }) => status)).toEqual([200]);
    await town.expects(ctx, {
      machine,
      logged: `${INVITED} → [sms_received{unknown,media:1} invitee_reply_unknown{media_only,has_media,length_band:l0,clarification_sent}] → sms_sent{clarification}`,
      of: of(phone),
      never: ['invitee_reply_yes', 'invitee_reply_no'],
    });
  });

  test('I-22 is heard once when the carrier delivers a message five times', async (ctx) => {
    const phone = await invited();
    const { answers } = await town.carrier().inbound({ from: phone, body: 'yes', times: 5 });
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    await town.expects(ctx, { machine, logged: `${INVITED} → ${YES}`, of: of(phone) });
  });

  test('I-23 is heard in turn when two messages come at once', async (ctx) => {
    const phone = await invited();
    await Promise.all([town.texts(phone, 'yes'), town.texts(phone, 'yes please')]);
    await town.expects(ctx, {
      machine,
      logged: `${INVITED} → ([sms_received{yes} invitee_reply_yes{reply_index:1}] → [sms_received{yes} invitee_reply_yes{reply_index:2}]) ∥ sms_sent{update} ×2`,
      of: of(phone),
    });
  });

  test('I-24 answers before we know that the invite was sent', async (ctx) => {
    const maya = await town.organizer();
    const phone = town.phone();
    await town.carrier().faults({ kind: 'late', to: phone, delayMs: 500 });
    await maya.invites([phone]);
    await town.carrier().waitForMessage(({ to }) => to === phone);
    await town.texts(phone, 'yes');
    expect((await town.rows()).filter(of(phone))).toEqual([]);
    await town.expects(ctx, { machine, logged: `${INVITED} → ${YES}`, of: of(phone) });
    const yes = (await town.rows()).find((row) => of(phone)(row) && 'previous' in row.metadata);
    expect(yes?.metadata.ms_since_invite).toBeGreaterThanOrEqual(0);
  });

  test('keeps every invariant of the contract, and nothing is missing', () => town.holds());
});
