import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inviteesOf } from '../../machines/inviting.ts';
import { NO_VOTE_RULES } from '../../machines/syncup-gathering.model.ts';
import { currentTallies } from '../../src/domain/flows.ts';
import { inviteMore, loadInvited } from '../../src/domain/inviting.ts';
import { loadInvitees, remind } from '../../src/domain/reminding.ts';
import { saveSyncup, syncupOf, syncupsOf } from '../../src/domain/syncups.ts';
import { loadTargets } from '../../src/domain/targets.ts';
import { writeInvitations } from '../../src/store/invitations.ts';
import { writePhones } from '../../src/store/phones.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const AT = Date.UTC(2026, 5, 1, 12);
const DAY = 86_400_000;
const ana = { name: 'Ana', phone: '+14155550100' };
const bo = { name: 'Bo', phone: '+14155550101' };
const cy = { name: 'Cy', phone: '+14155550102' };

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  await writePhones(db.sql, [{ phone: bo.phone, optedOut: true, updatedAt: AT }]);
});
afterAll(() => db.drop());

const inCommit = <T>(
  owner: string,
  work: (scope: Parameters<typeof saveSyncup>[1]) => Promise<T>,
  at = AT,
) => db.sql.begin((tx) => work({ tx, at, self: { id: randomUUID(), owner, sessionId: null } }));

const words = (label: string) => ({ label, startsAt: null, timeZone: null });
const time = (startsAt: number) => ({ label: null, startsAt, timeZone: 'UTC' });
const draft = {
  ...{ crewId: null, title: null, voting: 'multi' as const, deadlineAt: null },
  rules: NO_VOTE_RULES,
  options: [time(AT + DAY), time(AT + 2 * DAY)],
};

/** A sync-up of its own organizer, who asks these people. */
async function asked(changes: Partial<Parameters<typeof saveSyncup>[0]> = {}) {
  const [owner, syncupId] = [randomUUID(), randomUUID()];
  const people = inviteesOf(syncupId, [ana, bo, cy]);
  const saved = await inCommit(owner, (scope) =>
    saveSyncup({ ...draft, syncupId, people, ...changes }, scope),
  );
  const of = { target: 'syncup' as const, id: syncupId };
  return {
    owner,
    syncupId,
    saved,
    of,
    shown: () => syncupOf(db.sql, { organizerId: owner, syncupId }),
  };
}

