/* The organizer's part: a session, a crew out of the address book, an event for that crew. */

import { setTimeout as delay } from 'node:timers/promises';
import type { LogRow } from '../behavior/row.ts';
import type { Answer, Client, Flow, Machine } from '../client/index.ts';
import type { LogWatch } from './log-watch.ts';
import type { Printer } from './printing.ts';
import { crewTaps, eventTaps, ORGANIZER, type Tap } from './story.ts';
import { taken } from './taken.ts';

export type OrganizerDeps = {
  readonly client: Client;
  readonly watch: LogWatch;
  readonly printer: Printer;
  /** Told before each act. */
  readonly beat: () => void;
  readonly id: () => string;
  readonly now: () => number;
};

/** Long enough for a row to come to the log and out of the stream; without it the story goes on as well. */
const PACE_MS = 1_500;
const SETTLE_MS = 50;

/** Plays it all; gives the event's id. */
export async function playOrganizer(deps: OrganizerDeps): Promise<string> {
  const { client, id, now } = deps;
  await act(deps, '(opens the app)', () => client.open({ entry: 'direct', tzOffsetMin: -420 }));
  taken(await client.setProfile(ORGANIZER));
  const crew = await playFlow(deps, 'crew-creation', () => crewTaps(id()));
  const crewId = String(crew.view.crewId);
  const event = await playFlow(deps, 'event-creation', () =>
    eventTaps(crewId, `${dayAfterTomorrow(now())}T19:00`),
  );
  await act(deps, '(puts the phone away)', () => client.tell({ type: 'app.left' }));
  return String(event.view.eventId);
}

const dayAfterTomorrow = (at: number): string =>
  new Date(at + 2 * 86_400_000).toISOString().slice(0, 10);

async function playFlow<M extends Machine>(
  deps: OrganizerDeps,
  machine: M,
  taps: () => readonly Tap<M>[],
): Promise<Flow<M>> {
  const { client, printer } = deps;
  let flow = await act(deps, `(begins ${machine})`, () => client.begin(machine, { entry: 'menu' }));
  let asked = '';
  for (const { says, event, via } of taps()) {
    const { text = '' } = flow.prompt ?? {};
    if (text !== asked) printer.say('Funlet', text);
    asked = text;
    const { id } = flow;
    flow = await act(deps, says, () => client.send({ id, machine }, { ...event, via }));
  }
  return flow;
}

/** One act, and a moment for its rows to stand beside it. */
async function act<T, C>(
  deps: OrganizerDeps,
  says: string,
  request: () => Promise<Answer<T, C>>,
): Promise<T> {
  const { watch, printer, beat } = deps;
  beat();
  printer.say(ORGANIZER.name, says);
  const told = (rows: readonly LogRow[]) =>
    rows.filter(({ event_type: type }) => type !== 'latency' && type !== 'state_snapshot').length;
  const before = told(watch.rows());
  const given = taken(await request());
  await watch.until((rows) => told(rows) > before, PACE_MS, 'a row').catch(() => undefined);
  // The rest of the commit comes right behind its first row.
  await delay(SETTLE_MS);
  return given;
}
