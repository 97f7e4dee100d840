/* What the organizer's app is told of deadlines: that one is near, and what came of a vote. */
import { describe, expect, test } from 'vitest';
import { addByHand, type Organizer, type Run } from './organizer.ts';
import { openTown, type Town } from './town.ts';

const inDays = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 16);

type Pushed = { readonly kind: string; readonly body: string };
const pushesTo = async (maya: Organizer): Promise<readonly Pushed[]> =>
  (await maya.client.get('/v1/development/pushes')).body.pushes;
const kindsOf = (pushes: readonly Pushed[]) => pushes.map(({ kind }) => kind).sort();

/** An organizer whose app is pushed to, asking these people. */
async function asking(
  town: Town,
  machine: string,
  phones: readonly string[],
): Promise<{ maya: Organizer; run: Run }> {
  const maya = await town.organizer('ios_app');
  await maya.client.put('/v1/device', { body: { token: `local-${maya.owner}` } });
  const run = await maya.begins(machine);
  await run.does('organizer.chose_people');
  await addByHand(
    run,
    phones.map((phone, n) => ({ name: `Guest ${n + 1}`, phone })),
  );
  return { maya, run };
}

const invitedAt = (town: Town, phone: string) =>
  town.row((row) => row.event_type === 'sms_sent' && row.invitee_phone === phone);

async function event(town: Town, phones: readonly string[], rules?: object) {
  const { maya, run } = await asking(town, 'event-creation', phones);
  await run.does('organizer.titled_event', { title: 'Dinner' });
  await run.does('organizer.set_time', { startsAt: inDays(4), timeZone: 'UTC' });
  for (const _ of ['where', 'details']) await run.does('organizer.skipped');
  if (rules !== undefined) await run.does('organizer.set_rules', { ...rules });
  await run.does('organizer.saved_event');
  return maya;
}

describe('an app', () => {
  const town = openTown({ deadlineNear: 1_500, voteEnds: 3_000 });

  test('is told that a deadline is near by which somebody is still to answer', async () => {
    const phones = [town.phone(), town.phone()];
    const maya = await event(town, phones, { answerBy: inDays(2) });
    const plain = await event(town, [town.phone()]);
    await town.when(async () => (await pushesTo(maya)).length > 0);
    const [push] = await pushesTo(maya);
    expect(push).toMatchObject({
      ...{ kind: 'deadline_near' },
      body: 'Dinner: the deadline is near. 0 in, 0 out, 2 still to answer.',
    });
    await town.holds();
    expect(await pushesTo(plain)).toEqual([]);
  });

  test('is told of a vote that its end is near and what came of it, once each', async () => {
    const phones = [town.phone(), town.phone()];
    const { maya, run } = await asking(town, 'syncup-creation', phones);
    for (const label of ['Beach', 'Park']) await run.does('organizer.added_option', { label });
    await run.does('organizer.finished_options');
    await run.does('organizer.skipped');
    await run.does('organizer.saved_syncup');
    await invitedAt(town, String(phones[0]));
    await town.texts(String(phones[0]), '2');
    await town.when(async () => (await pushesTo(maya)).length === 3);
    await town.holds();
    const pushes = await pushesTo(maya);
    expect(kindsOf(pushes)).toEqual(['deadline_near', 'rsvp_update', 'vote_result']);
    const result = pushes.find(({ kind }) => kind === 'vote_result');
    expect(result?.body).toContain('the votes are in: most are for Park. 1 voted, 1 did not.');
  });
});