describe('a sync-up', () => {
  test('SC-1 is saved with an invitation for everybody who has not opted out', async () => {
    const { owner, saved, shown } = await asked({ title: 'Dinner' });
    expect(saved).toMatchObject({ suppressedOptOut: 1, invitees: [ana, cy] });
    expect(await shown()).toMatchObject({
      ...{ title: 'Dinner', voting: 'multi', deadlineAt: null, state: 'live', createdAt: AT },
      options: [{ startsAt: AT + DAY, timeZone: 'UTC', label: null, votes: 0 }, { votes: 0 }],
      tally: { invited: 2, voted: 0, no: 0, unknown: 0, pending: 2 },
    });
    expect(await syncupsOf(db.sql, owner)).toMatchObject([
      {
        options: [{ startsAt: AT + DAY, votes: 0 }, { votes: 0 }],
        tally: { invited: 2, voted: 0, no: 0, unknown: 0, pending: 2 },
      },
    ]);
    expect(await syncupsOf(db.sql, randomUUID())).toEqual([]);
  });

  test('counts the votes as the invitations write them', async () => {
    const { owner, syncupId, saved, shown } = await asked();
    const listed = async () => (await syncupsOf(db.sql, owner))[0];
    const row = (n: number, reply: 'vote' | 'no', choices: number[] | null) => ({
      ...{
        organizerId: owner,
        id: String(saved.invitees[n]?.invitationId),
        eventId: null,
        syncupId,
      },
      ...{ phone: String(saved.invitees[n]?.phone), name: String(saved.invitees[n]?.name) },
      ...{ reply, choices, guests: 0, delivery: 'sent', updatedAt: AT + 1 },
    });
    await writeInvitations(db.sql, [row(0, 'vote', [1, 2]), row(1, 'vote', [2])]);
    expect(await shown()).toMatchObject({
      options: [{ votes: 1 }, { votes: 2 }],
      tally: { invited: 2, voted: 2, pending: 0 },
      invitees: [
        { name: 'Ana', choices: [1, 2] },
        { name: 'Cy', choices: [2] },
      ],
      waitingFor: [],
    });
    expect(await listed()).toMatchObject({
      options: [{ votes: 1 }, { votes: 2 }],
      tally: { invited: 2, voted: 2, no: 0, unknown: 0, pending: 0 },
    });
    await writeInvitations(db.sql, [row(1, 'no', null)]);
    expect(await shown()).toMatchObject({
      options: [{ votes: 1 }, { votes: 1 }],
      tally: { voted: 1, no: 1 },
      invitees: [{}, { reply: 'no', choices: null }],
    });
    expect(await listed()).toMatchObject({
      options: [{ votes: 1 }, { votes: 1 }],
      tally: { voted: 1, no: 1 },
    });
  });

  test('of somebody else is not found', async () => {
    const { syncupId, of } = await asked();
    expect(await syncupOf(db.sql, { organizerId: randomUUID(), syncupId })).toBe(undefined);
    const found = await inCommit(randomUUID(), (scope) => loadInvitees({ of }, scope));
    expect(found).toEqual({ found: false });
  });

  test.each([
    ['its deadline', { deadlineAt: AT + DAY }, DAY],
    ['its last option', {}, 2 * DAY],
    [
      '14 days, where an option has no date',
      { options: [words('Beach'), time(AT + DAY)] },
      14 * DAY,
    ],
  ])('shows its rules, and that votes count until %s', async (_until, changes, openMs) => {
    const rules = { quorum: 2, whenAllAnswered: true, finalizes: true };
    const { shown } = await asked({ ...changes, rules });
    expect((await shown())?.rules).toEqual({ ...rules, closesAt: AT + openMs });
    const without = await asked(changes);
    expect((await without.shown())?.rules).toEqual({ ...NO_VOTE_RULES, closesAt: AT + openMs });
  });

  test('is told with its votes until nobody could have made an event of it for a day', async () => {
    const { owner, syncupId } = await asked({ options: [words('Beach'), words('Park')] });
    await asked();
    const told = (at: number) => currentTallies(db.sql, { organizerId: owner, at });
    const last = AT + (14 + 7 + 1) * DAY;
    expect(await told(last - 1)).toEqual([
      {
        ...{ target: 'syncup', id: syncupId, state: 'live', eventId: null, votes: [0, 0] },
        ...{ invited: 2, voted: 0, no: 0, unknown: 0, pending: 2 },
      },
    ]);
    expect(await told(last)).toEqual([]);
  });

  test.each([
    ['its deadline', { deadlineAt: AT + DAY }, DAY],
    ['its last option', {}, 2 * DAY],
    [
      '14 days, where an option has no date',
      { options: [words('Beach'), time(AT + DAY)] },
      14 * DAY,
    ],
  ])('is offered and found until %s', async (_until, changes, openMs) => {
    const { owner, of } = await asked(changes);
    const offered = async (at: number) =>
      (await inCommit(owner, (scope) => loadTargets({}, scope), at)).offered;
    expect(await offered(AT + openMs - 1)).toMatchObject([{ ...of, startsAt: null }]);
    expect(await offered(AT + openMs)).toEqual([]);
    const late = inCommit(owner, (scope) => loadInvitees({ of }, scope), AT + openMs);
    expect(await late).toEqual({ found: false });
  });

  test('is called by its options where it has no title', async () => {
    const { owner } = await asked({ options: [words('Beach'), words('Park')] });
    const { offered } = await inCommit(owner, (scope) => loadTargets({}, scope));
    expect(offered).toMatchObject([{ title: 'Beach or Park' }]);
  });

  test('AP-1 takes more people, each once, and tells what they are asked', async () => {
    const { owner, of, syncupId, shown } = await asked({ people: [] });
    const found = await inCommit(owner, (scope) => loadInvited({ of }, scope));
    expect(found).toMatchObject({
      about: { poll: { title: null, voting: 'multi', closesAt: AT + 2 * DAY } },
      invited: [],
    });
    const people = inviteesOf(syncupId, [ana, bo]);
    const add = () => inCommit(owner, (scope) => inviteMore({ of, people }, scope));
    expect(await add()).toMatchObject({ suppressedOptOut: 1, invitees: [ana] });
    expect(await add()).toMatchObject({ invitees: [] });
    expect(await shown()).toMatchObject({ tally: { invited: 1 }, invitees: [{ name: 'Ana' }] });
  });

  test('RE-1 counts its own reminders, and leaves in peace who was reminded lately', async () => {
    const { owner, of, saved, syncupId } = await asked();
    await db.sql`update invitations set delivery = 'sent' where syncup_id = ${syncupId}`;
    const reminds = (at: number) =>
      inCommit(owner, (scope) => remind({ of, audience: 'non_responders' }, scope), at);
    expect(await reminds(AT + 1)).toEqual({
      ...{ invitationIds: saved.invitees.map(({ invitationId }) => invitationId), index: 1 },
      ...{ suppressedRecent: 0, suppressedOptOut: 0 },
    });
    expect(await reminds(AT + 2)).toMatchObject({ index: 0, suppressedRecent: 2 });
    expect(await reminds(AT + DAY / 2)).toMatchObject({ index: 2, suppressedRecent: 0 });
    const found = await inCommit(owner, (scope) => loadInvitees({ of }, scope), AT + DAY / 2);
    expect(found).toMatchObject({ found: true, about: of, invited: [{ standing: 'recent' }, {}] });
  });
});
