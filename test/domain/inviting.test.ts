import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_RULES } from '../../machines/gathering.model.ts';
import { inviteesOf } from '../../machines/inviting.ts';
import { loadEvents } from '../../src/domain/event-targets.ts';
import { eventOf, saveEvent } from '../../src/domain/events.ts';
import { inviteMore, loadInvited } from '../../src/domain/inviting.ts';
import { writeInvitations } from '../../src/store/invitations.ts';
import { writePhones } from '../../src/store/phones.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const AT = Date.UTC(2026, 5, 1, 12);
const DAY = 86_400_000;
const ana = { name: 'Ana', phone: '+14155550100' };
const bo = { name: 'Bo', phone: '+14155550101' };
const cy = { name: 'Cy', phone: '+14155550102' };
const dinner = {
  ...{ title: 'Dinner', startsAt: AT + DAY, timeZone: 'America/New_York', place: "Luigi's" },
  ...{ details: null, crewId: null, rules: NO_RULES, newCrew: null },
};

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const inCommit = <T>(
  owner: string,
  work: (scope: Parameters<typeof inviteMore>[1]) => Promise<T>,
  at = AT,
) => db.sql.begin((tx) => work({ tx, at, self: { id: randomUUID(), owner, sessionId: null } }));

const toEvent = (id: string) => ({ target: 'event' as const, id });

/** An event to which Ana is invited. */
async function planned(changes: Partial<typeof dinner> | { startsAt: null } = {}, by?: string) {
  const [owner, eventId] = [by ?? randomUUID(), randomUUID()];
  const event = { ...dinner, ...changes, eventId, people: inviteesOf(eventId, [ana]) };
  await inCommit(owner, (scope) => saveEvent(event, scope));
  return { owner, eventId };
}

describe('an event that is still to come', () => {
  test('is offered with those without a date, latest made first; what is over is not', async () => {
    const { owner, eventId } = await planned();
    const undated = await planned({ startsAt: null }, owner);
    await planned({ startsAt: AT }, owner);
    const called = await planned({}, owner);
    await db.sql`update events set state = 'cancelled' where id = ${called.eventId}`;
    const { events } = await inCommit(owner, (scope) => loadEvents({}, scope));
    expect(events.map(({ id }) => id).toSorted()).toEqual([eventId, undated.eventId].toSorted());
    expect(events).toContainEqual({
      ...{ id: eventId, title: 'Dinner', startsAt: AT + DAY, timeZone: 'America/New_York' },
    });
    expect(await inCommit(randomUUID(), (scope) => loadEvents({}, scope))).toEqual({ events: [] });
  });

  test('is found with everybody who is invited, by its owner alone and until it begins', async () => {
    const { owner, eventId } = await planned();
    const found = await inCommit(owner, (scope) => loadInvited({ of: toEvent(eventId) }, scope));
    expect(found).toMatchObject({
      found: true,
      about: { target: 'event', id: eventId },
      invited: [ana],
    });
    const lost = { found: false };
    expect(
      await inCommit(randomUUID(), (scope) => loadInvited({ of: toEvent(eventId) }, scope)),
    ).toEqual(lost);
    const late = inCommit(owner, (scope) => loadInvited({ of: toEvent(eventId) }, scope), AT + DAY);
    expect(await late).toEqual(lost);
  });
});

describe('inviting more people', () => {
  test('AP-1 gives an invitation to everybody who has none and has not opted out', async () => {
    const { owner, eventId } = await planned();
    await writePhones(db.sql, [{ phone: bo.phone, optedOut: true, updatedAt: AT }]);
    const people = inviteesOf(eventId, [ana, bo, cy]);
    const invited = await inCommit(owner, (scope) =>
      inviteMore({ of: toEvent(eventId), people }, scope),
    );
    expect(invited).toMatchObject({ invitees: [people[2]], suppressedOptOut: 1 });
    const event = await eventOf(db.sql, { organizerId: owner, eventId });
    expect(event?.invitees.map(({ name }) => name)).toEqual(['Ana', 'Cy']);
  });

  test('AP-2 leaves the reply of somebody who is invited as it is', async () => {
    const { owner, eventId } = await planned();
    const people = inviteesOf(eventId, [ana]);
    await writeInvitations(
      db.sql,
      people.map(({ invitationId: id, ...person }) => ({
        ...{ ...person, organizerId: owner, id, eventId, syncupId: null },
        ...{ reply: 'yes' as const, guests: 1, delivery: 'sent', updatedAt: AT },
      })),
    );
    const invited = await inCommit(owner, (scope) =>
      inviteMore({ of: toEvent(eventId), people }, scope),
    );
    expect(invited).toMatchObject({ invitees: [], suppressedOptOut: 0 });
    const event = await eventOf(db.sql, { organizerId: owner, eventId });
    expect(event?.tally).toMatchObject({ invited: 1, yes: 1, guests: 1 });
  });

  test('says what the event is by now', async () => {
    const { owner, eventId } = await planned();
    await db.sql`update events set title = 'Supper', place = null where id = ${eventId}`;
    await db.sql`update events set answer_by = to_timestamp(${AT / 1_000}) where id = ${eventId}`;
    const people = inviteesOf(eventId, [bo]);
    const add = inCommit(owner, (scope) => inviteMore({ of: toEvent(eventId), people }, scope));
    expect(await add).toMatchObject({
      about: { id: eventId, title: 'Supper', place: null, answerBy: AT },
    });
  });

  test('by two devices at once invites each person once', async () => {
    const { owner, eventId } = await planned();
    const people = inviteesOf(eventId, [cy]);
    const add = () =>
      inCommit(owner, (scope) => inviteMore({ of: toEvent(eventId), people }, scope));
    const both = await Promise.all([add(), add()]);
    expect(both.map(({ invitees }) => invitees.length).sort()).toEqual([0, 1]);
  });

  test('to an event that is over, or of somebody else, invites nobody', async () => {
    const { owner, eventId } = await planned();
    const people = inviteesOf(eventId, [cy]);
    const nobody = { about: null, invitees: [], suppressedOptOut: 0 };
    const add = (by: string, at?: number) =>
      inCommit(by, (scope) => inviteMore({ of: toEvent(eventId), people }, scope), at);
    expect(await add(owner, AT + DAY)).toEqual(nobody);
    expect(await add(randomUUID())).toEqual(nobody);
    const event = await eventOf(db.sql, { organizerId: owner, eventId });
    expect(event?.invitees).toHaveLength(1);
  });
});
