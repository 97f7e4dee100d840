import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_RULES } from '../../machines/gathering.model.ts';
import { crewOf, crewsOf, loadCrew, loadCrews, saveCrew } from '../../src/domain/crews.ts';
import { eventOf, eventsOf, saveEvent } from '../../src/domain/events.ts';
import { profileOf, setProfile, welcome } from '../../src/domain/organizers.ts';
import { writeInvitations } from '../../src/store/invitations.ts';
import { writePhones } from '../../src/store/phones.ts';
import { turnoutOf } from '../../src/store/waited-for.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const ana = { name: 'Ana', phone: '+14155550100' };
const bo = { name: 'Bo', phone: '+14155550101' };
const cy = { name: 'Cy', phone: '+14155550102' };
const AT = Date.UTC(2026, 5, 1, 12);

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

/** Runs a transaction actor as the engine does: in a transaction, for one owner. */
const inCommit = <T>(
  owner: string,
  work: (scope: Parameters<typeof saveCrew>[1]) => Promise<T>,
  at = AT,
) => db.sql.begin((tx) => work({ tx, at, self: { id: randomUUID(), owner, sessionId: null } }));

describe('crews', () => {
  test('are listed latest first and found with their people, by their owner alone', async () => {
    const [owner, stranger, owls, birds] = [1, 2, 3, 4].map(() => randomUUID()) as string[];
    const crew = (crewId = '', name = '', members = [bo, ana]) => ({ crewId, name, members });
    await inCommit(String(owner), (scope) => saveCrew(crew(owls, 'Night Owls'), scope));
    await inCommit(String(owner), (scope) => saveCrew(crew(birds, 'Birds', [cy]), scope), AT + 1);
    const listed = [
      { id: birds, name: 'Birds', members: 1 },
      { id: owls, name: 'Night Owls', members: 2 },
    ];
    expect(await crewsOf(db.sql, String(owner))).toEqual(listed);
    expect(await inCommit(String(owner), (scope) => loadCrews({}, scope))).toEqual({
      crews: listed,
    });
    expect(await crewsOf(db.sql, String(stranger))).toEqual([]);
    const of = { organizerId: String(owner), crewId: String(owls) };
    expect(await crewOf(db.sql, of)).toEqual({
      ...{ id: owls, name: 'Night Owls', members: [ana, bo] },
    });
    expect(await crewOf(db.sql, { ...of, organizerId: String(stranger) })).toBe(undefined);
  });

  test('are fetched for a flow as they are now; another organizer’s is not found', async () => {
    const [owner, stranger, crewId] = [randomUUID(), randomUUID(), randomUUID()];
    await inCommit(owner, (scope) => saveCrew({ crewId, name: 'Owls', members: [ana] }, scope));
    const found = { found: true, name: 'Owls', members: [ana] };
    expect(await inCommit(owner, (scope) => loadCrew({ crewId }, scope))).toEqual(found);
    expect(await inCommit(stranger, (scope) => loadCrew({ crewId }, scope))).toEqual({
      found: false,
    });
  });
});

const draft = {
  ...{ title: 'Dinner', startsAt: AT + 86_400_000, timeZone: 'America/New_York' },
  ...{ place: "Luigi's", details: null, crewId: null, newCrew: null },
  rules: NO_RULES,
};
const invited = (...people: (typeof ana)[]) =>
  people.map((person) => ({ ...person, invitationId: randomUUID() }));

