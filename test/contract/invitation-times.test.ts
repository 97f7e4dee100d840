import { describe, test } from 'vitest';
import type { LogRow } from '../../src/behavior/row.ts';
import { openTown, type Town } from './town.ts';

const machine = 'event-invitation';
const of = (phone: string) => (row: LogRow) => row.invitee_phone === phone;
const INVITED = '[invite_sent sms_sent{invite}]';

async function invite(town: Town, phone: string): Promise<void> {
  const maya = await town.organizer('ios_app');
  await maya.invites([phone]);
}

describe('an invitee who does not answer in time', () => {
  const town = openTown({ firstReply: 300 });
  const isTimeout = (phone: string) => (row: LogRow) =>
    row.event_type === 'invitee_timeout' && of(phone)(row);

  test('I-9 leaves a timeout', async (ctx) => {
    const phone = town.phone();
    await invite(town, phone);
    await town.expects(ctx, {
      machine,
      logged: `${INVITED} → invitee_timeout{first_reply,terminal:true,timeout_ms:300}`,
      of: of(phone),
      never: ['sms_received'],
    });
  });

  test('I-10 is heard all the same when a yes comes late', async (ctx) => {
    const phone = town.phone();
    await invite(town, phone);
    await town.row(isTimeout(phone));
    await town.texts(phone, 'yes');
    await town.expects(ctx, {
      machine,
      logged: `${INVITED} → invitee_timeout{first_reply} → [sms_received{yes} invitee_reply_yes{after_timeout:true}] → sms_sent{update}`,
      of: of(phone),
    });
  });

  test('I-25 runs out of time also where the invite was not delivered', async (ctx) => {
    // The local carrier takes texts to this number and does not deliver them.
    const phone = '+14155550193';
    await invite(town, phone);
    await town.expects(ctx, {
      machine,
      logged: `${INVITED} → error{sms.undelivered} → invitee_timeout{first_reply}`,
      of: of(phone),
    });
  });

  test('keeps every invariant of the contract, and nothing is missing', () => town.holds());
});

describe('an invitee of an event that is over', () => {
  const town = openTown({ closing: 600 });

  test('I-16 is told that the answer came too late', async (ctx) => {
    const phone = town.phone();
    await invite(town, phone);
    await town.row((row) => row.event_type === 'invite_sent' && of(phone)(row));
    const prompts = () => town.sql()`
      select from sms_prompts where phone = ${phone} and state = 'closed'`;
    await town.when(async () => (await prompts()).length > 0);
    await town.texts(phone, 'yes');
    await town.expects(ctx, {
      machine,
      logged: `${INVITED} → [sms_received invitee_reply_unknown{expired}] → sms_sent{update}`,
      of: of(phone),
    });
  });

  test('keeps every invariant of the contract, and nothing is missing', () => town.holds());
});
