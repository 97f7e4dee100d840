import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as crewCreation from '../../machines/crew-creation.machine.ts';
import * as eventCreation from '../../machines/event-creation.machine.ts';
import { hours, minutes } from '../../machines/kit.ts';
import * as session from '../../machines/session.machine.ts';
import { loadCrew, loadCrews, saveCrew } from '../../src/domain/crews.ts';
import { saveEvent } from '../../src/domain/events.ts';
import { endFlows, renewSession } from '../../src/domain/session-actors.ts';
import {
  liveSession,
  openSession,
  type SessionDeps,
  type Visitor,
} from '../../src/domain/sessions.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type TestEngine, testEngine, until } from '../support/engine.ts';

const organizer = { name: 'Olga', country: 'US', timeZone: 'America/New_York' };
let db: TestDatabase;
let house: TestEngine;
let deps: SessionDeps;
/** Holds the ends of sessions up after they have looked for their flows. */
let beforeEnding: (() => Promise<unknown>) | undefined;

beforeAll(async () => {
  db = await testDatabase();
  const transaction = { saveCrew, loadCrew, loadCrews, saveEvent, endFlows: ending, renewSession };
  house = testEngine(db, {
    charts: [session, crewCreation, eventCreation],
    actors: { transaction, jobs: {} },
  });
  deps = {
    ...{ sql: db.sql, engine: house.engine, now: () => house.clock.now, id: randomUUID },
    defaultProfile: organizer,
  };
});
afterAll(async () => {
  await house.close();
  await db.drop();
});

const ending: typeof endFlows = async (input, scope) => {
  const counted = await endFlows(input, scope);
  await beforeEnding?.();
  return counted;
};

const visitor = (more: Partial<Visitor> = {}): Visitor => ({
  ...{ organizerId: randomUUID(), platform: 'ios_app', deviceId: 'phone-1' },
  ...{ claimedSessionId: null, appVersion: '2.0.1', correlationId: randomUUID(), ...more },
});
const idOf = async (who: Visitor) => (await liveSession(deps, who)).instance.id;
const causeOf = (sessionId: string) => ({
  correlationId: randomUUID(),
  origin: { sessionId, platform: 'ios_app' as const, version: '2.0.1' },
});
const give = (
  who: Visitor,
  id: string,
  event: { type: string; [field: string]: unknown },
  of: string,
) => {
  house.clock.now += 5;
  return house.engine.deliver({ organizerId: who.organizerId, id, event, cause: causeOf(of) });
};

/** A crew creation that has been given its name: one handled event of the organizer. */
async function namingFlow(who: Visitor, sessionId: string): Promise<string> {
  const id = randomUUID();
  house.clock.now += 5;
  await house.engine.start({
    ...{ machine: 'crew-creation', id, owner: who.organizerId, input: { organizer } },
    cause: causeOf(sessionId),
  });
  await give(who, id, { type: 'organizer.named_crew', name: 'Owls' }, sessionId);
  return id;
}

const rowsOf = async (who: Visitor) =>
  (await house.rows()).filter(({ organizer_id: owner }) => owner === who.organizerId);
const typesOf = async (who: Visitor) => (await rowsOf(who)).map(({ event_type: type }) => type);
const metadataOf = async (who: Visitor, type: string) =>
  (await rowsOf(who)).filter((row) => row.event_type === type).map(({ metadata }) => metadata);

describe('the end of a session', () => {
  test('lies after the end of each of its flows, also of one that ended at the same moment', async () => {
    const who = visitor();
    const id = await idOf(who);
    const flow = await namingFlow(who, id);
    const cause = causeOf(id);
    // The clock stands still: each step is a millisecond after the one before it in its own instance.
    for (const name of ['Larks', 'Wrens', 'Terns']) {
      const event = { type: 'organizer.named_crew', name };
      await house.engine.deliver({ organizerId: who.organizerId, id: flow, event, cause });
    }
    const cancelled = { type: 'organizer.cancelled' };
    await house.engine.deliver({ organizerId: who.organizerId, id: flow, event: cancelled, cause });
    const ended = { type: 'organizer.ended_session', reason: 'logout' };
    await house.engine.deliver({ organizerId: who.organizerId, id, event: ended, cause });
    const types = await typesOf(who);
    expect(types.slice(-2)).toEqual(['drop_off', 'session_end']);
  });
});

