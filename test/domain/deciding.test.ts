import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventIdOf } from '../../machines/decided.ts';
import { inviteesOf } from '../../machines/inviting.ts';
import {
  CHOOSABLE_MS,
  NO_VOTE_RULES,
  type VoteRules,
} from '../../machines/syncup-gathering.model.ts';
import { finalizeSyncup, loadFinalizable, loadFinalizing } from '../../src/domain/finalizing.ts';
import { saveSyncup, syncupOf } from '../../src/domain/syncups.ts';
import { listVoters, settleSyncup } from '../../src/domain/votes.ts';
import { findEvent } from '../../src/store/events.ts';
import { writeInvitations } from '../../src/store/invitations.ts';
import { writePhones } from '../../src/store/phones.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const AT = Date.UTC(2026, 5, 1, 12);
const DAY = 86_400_000;
const people = ['Ana', 'Bo', 'Cy'].map((name, n) => ({ name, phone: `+1415555010${n}` }));

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

type Reply = { readonly reply: 'vote' | 'no' | 'none'; readonly choices?: number[] };
const voted = (...choices: number[]): Reply => ({ reply: 'vote', choices });
const no: Reply = { reply: 'no' };
const silent: Reply = { reply: 'none' };

/** A vote on tomorrow and the day after, as these people stand to it. */
async function asked(
  replies: readonly Reply[],
  deliveries: readonly string[] = [],
  { label = null, title = null }: { label?: string | null; title?: string | null } = {},
) {
  const [owner, syncupId] = [randomUUID(), randomUUID()];
  const inCommit = <T>(work: (scope: Parameters<typeof saveSyncup>[1]) => Promise<T>, at = AT) =>
    db.sql.begin((tx) => work({ tx, at, self: { id: randomUUID(), owner, sessionId: null } }));
  const time = (startsAt: number) => ({ label, startsAt, timeZone: 'UTC' });
  const invitees = inviteesOf(syncupId, people.slice(0, replies.length));
  const options = [time(AT + DAY), time(AT + 2 * DAY)];
  await inCommit((scope) =>
    saveSyncup(
      {
        ...{ syncupId, crewId: null, title, options, people: invitees },
        ...{ voting: 'multi', deadlineAt: null, rules: NO_VOTE_RULES },
      },
      scope,
    ),
  );
  await writeInvitations(
    db.sql,
    invitees.map(({ invitationId: id, phone, name }, n) => ({
      ...{ organizerId: owner, id, eventId: null, syncupId, phone, name, guests: 0 },
      ...{ reply: 'none' as const, choices: null, ...replies[n] },
      ...{ delivery: deliveries[n] ?? 'sent', updatedAt: AT },
    })),
  );
  const of = { organizerId: owner, syncupId };
  return {
    ...{ inCommit, syncupId, owner },
    /** By default when all have answered. */
    settle: (how: Partial<VoteRules> & { overdue?: boolean } = {}, at = AT) =>
      inCommit((scope) => settleSyncup({ syncupId, ...howOf(how) }, scope), at),
    state: async () => (await syncupOf(db.sql, of))?.state,
  };
}

const howOf = ({ overdue = false, ...rules }: Partial<VoteRules> & { overdue?: boolean }) => ({
  ...{ overdue, rules: { ...NO_VOTE_RULES, whenAllAnswered: true, ...rules } },
});

