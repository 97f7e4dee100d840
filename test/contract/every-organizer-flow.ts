/*
 * Every flow that an organizer can begin, as far as all of them are alike: what it is about, how it comes to
 * its last question, what is wrong there, what may be changed there, and what ends it.
 */
import type { Machine } from '../../src/client/index.ts';
import { addByHand, type Contact, type Organizer, type Run } from './organizer.ts';
import type { Town } from './town.ts';

type Event = { readonly type: string } & Readonly<Record<string, unknown>>;

export type Story = {
  readonly machine: Machine;
  /** What there must be before it, and what it is then begun with. */
  readonly about: (town: Town, maya: Organizer) => Promise<Readonly<Record<string, unknown>>>;
  /** From its beginning to its last question; gives what may be edited there, null where nothing may. */
  readonly toLast: (town: Town, run: Run) => Promise<Event | null>;
  /** What the last question does not take, and with which code. */
  readonly wrong: readonly [Event, string];
  readonly last: Event;
  /** What the log says in the end: how it was completed, and the row of what was done. */
  readonly outcome: string;
  readonly done: string;
};

const two = (town: Town): readonly [Contact, Contact] => [
  { name: 'Bo', phone: town.phone() },
  { name: 'Cy', phone: town.phone() },
];
const nobody = { type: 'organizer.removed_person', phone: '+12065550199' };
const past = '2001-01-01T19:00';

/** Two people are invited to an event, and their invites have arrived. */
async function aboutEvent(town: Town, maya: Organizer) {
  const run = await maya.invites(two(town).map(({ phone }) => phone));
  const eventId = await run.eventId();
  await arrived(town, maya, `/v1/events/${eventId}`);
  return { eventId };
}

async function aboutSyncup(town: Town, maya: Organizer) {
  const { syncupId } = await maya.asks([town.phone()], ['Beach', 'Park']);
  await arrived(town, maya, `/v1/syncups/${syncupId}`);
  return { syncupId };
}

const arrived = (town: Town, maya: Organizer, path: string) =>
  town.when(async () =>
    (await maya.client.get(path)).body.invitees.every(
      ({ delivery }: { delivery: string }) => delivery === 'sent',
    ),
  );

async function putsTogether(town: Town, run: Run): Promise<void> {
  await run.does('organizer.chose_people');
  await addByHand(run, two(town));
}

/** Whoever was added may be taken off again. */
async function addsTwo(town: Town, run: Run): Promise<Event> {
  const [bo, cy] = two(town);
  await addByHand(run, [bo, cy]);
  return { type: 'organizer.removed_person', phone: bo.phone };
}

export const stories: readonly Story[] = [
  {
    machine: 'crew-creation',
    about: async () => ({}),
    toLast: async (town, run) => {
      await run.does('organizer.named_crew', { name: 'Night Owls' });
      await addByHand(run, two(town));
      return { type: 'organizer.named_crew', name: 'Early Birds' };
    },
    wrong: [{ type: 'organizer.named_crew', name: ' ' }, 'empty'],
    last: { type: 'organizer.saved_crew' },
    ...{ outcome: 'created', done: 'crew_created' },
  },
  {
    machine: 'crew-update',
    about: async (town, maya) => ({ crewId: await maya.hasCrew(two(town)) }),
    toLast: addsTwo,
    wrong: [nobody, 'not_listed'],
    last: { type: 'organizer.saved_crew' },
    ...{ outcome: 'updated', done: 'crew_updated' },
  },
  {
    machine: 'event-creation',
    about: async () => ({}),
    toLast: async (town, run) => {
      await putsTogether(town, run);
      await run.does('organizer.titled_event', { title: 'Dinner' });
      for (const _ of ['when', 'where', 'details']) await run.does('organizer.skipped');
      return { type: 'organizer.titled_event', title: 'Lunch' };
    },
    wrong: [{ type: 'organizer.set_time', startsAt: past }, 'in_the_past'],
    last: { type: 'organizer.saved_event' },
    ...{ outcome: 'created', done: 'event_created' },
  },
  {
    machine: 'syncup-creation',
    about: async () => ({}),
    toLast: async (town, run) => {
      await putsTogether(town, run);
      for (const label of ['Beach', 'Park']) await run.does('organizer.added_option', { label });
      await run.does('organizer.finished_options');
      await run.does('organizer.skipped');
      return { type: 'organizer.titled_syncup', title: 'Lunch' };
    },
    wrong: [{ type: 'organizer.set_voting', voting: 'multi', deadlineAt: past }, 'in_the_past'],
    last: { type: 'organizer.saved_syncup' },
    ...{ outcome: 'created', done: 'syncup_created' },
  },
  {
    machine: 'add-people',
    about: aboutEvent,
    toLast: addsTwo,
    wrong: [nobody, 'not_listed'],
    last: { type: 'organizer.invited_people' },
    ...{ outcome: 'added', done: 'flow_completed' },
  },
  {
    machine: 'reminder',
    about: aboutEvent,
    toLast: async () => null,
    wrong: [
      { type: 'organizer.chose_audience', audience: 'selected', phones: [nobody.phone] },
      'not_invited',
    ],
    last: { type: 'organizer.skipped' },
    ...{ outcome: 'reminded', done: 'reminder_sent' },
  },
  {
    machine: 'finalize',
    about: aboutSyncup,
    toLast: async () => null,
    wrong: [{ type: 'organizer.chose_option', option: 9 }, 'not_listed'],
    last: { type: 'organizer.chose_option', option: 1 },
    ...{ outcome: 'finalized', done: 'finalize_triggered' },
  },
];
