/* What proves that a text is at the carrier, and what proves nothing: the whole server, and carriers in trouble. */
import { describe, expect, test } from 'vitest';
import { openTown } from '../contract/town.ts';

const town = openTown({ reconcile: 200, retry: 20 });

const messageTo = async (phone: string) => {
  const [message] = await town.sql()<{ status: string; sid: string | null }[]>`
    select status, sid from messages where phone = ${phone}`;
  return message;
};
const carriedTo = async (phone: string) =>
  (await town.carrier().messages()).filter(({ to }) => to === phone);
const loggedOf = async (phone: string, type: string) =>
  (await town.rows()).filter((row) => row.event_type === type && row.invitee_phone === phone);
const isSent = (phone: string) =>
  town.row((row) => row.event_type === 'sms_sent' && row.invitee_phone === phone);

describe('a text of which no answer came', () => {
  test('is known by its callback where the list cannot be read, and is not sent again', async () => {
    const maya = await town.organizer();
    const phone = town.phone();
    await town.carrier().faults({ kind: 'reset', to: phone, recorded: true });
    await town.carrier().faults({ kind: 'server_error', on: 'read', to: phone, times: 500 });
    await maya.invites([phone]);
    await isSent(phone);
    await town.when(async () => (await messageTo(phone))?.status === 'delivered');
    const carried = await carriedTo(phone);
    expect(carried).toHaveLength(1);
    expect((await messageTo(phone))?.sid).toBe(carried[0]?.sid);
    expect(await loggedOf(phone, 'invite_sent')).toHaveLength(1);
  });

  test('is sent again only once the list has said often enough that it is not there', async () => {
    const maya = await town.organizer();
    const phone = town.phone();
    await town.carrier().faults({ kind: 'reset', to: phone });
    await town.carrier().faults({ kind: 'server_error', on: 'read', to: phone, times: 6 });
    await maya.invites([phone]);
    await isSent(phone);
    expect(await carriedTo(phone)).toHaveLength(1);
    const errors = await loggedOf(phone, 'error');
    expect(errors.map(({ metadata }) => metadata.code)).toEqual(['sms.unknown_outcome']);
  });
});

describe('a text that was refused without being looked at', () => {
  test('goes out once the carrier takes texts again, however often it refused', async () => {
    const maya = await town.organizer();
    const phone = town.phone();
    await town.carrier().faults({ kind: 'throttle', to: phone, times: 12 });
    await maya.invites([phone]);
    const { metadata } = await isSent(phone);
    expect(metadata.attempt).toBe(13);
    expect(await loggedOf(phone, 'error')).toHaveLength(4);
  });
});

describe('the server', () => {
  test('leaves every invariant of the contract, and nothing is missing', () => town.holds());
});
