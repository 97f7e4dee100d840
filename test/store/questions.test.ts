/* Questions of many phones and organizers in one statement: each gets its own answer, in the order of asking. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listDevices, saveDevice } from '../../src/store/devices.ts';
import { haveBeenSaidBefore, keepInbound } from '../../src/store/inbound.ts';
import { answersTo, writeMessages } from '../../src/store/messages.ts';
import { areOptedOut, writePhones } from '../../src/store/phones.ts';
import { promptsOf, writePrompts } from '../../src/store/prompts.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const NOW = Date.UTC(2026, 5, 1, 12);
const HOUR_MS = 3_600_000;
const OURS = '+14155550199';
/** In no order; nobody knows the second. */
const [ANN, STRANGER, BEN, CAT] = ['+14155550107', '+14155550103', '+14155550105', '+14155550101'];
const ASKED = [CAT, STRANGER, ANN, CAT, BEN];

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

test('the open questions of each phone, newest first', async () => {
  const prompt = (phone: string, promptedAt: number, title: string) => ({
    ...{
      phone,
      id: randomUUID(),
      ourNumber: '',
      organizerId: randomUUID(),
      kind: 'event' as const,
    },
    ...{ code: null, options: null, state: 'open' as const, promptedAt, closedAt: null, title },
  });
  await writePrompts(database.sql, [
    prompt(ANN, NOW - 3, 'Ann 1'),
    prompt(CAT, NOW - 9, 'Cat 1'),
    prompt(BEN, NOW - 1, 'Ben 1'),
    prompt(CAT, NOW - 2, 'Cat 2'),
  ]);
  const found = await promptsOf(
    database.sql,
    ASKED.map((phone) => ({ phone, ourNumber: OURS })),
  );
  expect(found.map((prompts) => prompts.map(({ title }) => title))).toEqual([
    ...[['Cat 2', 'Cat 1'], [], ['Ann 1'], ['Cat 2', 'Cat 1'], ['Ben 1']],
  ]);
});

test('the answers that each phone was given', async () => {
  const answer = (phone: string, queuedAt: number) => ({
    ...{ organizerId: randomUUID(), id: randomUUID(), phone, purpose: 'update', status: 'sent' },
    ...{ sid: null, providerCode: null, queuedAt, updatedAt: queuedAt },
  });
  await writeMessages(database.sql, [
    ...[answer(CAT, NOW - 2), answer(CAT, NOW - HOUR_MS / 2), answer(ANN, NOW - HOUR_MS / 2)],
    answer(BEN, NOW - 2 * HOUR_MS),
  ]);
  const of = { since: NOW - HOUR_MS, lately: NOW - 60_000 };
  const counts = await answersTo(
    database.sql,
    ASKED.map((phone) => ({ phone, ...of })),
  );
  const [cat, none, ann] = [
    { all: 2, earlier: 1 },
    { all: 0, earlier: 0 },
    { all: 1, earlier: 1 },
  ];
  expect(counts).toEqual([cat, none, ann, cat, none]);
});

test('whether each message has been said before', async () => {
  const said = (phone: string, bodyHash: string, receivedAt: number) => {
    const [id, sid] = [randomUUID(), `SM${randomUUID().replaceAll('-', '')}`];
    const row = { phone, sid, id, ourNumber: OURS, readings: {}, receivedAt };
    return {
      row: { ...row, bodyHashes: [bodyHash] as const },
      job: { id: randomUUID(), kind: 'send' as const, lane: id, payload: {}, dueAt: NOW },
    };
  };
  const messages = [
    ...[said(CAT, 'yes', NOW - 5), said(CAT, 'yes', NOW - 1), said(ANN, 'yes', NOW - 1)],
    ...[said(BEN, 'no', NOW - 2 * HOUR_MS), said(BEN, 'no', NOW - 1)],
  ];
  const kept = await keepInbound(database.sql, randomUUID(), messages);
  expect(kept).toEqual(messages.map(() => 'new'));
  const asked = [...messages].reverse().map(({ row: { phone, id } }) => ({ phone, id }));
  const since = NOW - HOUR_MS;
  const answers = await haveBeenSaidBefore(
    database.sql,
    asked.map((message) => ({ ...message, since })),
  );
  expect(answers).toEqual([false, false, false, true, false]);
});

test('whether each phone wants no texts', async () => {
  const phones = [CAT, ANN].map((phone) => ({ phone, optedOut: phone === CAT, updatedAt: NOW }));
  await writePhones(database.sql, phones);
  expect(await areOptedOut(database.sql, ASKED)).toEqual([true, false, false, true, false]);
});

test('the devices of each organizer, latest first', async () => {
  const [one, none, other] = [randomUUID(), randomUUID(), randomUUID()];
  const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()];
  const save = (organizerId: string, id: string, at: number) =>
    saveDevice(database.sql, { organizerId, id, token: id, at });
  await save(other, a, NOW);
  await save(one, b, NOW - 5);
  await save(other, c, NOW + 5);
  expect(await listDevices(database.sql, [other, none, one, other])).toEqual([
    ...[[c, a], [], [b], [c, a]],
  ]);
});