describe('the session of a request', () => {
  test('is begun once by parallel first requests', async () => {
    const who = visitor();
    const all = await Promise.all(Array.from({ length: 8 }, () => liveSession(deps, who)));
    expect(new Set(all.map(({ instance }) => instance.id)).size).toBe(1);
    expect(all.filter(({ outcome }) => outcome === 'begun')).toHaveLength(1);
    expect(await typesOf(who)).toEqual(['session_start']);
  });

  test('makes the organizer’s row', async () => {
    const who = visitor();
    await liveSession(deps, who);
    const found = await db.sql`
      select name, country from organizers where organizer_id = ${who.organizerId}`;
    expect(found).toEqual([{ name: 'Olga', country: 'US' }]);
  });

  test('S-7 is the same one again, with its id or without', async () => {
    const who = visitor();
    const id = await idOf(who);
    expect(await idOf(who)).toBe(id);
    expect(await idOf({ ...who, claimedSessionId: id })).toBe(id);
    expect(await typesOf(who)).toEqual(['session_start']);
  });

  test('S-4 is another one on another device or platform', async () => {
    const who = visitor();
    const ids = [
      await idOf(who),
      await idOf({ ...who, deviceId: 'phone-2' }),
      await idOf({ ...who, platform: 'web' }),
    ];
    expect(new Set(ids).size).toBe(3);
    const nameless = { ...who, deviceId: null };
    const opened = [await openSession(deps, nameless, {}), await openSession(deps, nameless, {})];
    expect(opened.map(({ outcome }) => outcome)).toEqual(['begun', 'begun']);
  });

  test('is not that of somebody else, nor another kind of instance', async () => {
    const [who, stranger] = [visitor(), visitor()];
    const theirs = await idOf(stranger);
    const mine = await idOf(who);
    expect(await idOf({ ...who, claimedSessionId: theirs })).toBe(mine);
    const flow = await namingFlow(who, mine);
    expect(await idOf({ ...who, claimedSessionId: flow })).toBe(mine);
    expect(await idOf({ ...who, claimedSessionId: randomUUID() })).toBe(mine);
  });

  test('asked for by name is the live one, and says how it was come to when it begins', async () => {
    const who = visitor();
    const opening = { entry: 'deep_link' as const, tzOffsetMin: 120, pushId: undefined };
    const { outcome, instance } = await openSession(deps, who, opening);
    expect(outcome).toBe('begun');
    expect(await openSession(deps, who, opening)).toMatchObject({ outcome: 'live' });
    expect(await metadataOf(who, 'session_start')).toMatchObject([
      { entry: 'deep_link', tz_offset_min: 120, previous_session_id: null },
    ]);
    expect(await openSession(deps, { ...who, claimedSessionId: instance.id }, {})).toMatchObject({
      outcome: 'live',
    });
  });

  test('asked for under a key begins once under that key', async () => {
    for (const deviceId of ['phone-1', null]) {
      const who = visitor({ deviceId });
      const key = { id: randomUUID(), value: 'k', hash: 'h' };
      const begun = await openSession(deps, who, { key });
      expect(begun.outcome).toBe('begun');
      expect(await openSession(deps, who, { key })).toMatchObject({
        ...{ outcome: 'duplicate', instance: { id: begun.instance.id } },
      });
      expect(await openSession(deps, who, { key: { ...key, hash: 'other' } })).toMatchObject({
        outcome: 'key_conflict',
      });
      expect(await typesOf(who)).toEqual(['session_start']);
    }
  });

  test('asked for under a key is the live one of its device, and one for all who ask at once', async () => {
    const who = visitor();
    const keyed = () => ({ key: { id: randomUUID(), value: randomUUID(), hash: 'h' } });
    const all = await Promise.all(Array.from({ length: 6 }, () => openSession(deps, who, keyed())));
    expect(all.filter(({ outcome }) => outcome === 'begun')).toHaveLength(1);
    expect(all.filter(({ outcome }) => outcome === 'live')).toHaveLength(5);
    expect(await openSession(deps, who, keyed())).toMatchObject({
      ...{ outcome: 'live', instance: { id: all[0]?.instance.id } },
    });
    expect(await typesOf(who)).toEqual(['session_start']);
  });

  test('asked for under a key that began a flow is refused', async () => {
    const who = visitor();
    const id = await namingFlow(who, await idOf(who));
    const key = { id, value: 'k', hash: 'h' };
    expect(await openSession(deps, who, { key })).toMatchObject({ outcome: 'key_conflict' });
  });
});