describe('a vote', () => {
  test('is over when everybody who was reached has answered, and not before', async () => {
    const waits = await asked([voted(1), silent]);
    expect(await waits.settle()).toEqual({ outcome: 'open' });
    expect(await waits.state()).toBe('live');
    const reached = await asked([voted(1), no, silent], ['sent', 'sent', 'failed']);
    expect(await reached.settle()).toEqual({ outcome: 'closed' });
    expect(await reached.state()).toBe('closed');
    expect(await reached.settle({ overdue: true })).toEqual({ outcome: 'open' });
    const nobody = await asked([silent, silent], ['failed', 'opted_out']);
    expect(await nobody.settle()).toEqual({ outcome: 'open' });
  });

  test.each([
    ['two options lead', [voted(1), voted(2)]],
    ['nobody has voted', [no, silent]],
  ])('is left to its organizer where %s', async (_where, replies) => {
    const { settle, state } = await asked(replies);
    expect(await settle({ finalizes: true, overdue: true })).toEqual({ outcome: 'closed' });
    expect(await state()).toBe('closed');
  });

  test('is left to its organizer where its winner has passed', async () => {
    const { settle } = await asked([voted(1)]);
    const of = { finalizes: true, overdue: true };
    expect(await settle(of, AT + DAY)).toEqual({ outcome: 'closed' });
  });

  test('becomes the event of its winner, with everybody who was reached', async () => {
    const { settle, state, owner, syncupId, inCommit } = await asked(
      [voted(1, 2), voted(2), silent],
      ['sent', 'undelivered', 'failed'],
    );
    const eventId = eventIdOf(syncupId);
    expect(await settle({ finalizes: true, overdue: true })).toMatchObject({
      ...{ outcome: 'decided', invitees: 2, suppressedOptOut: 0 },
      event: { eventId, title: 'Get-together', startsAt: AT + 2 * DAY, timeZone: 'UTC' },
    });
    expect(await state()).toBe('finalized');
    expect(await findEvent(db.sql, { organizerId: owner, eventId })).toMatchObject({
      ...{ state: 'live', startsAt: AT + 2 * DAY, finalizedAt: null },
    });
    const { voters } = await inCommit((scope) => listVoters({ syncupId }, scope));
    expect(voters.map(({ joins }) => joins)).toEqual([true, true, false]);
  });

  test.each([
    [{ label: 'Beach' }, 'Beach'],
    [{ label: 'Beach', title: 'Outing' }, 'Outing: Beach'],
    [{ title: 'Outing' }, 'Outing'],
  ])('names its event after what was asked and chosen: %j', async (named, title) => {
    const { settle } = await asked([voted(1)], [], named);
    expect(await settle({ finalizes: true, overdue: true })).toMatchObject({ event: { title } });
  });

  test('is over when enough have voted; who wants none of it is no vote, and too few decide nothing', async () => {
    const rules = { quorum: 2, whenAllAnswered: false, finalizes: true };
    const waits = await asked([voted(1), no, silent]);
    expect(await waits.settle(rules)).toEqual({ outcome: 'open' });
    expect(await waits.settle({ ...rules, overdue: true })).toEqual({ outcome: 'closed' });
    const enough = await asked([voted(2), voted(2), silent]);
    expect(await enough.settle(rules)).toMatchObject({ outcome: 'decided', invitees: 3 });
  });

  test('is decided once, by whoever comes first', async () => {
    const { settle, syncupId, inCommit } = await asked([voted(2)]);
    const byHand = () => inCommit((scope) => finalizeSyncup({ syncupId, option: 1 }, scope));
    const ways = [byHand, byHand, () => settle({ finalizes: true, overdue: true })];
    const outcomes = await Promise.all(ways.map((way) => way()));
    const made = outcomes.filter((outcome) => 'event' in outcome);
    expect(made).toHaveLength(1);
  });

  test('becomes no event that has passed', async () => {
    const { syncupId, inCommit, state } = await asked([voted(1), voted(2)]);
    const choose = (option: number) =>
      inCommit((scope) => finalizeSyncup({ syncupId, option }, scope), AT + DAY);
    expect(await choose(1)).toEqual({ done: false });
    expect(await state()).toBe('live');
    expect(await choose(2)).toMatchObject({ done: true });
  });

  test('says of how many it tells the winner: whom no invite reached or who wants none is not told', async () => {
    const { syncupId, inCommit } = await asked([silent, voted(1), silent], ['failed']);
    const of = { target: 'syncup' as const, id: syncupId };
    const told = () => inCommit((scope) => loadFinalizing({ of }, scope));
    expect(await told()).toMatchObject({ told: 2 });
    await writePhones(db.sql, [{ phone: people[2]?.phone ?? '', optedOut: true, updatedAt: AT }]);
    expect(await told()).toMatchObject({ told: 1, tally: { invited: 3, pending: 2 } });
    const done = await inCommit((scope) => finalizeSyncup({ syncupId, option: 1 }, scope));
    expect(done).toMatchObject({ told: 1, invitees: 1 });
    const became = { target: 'event' as const, id: eventIdOf(syncupId) };
    const event = await inCommit((scope) => loadFinalizing({ of: became }, scope));
    expect(event).toMatchObject({ about: { target: 'event' }, told: 1 });
    await db.sql`delete from phones`;
  });

  test('may be decided for a week after its end, by options that still lie ahead', async () => {
    const { syncupId, inCommit } = await asked([voted(1)]);
    const of = { target: 'syncup' as const, id: syncupId };
    const offeredAt = async (at: number) =>
      (await inCommit((scope) => loadFinalizable({}, scope), at)).offered.length;
    expect(await offeredAt(AT + DAY)).toBe(1);
    expect(await offeredAt(AT + 2 * DAY)).toBe(0);
    expect(CHOOSABLE_MS).toBe(7 * DAY);
    const found = await inCommit((scope) => loadFinalizing({ of }, scope), AT + DAY);
    expect(found).toMatchObject({
      ...{ found: true, finalized: false, about: { target: 'syncup' } },
      ballot: [{ text: 'Tue Jun 2, 12 PM', votes: 1 }, { votes: 0 }],
      tally: { invited: 1, yes: 1, no: 0, unknown: 0, pending: 0 },
    });
    const foreign = await db.sql.begin((tx) =>
      loadFinalizing(
        { of },
        { tx, at: AT, self: { id: randomUUID(), owner: randomUUID(), sessionId: null } },
      ),
    );
    expect(foreign).toEqual({ found: false });
  });
});
