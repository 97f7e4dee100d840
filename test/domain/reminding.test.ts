import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_RULES } from '../../machines/gathering.model.ts';
import { inviteesOf } from '../../machines/inviting.ts';
import type { Remind } from '../../machines/reminder.model.ts';
import { saveEvent } from '../../src/domain/events.ts';
import { loadInvitees, remind } from '../../src/domain/reminding.ts';
import { type InvitationRow, writeInvitations } from '../../src/store/invitations.ts';
import { writePhones } from '../../src/store/phones.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const AT = Date.UTC(2026, 5, 1, 12);
const HOUR = 3_600_000;
const ana = { name: 'Ana', phone: '+14155550100' };
const bo = { name: 'Bo', phone: '+14155550101' };
const cy = { name: 'Cy', phone: '+14155550102' };
const di = { name: 'Di', phone: '+14155550103' };

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const inCommit = <T>(
  owner: string,
  work: (scope: Parameters<typeof remind>[1]) => Promise<T>,
  at = AT,
) => db.sql.begin((tx) => work({ tx, at, self: { id: randomUUID(), owner, sessionId: null } }));

/** An event tomorrow, with these people invited and their invites sent. */
async function planned(replies: readonly (readonly [typeof ana, InvitationRow['reply']])[]) {
  const [owner, eventId] = [randomUUID(), randomUUID()];
  const people = inviteesOf(
    eventId,
    replies.map(([person]) => person),
  );
  const event = {
    ...{ eventId, title: 'Dinner', startsAt: AT + 24 * HOUR, timeZone: 'UTC', place: null },
    ...{ details: null, crewId: null, rules: NO_RULES, newCrew: null, people },
  };
  await inCommit(owner, (scope) => saveEvent(event, scope));
  const keeps = (n: number, changes: Partial<InvitationRow> = {}) => {
    const { invitationId: id = '', ...person } = people[n] ?? {};
    const reply = replies[n]?.[1] ?? 'none';
    const row = { ...person, organizerId: owner, id, eventId, syncupId: null, reply, guests: 0 };
    return writeInvitations(db.sql, [
      { ...(row as InvitationRow), delivery: 'sent', updatedAt: AT, ...changes },
    ]);
  };
  await Promise.all(people.map((_, n) => keeps(n)));
  const reminds = (whom: Omit<Remind, 'of'>, at = AT, by = owner) =>
    inCommit(by, (scope) => remind({ of: { target: 'event', id: eventId }, ...whom }, scope), at);
  const finds = (at = AT, by = owner) =>
    inCommit(by, (scope) => loadInvitees({ of: { target: 'event', id: eventId } }, scope), at);
  const ids = people.map(({ invitationId }) => invitationId);
  return { owner, eventId, ids, keeps, reminds, finds };
}

describe('the people of an event, as a reminder finds them', () => {
  test('have their replies, and what keeps a reminder from them', async () => {
    const { finds, keeps } = await planned([
      [ana, 'none'],
      [bo, 'yes'],
      [cy, 'none'],
      [di, 'unknown'],
    ]);
    await writePhones(db.sql, [{ phone: di.phone, optedOut: true, updatedAt: AT }]);
    await keeps(0, { delivery: 'queued' });
    await keeps(2, { delivery: 'failed' });
    expect(await finds()).toMatchObject({
      ...{ found: true, about: { target: 'event', title: 'Dinner', createdAt: AT } },
      invited: [
        { ...ana, reply: 'none', standing: 'recent' },
        { ...bo, reply: 'yes', standing: 'ready' },
        { ...cy, standing: 'unreached' },
        { ...di, reply: 'unknown', standing: 'opted_out' },
      ],
    });
    await writePhones(db.sql, [{ phone: di.phone, optedOut: false, updatedAt: AT + 1 }]);
  });

  test('are not found by another organizer, nor once the event has begun or is finalized', async () => {
    const { finds, reminds, eventId } = await planned([[ana, 'none']]);
    const nobody = { invitationIds: [], suppressedRecent: 0, suppressedOptOut: 0, index: 0 };
    const all = { audience: 'all' } as const;
    expect(await finds(AT, randomUUID())).toEqual({ found: false });
    expect(await reminds(all, AT, randomUUID())).toEqual(nobody);
    expect(await finds(AT + 24 * HOUR)).toEqual({ found: false });
    expect(await reminds(all, AT + 24 * HOUR)).toEqual(nobody);
    await db.sql`update events set state = 'finalized' where id = ${eventId}`;
    expect(await finds()).toEqual({ found: false });
    expect(await reminds(all)).toEqual(nobody);
  });
});

