/* What every flow of an organizer does alike, over HTTP: refused, gone back in, replaced, left, taken up, sent twice. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { LogRow } from '../../src/behavior/row.ts';
import { MACHINES } from '../../src/client/index.ts';
import { type Story, stories } from './every-organizer-flow.ts';
import { createOrganizer, type Organizer, type Run } from './organizer.ts';
import { openTown, type Town } from './town.ts';

/** A run at its last question. */
async function reached(town: Town, { machine, about, toLast }: Story) {
  const maya = await town.organizer('ios_app');
  const input = await about(town, maya);
  const begins = (by: Organizer = maya, more: object = {}) =>
    by.begins(machine, { input, ...more });
  const run = await begins();
  const edit = await toLast(town, run);
  return { maya, run, begins, edit };
}

/** The same organizer on another device. */
const laptopOf = (town: Town, { owner }: Organizer) =>
  createOrganizer(town.server(), { owner, platform: 'web', deviceId: randomUUID() });

const ofRun = (run: Run) => (row: LogRow) => row.metadata.flow_run_id === run.id;

/** The rows of a run once it has ended, each by its type and how it came out. */
async function told(town: Town, run: Run): Promise<readonly LogRow[]> {
  const isEnd = (row: LogRow) =>
    ofRun(run)(row) && ['flow_completed', 'drop_off'].includes(row.event_type);
  await town.row(isEnd);
  return (await town.rows()).filter(ofRun(run));
}

const lastOf = (rows: readonly LogRow[], count: number) =>
  rows
    .slice(-count)
    .map(({ event_type: type, metadata }) => [type, metadata.outcome ?? metadata.reason]);

const countOf = (rows: readonly LogRow[], type: string) =>
  rows.filter((row) => row.event_type === type).length;

const post = (by: Organizer, run: Run, body: object, headers: Record<string, string> = {}) =>
  by.client.post(`/v1/instances/${run.id}/events`, { body, headers });

const cases = stories.map((story) => [story.machine, story] as const);

test('every flow that a client can begin is told here', () => {
  expect(cases.map(([machine]) => machine).sort()).toEqual(Object.keys(MACHINES).sort());
});

describe('an organizer', () => {
  const town = openTown();

  test.each(cases)(
    'in %s is told what is wrong, edits, goes back and cancels',
    async (_, story) => {
      const { maya, run, edit } = await reached(town, story);
      const { step } = (await maya.client.get(`/v1/instances/${run.id}`)).body;
      const [event, code] = story.wrong;
      const refused = await post(maya, run, event);
      expect(refused).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
      expect(refused.body.problems).toMatchObject([{ code }]);
      expect(refused.body.current.step).toBe(step);
      if (edit !== null) {
        const edited = await post(maya, run, edit);
        expect(edited).toMatchObject({ status: 200, body: { step } });
      }
      const back = await run.does('organizer.went_back');
      expect(back.body.step).not.toBe(step);
      expect((await run.does('organizer.cancelled')).body.status).toBe('done');
      expect((await post(maya, run, story.last)).status).toBe(410);
      const rows = await told(town, run);
      const steps = [
        ...['invalid_input', ...(edit === null ? [] : ['edited']), 'back', 'cancelled'],
      ].map((outcome) => ['flow_step', outcome]);
      expect(lastOf(rows, steps.length + 1)).toEqual([...steps, ['drop_off', 'cancelled']]);
      expect(countOf(rows, story.done)).toBe(0);
    },
  );

  test.each(cases)('who begins %s anew gives up the first run, in one commit', async (_, story) => {
    const { maya, run, begins } = await reached(town, story);
    const second = await begins();
    expect((await post(maya, run, story.last)).status).toBe(410);
    const dropped = (await told(town, run)).at(-1);
    expect(dropped?.metadata).toMatchObject({ reason: 'superseded', resumable: false });
    const [begun] = (await town.rows()).filter(ofRun(second));
    expect(begun?.metadata.correlation_id).toBe(dropped?.metadata.correlation_id);
  });

  test.each(cases)(
    'who has left %s takes it up on another device, where two taps count once',
    async (_, story) => {
      const { maya, run, begins } = await reached(town, story);
      await maya.leaves();
      const dropped = (await told(town, run)).at(-1);
      expect(dropped?.metadata).toMatchObject({ reason: 'session_ended', resumable: true });
      const laptop = await laptopOf(town, maya);
      const again = await begins(laptop, { resumedFrom: run.id, entry: 'resume' });
      const taps = await Promise.all([1, 2].map(() => post(laptop, again, story.last)));
      expect(taps.map(({ status }) => status).sort()).toEqual([200, 410]);
      const rows = await told(town, again);
      expect(rows[0]?.metadata).toMatchObject({ resumed_from: run.id, entry: 'resume' });
      expect(rows.at(-1)?.metadata).toMatchObject({ outcome: story.outcome, resumed: true });
      expect(countOf(rows, story.done)).toBe(1);
      expect(countOf(await told(town, run), story.done)).toBe(0);
    },
  );

  test.each(cases)(
    'goes on with an open %s on another device, in its session, and a repeated request counts once',
    async (_, story) => {
      const { maya, run } = await reached(town, story);
      const laptop = await laptopOf(town, maya);
      const sessionId = await laptop.arrives();
      expect((await post(laptop, run, story.wrong[0])).status).toBe(422);
      await maya.leaves();
      const headers = { 'Idempotency-Key': randomUUID() };
      const first = await post(laptop, run, story.last, headers);
      const repeated = await post(laptop, run, story.last, headers);
      expect([first.status, repeated.status]).toEqual([200, 200]);
      expect(repeated.headers.get('idempotency-replayed')).toBe('true');
      const rows = await told(town, run);
      expect(countOf(rows, story.done)).toBe(1);
      expect(rows.at(-1)).toMatchObject({ session_id: sessionId, platform: 'web' });
      expect(rows.at(-1)?.metadata.outcome).toBe(story.outcome);
    },
  );

  test('leaves a log that keeps every invariant of the contract', () => town.holds());
});

describe('an organizer who says nothing for long', () => {
  const town = openTown({ idle: 2_000 });

  test('drops out of every flow, which can be taken up', async () => {
    const open = await Promise.all(
      stories.map(async (story) => ({ story, ...(await reached(town, story)) })),
    );
    for (const { story, maya, run } of open) {
      const rows = await told(town, run);
      expect(lastOf(rows, 1), story.machine).toEqual([['drop_off', 'idle_timeout']]);
      expect((await post(maya, run, story.last)).status).toBe(410);
      const { flows } = (await maya.client.get('/v1/flows')).body;
      expect(flows.map(({ id }: { id: string }) => id)).toContain(run.id);
    }
  });

  test('leaves a log that keeps every invariant of the contract', () => town.holds());
});