describe('a session', () => {
  test('S-1 ends with its open flows, and counts what was done in all of them', async () => {
    const who = visitor();
    const id = await idOf(who);
    await namingFlow(who, id);
    house.clock.now += 5_000;
    await give(who, id, { type: 'organizer.ended_session' }, id);
    expect(await typesOf(who)).toEqual([
      ...['session_start', 'flow_started', 'flow_step'],
      ...['drop_off', 'session_end'],
    ]);
    expect(await metadataOf(who, 'drop_off')).toMatchObject([{ reason: 'session_ended' }]);
    expect(await metadataOf(who, 'session_end')).toMatchObject([
      { reason: 'explicit', actions: 2 },
    ]);
  });

  test('S-4 counts what was done in it of a flow that goes on on another device, and back', async () => {
    const [phone, tablet] = [visitor(), visitor({ deviceId: 'tablet' })];
    const who = { ...tablet, organizerId: phone.organizerId };
    const ids = [await idOf(phone), await idOf(who)] as const;
    const flow = await namingFlow(who, ids[0]);
    const person = { name: 'Ana', phone: '+14155550100' };
    await give(who, flow, { type: 'organizer.typed_person', person }, ids[1]);
    await give(who, flow, { type: 'organizer.finished_adding' }, ids[1]);
    await give(who, flow, { type: 'organizer.went_back' }, ids[0]);
    await give(who, flow, { type: 'organizer.finished_adding' }, ids[1]);
    for (const id of ids) await give(who, id, { type: 'app.left' }, id);
    const ends = (await rowsOf(who)).filter((row) => row.event_type === 'session_end');
    expect(ends.map(({ session_id: id, metadata }) => [id, metadata.actions])).toEqual([
      [ids[0], 2],
      [ids[1], 3],
    ]);
  });

  test('S-2, S-5 has expired for a request that comes late, also where no timer ran', async () => {
    const who = visitor();
    const id = await idOf(who);
    house.clock.now += minutes(20);
    await namingFlow(who, id);
    house.engine.markSeen({ organizerId: who.organizerId, id });
    house.clock.now += minutes(20);
    expect(await idOf({ ...who, claimedSessionId: id })).toBe(id);
    house.clock.now += minutes(11);
    const next = await idOf({ ...who, claimedSessionId: id });
    expect(next).not.toBe(id);
    const rows = await rowsOf(who);
    expect(rows.map(({ event_type: type }) => type)).toEqual([
      ...['session_start', 'flow_started', 'flow_step'],
      ...['drop_off', 'session_end', 'session_start'],
    ]);
    expect(rows[3]?.metadata).toMatchObject({ reason: 'idle_timeout' });
    expect(rows[4]?.metadata).toMatchObject({
      ...{ reason: 'expired_idle', duration_ms: minutes(20) + 10, actions: 1 },
    });
    expect(rows[5]?.metadata).toMatchObject({ previous_session_id: id });
    expect(rows[5]?.session_id).toBe(next);
  });

  test('S-3 goes on as another after a day, with its open flows and without a drop_off', async () => {
    const who = visitor();
    const id = await idOf(who);
    for (let quarter = 0; quarter < 95; quarter += 1) {
      house.clock.now += minutes(15);
      house.engine.markSeen({ organizerId: who.organizerId, id });
      await liveSession(deps, { ...who, claimedSessionId: id });
    }
    const flow = await namingFlow(who, id);
    house.clock.now += minutes(16);
    const next = await idOf({ ...who, claimedSessionId: id });
    expect(next).not.toBe(id);
    await give(who, flow, { type: 'organizer.went_back' }, next);
    await give(who, next, { type: 'organizer.logged_out' }, next);
    const rows = await rowsOf(who);
    expect(rows.map(({ event_type: type, session_id: of }) => [type, of])).toEqual([
      ...[['session_start', id]],
      ...[['flow_started', id]],
      ...[['flow_step', id]],
      ...[['session_end', id]],
      ...[['session_start', next]],
      ...[['flow_step', next]],
      ...[['drop_off', next]],
      ...[['session_end', next]],
    ]);
    expect(rows[3]?.metadata).toMatchObject({ reason: 'expired_max', actions: 1 });
    expect(rows[3]?.metadata.duration_ms).toBeLessThan(hours(24));
    expect(rows[4]?.metadata).toMatchObject({ previous_session_id: id });
    expect(rows[7]?.metadata).toMatchObject({ reason: 'logout', actions: 2 });
  });
});

