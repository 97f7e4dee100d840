/* The flows that clients play: crews made, left alone and cancelled, events with invitees. */
import type { Random } from '../parts/random.ts';
import { newId } from '../parts/town.ts';
import type { FlowRecord, Ledger } from './ledger.ts';
import { type Answer, GivenUp, type Requester } from './requests.ts';

export type FlowDeps = {
  readonly requester: Requester;
  readonly ledger: Ledger;
  readonly random: Random;
  /** Gives numbers that nobody has had before. */
  readonly newPhone: () => string;
};

/** How often each kind of flow is played, in parts of their sum. */
export type Mix = {
  readonly crew: number;
  readonly event: number;
  /** Begun, and then never heard of again: a timer ends it. */
  readonly leftAlone: number;
  readonly cancelled: number;
};

export const CREWS: Mix = { crew: 8, event: 0, leftAlone: 1, cancelled: 1 };
export const MIXED: Mix = { crew: 5, event: 3, leftAlone: 1, cancelled: 1 };

/** Plays one flow to its end and keeps what was acknowledged. */
export async function playFlow(deps: FlowDeps, mix: Mix): Promise<FlowRecord> {
  const kind = draw(deps.random, mix);
  const people = kind === 'event' ? deps.random.int(1, 2) : deps.random.int(1, 4);
  const record: FlowRecord = {
    owner: deps.requester.owner,
    machine: kind === 'event' ? 'event-creation' : 'crew-creation',
    ...{ id: '', keys: [], end: 'open', madeId: null },
    phones: Array.from({ length: people }, () => deps.newPhone()),
  };
  deps.ledger.flows.push(record);
  try {
    const play = { ...deps, record };
    await begin(play);
    if (kind === 'event') await playEvent(play);
    else await playCrew(play, kind);
  } catch (error) {
    if (error instanceof GivenUp) record.end = 'given up';
    else if (!(error instanceof FlowOver)) throw error;
  }
  return record;
}

function draw(random: Random, mix: Mix): keyof Mix {
  const kinds = Object.entries(mix) as readonly (readonly [keyof Mix, number])[];
  return random.pick(kinds.flatMap(([kind, parts]) => Array.from({ length: parts }, () => kind)));
}

type Play = FlowDeps & { readonly record: FlowRecord };

/** The flow has ended before its client was through; the record says how. */
class FlowOver extends Error {}

async function begin({ requester, ledger, record }: Play): Promise<void> {
  const answer = await requester.post(`/v1/machines/${record.machine}`, { entry: 'menu' });
  if (answer.status !== 201) return wrong({ ledger, record }, answer, 'begin');
  record.id = answer.body.id;
  acknowledged({ ledger, record }, answer);
}

async function give(
  play: Play,
  event: { readonly type: string; readonly [field: string]: unknown },
) {
  const { requester, ledger, record } = play;
  const answer = await requester.post(`/v1/instances/${record.id}/events`, event);
  const isInvalid = answer.status === 422 && answer.body.code === 'invalid_input';
  if (answer.status === 200 || isInvalid) {
    acknowledged({ ledger, record }, answer);
    return answer;
  }
  if (answer.status === 410) {
    record.end = 'ended by time';
    throw new FlowOver();
  }
  return wrong({ ledger, record }, answer, event.type);
}

type Book = Pick<Play, 'ledger' | 'record'>;

function acknowledged({ ledger, record }: Book, { key }: Answer): void {
  record.keys.push(key);
  ledger.steps += 1;
}

function wrong({ ledger, record }: Book, { status, body }: Answer, what: string): never {
  ledger.problems.push(
    `${record.machine} ${record.id}: ${what} was answered ${status} ${body?.code ?? ''}.`,
  );
  record.end = 'given up';
  throw new FlowOver();
}

async function playCrew(play: Play, kind: 'crew' | 'leftAlone' | 'cancelled'): Promise<void> {
  const { random, record } = play;
  // A refused answer is a step too, with a row and a key of its own.
  if (random.next() < 0.1) await give(play, { type: 'organizer.named_crew', name: '' });
  await give(play, { type: 'organizer.named_crew', name: 'Owls' });
  if (kind === 'leftAlone') {
    record.end = 'left alone';
    return;
  }
  if (kind === 'cancelled') {
    await give(play, { type: 'organizer.cancelled' });
    record.end = 'cancelled';
    return;
  }
  await pick(play);
  const { body } = await give(play, { type: 'organizer.saved_crew' });
  finished(play, body.status, body.view.crewId);
}

async function playEvent(play: Play): Promise<void> {
  await give(play, { type: 'organizer.chose_people' });
  await pick(play);
  await give(play, { type: 'organizer.titled_event', title: 'Dinner' });
  await give(play, { type: 'organizer.skipped' });
  await give(play, { type: 'organizer.skipped' });
  await give(play, { type: 'organizer.skipped' });
  const { body } = await give(play, { type: 'organizer.saved_event' });
  finished(play, body.status, body.view.eventId);
}

async function pick(play: Play): Promise<void> {
  const pickerId = newId();
  const people = play.record.phones.map((phone, n) => ({
    name: `Guest ${n + 1}`,
    phones: [phone],
  }));
  await give(play, { type: 'organizer.opened_picker', pickerId, picker: 'web_contact_api' });
  await give(play, { type: 'organizer.picked_people', pickerId, people });
}

function finished({ ledger, record }: Play, status: string, madeId: unknown): void {
  if (status === 'done' && typeof madeId === 'string') {
    record.end = 'completed';
    record.madeId = madeId;
    return;
  }
  // Saved not now: the organizer is asked again. It may happen only where the database was in trouble.
  record.end = 'open';
  ledger.problems.push(
    `${record.machine} ${record.id} was acknowledged as saved, yet is ${status}.`,
  );
}