describe('a reminder', () => {
  test('RE-1 reaches the audience that is meant', async () => {
    const replies = [
      [ana, 'none'],
      [bo, 'yes'],
      [cy, 'unknown'],
    ] as const;
    const reached = async (whom: Omit<Remind, 'of'>) => {
      const { ids, reminds } = await planned(replies);
      const { invitationIds } = await reminds(whom);
      return ids.flatMap((id, n) => (invitationIds.includes(id) ? [n] : []));
    };
    expect(await reached({ audience: 'non_responders' })).toEqual([0]);
    expect(await reached({ audience: 'unknown_replies' })).toEqual([2]);
    expect(await reached({ audience: 'all' })).toEqual([0, 1, 2]);
    expect(await reached({ audience: 'selected', phones: [bo.phone] })).toEqual([1]);
  });

  test('RE-3 leaves in peace who was reminded in the last four hours, and counts them', async () => {
    const { ids, reminds, finds } = await planned([
      [ana, 'none'],
      [bo, 'none'],
    ]);
    const first = await reminds({ audience: 'selected', phones: [ana.phone] });
    expect(first).toMatchObject({ invitationIds: [ids[0]], index: 1 });
    const second = await reminds({ audience: 'all' }, AT + HOUR);
    expect(second).toMatchObject({ invitationIds: [ids[1]], suppressedRecent: 1, index: 2 });
    expect(await reminds({ audience: 'all' }, AT + HOUR)).toMatchObject({
      ...{ invitationIds: [], suppressedRecent: 2, index: 0 },
    });
    expect(await finds(AT + HOUR)).toMatchObject({ invited: [{}, { standing: 'recent' }] });
    const later = await reminds({ audience: 'all' }, AT + 4 * HOUR);
    expect(later).toMatchObject({ invitationIds: [ids[0]], suppressedRecent: 1, index: 3 });
  });

  test('RE-3 is still known when the invitation has changed since', async () => {
    const { keeps, reminds } = await planned([[ana, 'none']]);
    await reminds({ audience: 'all' });
    await keeps(0, { reply: 'unknown', updatedAt: AT + 1 });
    expect(await reminds({ audience: 'all' }, AT + HOUR)).toMatchObject({ suppressedRecent: 1 });
  });

  test('leaves in peace who wants no texts, and counts them', async () => {
    const { ids, reminds } = await planned([
      [ana, 'none'],
      [bo, 'none'],
    ]);
    await writePhones(db.sql, [{ phone: bo.phone, optedOut: true, updatedAt: AT }]);
    const sent = await reminds({ audience: 'non_responders' });
    expect(sent).toMatchObject({ invitationIds: [ids[0]], suppressedOptOut: 1 });
    await writePhones(db.sql, [{ phone: bo.phone, optedOut: false, updatedAt: AT + 1 }]);
  });

  test('by two devices at once reminds each person once', async () => {
    const { reminds } = await planned([[ana, 'none']]);
    const both = await Promise.all([reminds({ audience: 'all' }), reminds({ audience: 'all' })]);
    expect(both.map(({ invitationIds }) => invitationIds.length).sort()).toEqual([0, 1]);
  });
});