describe('events', () => {
  test('EC-8 are saved with an invitation for everybody who has not opted out', async () => {
    const [owner, eventId] = [randomUUID(), randomUUID()];
    await writePhones(db.sql, [{ phone: bo.phone, optedOut: true, updatedAt: AT }]);
    const people = invited(ana, bo, cy);
    const saved = await inCommit(owner, (scope) => saveEvent({ ...draft, eventId, people }, scope));
    expect(saved).toMatchObject({ suppressedOptOut: 1, invitees: [people[0], people[2]] });
    const event = await eventOf(db.sql, { organizerId: owner, eventId });
    expect(event).toMatchObject({
      ...{ title: 'Dinner', startsAt: draft.startsAt, place: "Luigi's", details: null },
      ...{ state: 'live', createdAt: AT, crewId: null },
      tally: { invited: 2, yes: 0, no: 0, unknown: 0, pending: 2, guests: 0 },
    });
    expect(event?.invitees.map(({ name }) => name)).toEqual(['Ana', 'Cy']);
    expect(await eventsOf(db.sql, owner)).toHaveLength(1);
  });

  test('count their replies as the invitations write them', async () => {
    const [organizerId, eventId] = [randomUUID(), randomUUID()];
    const people = invited(ana, cy);
    await inCommit(organizerId, (scope) => saveEvent({ ...draft, eventId, people }, scope));
    const row = (n: 0 | 1, reply: 'yes' | 'unknown', guests: number) => ({
      ...{ organizerId, id: String(people[n]?.invitationId), eventId, syncupId: null },
      ...{ phone: String(people[n]?.phone), name: String(people[n]?.name) },
      ...{ reply, guests, delivery: 'sent', updatedAt: AT + 1 },
    });
    await writeInvitations(db.sql, [row(0, 'yes', 2), row(1, 'unknown', 0)]);
    expect(await eventOf(db.sql, { organizerId, eventId })).toMatchObject({
      tally: { invited: 2, yes: 1, no: 0, unknown: 1, pending: 0, guests: 2 },
      invitees: [{ name: 'Ana', reply: 'yes', guests: 2, delivery: 'sent' }, { name: 'Cy' }],
    });
  });

  test('wait for nobody whom no invite has reached, or who wants no texts', async () => {
    const [organizerId, eventId] = [randomUUID(), randomUUID()];
    const people = invited(ana, cy);
    await inCommit(organizerId, (scope) => saveEvent({ ...draft, eventId, people }, scope));
    const stands = async (delivery: string) => {
      await db.sql`
        update invitations set delivery = ${delivery}
        where event_id = ${eventId} and phone = ${cy.phone}`;
      const of = { organizerId, target: 'event', targetId: eventId } as const;
      const { waiting } = await turnoutOf(db.sql, of);
      const event = await eventOf(db.sql, { organizerId, eventId });
      return [waiting, event?.waitingFor.map(({ name }) => name)];
    };
    expect(await stands('undelivered')).toEqual([2, ['Ana', 'Cy']]);
    expect(await stands('failed')).toEqual([1, ['Ana']]);
    expect(await stands('opted_out')).toEqual([1, ['Ana']]);
  });

  test('EC-3 keep a crew that holds those who have opted out, too', async () => {
    const [organizerId, eventId, crewId] = [randomUUID(), randomUUID(), randomUUID()];
    await writePhones(db.sql, [{ phone: bo.phone, optedOut: true, updatedAt: AT }]);
    const newCrew = { id: crewId, name: 'Book Club' };
    await inCommit(organizerId, (scope) =>
      saveEvent({ ...draft, eventId, newCrew, people: invited(ana, bo) }, scope),
    );
    expect(await eventOf(db.sql, { organizerId, eventId })).toMatchObject({ crewId });
    expect(await crewOf(db.sql, { organizerId, crewId })).toMatchObject({ members: [ana, bo] });
  });

  test('may have neither time nor place nor anybody left to invite', async () => {
    const [organizerId, eventId] = [randomUUID(), randomUUID()];
    const bare = { ...draft, startsAt: null, timeZone: null, place: null };
    const saved = await inCommit(organizerId, (scope) =>
      saveEvent({ ...bare, eventId, people: [] }, scope),
    );
    expect(saved).toEqual({ suppressedOptOut: 0, invitees: [] });
    expect(await eventOf(db.sql, { organizerId, eventId })).toMatchObject({
      ...{ startsAt: null, timeZone: null, tally: { invited: 0 }, invitees: [] },
    });
  });

  test('of somebody else are not found', async () => {
    const [owner, eventId] = [randomUUID(), randomUUID()];
    await inCommit(owner, (scope) => saveEvent({ ...draft, eventId, people: [] }, scope));
    expect(await eventOf(db.sql, { organizerId: randomUUID(), eventId })).toBe(undefined);
  });
});

describe('an organizer', () => {
  test('has the default profile until another is set, and keeps it when welcomed again', async () => {
    const organizerId = randomUUID();
    const defaultProfile = { name: 'A friend', country: 'US', timeZone: 'UTC' };
    const olga = { name: 'Olga', country: 'DE', timeZone: 'Europe/Berlin' };
    const deps = { sql: db.sql, now: () => AT, defaultProfile };
    expect(await profileOf(deps, organizerId)).toEqual(defaultProfile);
    await welcome(deps, organizerId);
    await setProfile(deps, organizerId, olga);
    await welcome(deps, organizerId);
    expect(await profileOf(deps, organizerId)).toEqual(olga);
  });
});