describe('a session that ends under a request', () => {
  const crew = (who: Visitor, sessionId: string) => {
    house.clock.now += 5;
    return house.engine.start({
      ...{ machine: 'crew-creation', id: randomUUID(), owner: who.organizerId },
      ...{ input: { organizer }, cause: causeOf(sessionId) },
    });
  };
  const someoneWaits = () =>
    until(
      () => db.sql`select from pg_locks where locktype = 'advisory' and not granted`,
      (waiting) => waiting.length > 0,
    );

  test('lets no flow begin in it any more: that begins in the next', async () => {
    const who = visitor();
    const id = await idOf(who);
    const beginning: Promise<unknown>[] = [];
    beforeEnding = () => {
      beginning.push(crew(who, id));
      return Promise.race([...beginning, someoneWaits()]);
    };
    await give(who, id, { type: 'app.left' }, id).finally(() => {
      beforeEnding = undefined;
    });
    expect(await beginning[0]).toEqual({ outcome: 'session_over' });
    expect(await crew(who, id)).toEqual({ outcome: 'session_over' });
    expect(await typesOf(who)).toEqual(['session_start', 'session_end']);
    expect(await crew(who, await idOf(who))).toMatchObject({ outcome: 'begun' });
  });

  test('ends the flow that was begun a moment before', async () => {
    const who = visitor();
    const id = await idOf(who);
    await Promise.all([crew(who, id), give(who, id, { type: 'app.left' }, id)]);
    const types = await typesOf(who);
    expect(types.at(-1)).toBe('session_end');
    const flows = types.filter((type) => type !== 'session_start' && type !== 'session_end');
    expect([[], ['flow_started', 'drop_off']]).toContainEqual(flows);
  });

  test('takes over no flow of another device: that goes on in a session that lives', async () => {
    const phone = visitor();
    const who = { ...phone, deviceId: 'tablet' };
    const [home, id] = [await idOf(phone), await idOf(who)];
    const flow = await namingFlow(phone, home);
    await give(who, id, { type: 'app.left' }, id);
    const back = { type: 'organizer.went_back' };
    expect(await give(who, flow, back, id)).toMatchObject({ outcome: 'session_over' });
    expect(await give(who, flow, back, await idOf(who))).toMatchObject({ outcome: 'moved' });
  });
});

describe('flows on the real engine', () => {
  test('CC-1 to EC-8: a crew and an event of it leave the canonical rows, and promise a gathering and an invitation per invitee', async () => {
    const who = visitor();
    const id = await idOf(who);
    const crew = await namingFlow(who, id);
    const person = (name: string, phone: string) => ({
      type: 'organizer.typed_person',
      person: { name, phone },
    });
    for (const event of [
      person('Ana', '+14155550100'),
      person('Bo', '+14155550109'),
      { type: 'organizer.finished_adding' },
      { type: 'organizer.saved_crew' },
    ]) {
      expect(await give(who, crew, event, id)).toMatchObject({ outcome: 'moved', invalid: false });
    }
    await db.sql`
      insert into phones values ('+14155550109', true, ${new Date(house.clock.now)})
      on conflict do nothing`;
    const flow = randomUUID();
    house.clock.now += 5;
    const begun = await house.engine.start({
      ...{ machine: 'event-creation', id: flow, owner: who.organizerId, input: { organizer } },
      cause: causeOf(id),
    });
    expect(begun).toMatchObject({ instance: { state: 'asking.crew' } });
    const [{ id: crewId } = { id: '' }] = await db.sql<{ id: string }[]>`
      select id from crews where organizer_id = ${who.organizerId}`;
    const unknown = { type: 'organizer.chose_crew', crewId: randomUUID() };
    expect(await give(who, flow, unknown, id)).toMatchObject({ outcome: 'moved', invalid: true });
    for (const event of [
      { type: 'organizer.chose_crew', crewId },
      { type: 'organizer.titled_event', title: 'Dinner' },
      { type: 'organizer.skipped' },
      { type: 'organizer.skipped' },
      { type: 'organizer.skipped' },
      { type: 'organizer.saved_event' },
    ]) {
      expect(await give(who, flow, event, id)).toMatchObject({ outcome: 'moved', invalid: false });
    }
    const rows = await rowsOf(who);
    expect(rows.map(({ event_type: type, metadata: m }) => m.step ?? type)).toEqual([
      ...['session_start', 'flow_started', 'name_crew', 'add_contacts', 'review_members'],
      ...['crew_created', 'flow_completed', 'flow_started', 'choose_crew', 'choose_crew'],
      ...['title', 'when', 'where', 'details', 'review', 'event_created', 'flow_completed'],
    ]);
    const created = rows.find(({ event_type: type }) => type === 'event_created');
    expect(created).toMatchObject({
      crew_id: crewId,
      metadata: { invitees: 1, suppressed_opt_out: 1, has_time: false },
    });
    const promised = await until(
      () => db.sql`select kind from jobs where organizer_id = ${who.organizerId}`,
      (jobs) => jobs.length > 0,
    );
    expect(promised).toEqual([{ kind: 'start' }, { kind: 'start' }]);
    expect(house.errors).toEqual([]);
  });
});
